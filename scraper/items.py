"""The contract between the rooms: what an article and its tags are. Standard library only, frozen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Precision = Literal["minute", "day"]
DateSource = Literal["json-ld", "meta", "byline", "url", "body", "feed", "given"]
ArticleKind = Literal["news", "advertorial", "release", "opinion", "photo", "video", "hoax", "correction"]
TagSource = Literal["model", "rule", "registry", "person"]
Modifier = Literal["exact", "approx", "min", "max"]
Direction = Literal["up", "down", "flat"]
FigureRole = Literal["target", "realisation"]
PAGES_MISSING = "pages-missing"
"""Flag of an article that has pages which were not to be had."""
CANONICAL_SHARED = "canonical-shared"
"""Flag of an article whose page names another article's address as its own; it is keyed by where it was read."""
FETCH_FLAGS = (PAGES_MISSING, CANONICAL_SHARED)
"""Flags of how an article was fetched: another reading of its pages does not take them back."""


def key_id(canonical_key: str) -> str:
    """The public id of an article: the first 16 hex digits of SHA-256 of its canonical key."""
    return hashlib.sha256(canonical_key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_hash(title: str, text: str) -> str:
    """SHA-256 (hex) of title and text: the version of a text that tag offsets belong to."""
    return hashlib.sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedBy:
    """A date with the evidence for it."""

    value: datetime | date
    """Aware datetime where the minute is known, else a plain date (Asia/Jakarta day)."""
    evidence: DateSource
    """Where on the page it was read; a page header's date of today is never evidence."""
    raw: str
    """The string as the page wrote it."""

    @property
    def precision(self) -> Precision:
        """``minute`` where the page tells the time, else ``day``."""
        return "minute" if isinstance(self.value, datetime) else "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of news, cleaned, not yet tagged."""

    canonical_url: str
    """The key: site rule, else canonical link, else normalised URL, else ``urn:sha256:...``."""
    title: str
    """Headline without the outlet's name."""
    text: str
    """The story only: paragraphs separated by one blank line, no adverts, captions or tag lines; it opens with the
    dateline where the outlet writes one."""
    url: str | None = None
    """The address that was fetched or given."""
    site: str = ""
    """Source name as in its profile (``tangerangnews``), else the host."""
    published: DatedBy | None = None
    modified: datetime | None = None
    """Aware; null where the page does not say."""
    authors: tuple[str, ...] = ()
    """Reporters, without labels and without the editor."""
    editor: str | None = None
    tags: tuple[str, ...] = ()
    """Tags that the outlet gave this article."""
    section: str | None = None
    dateline: str | None = None
    """Place and outlet that the text opens with (``TANGERANG, KOMPAS.com``), without its dash."""
    kind: ArticleKind = "news"
    language: str = "id"
    """ISO 639-1 code."""
    image: str | None = None
    """Address of the lead image."""
    extractor: str = ""
    """Which path won: ``profile``, ``trafilatura``, ``readability``, ``given``..."""
    flags: tuple[str, ...] = ()
    """Slugs for the editor: ``rules-disagree``, ``date-unknown``..."""
    extraction: str = ""
    """Version of the code and rules that read the page; empty where nothing was read from a page."""
    fetched_at: datetime | None = None
    """Aware; when the page was taken from the site."""

    @property
    def id(self) -> str:
        """Public id, 16 hex digits."""
        return key_id(self.canonical_url)

    @property
    def story(self) -> str:
        """The text after its dateline: what a reader is shown of it first."""
        return story_of(self.text, self.dateline)

    @property
    def content_hash(self) -> str:
        """Hash of title and text; differs exactly when a reader would see another text."""
        return text_hash(self.title, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of ``text``; ``text[start:end] == surface``."""

    start: int
    end: int
    surface: str
    source: TagSource = "rule"
    score: float = 1.0
    """How sure: 0 to 1."""


def story_of(text: str, dateline: str | None) -> str:
    """A text after the dateline that it opens with."""
    return text[len(dateline) :].lstrip(" -–—―:,") if dateline and text.startswith(dateline) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTag:
    """One real person named in a text."""

    key: str
    """Lower-case name with hyphens, unique in the article."""
    name: str
    """Fullest form in the article, without titles, degrees and honorifics."""
    mentions: tuple[Span, ...]
    official: bool = False
    """True where the text gives the person a public office."""
    offices: tuple[str, ...] = ()
    """Office phrases as the text words them, ``mantan`` included."""
    person_id: str | None = None
    """Id in the registry, where the name resolves at the article's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramTag:
    """A named action of a government, state body or regional company for the public."""

    name: str
    """Fullest form in the article."""
    mentions: tuple[Span, ...]
    program_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTag(Span):
    """A quantity that says something about the world."""

    value: float
    """Multipliers applied; for a range the low end."""
    value_max: float | None = None
    unit: str
    """``IDR``, ``%``, ``pp``, ``ha``..., a composite such as ``IDR/kg``, else the counted noun."""
    modifier: Modifier = "exact"
    measures: str | None = None
    """What is measured, a short noun phrase of the text."""
    period: str | None = None
    """YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Qn, YYYY-Sn, or START/END of two of these."""
    place: str | None = None
    speaker: str | None = None
    """Key of the person who says it, where it stands in a quote."""
    flags: tuple[str, ...] = ()
    """Plausibility: ``implausible-scale``, ``points-not-percent``..."""
    indicator: str | None = None
    """Group of the indicator that the figure is a claim about: ``inflasi``, ``pad``..."""
    direction: Direction | None = None
    """Where the text says that it moved; of the size of the change and of the new level."""
    base: float | None = None
    """The earlier level, in the unit of the figure, where it is the new one."""
    role: FigureRole | None = None


FIGURE_FACTS = (
    "value", "value_max", "unit", "modifier", "measures", "period", "place", "speaker",
    "indicator", "direction", "base", "role",
)  # fmt: skip
"""What a figure says, in the order in which rows, gold files and exports have it; its flags follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteTag(Span):
    """Direct speech without its marks, or an indirect statement: the clause that the text reports."""

    speaker: str | None = None
    """Key of a person of the same article, else null."""
    kind: Literal["direct", "indirect"] = "direct"
    verb: str | None = None
    """Of an indirect statement: the word that reports it, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTag(Span):
    """An office with its area that stands without a name."""

    person_id: str | None = None
    """Who held it on the article's day by the registry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTag(Span):
    """A named region, town, village, landmark or street."""

    code: str | None = None
    """Kemendagri code (``36.74``) where it resolves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgTag(Span):
    """A named government, agency, company, party, association, school or outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Everything that was found in one text."""

    people: tuple[PersonTag, ...] = ()
    programs: tuple[ProgramTag, ...] = ()
    figures: tuple[FigureTag, ...] = ()
    quotes: tuple[QuoteTag, ...] = ()
    places: tuple[PlaceTag, ...] = ()
    orgs: tuple[OrgTag, ...] = ()
    topics: tuple[str, ...] = ()
    """First the main one."""
    office_mentions: tuple[OfficeTag, ...] = ()
    kind: ArticleKind | None = None
    """What the wording shows the article to be; null where the page's own word stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedArticle:
    """An article with its tags and the versions that they belong to."""

    article: Article
    tags: Tags
    tag_version: str
    """Hash of model, configuration, lexicons and code."""
    text_version: str = field(default="")
    """``content_hash`` of the article that was tagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePointer:
    """Where the raw page lies in the archive."""

    file: str
    """WARC file name below ``PANTAU_DATA/pages``."""
    offset: int
    length: int
