"""Whether a fetched article is one that is stored already: by its addresses and by what it says, across all runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Date, Text, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from scraper.addresses import differ
from scraper.items import CANONICAL_SHARED, Article, key_id
from scraper.rows import text_key
from scraper.urls import normalise_url
from storage.records.articles import KEPT_WHEN_MISSING
from storage.records.stored import date_columns, to_article
from storage.records.tables import ArticleRow, ArticleUrlRow

_RUN = 5
"""Words in a row that two texts have in common only where one was made from the other."""
_SAME_TITLE = 0.7
_SAME_TEXT = 0.3
_TWIN_TEXT = 0.8
_TWIN = "twin"
"""Stands for the address of what has none in common with the article, only its site, day, and title or text."""
# one question, put together once: in a crawl that costs more than the answer, which is empty for most articles
_NEAR = union_all(
    select(ArticleUrlRow.url, ArticleUrlRow.article_id).where(ArticleUrlRow.url.in_(bindparam("urls", expanding=True))),
    select(literal("", Text), ArticleRow.id).where(ArticleRow.id.in_(bindparam("ids", expanding=True))),
    select(literal(_TWIN, Text), ArticleRow.id).where(
        ArticleRow.site == bindparam("site"),
        ArticleRow.published_day.is_not_distinct_from(bindparam("day", type_=Date)),
        ArticleRow.withdrawn_at.is_(None),
        (ArticleRow.title == bindparam("title")) | (ArticleRow.content_hash == bindparam("content")),
    ),
)
# locked, in one order for all: another source may lead to one of them by an address of its own
_ROWS = select(ArticleRow).where(ArticleRow.id.in_(bindparam("ids", expanding=True))).order_by(ArticleRow.id)
_ROWS = _ROWS.with_for_update()


@dataclass(frozen=True, slots=True)
class Settled:
    """An article under the key where it belongs."""

    article: Article
    aliases: tuple[str, ...]
    row: ArticleRow | None = None
    """The stored article under that key; None where there is none."""
    elsewhere: bool = False
    """True where this is another address of a stored article, whose text stands."""
    left: str = ""
    """Key of a stored article whose own address leads to this other one now."""


def settle(session: Session, article: Article, aliases: Iterable[str]) -> Settled:
    """Find the stored article that this one is, else a key that is no other article's.

    Fetched at the address of the stored one, it is that article, whatever the page says now. Under another address that
    leads there it is, unless headline and text are clearly another article's; then it is keyed by its own address and
    flagged. A stored article of the same site, day, headline and text is the same one too, unless the addresses tell
    otherwise (another id, another day).
    """
    own, aliases = normalise_url(article.url or article.canonical_url), tuple(aliases)
    addresses = tuple(dict.fromkeys((own, article.canonical_url, *aliases)))
    near = _Neighbours.read(session, article, addresses)
    rows = list(near.under(addresses))
    home = next((row for row in rows if _home(row) == own), None)
    found = home or next((row for row in rows if not _is_another(row, article)), None) or _twin(near, article, own)
    moved = near.rows.get(article.id)
    left = moved.canonical_url if moved and moved is not found and _home(moved) in map(normalise_url, aliases) else ""
    if found is None:
        return replace(_apart(session, near, article, addresses), left=left)
    free = near.free(addresses, found.id)
    if home or _home(found) in map(normalise_url, addresses):
        return Settled(_marked(replace(article, canonical_url=found.canonical_url), found), free, found, left=left)
    return Settled(_completed(found, article), free, found, elsewhere=True, left=left)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """What is stored under an article's addresses, asked for at once."""

    owners: dict[str, str]
    """Address -> id of the article that it leads to."""
    rows: dict[str, ArticleRow]
    """Id -> article, of all that are named here, and of those that are keyed by one of the addresses."""
    alike: list[str]
    """Ids of articles of the same site and day with the same title or text."""

    @classmethod
    def read(cls, session: Session, article: Article, addresses: tuple[str, ...]) -> _Neighbours:
        said = {
            "urls": addresses,
            "ids": sorted({article.id, *map(key_id, addresses)}),
            "site": article.site,
            "day": date_columns(article.published)["published_day"],
            "title": article.title,
            "content": article.content_hash,
        }
        found = [(url, article_id) for url, article_id in session.execute(_NEAR, said)]
        ids = sorted({article_id for _, article_id in found})
        rows = {row.id: row for row in session.scalars(_ROWS, {"ids": ids})} if ids else {}
        owners = {url: article_id for url, article_id in found if url not in ("", _TWIN)}
        return cls(owners, rows, sorted(article_id for url, article_id in found if url == _TWIN))

    def under(self, addresses: Iterable[str]) -> Iterator[ArticleRow]:
        """The articles to which addresses lead, in that order, each once."""
        ids = (found for address in addresses for found in (self.owners.get(address, ""), key_id(address)))
        return (self.rows[article_id] for article_id in dict.fromkeys(ids) if article_id in self.rows)

    def free(self, addresses: Iterable[str], article_id: str | None) -> tuple[str, ...]:
        """Those of the addresses that do not lead to another article than this one."""
        return tuple(address for address in addresses if self.owners.get(address, article_id) == article_id)


def _home(row: ArticleRow) -> str:
    """The address that a stored article was read from."""
    return normalise_url(row.url or row.canonical_url)


def _apart(session: Session, near: _Neighbours, article: Article, addresses: tuple[str, ...]) -> Settled:
    """A new article, by its own address where its key is another's."""
    free = near.free(addresses, None)
    if article.id not in near.rows:
        return Settled(article, free)
    own = addresses[0]
    key = own if key_id(own) not in near.rows else text_key(article.title, article.text)
    row = session.get(ArticleRow, key_id(key), with_for_update=True) if key != own else None
    return Settled(replace(article, canonical_url=key, flags=(*article.flags, CANONICAL_SHARED)), (own, *free), row)


def _marked(article: Article, row: ArticleRow) -> Article:
    """With the flag that the stored one got when it was keyed."""
    kept = CANONICAL_SHARED in row.flags and CANONICAL_SHARED not in article.flags
    return replace(article, flags=(*article.flags, CANONICAL_SHARED)) if kept else article


def _completed(row: ArticleRow, article: Article) -> Article:
    """The stored article, with the facts that only this address of it states."""
    stored = to_article(row)
    facts = {name: getattr(article, name) for name in KEPT_WHEN_MISSING if not getattr(stored, name)}
    flags = tuple(flag for flag in stored.flags if flag != "date-unknown" or not facts.get("published"))
    return replace(stored, flags=flags, **facts)


def _twin(near: _Neighbours, article: Article, own: str) -> ArticleRow | None:
    """A stored article of the same site and day that says the same in the same words."""
    moment = date_columns(article.published)["published_at"]
    for row in (near.rows[article_id] for article_id in near.alike):
        same_moment = row.published_at is None or row.published_at == (moment or row.published_at)
        if same_moment and _likeness(row.text, article.text) >= _TWIN_TEXT and not differ(own, row.url or own):
            return row
    return None


def _is_another(row: ArticleRow, article: Article) -> bool:
    """Whether headline and text are not the stored article's: sites write of one thing in like words every day."""
    likeness = 0.0 if row.withdrawn_at is not None else _likeness(row.text, article.text)
    first, second = set(_words(row.title)), set(_words(article.title))
    if len(first & second) < _SAME_TITLE * len(first | second):
        return likeness < _TWIN_TEXT
    day = date_columns(article.published)["published_day"]
    other_day = None not in (row.published_day, day) and row.published_day != day
    return likeness < _SAME_TEXT and (other_day or first != second)


def _likeness(one: str, other: str) -> float:
    """Share of the shorter text's runs of words that the other has too, 0 to 1."""
    first, second = _runs(one), _runs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
