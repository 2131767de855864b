"""Which texts of the code are marked for translation, and the catalogues brought in line with them.

Into English: what pages and mails say, and what is wrong with a query. Into Indonesian: what errors say whose texts
have no values spliced in; an error that is told on a page must be one of those.

``python -m pantau.locale.texts`` adds what is new (with an empty translation), drops what is gone and sorts the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from pantau.translations import DEFAULT, LANGUAGES, path

HERE = Path(__file__).parent.parent
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
QUERIES = {"QueryError": (1,)}
ERRORS = {
    "InputError": (1,),
    "ConflictError": (1,),
    "StorageError": (1,),
    "DeliveryError": (1,),
    "ProfileError": (1,),
    "ExtractionError": (2,),
    "sentence": (1,),
}
ROOMS = ("storage", "pantau", "spiders", "scraper")
NOT_TOLD = ("pantau/cli", "pantau/data.py")
"""Errors from there are told where people type commands and programs, in English."""
VALUES = re.compile(r"%\(\w+\)(?:\.\d+)?[srd]|%[sd]")


def marked(code: str) -> Catalog:
    """Every text that a language needs: what is marked in code and templates, or what errors say."""
    found = Catalog()
    for text in _errors() if code == DEFAULT else _interface():
        found.add(text)
    return found


def _interface() -> Iterator[str | tuple[str, ...]]:
    pages = extract_from_dir(HERE, METHODS, keywords=DEFAULT_KEYWORDS)
    queries = extract_from_dir(HERE.parent / "storage", METHODS, keywords=QUERIES)
    for _file, _line, text, _comments, _context in chain(pages, queries):
        yield text


def _errors() -> Iterator[str | tuple[str, ...]]:
    for room in ROOMS:
        for file, _line, text, _comments, _context in extract_from_dir(HERE.parent / room, METHODS, keywords=ERRORS):
            if not f"{room}/{file}".startswith(NOT_TOLD):
                yield text


def stored(code: str) -> Catalog:
    """The catalogue of a language as it stands in its file."""
    with path(code).open("rb") as file:
        return read_po(file, locale=code)


def faults(code: str) -> list[str]:
    """What is wrong with a catalogue: texts that lack a translation, are gone from the code, or lost a value."""
    wanted, have = marked(code), stored(code)
    wrong = [
        f"not translated: {message.id}" for message in wanted if message.id and not _complete(have.get(message.id))
    ]
    wrong += [f"no longer in the code: {message.id}" for message in have if message.id and message.id not in wanted]
    return wrong + [f"other values than the original: {message.id}" for message in have if not _same_values(message)]


def update(code: str) -> None:
    """Bring the catalogue file of a language in line with the code."""
    wanted, have = marked(code), stored(code)
    fresh = Catalog(locale=code, fuzzy=False)
    for message in wanted:
        if message.id:
            known = have.get(message.id)
            fresh.add(message.id, known.string if known else None)
    with path(code).open("wb") as file:
        write_po(file, fresh, sort_output=True, omit_header=True, width=0)


def _complete(message: Message | None) -> bool:
    strings = message.string if message else ""
    return all(strings) if isinstance(strings, tuple) else bool(strings)


def _same_values(message: Message) -> bool:
    ids, strings = _texts(message.id), _texts(message.string or "")
    return all(set(VALUES.findall(text)) == set(VALUES.findall(ids[-1])) for text in strings if text)


def _texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


if __name__ == "__main__":
    for name in LANGUAGES:
        update(name)
