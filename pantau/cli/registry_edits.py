"""What people changed in the registries since the last tagging: the articles that it may concern are tagged again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace
    from storage.search.query import Query

LONGEST = 1500
"""Letters of one query; the query language has a limit."""


def take_up_edits(workspace: Workspace, local: Mapping[str, Sequence[Mapping[str, str]]], *, version: str) -> int:
    """Mark the articles with tags of this version that edits may concern; gives their number.

    ``local`` are the local rows that tagging goes by from now on. Only one process may do this at a time.
    """
    from nlp.registry_data import Registry
    from nlp.registry_effects import registry_effects
    from storage.records.naming import articles_naming
    from storage.records.registry import load_registry, registry_rows
    from storage.records.tags import outdate_tags

    with workspace.db.read() as session:
        before = registry_rows(session, layer="tagged")
    if before == local:
        return 0
    effects = registry_effects(Registry.from_rows(**before), Registry.from_rows(**local))
    concerned = set(_with_words(workspace, effects.words)) if effects.words else set()
    if effects:
        with workspace.db.read() as session:
            concerned |= articles_naming(session, person=effects.may_mean, office=effects.may_be_of)
    with workspace.db.write() as session:
        marked = outdate_tags(session, version=version, ids=sorted(concerned))
        load_registry(session, layer="tagged", rows=local)
    return marked


def _with_words(workspace: Workspace, names: Collection[str]) -> Iterator[str]:
    """Ids of the articles whose text has one of the names, and of those that the index does not know yet."""
    from storage.records.naming import changed_since

    index = workspace.fresh_index()
    for query in _queries(names):
        with workspace.db.read() as session:
            found, complete = index.find_all(session, query)
            yield from found
            if not complete:
                yield from changed_since(session, index.reach())


def _queries(names: Collection[str]) -> Iterator[Query]:
    """Queries for any of the names, each as a phrase."""
    from storage.search.query import parse_query
    from storage.search.words import plain

    phrases = sorted({f'"{" ".join(words)}"' for name in names if (words := plain(name))})
    asked: list[str] = []
    for phrase in phrases:
        if asked and sum(map(len, asked)) + 4 * len(asked) + len(phrase) > LONGEST:
            yield parse_query(" OR ".join(asked))
            asked = []
        asked.append(phrase)
    if asked:
        yield parse_query(" OR ".join(asked))
