"""A query tree as tantivy queries: each word is one concept, worth its best form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tantivy import FieldType, Occur
from tantivy import Query as IndexQuery

from storage.records.keys import name_key
from storage.search.concepts import Concept, concepts_of
from storage.search.fields import day_number, make_schema
from storage.search.query import AllOf, AnyOf, Field, Node, Not, Query, Text
from storage.search.synonyms import Form, variants
from storage.search.values import CHOICES
from storage.search.words import plain

TITLE = 1.2
"""What a word in the title adds to its stem anywhere, which counts 1."""
ITSELF = 0.3
"""What the word itself adds to its stem."""
SCHEMA = make_schema()
LATEST = 1 << 40
"""A moment after all others, in seconds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a query, twice: both find the same articles."""

    counted: IndexQuery
    """The quicker one, without a meaningful score."""
    ranked: IndexQuery
    """The one whose score is the relevance."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the index is asked."""

    complete: Reading
    """Articles with everything that was asked for."""
    partial: Reading
    """Articles with all filters and at least one of the words."""
    several: bool
    """True where the two can differ."""
    scored: bool
    """True where there are words, so that relevance has a meaning."""
    bare: bool
    """True for one thing without filters, whose best hits are found without looking at all."""


@dataclass(slots=True)
class _Parts:
    required: list[Reading] = field(default_factory=list)
    optional: list[Reading] = field(default_factory=list)
    conditions: list[tuple[Occur, IndexQuery]] = field(default_factory=list)


def compile_query(query: Query) -> Compiled:
    """The strict and the loose reading of a query."""
    parts = _parts(query.root)
    required = parts.required or parts.optional
    extra = parts.optional if parts.required else []
    filters = parts.conditions if required else _bounded(parts.conditions)
    helping = [(Occur.Should, part.ranked) for part in extra]
    return Compiled(
        complete=Reading(
            counted=_joined([*filters, *((Occur.Must, part.counted) for part in required)]),
            ranked=_joined([*filters, *((Occur.Must, part.ranked) for part in required), *helping]),
        ),
        partial=Reading(
            counted=_joined([*filters, *_any([part.counted for part in (*required, *extra)])]),
            ranked=_joined([*filters, *_any([part.ranked for part in (*required, *extra)])]),
        ),
        several=len(required) > 1,
        scored=bool(required),
        bare=len(required) == 1 and not extra and not filters,
    )


def _joined(parts: list[tuple[Occur, IndexQuery]]) -> IndexQuery:
    """One required part stays bare: its best hits are then found without looking at all."""
    return parts[0][1] if len(parts) == 1 and parts[0][0] == Occur.Must else IndexQuery.boolean_query(parts)


def _any(queries: list[IndexQuery]) -> list[tuple[Occur, IndexQuery]]:
    return [(Occur.Must, IndexQuery.boolean_query([(Occur.Should, query) for query in queries]))] if queries else []


def _bounded(conditions: list[tuple[Occur, IndexQuery]]) -> list[tuple[Occur, IndexQuery]]:
    """Conditions that only articles meet: the mark of the index meets those that only exclude."""
    only_excluding = all(occur == Occur.MustNot for occur, _ in conditions)
    return [(Occur.Must, live()), *conditions] if only_excluding else conditions


def live() -> IndexQuery:
    """Every article, without a score."""
    return _unscored(_key("live", "1"))


def not_found(query: IndexQuery) -> IndexQuery:
    """Every article that a query does not find."""
    return IndexQuery.boolean_query([(Occur.Must, live()), (Occur.MustNot, query)])


def dated(query: IndexQuery) -> IndexQuery:
    """Those of the articles whose day is known."""
    days = IndexQuery.range_query(SCHEMA, "day", FieldType.Integer, 1, 99_991_231)
    return IndexQuery.boolean_query([(Occur.Must, query), (Occur.Must, _unscored(days))])


def one_of(query: IndexQuery, ids: Collection[str]) -> IndexQuery:
    """Those of the articles that have one of the ids."""
    return IndexQuery.boolean_query([(Occur.Must, query), (Occur.Must, _unscored(_ids(ids)))])


def _ids(ids: Collection[str]) -> IndexQuery:
    return IndexQuery.term_set_query(SCHEMA, "id", list(ids)) if ids else IndexQuery.empty_query()


def outlets_only(query: Query) -> IndexQuery:
    """Everything from the outlets that a query is restricted to: the denominator of its trend."""
    outlets = [(Occur.Must, _unscored(_node(node).counted)) for node in outlet_filters(query)]
    return IndexQuery.boolean_query(_bounded(outlets))


def outlet_filters(query: Query) -> tuple[Field | AnyOf, ...]:
    """What restricts a query to outlets: one each, or several that are alternatives."""

    def is_outlet(node: Node) -> bool:
        return isinstance(node, Field) and node.name == "outlet"

    return tuple(
        node
        for node in query.root.children
        if (isinstance(node, Field) and is_outlet(node))
        or (isinstance(node, AnyOf) and all(map(is_outlet, node.children)))
    )


def _parts(root: AllOf) -> _Parts:
    parts = _Parts()
    for concept in concepts_of([child for child in root.children if isinstance(child, Text)]):
        (parts.optional if concept.optional else parts.required).append(_concept(concept))
    for child in root.children:
        if isinstance(child, Not):
            parts.conditions.append((Occur.MustNot, _node(child.child).counted))
        elif _is_filter(child):
            parts.conditions.append((Occur.Must, _unscored(_node(child).counted)))
        elif not isinstance(child, Text):
            parts.required.append(_node(child))
    return parts


def _is_filter(node: Node) -> bool:
    if isinstance(node, AllOf | AnyOf):
        return all(_is_filter(child) for child in node.children)
    return isinstance(node, Not) or (isinstance(node, Field) and node.name != "title")


def _node(node: Node) -> Reading:
    if isinstance(node, Text):
        return _all([_concept(concept) for concept in concepts_of([node])])
    if isinstance(node, Field):
        return _title(node) if node.name == "title" else _both(_field(node))
    if isinstance(node, Not):
        return _both(_unscored(_joined([(Occur.Must, live()), (Occur.MustNot, _node(node.child).counted)])))
    if isinstance(node, AnyOf):
        found = [_node(child) for child in node.children]
        counted = IndexQuery.boolean_query([(Occur.Should, part.counted) for part in found])
        return Reading(counted, IndexQuery.disjunction_max_query([part.ranked for part in found]))
    words = concepts_of([child for child in node.children if isinstance(child, Text)])
    others = [_node(child) for child in node.children if not isinstance(child, Text)]
    return _all([_concept(concept) for concept in words] + others)


def _all(parts: Sequence[Reading]) -> Reading:
    return Reading(
        _joined([(Occur.Must, part.counted) for part in parts]), _joined([(Occur.Must, part.ranked) for part in parts])
    )


def _both(query: IndexQuery) -> Reading:
    return Reading(query, query)


def _concept(concept: Concept) -> Reading:
    """A concept anywhere; its words in the title are also words of the body."""
    if not concept.groups and concept.stem is None:
        return _phrase(concept.forms, ("title", "body"))
    terms = concept.groups or (concept.stem or "",)
    ways = [(Occur.Should, _row("body_stem", (term,))) for term in terms]
    ways += [(Occur.Should, IndexQuery.boost_query(_row("title_stem", (term,)), TITLE)) for term in terms]
    if not concept.groups:
        ways += [(Occur.Should, IndexQuery.boost_query(_row("body", form), ITSELF)) for form in concept.forms]
    return Reading(_any_term("body_stem", terms), IndexQuery.boolean_query(ways))


def _phrase(forms: Sequence[Form], fields: Sequence[str]) -> Reading:
    boosts = {"title": TITLE, "body": 1.0}
    ways = [IndexQuery.boost_query(_row(name, form), boosts[name]) for name in fields for form in forms]
    counted = [_row(fields[-1], form) for form in forms]
    return Reading(
        counted[0] if len(counted) == 1 else IndexQuery.boolean_query([(Occur.Should, query) for query in counted]),
        IndexQuery.disjunction_max_query(ways),
    )


def _title(node: Field) -> Reading:
    concepts = concepts_of([Text(part) for part in node.value.split()]) if not node.quoted else []
    concepts = concepts or concepts_of([Text(node.value, quoted=True)])
    parts = [
        _both(_any_term("title_stem", concept.groups or (concept.stem or "",)))
        if concept.groups or concept.stem
        else _phrase(concept.forms, ("title",))
        for concept in concepts
    ]
    return _all(parts)


def _any_term(name: str, terms: Sequence[str]) -> IndexQuery:
    queries = [_row(name, (term,)) for term in terms]
    return queries[0] if len(queries) == 1 else IndexQuery.boolean_query([(Occur.Should, query) for query in queries])


def _row(name: str, form: Form) -> IndexQuery:
    if len(form) == 1:
        return IndexQuery.term_query(SCHEMA, name, form[0], "freq")
    return IndexQuery.phrase_query(SCHEMA, name, list(form))


def _field(node: Field) -> IndexQuery:
    if node.name in ("after", "before") and "T" in node.value:
        moment = int(datetime.fromisoformat(node.value).timestamp())
        low, high = (moment, LATEST) if node.name == "after" else (1, moment)
        return _unscored(IndexQuery.range_query(SCHEMA, "moment", FieldType.Integer, low, high))
    if node.name in ("after", "before"):
        day = day_number(date.fromisoformat(node.value))
        low, high = (day, 99_991_231) if node.name == "after" else (1, day)
        return _unscored(IndexQuery.range_query(SCHEMA, "day", FieldType.Integer, low, high))
    if node.name in CHOICES:
        return _unscored(_key(node.name, node.value))
    return _unscored(_named(node))


def _named(node: Field) -> IndexQuery:
    """A name by its key or code, or by words that stand together in it."""
    keys = dict.fromkeys((node.value.strip(), name_key(node.value)))
    ways = [_key(f"{node.name}_key", key) for key in keys if key]
    ways += [_row(f"{node.name}_words", form) for form in variants(plain(node.value)) if form]
    return IndexQuery.disjunction_max_query(ways) if ways else IndexQuery.empty_query()


def _key(name: str, value: str) -> IndexQuery:
    return IndexQuery.term_query(SCHEMA, name, value, "basic")


def _unscored(query: IndexQuery) -> IndexQuery:
    return IndexQuery.const_score_query(query, 0.0)
