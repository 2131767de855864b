"""Which texts of the code are marked for translation, and the catalogues brought in line with them.

``python -m pantau.locale.texts`` adds what is new (with an empty translation), drops what is gone and sorts the rest.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from pantau.translations import DEFAULT, LANGUAGES, path

HERE = Path(__file__).parent.parent
METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
QUERIES = HERE.parent / "storage"
"""Where queries are read: what is wrong with one is told in Indonesian there, and translated where it is shown."""
VALUES = re.compile(r"%\(\w+\)s|%[sd]")


def marked() -> Catalog:
    """Every text that is marked in code and templates."""
    found = Catalog()
    pages = extract_from_dir(HERE, METHODS, keywords=DEFAULT_KEYWORDS)
    queries = extract_from_dir(QUERIES, METHODS, keywords={"QueryError": (1,)})
    for _file, _line, text, _comments, _context in chain(pages, queries):
        found.add(text)
    return found


def stored(code: str) -> Catalog:
    """The catalogue of a language as it stands in its file."""
    with path(code).open("rb") as file:
        return read_po(file, locale=code)


def faults(code: str) -> list[str]:
    """What is wrong with a catalogue: texts that lack a translation, are gone from the code, or lost a value."""
    wanted, have = marked(), stored(code)
    wrong = [
        f"not translated: {message.id}" for message in wanted if message.id and not _complete(have.get(message.id))
    ]
    wrong += [f"no longer in the code: {message.id}" for message in have if message.id and message.id not in wanted]
    return wrong + [f"other values than the original: {message.id}" for message in have if not _same_values(message)]


def update(code: str) -> None:
    """Bring the catalogue file of a language in line with the code."""
    wanted, have = marked(), stored(code)
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
        if name != DEFAULT:
            update(name)
