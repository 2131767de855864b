"""The kinds of jobs: each is a ``pantau`` command, so that whatever goes wrong in it harms nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from scraper.errors import InputError

HOUR = timedelta(hours=1)
PEOPLE = 10
"""Added to the priority of what a person asked for and waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of job."""

    command: tuple[str, ...]
    keyed: bool = False
    """Whether the key is the command's argument: a source, an address. Without one the command runs alone."""
    priority: int = 1
    """Of jobs that wait the highest comes first; crawls are many and last."""
    limit: timedelta = HOUR
    """After so long it is ended, and has failed."""


KINDS = {
    "crawl": Kind(command=("crawl",), keyed=True, priority=0, limit=6 * HOUR),
    "probe": Kind(command=("sources", "add", "--paused", "--json"), keyed=True),
    "import": Kind(command=("import",), keyed=True, priority=3),
    "check": Kind(command=("sources", "check"), keyed=True),
    "enable": Kind(command=("sources", "enable"), keyed=True, priority=2),
    "pause": Kind(command=("sources", "pause"), keyed=True, priority=2),
    "remove": Kind(command=("sources", "remove"), keyed=True, priority=2),
    "tag": Kind(command=("tag",), limit=24 * HOUR),
    "alerts": Kind(command=("alerts", "send"), priority=3),
    "digest": Kind(command=("digest", "send", "--due"), priority=3, limit=6 * HOUR),
    "bounces": Kind(command=("mail", "bounces"), priority=2),
    "backup": Kind(command=("db", "backup", "--nightly"), priority=2, limit=6 * HOUR),
    "prune": Kind(command=("db", "prune"), priority=2),
    "reindex": Kind(command=("reindex",), limit=24 * HOUR),
    "reextract": Kind(command=("reextract",), limit=24 * HOUR),
}
"""Name -> kind. What is not here cannot be asked for, whoever asks."""


def kind_of(name: str) -> Kind:
    """A kind by its name. Raises InputError for no such name."""
    try:
        return KINDS[name]
    except KeyError:
        raise InputError(f"there is no job {name!r}; there are {', '.join(KINDS)}") from None


def command_of(name: str, key: str, options: Iterable[str]) -> list[str]:
    """What follows ``pantau`` on the command line; the key is never taken for an option."""
    kind = kind_of(name)
    return [*kind.command, *options, *(("--", key) if kind.keyed else ())]
