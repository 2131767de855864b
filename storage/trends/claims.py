"""Figures as claims: what is how much, where and when, by whom, in which outlet; one each, never merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scraper.errors import InputError
from storage.records.changes import chunks
from storage.records.keys import name_key
from storage.records.names import display_names
from storage.records.registry import registry_names, registry_rows
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow
from storage.trends.comparable import bounds, in_one_unit, signed, subject
from storage.trends.spans import Span

AROUND = 200
"""Characters of the sentence that are shown on each side of a figure."""
REGIONS = ("Kota ", "Kabupaten ")
"""How the names begin that tell a region without anything around them."""
_KIND = func.coalesce(ArticleRow.tagged_kind, ArticleRow.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure as one article states it."""

    article_id: str
    url: str
    title: str
    outlet: str
    published: date | None
    """Local day."""
    cluster: str
    kind: str
    start: int
    """Where it stands in the text."""
    raw: str
    sentence: str
    """What stands around it."""
    indicator: str | None
    measures: str | None
    value: float
    value_max: float | None
    unit: str
    modifier: str
    direction: str | None
    base: float | None
    role: str | None
    flags: tuple[str, ...]
    period: str | None
    """As the text tells it."""
    days: Span | None
    """The days of the period; where the text tells none, the year of publication, or its month or day for what moves
    so fast; ``None`` for an earlier level."""
    place: str | None
    """As the text tells it."""
    area: str | None
    """Code of the place; of the only region that the article speaks of where the sentence names none."""
    area_name: str | None
    speaker: str | None
    """Key of the person who says it, across articles."""
    speaker_name: str | None
    comparable: float
    """The value with its sign, in ``comparable_unit``; currencies stay what they are."""
    comparable_unit: str
    subject: frozenset[str] | None
    """Stems of what is measured, beside the indicator itself; ``None`` where the text does not say it well enough."""
    assumed: tuple[str, ...]
    """What the text does not say itself: ``period``, ``area``."""

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that may be meant, in ``comparable_unit``."""
        factor = self.comparable / self.value if self.value else 1.0
        high = None if self.value_max is None else self.value_max * factor
        return bounds(self.comparable, high, self.modifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which claims are wanted; what is ``None`` does not matter."""

    indicator: str | None = None
    indicators: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    """Codes; places below them only with ``below``."""
    below: bool = False
    period: Span | None = None
    """Claims whose own period lies in it."""
    published: Span | None = None
    outlet: str | None = None
    speakers: frozenset[str] | None = None
    """Keys of persons across articles."""
    role: str | None = None
    unit: str | None = None
    articles: Collection[str] | None = None
    """Ids, for instance those that a query finds."""
    any_figure: bool = False
    """Also figures that are about no indicator."""
    hoaxes: bool = False
    """Also figures of refuted messages."""
    newest: int | None = None
    """Look at so many figures only, the latest published; with ``articles`` at all."""
    sentences: bool = True
    """Whether what stands around the figures and who says them is read; else ``with_words`` does it for some."""


def claims(session: Session, asked: Asked) -> list[Claim]:
    """The claims that were asked for, by day of publication (undated ones last), article and place in the text."""
    rows = _rows(session, asked)
    areas = _Areas.read(session)
    made = [_claim(row, areas) for row in rows]
    wanted = [claim for claim in made if asked.unit is None or _is_in_unit(claim, asked.unit)]
    ordered = sorted(wanted, key=lambda claim: (claim.published or date.max, claim.article_id, claim.start))
    return with_words(session, ordered) if asked.sentences else ordered


def with_words(session: Session, found: Sequence[Claim]) -> list[Claim]:
    """Claims with what stands around the figures and the names of who says them, in the same order."""
    names = display_names(session, "persons", sorted({claim.speaker for claim in found if claim.speaker}))
    texts = _texts(session, sorted({claim.article_id for claim in found}))
    return [
        replace(
            claim,
            sentence=_around(texts[claim.article_id], claim),
            speaker_name=names.get(claim.speaker or ""),
        )
        for claim in found
    ]


def has_older(session: Session, asked: Asked) -> bool:
    """Whether there are figures that were not looked at for being older than the ``newest``."""
    if asked.newest is None:
        return False
    found = [
        session.scalars(part.with_only_columns(FigureRow.id).limit(asked.newest + 1)).all()
        for part in _queries(session, asked)
    ]
    return sum(map(len, found)) > asked.newest


def area_codes(session: Session, text: str) -> frozenset[str]:
    """The codes that an area's code, name or alias means; raises InputError where it is none."""
    if text.replace(".", "").isdigit():
        return frozenset({text})
    key, found = name_key(text), set[str]()
    for row in registry_rows(session, only="places")["places"]:
        if key in map(name_key, (row["name"], *(row.get("aliases") or "").split("|"))):
            found.add(row["code"])
    if not found:
        raise InputError(
            "%(text)r is no area; give its code (36.74) or its full name (Kota Tangerang Selatan)", text=text
        )
    return frozenset(found)


def _rows(session: Session, asked: Asked) -> list[Any]:
    """The figures that were asked for; the latest published of them where not all were."""
    queries = _queries(session, asked)
    if asked.articles is not None:
        parts = list(chunks(sorted(asked.articles)))
        return [row for query in queries for part in parts for row in session.execute(query.where(_OF.in_(part)))]
    found = [row for query in queries for row in session.execute(query.limit(asked.newest))]
    if len(queries) > 1:
        found.sort(key=lambda row: (-row.day.toordinal(), row.article_id, row.start))
    return found[: asked.newest]


def _queries(session: Session, asked: Asked) -> list[Any]:
    """Queries for the figures, which share none, each with the latest published first."""
    query = _query(asked)
    if asked.areas is None:
        return [query]
    keys = [key for key, code in _Areas.read(session).regions.items() if _is_in(code, asked)]
    inside: list[Any] = [FigureRow.area.in_(asked.areas)]
    if asked.below:
        inside += [FigureRow.area.startswith(f"{code}.", autoescape=True) for code in sorted(asked.areas)]
    untagged = [query.where(FigureRow.area.is_(None), FigureRow.place_key.in_(keys))] if keys else []
    return [query.where(or_(*inside)), *untagged]


def _query(asked: Asked) -> Any:
    query = (
        select(*_FACTS, ArticleRow.url, ArticleRow.canonical_url, ArticleRow.title, ArticleRow.site, ArticleRow.cluster)
        .add_columns(ArticleRow.published_day, _KIND.label("kind"))
        .join(ArticleRow, ArticleRow.id == FigureRow.article_id)
        .where(ArticleRow.withdrawn_at.is_(None))
        .order_by(FigureRow.day.desc() if asked.outlet is None else ArticleRow.published_day.desc().nulls_last())
        .order_by(FigureRow.article_id, FigureRow.start)
    )
    query = query if asked.hoaxes else query.where(_KIND != "hoax")
    query = query if asked.any_figure else query.where(FigureRow.indicator.is_not(None))
    return query.where(*_conditions(asked))


def _conditions(asked: Asked) -> Iterator[Any]:
    # of an outlet its articles are gone through, the newest first: the index of the indicator holds all outlets
    indicator = FigureRow.indicator if asked.outlet is None else func.coalesce(FigureRow.indicator, "")
    for column, value in (
        (indicator, asked.indicator),
        (FigureRow.role, asked.role),
        (ArticleRow.site, asked.outlet),
    ):
        if value is not None:
            yield column == value
    for column, values in ((FigureRow.indicator, asked.indicators), (FigureRow.person_key, asked.speakers)):
        if values is not None:
            yield column.in_(values)
    if asked.published is not None:
        yield FigureRow.day.between(asked.published.start, asked.published.end)
    if asked.period is not None:
        yield FigureRow.first_day.between(asked.period.start, asked.period.end)
        yield FigureRow.last_day <= asked.period.end


def _is_in_unit(claim: Claim, unit: str) -> bool:
    return in_one_unit(1.0, unit)[1] == claim.comparable_unit


def _is_in(area: str, asked: Asked) -> bool:
    areas = asked.areas or ()
    return area in areas or (asked.below and any(area.startswith(f"{code}.") for code in areas))


def _claim(row: Any, areas: _Areas) -> Claim:
    area = row.area or areas.regions.get(row.place_key or "")
    comparable, unit = in_one_unit(row.value, row.unit)
    told = (("period", row.period), ("area", area if row.place_key else None))
    around = [row.place or "", areas.names.get(area or "", "")]
    shown = {name: getattr(row, name) for name in _SHOWN}
    return Claim(
        **shown,
        url=row.url or row.canonical_url,
        title=row.title,
        outlet=row.site,
        published=row.published_day,
        cluster=row.cluster,
        kind=row.kind,
        raw=row.surface,
        sentence="",
        flags=tuple(row.flags),
        days=Span(row.first_day, row.last_day) if row.first_day else None,
        area=area,
        area_name=areas.names.get(area or ""),
        speaker=row.person_key,
        speaker_name=None,
        comparable=signed(comparable, row.measures),
        comparable_unit=unit,
        subject=subject(row.indicator, row.measures, row.unit, areas=around),
        assumed=tuple(name for name, said in told if said is None),
    )


_SHOWN = (
    "article_id", "start", "indicator", "measures", "value", "value_max", "unit", "modifier", "direction", "base",
    "role", "period", "place",
)  # fmt: skip


_OF = FigureRow.article_id
_FACTS = (
    *(getattr(FigureRow, name) for name in _SHOWN), FigureRow.surface, FigureRow.flags, FigureRow.person_key,
    FigureRow.day, FigureRow.first_day, FigureRow.last_day, FigureRow.place_key, FigureRow.area,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Areas:
    """Areas as the registry names them."""

    names: Mapping[str, str]
    """Code -> name."""
    regions: Mapping[str, str]
    """Name key -> code, of the names that tell a region anywhere."""

    @classmethod
    def read(cls, session: Session) -> _Areas:
        names = registry_names(session, kind="places")
        return cls(names, {name_key(name): code for code, name in names.items() if name.startswith(REGIONS)})


def _texts(session: Session, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(ids):
        rows = session.execute(select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_(part)))
        found |= {article_id: text for article_id, text in rows}
    return found


def _around(text: str, claim: Claim) -> str:
    """The paragraph of a figure, cut at words where it is long."""
    end = claim.start + len(claim.raw)
    first = text.rfind("\n", 0, claim.start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if claim.start - first > AROUND:
        first = text.find(" ", claim.start - AROUND) + 1
    if last - end > AROUND:
        last = text.rfind(" ", end, end + AROUND)
    return text[first : max(last, end)].strip()
