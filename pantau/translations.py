"""The languages of the interface: Indonesian texts stand in the code, other languages in ``locale/*/pantau.po``.
What errors say is English in the code; for them ``locale/id`` is the catalogue.

``from pantau.translations import gettext as _`` marks a text; ``N_`` marks one that is translated later. The language
belongs to the request or mail at hand (a context variable), so that dates, labels and templates agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
"""Code and own name of each language, the first one being that of the texts in the code."""
LOCALES = {"id": "id", "en": "en_GB"}
"""The babel locale that writes the dates and numbers of a language."""
FOLDER = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The code of the language in use here and now."""
    return _language.get()


def locale() -> str:
    """The babel locale of the language in use."""
    return LOCALES[_language.get()]


@contextmanager
def use_language(code: str | None) -> Iterator[None]:
    """Speak a language within the block; an unknown or missing code means Indonesian."""
    token = _language.set(code if code in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(text: str) -> str:
    """The text in the language in use."""
    return catalogue(_language.get()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The text in the language in use, in the form that goes with ``number``; Indonesian knows one form only."""
    return catalogue(_language.get()).ngettext(one, many, number)


def N_(text: str) -> str:
    """Mark a text that stands in a table and is translated where it is shown."""
    return text


def path(code: str) -> Path:
    """The catalogue file of a language."""
    return FOLDER / code / "LC_MESSAGES" / "pantau.po"


@lru_cache
def catalogue(code: str) -> GNUTranslations:
    """The texts of a language, compiled from its .po file when first asked for."""
    compiled = BytesIO()
    with path(code).open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
