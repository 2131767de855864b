"""What storage hands out about an article: frozen, without any table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper.clock import WIB, local_day
from scraper.items import Article, DatedBy, PagePointer, Tags
from storage.records.tables import ArticleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that an article had until ``replaced_at``."""

    title: str
    text: str
    content_hash: str
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
    """Earlier texts, oldest first."""
    urls: tuple[str, ...]
    """Every address it was seen under, its own first."""
    page: PagePointer | None
    withdrawn_at: datetime | None
    """When it was withdrawn; its text is gone then."""
    removed_at: datetime | None = None
    """When its site was found to have removed the page; the text is kept."""
    change: int
    """Number of the last write that readers can see."""


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


def _dated(row: ArticleRow) -> DatedBy | None:
    if row.published_day is None:
        return None
    value = row.published_at.astimezone(WIB) if row.published_at else row.published_day
    evidence: Any = row.published_evidence or "given"
    return DatedBy(value=value, evidence=evidence, raw=row.published_raw or "")
