"""What errors say, in the language of the page: errors speak English in the code, wrong queries Indonesian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from babel.messages.pofile import read_po

from pantau.translations import DEFAULT, language, path
from pantau.translations import gettext as _
from scraper.errors import PantauError

LONGEST = 1000
"""Characters of a job's message that are compared; a longer one is shown as it is."""
_VALUE = re.compile(r"%\((\w+)\)(?:\.\d+)?[srd]|(%%)")


def reason(error: Exception) -> str:
    """What an error says, in the language in use where the catalogue has its text."""
    if not isinstance(error, PantauError) or not error.message:
        return str(error)
    told = _(error.message)
    return told % _spoken(error.values) if error.values else told


def heard(text: str) -> str:
    """What a job said on its command line, in the language in use: by the text of the catalogue that it is made of.

    Jobs speak English; a text that the catalogue does not have stays as it is.
    """
    text = text.removeprefix("pantau: ")
    if language() != DEFAULT or len(text) > LONGEST:
        return text
    for pattern, template in _templates():
        if match := pattern.fullmatch(text):
            return template % {name: heard(value) for name, value in match.groupdict().items()}
    return text


def _spoken(values: Mapping[str, object]) -> dict[str, object]:
    """Values that are errors or sentences of the catalogue themselves are translated too."""
    return {name: _told(value) for name, value in values.items()}


def _told(value: object) -> object:
    if isinstance(value, PantauError):
        return reason(value)
    return _(value) if isinstance(value, str) and value else value


@lru_cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """The texts of errors as patterns, those with the most letters of their own first, each with its translation."""
    with path(DEFAULT).open("rb") as file:
        known = {str(message.id): str(message.string) for message in read_po(file, locale=DEFAULT) if message.id}
    ordered = sorted(known.items(), key=lambda item: -len(_VALUE.sub("", item[0])))
    return [(_pattern(text), _VALUE.sub(_as_text, told)) for text, told in ordered]


def _as_text(match: re.Match[str]) -> str:
    """The place of a value in a template that takes what was read, quotes and all."""
    return match[2] or f"%({match[1]})s"


def _pattern(text: str) -> re.Pattern[str]:
    parts, last, seen = [], 0, set[str]()
    for match in _VALUE.finditer(text):
        parts.append(re.escape(text[last : match.start()]))
        name, last = match[1], match.end()
        parts.append("%" if name is None else f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.add(name)
    return re.compile("".join([*parts, re.escape(text[last:])]), re.DOTALL)
