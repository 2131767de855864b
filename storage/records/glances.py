"""The names and topics of many articles at once: what a list of hits shows of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.tables_tags import PersonRow, ProgramRow, TopicRow

MOST = 4
"""Names of a kind that are shown of an article: those that it mentions most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What an article is about, in short."""

    officials: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """The main one first."""


def glances(session: Session, article_ids: Sequence[str]) -> dict[str, Glance]:
    """Article id -> its officials, programmes and topics, for every one asked for."""
    people, programmes, topics = (_by_article() for _ in range(3))
    for part in chunks(list(article_ids)):
        named = select(PersonRow.article_id, PersonRow.name, PersonRow.mentions, PersonRow.in_title)
        for key, name, mentions, in_title in session.execute(
            named.where(PersonRow.article_id.in_(part), PersonRow.official)
        ):
            people[key].append((not in_title, -mentions, name))
        counted = select(ProgramRow.article_id, ProgramRow.name, ProgramRow.mentions)
        for key, name, mentions in session.execute(counted.where(ProgramRow.article_id.in_(part))):
            programmes[key].append((False, -mentions, name))
        placed = select(TopicRow.article_id, TopicRow.topic, TopicRow.position)
        for key, topic, position in session.execute(placed.where(TopicRow.article_id.in_(part))):
            topics[key].append((False, position, topic))
    return {
        key: Glance(officials=_first(people[key]), programmes=_first(programmes[key]), topics=_first(topics[key]))
        for key in article_ids
    }


def _by_article() -> dict[str, list[tuple[bool, int, str]]]:
    return defaultdict(list)


def _first(ranked: list[tuple[bool, int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for *_, name in sorted(ranked)))[:MOST]
