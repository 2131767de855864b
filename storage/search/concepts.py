"""What a user's words mean: each concept is one thing in all its forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.search.query import AllOf, AnyOf, Field, Node, Text
from storage.search.stems import standards, stem
from storage.search.synonyms import Form, longest_at, meanings, variants
from storage.search.words import plain, stopwords

SHOWN_FIELDS = ("title", "official", "speaker", "program", "place")
"""Fields whose value is marked in a hit."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is searched for."""

    forms: tuple[Form, ...]
    """Rows of plain words that say it."""
    stem: str | None = None
    """Stem of a single word; ``None`` for phrases."""
    groups: tuple[str, ...] = ()
    """The groups of synonyms that a known name belongs to."""
    optional: bool = False
    """True for function words: they help the order, but are not required."""


def concepts_of(texts: Sequence[Text]) -> list[Concept]:
    """The concepts of neighbouring words and phrases; known names of several words are taken together."""
    found: list[Concept] = []
    run: list[str] = []
    for text in texts:
        row = plain(text.text)
        if text.quoted or len(row) > 1:
            found += _split(run)
            run = []
            found.append(phrase(text.text))
        else:
            run += row
    return list(dict.fromkeys(found + _split(run)))


def phrase(text: str) -> Concept:
    """Words that stand together, in all forms of their known parts."""
    return Concept(tuple(variants(plain(text))))


def shown(node: Node) -> list[Concept]:
    """All concepts that a hit may show; what is excluded is not among them."""
    if isinstance(node, Text):
        return concepts_of([node])
    if isinstance(node, Field):
        return [phrase(node.value)] if node.name in SHOWN_FIELDS and plain(node.value) else []
    if isinstance(node, AllOf | AnyOf):
        texts = [child for child in node.children if isinstance(child, Text)]
        alone = concepts_of(texts) if isinstance(node, AllOf) else [c for text in texts for c in concepts_of([text])]
        return alone + [c for child in node.children if not isinstance(child, Text) for c in shown(child)]
    return []


def _split(row: Sequence[str]) -> list[Concept]:
    spelled = standards(row)
    found: list[Concept] = []
    at = 0
    while at < len(row):
        known = longest_at(spelled, at)
        if known:
            forms = variants(row[at : at + len(known)], limit=40)
            found.append(Concept(tuple(forms), groups=meanings()[known]))
        else:
            found.append(Concept(((row[at],),), stem=stem(row[at]), optional=row[at] in stopwords()))
        at += len(known) or 1
    return found
