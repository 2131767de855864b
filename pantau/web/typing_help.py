"""What the search box offers while somebody types: names and topics, each as the search that it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from pantau import wording
from pantau.web.filters import SearchState
from pantau.web.labels import filter_label, value_label
from storage.search.engine import SearchIndex
from storage.search.suggestions import Known, Suggestion, Suggestions

MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line below the box."""

    label: str
    alias: str
    kind: str
    """What the name is, in the reader's language."""
    count: int | None
    address: str


def offers(index: SearchIndex, typed: str) -> list[Offer]:
    """What fits the text; where nothing does, what fits its last word, the others staying words of the query."""
    found, rest = _fitting(index, typed), ""
    if not found and " " in typed.strip():
        rest, _space, last = typed.strip().rpartition(" ")
        found = _fitting(index, last)
    return [_offer(item, rest) for item in found]


def _fitting(index: SearchIndex, typed: str) -> list[Suggestion]:
    topics = Suggestions(Known("topik", topic, 0, (wording.topic_label(topic),)) for topic in wording.TOPICS)
    return [*topics.find(typed, limit=2), *index.suggest(typed, limit=MOST)][:MOST]


def _offer(item: Suggestion, rest: str) -> Offer:
    is_topic = item.facet == "topik"
    return Offer(
        label=value_label(item.facet, item.value),
        alias="" if is_topic else item.alias,
        kind=filter_label(item.facet),
        count=None if is_topic else item.count,
        address=SearchState(q=rest, values=((item.facet, item.value),)).link(),
    )
