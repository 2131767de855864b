"""Values of settings as people write them: whole numbers, one of a few words, times of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time

from scraper.errors import ConfigError

_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


def read_number(values: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    """A whole number. Raises ConfigError that names the setting."""
    raw = values.get(name, str(default)).strip()
    if raw.isascii() and raw.isdigit() and int(raw) >= least:
        return int(raw)
    raise ConfigError(f"PANTAU_{name.upper()}={raw!r} is no whole number from {least} on; leave it out for {default}")


def read_choice(values: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """One of the words, the first where none is given. Raises ConfigError that names the setting."""
    raw = values.get(name, choices[0]).strip().lower()
    if raw in choices:
        return raw
    raise ConfigError(f"PANTAU_{name.upper()}={raw!r} is unknown; choose {', '.join(choices)}")


def read_clock(name: str, raw: str) -> time:
    """A time of the day, such as 06.30. Raises ConfigError that names the setting."""
    match = _CLOCK.fullmatch(raw.strip())
    if match is None:
        raise ConfigError(f"PANTAU_{name.upper()}={raw!r} is no time of day; write e.g. 06.30")
    return time(int(match[1]), int(match[2]))
