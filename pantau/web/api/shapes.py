"""The answers of the JSON interface; each field says what it is, and the description shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """Made from our own objects by their attributes."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Shape):
    """Why a request was not answered."""

    error: str
    position: int | None = Field(default=None, description="Index of the character at which a query breaks off.")


class Hit(Shape):
    """One article, standing for its story."""

    id: str
    url: str
    title: str
    outlet: str
    published: str | None = Field(description="ISO 8601; a date alone where only the day is known.")
    kind: str
    score: float
    snippet: str
    cluster: str = Field(description="Id of the story: of its earliest article.")
    others: int = Field(description="How many other outlets ran the story.")


class Found(Shape):
    """A page of hits."""

    total: int = Field(description="Articles, exact.")
    stories_about: int = Field(description="Different stories among them, about.")
    relaxed: bool = Field(description="True where no article has all words, so that those with some are counted.")
    corrected: dict[str, str] = Field(description="Words that no article has, and what was searched for instead.")
    behind: int = Field(description="Articles whose latest change is not in this answer yet.")
    hits: list[Hit]
    next: str | None = Field(description="What `after` takes for the following page; null on the last one.")


class Counted(Shape):
    """One value of a facet."""

    value: str
    count: int


class Facets(Shape):
    """The most frequent values of a facet."""

    facet: str
    total: int = Field(description="Articles of the query.")
    values: list[Counted]


class Point(Shape):
    """One period."""

    start: date
    count: int
    crawled_total: int = Field(description="All articles of the same outlets: the denominator; 0 means a gap.")
    share: float | None


class Burst(Shape):
    """Periods with many more articles than the time before let expect."""

    start: date
    end: date
    count: int
    expected: float
    chance: float


class Trend(Shape):
    """One query over time; several of one answer share their periods."""

    query: str
    total: int
    share_of_voice: float
    points: list[Point]
    bursts: list[Burst]


class Mover(Shape):
    """A value whose share of the articles changed."""

    value: str
    now: int
    before: int
    chance: float = Field(description="How probable such a change is by chance.")
    is_significant: bool


class Voice(Shape):
    """A person in the articles of a query."""

    name: str
    mentioned: int
    speaking: int
    share_of_voice: float


class Together(Shape):
    """What is named in the articles of a query."""

    value: str
    together: int
    alone: int
    expected: float
    chance: float


class Suggestion(Shape):
    """A name that begins as typed."""

    facet: str
    value: str
    count: int
    alias: str


class Version(Shape):
    """What an article was before."""

    title: str
    changed: list[str]
    cause: str
    replaced_at: datetime


class FullArticle(Shape):
    """An article row (docs/fields.md) with its tags."""

    model_config = ConfigDict(extra="allow")
    id: str
    title: str
    text: str
    published: str | None
    kind: str
    cluster: str
    tag_version: str | None
    labels: dict[str, Any] | None = Field(description="People, programmes, figures, quotes, places; null if untagged.")
    versions: list[Version]
    withdrawn_at: datetime | None
    removed_at: datetime | None = Field(description="When its outlet was found to have removed the page.")


class Sibling(Shape):
    """One article of a story."""

    id: str
    title: str
    outlet: str
    url: str
    published: datetime | date | None
    kind: str


class Story(Shape):
    """The articles of one story, the earliest first."""

    cluster: str
    articles: list[Sibling]


class Named(Shape):
    """An official or programme in a list."""

    key: str
    name: str
    mentioned: int
    speaking: int | None = None


class Where(Shape):
    """The article that says something."""

    article_id: str
    title: str
    outlet: str
    published: date | None


class Statement(Shape):
    """What a person said."""

    text: str
    verb: str | None
    indirect: bool
    where: Where


class ToldFigure(Shape):
    """A figure as an article tells it."""

    surface: str
    measures: str | None
    period: str | None
    where: Where


class Term(Shape):
    """A term of office by the registry."""

    office: str
    area: str
    start: str
    end: str
    acting: str


class Person(Shape):
    """What is known of one person across all articles."""

    key: str
    name: str
    registered: bool
    articles: int
    names: list[tuple[str, int]] = Field(description="How articles write the name, with their number.")
    terms: list[Term]
    offices: list[tuple[str, int]] = Field(description="Offices that articles give, with their number.")
    speaking: int = Field(description="Articles in which the person says something.")
    statements: list[Statement]
    figures: list[ToldFigure]
    points: list[Point]


class Programme(Shape):
    """What is known of one programme across all articles."""

    key: str
    name: str
    registered: bool
    articles: int
    names: list[tuple[str, int]]
    speakers: list[Voice]
    figures: list[ToldFigure]
    points: list[Point]


class Health(Shape):
    """How a source fares."""

    state: str
    since: datetime
    reason: str | None
    expected: float
    got: int


class Outlet(Shape):
    """An outlet in the list."""

    name: str
    articles: int
    share: float
    health: Health | None


class Tones(Shape):
    """How people rated articles; what nobody rated is counted apart."""

    positive: int
    neutral: int
    negative: int
    unrated: int


class OutletProfile(Outlet):
    """What is known of one outlet."""

    points: list[Point]
    topics: list[Counted]
    officials: list[Counted]
    tone_title: Tones
    tone_body: Tones


class Coverage(Shape):
    """The denominators of one source and day."""

    source: str
    day: date
    published: int
    crawled: int
    fetched: int
    parsed: int
    stored: int
    failed: int
    blocked: int
    outage_hours: float
