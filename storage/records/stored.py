"""What storage hands out about an article: frozen, without any table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from scraper.clock import WIB, local_day
from scraper.items import Article, DatedBy, PagePointer, Tags
from storage.records.tables import ArticleRow

Cause = Literal["outlet", "reading", "unclear"]
"""Why a version was replaced: the outlet changed its page, the same page was read anew, or one of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an article was until ``replaced_at``."""

    title: str
    text: str
    content_hash: str
    published: datetime | date | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    changed: tuple[str, ...] = ("text",)
    """The facts that were replaced: ``title``, ``text``, ``author``, ``editor``, ``published``."""
    cause: Cause = "outlet"
    replaced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as the database has it."""

    id: str
    article: Article
    kind: str
    """What it is: by its wording where tagging found that, else by the page."""
    cluster: str
    """Id of the earliest article of the same story; its own id when it stands alone."""
    first_seen: datetime
    tags: Tags | None
    """Tags of the current text; ``None`` while it is not tagged (yet, or since it was changed)."""
    tag_version: str | None
    versions: tuple[Version, ...]
    """Earlier states, oldest first."""
    urls: tuple[str, ...]
    """Every address it was seen under, its own first."""
    page: PagePointer | None
    withdrawn_at: datetime | None
    """When it was withdrawn; its text is gone then."""
    removed_at: datetime | None = None
    """When its site was found to have removed the page; the text is kept."""
    withdrawn_reason: str | None = None
    added_by: str | None = None
    """Who put it in by hand; ``None`` for what was crawled or imported."""
    medium: str = "online"
    """online, print, tv, radio or social."""
    printed_page: str | None = None
    broadcast: str | None = None
    """Programme of a broadcast item."""
    change: int
    """Number of the last write that readers can see."""

    @property
    def correction(self) -> Version | None:
        """The last state that the outlet itself replaced; ``None`` where it never changed the article."""
        return next((version for version in reversed(self.versions) if version.cause == "outlet"), None)


def to_article(row: ArticleRow) -> Article:
    """The article of a row."""
    return Article(
        canonical_url=row.canonical_url,
        title=row.title,
        text=row.text,
        url=row.url,
        site=row.site,
        published=_dated(row),
        modified=row.modified,
        authors=tuple(row.authors),
        editor=row.editor,
        tags=tuple(row.outlet_tags),
        section=row.section,
        dateline=row.dateline,
        kind=row.kind,  # type: ignore[arg-type]  # written from an Article
        language=row.language,
        image=row.image,
        extractor=row.extractor,
        flags=tuple(row.flags),
        extraction=row.extraction or "",
        fetched_at=row.fetched_at,
    )


def to_columns(article: Article) -> dict[str, Any]:
    """The columns of an article that come from the page."""
    columns: dict[str, Any] = {
        "site": article.site,
        "title": article.title,
        "text": article.text,
        "content_hash": article.content_hash,
        "authors": list(article.authors),
        "editor": article.editor,
        "outlet_tags": list(article.tags),
        "section": article.section,
        "dateline": article.dateline,
        "modified": article.modified,
        "kind": article.kind,
        "language": article.language,
        "image": article.image,
        "extractor": article.extractor,
        "flags": list(article.flags),
    }
    return columns | date_columns(article.published)


def date_columns(dated: DatedBy | None) -> dict[str, Any]:
    """The columns of a publication date; the day is the local one."""
    moment = dated.value if dated and isinstance(dated.value, datetime) else None
    return {
        "published_at": moment,
        "published_day": local_day(dated.value) if dated else None,
        "published_evidence": dated.evidence if dated else None,
        "published_raw": dated.raw if dated else None,
    }


def page_of(row: ArticleRow) -> PagePointer | None:
    """Where the raw page lies, where it was kept."""
    if row.page_file is None or row.page_offset is None or row.page_length is None:
        return None
    return PagePointer(file=row.page_file, offset=row.page_offset, length=row.page_length)


def dated_of(moment: datetime | None, day: date | None) -> datetime | date | None:
    """The publication as its columns have it: local time where the minute is known, else the day."""
    return moment.astimezone(WIB) if moment else day


def _dated(row: ArticleRow) -> DatedBy | None:
    value = dated_of(row.published_at, row.published_day)
    if value is None:
        return None
    evidence: Any = row.published_evidence or "given"
    return DatedBy(value=value, evidence=evidence, raw=row.published_raw or "")
