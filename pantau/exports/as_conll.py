"""CoNLL for people who train taggers: one token a line with the BIO tag that its stored span gives it.

Columns, parted by a tab: token, its place (article, first and last offset in the text), tag. The line that CoNLL 2003
has for it opens an article, an empty line ends a paragraph. Of spans that overlap the longest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pantau.exports.manifest import Asked
from scraper.errors import InputError
from scraper.items import Span, Tags
from storage.datasets.clips import Clip

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+(?:[-'’][^\W\d]+)*|[^\w\s]")
"""A number, a word (reduplications stay whole), or one sign; a span's bounds cut besides."""
OUTSIDE = "O"
OPENING = "-DOCSTART- -X- O O"


def write_conll(clips: Iterable[Clip], *, file: BinaryIO, asked: Asked) -> int:
    """Write the articles that are tagged; returns how many. Raises InputError where texts may not leave."""
    if not asked.full_text:
        raise InputError("CoNLL holds whole texts, which are their publishers'; add --full-text if you may use them")
    count = 0
    for stored in (clip.stored for clip in clips):
        if stored.tags is None or stored.withdrawn_at is not None:
            continue
        lines = [OPENING, "", *_lines(stored.id, stored.article.text, stored.tags), "", ""]
        file.write("\n".join(lines).encode("utf-8", "replace"))
        count += 1
    return count


def labelled(tags: Tags) -> Iterator[tuple[str, Span]]:
    """Every named span with its label: PER, ORG, LOC, PROGRAM."""
    yield from (("PER", span) for person in tags.people for span in person.mentions)
    yield from (("ORG", span) for span in tags.orgs)
    yield from (("LOC", span) for span in tags.places)
    yield from (("PROGRAM", span) for program in tags.programs for span in program.mentions)


def _lines(article_id: str, text: str, tags: Tags) -> Iterator[str]:
    last = 0
    for token, tag in _tagged_tokens(text, _disjoint(labelled(tags))):
        if "\n\n" in text[last : token.start()]:
            yield ""
        yield f"{token.group()}\t{article_id}-{token.start()}-{token.end()}\t{tag}"
        last = token.end()


def _tagged_tokens(text: str, spans: Iterable[tuple[str, Span]]) -> Iterator[tuple[re.Match[str], str]]:
    place = 0
    for label, span in spans:
        yield from ((token, OUTSIDE) for token in TOKEN.finditer(text, place, span.start))
        for number, token in enumerate(TOKEN.finditer(text, span.start, span.end)):
            yield token, f"{'I' if number else 'B'}-{label}"
        place = span.end
    yield from ((token, OUTSIDE) for token in TOKEN.finditer(text, place))


def _disjoint(spans: Iterable[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The longest of those that overlap, in the order of the text."""
    kept: list[tuple[str, Span]] = []
    for label, span in sorted(spans, key=lambda item: (item[1].start - item[1].end, item[1].start)):
        if all(span.end <= other.start or other.end <= span.start for _, other in kept):
            kept.append((label, span))
    return sorted(kept, key=lambda item: item[1].start)
