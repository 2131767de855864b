"""Loads the stories of the demo newsroom and dates them from a given today.

A story is one TOML file in ``demo/stories``; each ``[[version]]`` is what one outlet printed. Title, text and caption
hold date tokens, always seen from the day on which that version appeared (the example day is 3 May 2021, a Monday):

======================  =============================  =========================================================
token                   written out                    argument
======================  =============================  =========================================================
``{hari_tgl}``          Senin (3/5/2021)               days (``-1``) or the latest such weekday (``:minggu``)
``{hari_tanggal}``      Senin, 3 Mei 2021              the same
``{hari}``              Senin                          the same
``{tgl}``               3/5/2021                       the same
``{tgl_pendek}``        3/5                            the same
``{tanggal}``           3 Mei 2021                     the same
``{tanggal_bulan}``     3 Mei                          the same
``{tahun}``             2021                           years
``{bulan}``             Mei                            months
``{bulan_tahun}``       Mei 2021                       months
``{tahun_bulan}``       2021 (year of that month)      months
``{triwulan}``          triwulan II                    quarters
``{triwulan_tahun}``    triwulan II 2021               quarters
``{tahun_triwulan}``    2021 (year of that quarter)    quarters
``{semester}``          semester I                     half-years
``{semester_tahun}``    semester I 2021                half-years
``{tahun_semester}``    2021 (year of that half-year)  half-years
``{triwulan_ke:3}``     triwulan III 2020              quarter number: the latest one of that number that is over
``{tahun_triwulan_ke}`` 2020 (year of that quarter)    the same
======================  =============================  =========================================================
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args

from demo.date_tokens import render_tokens
from scraper.clock import WIB
from scraper.errors import InputError
from scraper.items import ArticleKind

STORIES = Path(__file__).parent / "stories"
SITES = ("tirtanews", "kabarwana", "portalsagara", "rilis_tirtasari")
RELEASE_SITE = "rilis_tirtasari"
_STORY_FIELDS: dict[str, type] = {"slug": str, "days_ago": int, "time": str, "kind": str, "topic": str, "version": list}
_STORY_OPTIONAL: dict[str, type] = {"release": str, "corrects": str}
_VERSION_FIELDS: dict[str, type] = {"site": str, "title": str, "text": str}
_VERSION_OPTIONAL: dict[str, type] = {
    "delay_minutes": int,
    "author": str,
    "editor": str,
    "section": str,
    "tags": list,
    "caption": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one outlet printed of a story, every token written out."""

    site: str
    """One of SITES."""
    title: str
    text: str
    """The story only: paragraphs separated by one blank line."""
    published: datetime
    """Aware, Asia/Jakarta."""
    kind: ArticleKind
    """The story's kind; an outlet that runs a government release prints it as ``news``."""
    author: str = ""
    """One name, several with commas, ``Redaksi``, or empty."""
    editor: str = ""
    section: str = ""
    """Slug of the outlet's section."""
    tags: tuple[str, ...] = ()
    caption: str = ""
    """Of the photo; no part of the text."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text cut at its blank lines."""
        return tuple(self.text.split("\n\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One piece of news with all its versions, the earliest first."""

    slug: str
    kind: ArticleKind
    topic: str
    release: str
    """Slug of the release that the story follows; documentation only."""
    corrects: str
    """Slug of the story that a ``Ralat`` corrects."""
    versions: tuple[Version, ...]

    @property
    def published(self) -> datetime:
        """When its first version appeared."""
        return self.versions[0].published


def load_stories(today: date, *, folder: Path = STORIES) -> tuple[Story, ...]:
    """All stories of ``folder`` as seen on ``today``, the oldest first; the same day gives the same stories.

    Raises InputError with the file and the cause where a file cannot be read.
    """
    stories = [_story_of_file(path, today) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(stories, key=lambda story: (story.published, story.slug)))


def _story_of_file(path: Path, today: date) -> Story:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        story = _story(raw, today)
        if story.slug != path.stem:
            raise InputError(f"slug {story.slug!r} differs from the file name; make them equal")
    except (InputError, tomllib.TOMLDecodeError, OSError, ValueError) as error:
        raise InputError(f"demo story {path.name} cannot be read: {error}") from error
    return story


def _story(raw: dict[str, Any], today: date) -> Story:
    _check(raw, needed=_STORY_FIELDS, optional=_STORY_OPTIONAL)
    if raw["kind"] not in get_args(ArticleKind):
        raise InputError(f"kind {raw['kind']!r} is unknown; use one of {', '.join(get_args(ArticleKind))}")
    start = datetime.combine(today - timedelta(days=raw["days_ago"]), time.fromisoformat(raw["time"]), tzinfo=WIB)
    versions = tuple(_version(version, start, raw["kind"]) for version in raw["version"])
    if not versions:
        raise InputError("it has no [[version]]; give at least one")
    if any(version.published < versions[0].published for version in versions):
        raise InputError("the first [[version]] must be the earliest; look at delay_minutes")
    if len({version.site for version in versions}) < len(versions):
        raise InputError("one site has two versions; an outlet runs a story once")
    return Story(
        slug=raw["slug"],
        kind=raw["kind"],
        topic=raw["topic"],
        release=raw.get("release", ""),
        corrects=raw.get("corrects", ""),
        versions=versions,
    )


def _version(raw: dict[str, Any], start: datetime, kind: ArticleKind) -> Version:
    _check(raw, needed=_VERSION_FIELDS, optional=_VERSION_OPTIONAL)
    if raw["site"] not in SITES:
        raise InputError(f"site {raw['site']!r} is unknown; use one of {', '.join(SITES)}")
    published = start + timedelta(minutes=raw.get("delay_minutes", 0))
    day = published.date()
    return Version(
        site=raw["site"],
        title=render_tokens(raw["title"], day=day),
        text=render_tokens(raw["text"].strip(), day=day),
        published=published,
        kind="news" if kind == "release" and raw["site"] != RELEASE_SITE else kind,
        author=raw.get("author", ""),
        editor=raw.get("editor", ""),
        section=raw.get("section", ""),
        tags=tuple(raw.get("tags", ())),
        caption=render_tokens(raw.get("caption", ""), day=day),
    )


def _check(raw: dict[str, Any], *, needed: dict[str, type], optional: dict[str, type]) -> None:
    missing = [name for name in needed if name not in raw]
    unknown = [name for name in raw if name not in needed | optional]
    wrong = [name for name, kind in (needed | optional).items() if name in raw and not isinstance(raw[name], kind)]
    for problem, names in (("misses", missing), ("has the unknown", unknown), ("has a wrong type in", wrong)):
        if names:
            raise InputError(f"it {problem} {', '.join(names)}; the fields stand in demo/story.py")
