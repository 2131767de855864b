"""Writes news for the style sites: the demo's own stories dated anew, then articles composed from invented prose.

The same seed, count and day give the same articles; every headline and every lead occurs once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from demo.date_tokens import render_tokens
from demo.story import Version, load_stories
from demo.styles.slots import EDITORS, REPORTERS, Slots
from scraper.items import ArticleKind

PROSE = Path(__file__).parent / "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The sentences of one subject, with slots; see ``demo.styles.slots``."""

    section: str
    agency: str
    tags: tuple[str, ...]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[str, ...]
    quotes: tuple[str, ...]
    voices: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """News before it has a day: title and paragraphs still hold date tokens."""

    title: str
    paragraphs: tuple[str, ...]
    author: str
    editor: str
    section: str
    tags: tuple[str, ...]
    kind: ArticleKind = "news"
    caption: str = ""

    def version(self, site: str, published: datetime) -> Version:
        """The news as ``site`` prints it at a time (aware)."""
        day = published.date()
        return Version(
            site=site,
            title=render_tokens(self.title, day=day),
            text="\n\n".join(render_tokens(paragraph, day=day) for paragraph in self.paragraphs),
            published=published,
            kind=self.kind,
            author=self.author,
            editor=self.editor,
            section=self.section,
            tags=self.tags,
            caption=self.caption,
        )


class Composer:
    """An endless supply of drafts, no two alike."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._titles: set[str] = set()
        self._leads: set[str] = set()

    def drafts(self) -> Iterator[Draft]:
        """Drafts for ever; two iterators of one composer give no headline twice."""
        topics = _topics()
        number = len(self._titles)
        while True:
            random = Random(f"{self._seed}-{number}")
            draft = compose(topics[number % len(topics)], random)
            number += 1
            if draft.title not in self._titles and draft.paragraphs[0] not in self._leads:
                self._titles.add(draft.title)
                self._leads.add(draft.paragraphs[0])
                yield draft


def compose(topic: Topic, random: Random) -> Draft:
    """One article of five to twelve paragraphs."""
    slots = Slots(random, agency=topic.agency)
    title = headline(slots.fill(random.choice(topic.titles)))
    facts = random.sample(topic.facts, random.randint(3, 6))
    quotes = random.sample(topic.quotes, random.randint(1, 3))
    body = [*facts, *quotes, random.choice(topic.voices)]
    random.shuffle(body)
    sentences = [slots.fill(sentence) for sentence in (random.choice(topic.leads), *body, random.choice(topic.ends))]
    return Draft(
        title=title,
        paragraphs=tuple(_paragraphs(sentences, random)),
        author=random.choice(REPORTERS),
        editor=random.choice(EDITORS),
        section=topic.section,
        tags=(*random.sample(topic.tags, 2), slots["kt"]),
        caption=f"Suasana di {slots['kec']}." if random.random() < 0.5 else "",
    )


def headline(text: str) -> str:
    """``text`` with its units written as headlines have them, ``Rp4,2 Miliar``."""
    return re.sub(r"(?<=\d )(?:persen|miliar|juta)\b", lambda unit: unit[0].title(), text)


def _paragraphs(sentences: list[str], random: Random) -> Iterator[str]:
    """The sentences as paragraphs of one or two; lead and quotes stand alone."""
    held = ""
    for place, sentence in enumerate(sentences):
        if held and not sentence.startswith('"'):
            yield f"{held} {sentence}"
            held = ""
        elif place and not sentence.startswith('"') and random.random() < 0.4 and place < len(sentences) - 1:
            held = sentence
        else:
            yield from (part for part in (held, sentence) if part)
            held = ""


def story_drafts(now: datetime) -> list[Draft]:
    """Every printed version of the demo's own stories, by slug and site.

    Their date tokens are written out as of the story's own day, so only their day of publication is a new one.
    """
    sections = {"ekonomi", "bisnis", "keuangan", "pertanian", "layanan"}
    return [
        Draft(
            title=version.title,
            paragraphs=version.paragraphs,
            author=version.author,
            editor=version.editor,
            section=version.section if version.section in sections else "daerah",
            tags=version.tags,
            kind="news" if version.kind == "release" else version.kind,
            caption=version.caption,
        )
        for story in load_stories(now.date())
        for version in story.versions
    ]


@cache
def _topics() -> tuple[Topic, ...]:
    found = []
    for path in sorted(PROSE.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        fields: dict[str, Any] = {
            name: value if isinstance(value, str) else tuple(value) for name, value in raw.items()
        }
        found.append(Topic(**fields))
    return tuple(found)
