"""Figures as claims: what is how much, where and when, by whom, in which outlet; one each, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scraper.errors import InputError
from storage.records.changes import chunks
from storage.records.keys import name_key
from storage.records.names import display_names
from storage.records.registry import registry_names, registry_rows
from storage.records.tables import ArticleRow
from storage.records.tables_tags import FigureRow, PlaceRow
from storage.trends.comparable import bounds, in_one_unit, signed, subject
from storage.trends.periods import lies_in, period_days
from storage.trends.spans import Span

AROUND = 200
"""Characters of the sentence that are shown on each side of a figure."""
MOVING = {"harga-pangan": 10, "inflasi": 7, "ekspor-impor": 7, "kredit": 7}
"""Indicators that move within a year: letters of the ISO day of publication that tell the period meant."""
NO_PLACES = frozenset({"pemkot", "pemkab", "pemprov", "pemda", "pemerintah-kota", "pemerintah-kabupaten", "dinas"})
"""Keys of what figures have for a place that says nothing of where."""
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
    """Whether what stands around the figures is read."""


def claims(session: Session, asked: Asked) -> list[Claim]:
    """The claims that were asked for, by day of publication (undated ones last), article and place in the text."""
    rows = list(_rows(session, asked))
    ids = sorted({row.FigureRow.article_id for row in rows})
    areas = _Areas.read(session, ids)
    names = display_names(session, "persons", sorted({r.FigureRow.person_key for r in rows if r.FigureRow.person_key}))
    bases = {(row.FigureRow.article_id, row.FigureRow.base) for row in rows}
    made = [_claim(row, areas, names, bases) for row in rows]
    wanted = [claim for claim in made if _is_about(claim, asked)]
    if asked.sentences:
        texts = _texts(session, sorted({claim.article_id for claim in wanted}))
        wanted = [replace(claim, sentence=_around(texts[claim.article_id], claim)) for claim in wanted]
    return sorted(wanted, key=lambda claim: (claim.published or date.max, claim.article_id, claim.start))


def has_older(session: Session, asked: Asked) -> bool:
    """Whether there are figures that were not looked at for being older than the ``newest``."""
    return asked.newest is not None and session.execute(_query(asked).offset(asked.newest).limit(1)).first() is not None


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


def _rows(session: Session, asked: Asked) -> Iterator[Any]:
    query = _query(asked)
    if asked.articles is None:
        yield from session.execute(query if asked.newest is None else query.limit(asked.newest))
        return
    for part in chunks(sorted(asked.articles)):
        yield from session.execute(query.where(FigureRow.article_id.in_(part)))


def _query(asked: Asked) -> Any:
    """The figures, but for what is known of them only when they are read, the latest published first."""
    columns = (ArticleRow.url, ArticleRow.canonical_url, ArticleRow.title, ArticleRow.site, ArticleRow.published_day)
    query = (
        select(FigureRow, *columns, ArticleRow.cluster, _KIND.label("kind"))
        .join(ArticleRow, ArticleRow.id == FigureRow.article_id)
        .where(ArticleRow.withdrawn_at.is_(None))
        .order_by(ArticleRow.published_day.desc().nulls_last(), ArticleRow.id, FigureRow.start)
    )
    query = query if asked.hoaxes else query.where(_KIND != "hoax")
    query = query if asked.any_figure else query.where(FigureRow.indicator.is_not(None))
    for column, value in (
        (FigureRow.indicator, asked.indicator),
        (FigureRow.role, asked.role),
        (ArticleRow.site, asked.outlet),
    ):
        query = query if value is None else query.where(column == value)
    if asked.published is not None:
        query = query.where(ArticleRow.published_day.between(asked.published.start, asked.published.end))
    if asked.indicators is not None:
        query = query.where(FigureRow.indicator.in_(asked.indicators))
    if asked.speakers is not None:
        query = query.where(FigureRow.person_key.in_(asked.speakers))
    return query


def _is_about(claim: Claim, asked: Asked) -> bool:
    """Whether area, period and unit are those that were asked for."""
    if asked.areas is not None and not _is_in(claim.area, asked):
        return False
    if asked.period is not None and not (claim.days and lies_in(claim.days, asked.period)):
        return False
    return asked.unit is None or in_one_unit(1.0, asked.unit)[1] == claim.comparable_unit


def _is_in(area: str | None, asked: Asked) -> bool:
    if area is None or asked.areas is None:
        return False
    return area in asked.areas or (asked.below and any(area.startswith(f"{code}.") for code in asked.areas))


def _claim(row: Any, areas: _Areas, names: Mapping[str, str], bases: Collection[tuple[str, float | None]]) -> Claim:
    figure: FigureRow = row.FigureRow
    named = areas.named(figure.article_id, figure.place)
    area = named if figure.place and name_key(figure.place) not in NO_PLACES else areas.only(figure.article_id)
    comparable, unit = in_one_unit(figure.value, figure.unit)
    day = row.published_day
    days = period_days(figure.period)
    if figure.period is None and (figure.article_id, figure.value) not in bases:
        days = _assumed_days(figure.indicator, day)
    told = (("period", figure.period), ("area", named))
    around = [figure.place or "", areas.names.get(area or "", "")]
    shown = {name: getattr(figure, name) for name in _SHOWN}
    return Claim(
        **shown,
        url=row.url or row.canonical_url,
        title=row.title,
        outlet=row.site,
        published=day,
        cluster=row.cluster,
        kind=row.kind,
        raw=figure.surface,
        sentence="",
        flags=tuple(figure.flags),
        days=days,
        area=area,
        area_name=areas.names.get(area or ""),
        speaker=figure.person_key,
        speaker_name=names.get(figure.person_key or ""),
        comparable=signed(comparable, figure.measures),
        comparable_unit=unit,
        subject=subject(figure.indicator, figure.measures, figure.unit, areas=around),
        assumed=tuple(name for name, said in told if said is None),
    )


def _assumed_days(indicator: str | None, day: date | None) -> Span | None:
    """The period that a reader takes a figure for that tells none."""
    return period_days(day.isoformat()[: MOVING.get(indicator or "", 4)]) if day else None


_SHOWN = (
    "article_id", "start", "indicator", "measures", "value", "value_max", "unit", "modifier", "direction", "base",
    "role", "period", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Areas:
    """Which places the articles name."""

    codes: Mapping[str, Mapping[str, str]]
    """Article -> name key -> code."""
    names: Mapping[str, str]
    """Code -> name."""

    @classmethod
    def read(cls, session: Session, ids: Sequence[str]) -> _Areas:
        codes: dict[str, dict[str, str]] = defaultdict(dict)
        for part in chunks(ids):
            query = select(PlaceRow.article_id, PlaceRow.surface, PlaceRow.code)
            for article_id, surface, code in session.execute(query.where(PlaceRow.article_id.in_(part))):
                if code:
                    codes[article_id][name_key(surface)] = code
        return cls(codes, registry_names(session, kind="places"))

    def named(self, article_id: str, place: str | None) -> str | None:
        """The code of a place as a text names it."""
        return self.codes.get(article_id, {}).get(name_key(place or ""))

    def only(self, article_id: str) -> str | None:
        """The one region that an article speaks of."""
        known = self.codes.get(article_id, {})
        regions = {".".join(code.split(".")[:2]) for code in known.values() if "." in code} or set(known.values())
        return next(iter(regions)) if len(regions) == 1 else None


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
