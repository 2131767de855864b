"""A look at all that is stored: tags that do not stand in their text, owners that are missing, pages that are gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from scraper.crawl.archive import FOLDER as PAGES
from storage.database import Database
from storage.records.changes import chunks, last_change
from storage.records.decisions import REGISTRIES, Kind, decisions
from storage.records.registry import registry_names
from storage.records.tables import ArticleRow, ArticleUrlRow
from storage.records.tables_tags import (
    TAG_TABLES,
    FigureRow,
    MentionRow,
    OfficeRow,
    OrgRow,
    PersonRow,
    PlaceRow,
    ProgramRow,
    QuoteRow,
)
from storage.search.engine import SearchIndex

Progress = Callable[[int, int | None], None]
AT_ONCE = 500
EXAMPLES = 5
"""Faults of one sort that are named; the others are counted."""
LOCATED: tuple[type[Any], ...] = (MentionRow, FigureRow, QuoteRow, PlaceRow, OrgRow, OfficeRow)


@dataclass(slots=True)
class _Faults:
    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, sort: str, what: str) -> None:
        self.counts[sort] += 1
        if len(self.named[sort]) < EXAMPLES:
            self.named[sort].append(what)

    def told(self) -> list[str]:
        """One line a fault, and one for those that are not named."""
        return [line for sort in self.counts for line in self._lines(sort)]

    def _lines(self, sort: str) -> Iterator[str]:
        yield from (f"{sort}: {what}" for what in self.named[sort])
        if (more := self.counts[sort] - len(self.named[sort])) > 0:
            yield f"{sort}: and {more:,} more"


def check_records(db: Database, data: Path, *, progress: Progress | None = None) -> list[str]:
    """What is wrong with the records, in words; an empty list where nothing is. Reads every article once."""
    faults = _Faults()
    with db.read() as session:
        ids = list(session.scalars(select(ArticleRow.id).order_by(ArticleRow.id)))
        _check_whole(session, faults)
        done = 0
        for part in chunks(ids, AT_ONCE):
            _check_articles(session, part, faults, data / PAGES)
            done += len(part)
            if progress:
                progress(done, len(ids))
    return [*db.check(), *faults.told()]


def check_index(index: SearchIndex) -> list[str]:
    """Whether the search index lags behind the records, or has other articles than they."""
    if behind := index.behind():
        return [f"the search index is {behind:,} changes behind; run `pantau reindex`"]
    with index.db.read() as session:
        stored = session.execute(select(func.count()).where(ArticleRow.withdrawn_at.is_(None))).scalar_one()
    found = index.count("")
    return [] if found == stored else [f"the search index has {found:,} articles of {stored:,}; run `pantau reindex`"]


def _check_whole(session: Session, faults: _Faults) -> None:
    """What is seen without looking at texts."""
    highest = last_change(session)
    query = select(ArticleRow.id, ArticleRow.change).where(ArticleRow.change > highest)
    for article_id, change in session.execute(query):
        faults.add("change number", f"article {article_id} has {change}, the counter is at {highest}")
    named = aliased(ArticleRow)
    missing = select(ArticleRow.id, ArticleRow.cluster).where(~exists().where(named.id == ArticleRow.cluster))
    for article_id, cluster in session.execute(missing):
        faults.add("orphan", f"article {article_id} stands in the story {cluster}, which no article has begun")
    homeless = select(ArticleRow.id).where(~exists().where(ArticleUrlRow.article_id == ArticleRow.id))
    for article_id in session.scalars(homeless.where(ArticleRow.withdrawn_at.is_(None))):
        faults.add("orphan", f"article {article_id} has no address")
    kinds: tuple[Kind, ...] = ("person", "program")
    for kind in kinds:
        known = registry_names(session, kind=REGISTRIES[kind])
        for made in decisions(session, kind=kind):
            if made.into is not None and made.into not in known:
                faults.add("orphan", f"{kind} {made.key} stands for {made.into}, which no registry has")


def _check_articles(session: Session, ids: Sequence[str], faults: _Faults, pages: Path) -> None:
    columns = (ArticleRow.id, ArticleRow.text, ArticleRow.tag_version)
    pointer = (ArticleRow.page_file, ArticleRow.page_offset, ArticleRow.page_length)
    rows = {row.id: row for row in session.execute(select(*columns, *pointer).where(ArticleRow.id.in_(ids)))}
    for table in LOCATED:
        for tag in session.scalars(select(table).where(table.article_id.in_(ids))):
            _check_span(tag, rows[tag.article_id].text, faults)
    for table in TAG_TABLES:
        tagged = select(table.article_id, func.count()).where(table.article_id.in_(ids)).group_by(table.article_id)
        for article_id, count in session.execute(tagged):
            if rows[article_id].tag_version is None:
                faults.add("orphan", f"article {article_id} has {count} {table.__tablename__} and is not tagged")
    _check_owners(session, ids, faults)
    for row in rows.values():
        _check_page(row, pages, faults)


def _check_span(tag: Any, text: str, faults: _Faults) -> None:
    if text[tag.start : tag.end] != tag.surface or not 0 <= tag.start <= tag.end <= len(text):
        what = f"{tag.__tablename__} {tag.id} of article {tag.article_id} says {tag.surface!r:.60}"
        faults.add("broken span", f"{what}, {tag.start} to {tag.end} is {text[tag.start : tag.end]!r:.60}")


def _check_owners(session: Session, ids: Sequence[str], faults: _Faults) -> None:
    """Mentions of nobody, and words of nobody whom the article names."""
    people = select(PersonRow.article_id, PersonRow.key).where(PersonRow.article_id.in_(ids))
    named = select(ProgramRow.article_id, ProgramRow.name).where(ProgramRow.article_id.in_(ids))
    persons = {(article_id, key) for article_id, key in session.execute(people)}
    programs = {(article_id, name) for article_id, name in session.execute(named)}
    mentions = select(MentionRow.article_id, MentionRow.kind, MentionRow.owner).where(MentionRow.article_id.in_(ids))
    for article_id, kind, owner in session.execute(mentions.distinct()):
        if (article_id, owner) not in (persons if kind == "person" else programs):
            faults.add("orphan", f"article {article_id} mentions the {kind} {owner!r:.60}, whom it does not have")
    for table in (QuoteRow, FigureRow):
        said = select(table.article_id, table.speaker).where(table.article_id.in_(ids), table.speaker.is_not(None))
        for article_id, speaker in session.execute(said.distinct()):
            if (article_id, speaker) not in persons:
                faults.add(
                    "orphan", f"{table.__tablename__} of article {article_id} are said by {speaker!r:.60}, nobody"
                )


def _check_page(row: Any, pages: Path, faults: _Faults) -> None:
    if row.page_file is None:
        return
    path = pages / row.page_file
    size = path.stat().st_size if path.is_file() else -1
    if size < (row.page_offset or 0) + (row.page_length or 0):
        why = "is not there" if size < 0 else f"ends at {size:,}"
        faults.add("page", f"the archived page of article {row.id} cannot be read: {row.page_file} {why}")
