"""Words to stems: exceptions first, then PySastrawi; other spellings of one word have one stem."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from storage.search.words import Memo, fold, lexicon_lines, plain

_AFFIXED = re.compile(r"(?=[a-z]{4,}$)(?:(?:di|ke|se|be|te|me|pe)[a-z]+|[a-z]+(?:i|an|lah|kah|tah|pun|ku|mu|nya))")
"""Other words have nothing that could be taken off."""
_SHORTEST = 5
_BEFORE, _AFTER = "(?:me[mn]?g?|di|be|ber|ter|pe[mnr]?g?|ke|se|memper|diper|keber)", "(?:kan|an|i|nya|kannya|annya)"


def stem(word: str) -> str:
    """The stem of a folded word; only words of four letters or more are stemmed."""
    return _stems[word]


def stems(row: Iterable[str]) -> list[str]:
    """The stems of folded words, in order."""
    return list(map(_stems.__getitem__, row))


def indexed(text: str) -> tuple[str, str, str]:
    """A text's words in order, spaces between: each folded, in standard spelling, and its stem.

    No word goes across white space, so that what stands between two spaces is looked up as it is. Where that holds no
    word, two spaces follow one another.
    """
    text = text.replace(", ", " ").replace(". ", " ")  # fewer different pieces, the same words
    rows = zip(*map(_indexed.__getitem__, text.split()), strict=True)
    return tuple(map(" ".join, rows)) or ("", "", "")  # type: ignore[return-value]


def standard(word: str) -> str:
    """A folded word in its standard spelling, with its affixes: ``perijinan`` is ``perizinan``."""
    return _standards[word]


def standards(row: Iterable[str]) -> list[str]:
    """Folded words in standard spelling, in order."""
    return list(map(_standards.__getitem__, row))


@lru_cache(maxsize=500_000)
def reading(written: str) -> tuple[str, str]:
    """A word as a text has it, in standard spelling, and its stem; both empty where nothing of it is a word."""
    spelled = standard(fold(written))
    return spelled, stem(spelled)


@cache
def irregular() -> dict[str, tuple[str, ...]]:
    """Stem or standard spelling -> the words that it is not a part of, or may not be."""
    table: dict[str, list[str]] = defaultdict(list)
    for word, root in (exceptions() | spellings()).items():
        table[root].append(word)
    return {root: tuple(words) for root, words in table.items()}


def analyze(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return stems(plain(text))


@cache
def exceptions() -> dict[str, str]:
    """Word -> stem, where the stemmer is wrong."""
    return _table("stems.txt")


@cache
def spellings() -> dict[str, str]:
    """Another spelling -> the standard one."""
    return _table("spellings.txt")


@cache
def _affixed() -> re.Pattern[str]:
    words = "|".join(sorted(word for word in spellings() if len(word) >= _SHORTEST - 1))
    return re.compile(f"{_BEFORE}?({words}){_AFTER}?")


@cache
def whole() -> frozenset[str]:
    """Words that are no forms of others: names, and short forms such as ``perda``."""
    names = {word for line in lexicon_lines("whole.txt") for word in line.split()}
    short = (plain(form) for line in lexicon_lines("synonyms.txt") for form in line.split("="))
    return frozenset(names.union(*(row for row in short if len(row) == 1)))


def _table(name: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lexicon_lines(name):
        root, _, forms = line.partition(":")
        table |= dict.fromkeys(forms.split(), root.strip())
    return table


@cache
def _stemmer() -> StemmerFactory:
    return StemmerFactory().create_stemmer()


def _stem(word: str) -> str:
    known = exceptions().get(word)
    if known is not None:
        return known
    spelled = standard(word)
    if word in whole() or not _AFFIXED.fullmatch(spelled):
        return spelled
    return standard(str(_stemmer().stem(spelled)))


def _standard(word: str) -> str:
    known = spellings().get(word)
    if known is not None or len(word) < _SHORTEST:
        return known or word
    affixed = _affixed().fullmatch(word)
    return word[: affixed.start(1)] + spellings()[affixed[1]] + word[affixed.end(1) :] if affixed else word


def _index(piece: str) -> tuple[str, str, str]:
    folded = plain(piece)
    if len(folded) == 1:
        return _read[folded[0]]
    return " ".join(folded), " ".join(standards(folded)), " ".join(stems(folded))


def _reading(word: str) -> tuple[str, str, str]:
    return word, standard(word), stem(word)


_stems, _standards, _read, _indexed = Memo(_stem), Memo(_standard), Memo(_reading), Memo(_index)
