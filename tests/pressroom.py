"""A small archive for tests of digests and alerts: articles in one line each, tagged and indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pantau.digests.sending import Desk
from scraper.config import Config, load_config
from scraper.items import (
    Article,
    DatedBy,
    FigureTag,
    OrgTag,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    TaggedArticle,
    Tags,
)
from storage.database import Database
from storage.records.articles import save_article
from storage.records.changes import touch
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex

SEEN = datetime(2026, 3, 3, tzinfo=UTC)
MAIL = {"PANTAU_MAIL_SENDER": "Kliping Humas <kliping@kantor.test>", "PANTAU_MAIL_SECURITY": "none"}


@dataclass
class Newsroom:
    """Stores articles; :meth:`desk` gives what digests are made from."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    count: int = 0
    seen: datetime = SEEN
    """When the next articles are found."""

    def __post_init__(self) -> None:
        self.config = self.settled()
        self.db = Database.open(self.config)

    def settled(self, **settings: str) -> Config:
        """The settings, some of them changed."""
        changed = {f"PANTAU_{name.upper()}": value for name, value in settings.items()}
        environ = {"PANTAU_DATA": str(self.folder), "PANTAU_REGION": "Tirtasari", **MAIL, **self.settings, **changed}
        return load_config(environ=environ, file=self.folder / "none.toml")

    def desk(self) -> Desk:
        """With an index that is up to date."""
        index = SearchIndex.open(self.db, self.config.data)
        index.catch_up()
        return Desk(self.db, index, self.config)

    def add(
        self,
        text: str,
        day: date | datetime | None,
        *,
        title: str = "Harga Beras Turun",
        site: str = "warta",
        kind: str = "news",
        tags: Tags | None = None,
    ) -> str:
        """One article; gives its id. For its tags see :func:`tagged`."""
        self.count += 1
        url = f"https://{site}.test/{self.count}"
        article = Article(
            canonical_url=url, url=url, title=title, text=text, site=site, kind=kind, fetched_at=self.seen,  # type: ignore[arg-type]
            published=DatedBy(value=day, evidence="given", raw=str(day)) if day else None,
        )  # fmt: skip
        found = tags or Tags(kind="hoax" if kind == "hoax" else None)
        with self.db.write() as session:
            save_article(session, article)
            save_tags(session, TaggedArticle(article=article, tags=found, tag_version="t"))
        return article.id

    def join(self, cluster: str, *article_ids: str) -> None:
        """Make articles one story."""
        with self.db.write() as session:
            for article_id in article_ids:
                session.connection().exec_driver_sql(
                    f"UPDATE articles SET cluster = '{cluster}' WHERE id = '{article_id}'"
                )
            touch(session, article_ids)


def tagged(
    text: str,
    *,
    people: tuple[str, ...] = (),
    quotes: tuple[tuple[str, str], ...] = (),
    programs: tuple[str, ...] = (),
    orgs: tuple[str, ...] = (),
    figures: tuple[tuple[str, float, str, dict[str, Any]], ...] = (),
    places: tuple[tuple[str, str], ...] = (),
) -> Tags:
    """Tags of a text: names of people, (speaker, words), programmes, organisations, (surface, value, unit, facts)."""

    def at(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "surface": words}

    def person(name: str) -> PersonTag:
        return PersonTag(
            key=key_of(name), name=name, official=True, offices=("Kepala Dinas",), mentions=(Span(**at(name)),)
        )

    return Tags(
        people=tuple(map(person, people)),
        quotes=tuple(QuoteTag(**at(said), speaker=key_of(name)) for name, said in quotes),
        programs=tuple(ProgramTag(name=name, mentions=(Span(**at(name)),)) for name in programs),
        orgs=tuple(OrgTag(**at(name)) for name in orgs),
        places=tuple(PlaceTag(**at(name), code=code) for name, code in places),
        figures=tuple(FigureTag(**at(said), value=value, unit=unit, **facts) for said, value, unit, facts in figures),
    )


def key_of(name: str) -> str:
    """The key of a person within an article."""
    return name.lower().replace(" ", "-")


@contextmanager
def newsroom(folder: Path, **settings: str) -> Iterator[Newsroom]:
    """An archive of its own."""
    room = Newsroom(folder, {f"PANTAU_{name.upper()}": value for name, value in settings.items()})
    try:
        yield room
    finally:
        room.db.close()
