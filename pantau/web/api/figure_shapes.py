"""The answers on figures: claims, and what they say of each other."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from pantau.web.api.shapes import Shape


class Days(Shape):
    """Local days, both included."""

    start: date
    end: date


class Claim(Shape):
    """One figure as one article states it; never merged with another."""

    article_id: str
    url: str
    title: str
    outlet: str
    published: date | None
    cluster: str
    kind: str
    start: int = Field(description="Index in the text.")
    raw: str
    sentence: str
    indicator: str | None
    measures: str | None
    value: float
    value_max: float | None
    unit: str
    modifier: str
    direction: str | None
    base: float | None
    role: str | None = Field(description="target or realisation, where the text says so.")
    flags: list[str]
    period: str | None
    days: Days | None
    place: str | None
    area: str | None
    area_name: str | None
    speaker: str | None
    speaker_name: str | None
    comparable: float = Field(description="The value with its sign in `comparable_unit`.")
    comparable_unit: str
    assumed: list[str] = Field(description="What the text does not say itself: period, area.")


class Claims(Shape):
    """A page of claims."""

    total: int
    claims: list[Claim]
    next: str | None


class Conflict(Shape):
    """Values of one thing that cannot all be right, beside each other."""

    indicator: str
    area: str
    area_name: str | None
    days: Days
    role: str | None
    unit: str
    values: list[float]
    is_certain: bool = Field(description="Whether all of it stands in the texts, nothing assumed.")
    claims: list[Claim]


class Revision(Shape):
    """An outlet that later stated another value."""

    before: Claim
    after: Claim


class Progress(Shape):
    """What was reached of a target."""

    target: Claim
    realised: Claim
    share: float | None


class Ledger(Shape):
    """What claims say of each other."""

    total: int = Field(description="Claims that were compared.")
    conflicts: list[Conflict]
    revisions: list[Revision]
    progress: list[Progress]
