"""A query tree as tantivy queries: each word is one concept, worth its best form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tantivy import FieldType, Occur
from tantivy import Query as IndexQuery

from storage.records.tag_rows import name_key
from storage.search.concepts import Concept, concepts_of
from storage.search.fields import day_number, make_schema
from storage.search.query import AllOf, AnyOf, Field, Node, Not, Query, Text
from storage.search.synonyms import Form, variants
from storage.search.words import plain

TITLE_BOOST = 1.8
STEM_BOOST = 0.85
"""A word in another form counts a little less than the word itself."""
TIE = 0.2
"""What the other forms and places of a concept add to its best one."""
SCHEMA = make_schema()


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the index is asked."""

    complete: IndexQuery
    """Articles with everything that was asked for."""
    partial: IndexQuery
    """Articles with all filters and at least one of the words."""
    several: bool
    """True where the two can differ."""
    scored: bool
    """True where there are words, so that relevance has a meaning."""


@dataclass(slots=True)
class _Parts:
    required: list[IndexQuery] = field(default_factory=list)
    optional: list[IndexQuery] = field(default_factory=list)
    conditions: list[tuple[Occur, IndexQuery]] = field(default_factory=list)


def compile_query(query: Query) -> Compiled:
    """The strict and the loose reading of a query."""
    parts = _parts(query.root)
    required = parts.required or parts.optional
    extra = parts.optional if parts.required else []
    filters = parts.conditions if required else _bounded(parts.conditions)
    complete = [*filters, *((Occur.Must, part) for part in required), *((Occur.Should, part) for part in extra)]
    words = [(Occur.Should, part) for part in (*required, *extra)]
    partial = [*filters, (Occur.Must, IndexQuery.boolean_query(words))] if words else filters
    return Compiled(
        complete=IndexQuery.boolean_query(complete),
        partial=IndexQuery.boolean_query(partial),
        several=len(required) > 1,
        scored=bool(words),
    )


def _bounded(conditions: list[tuple[Occur, IndexQuery]]) -> list[tuple[Occur, IndexQuery]]:
    """Conditions that only articles meet: the mark of the index meets those that only exclude."""
    only_excluding = all(occur == Occur.MustNot for occur, _ in conditions)
    return [(Occur.Must, live()), *conditions] if only_excluding else conditions


def live() -> IndexQuery:
    """Every article, without a score."""
    return _unscored(_key("live", "1"))


def dated(query: IndexQuery) -> IndexQuery:
    """Those of the articles whose day is known."""
    days = IndexQuery.range_query(SCHEMA, "day", FieldType.Integer, 1, 99_991_231)
    return IndexQuery.boolean_query([(Occur.Must, query), (Occur.Must, _unscored(days))])


def outlets_only(query: Query) -> IndexQuery:
    """Everything from the outlets that a query is restricted to: the denominator of its trend."""
    outlets = [node for node in query.root.children if isinstance(node, Field) and node.name == "outlet"]
    return IndexQuery.boolean_query(_bounded([(Occur.Must, _field(node)) for node in outlets]))


def _parts(root: AllOf) -> _Parts:
    parts = _Parts()
    for concept in concepts_of([child for child in root.children if isinstance(child, Text)]):
        (parts.optional if concept.optional else parts.required).append(_concept(concept))
    for child in root.children:
        if isinstance(child, Not):
            parts.conditions.append((Occur.MustNot, _node(child.child)))
        elif _is_filter(child):
            parts.conditions.append((Occur.Must, _unscored(_node(child))))
        elif not isinstance(child, Text):
            parts.required.append(_node(child))
    return parts


def _is_filter(node: Node) -> bool:
    if isinstance(node, AllOf | AnyOf):
        return all(_is_filter(child) for child in node.children)
    return isinstance(node, Not) or (isinstance(node, Field) and node.name != "title")


def _node(node: Node) -> IndexQuery:
    if isinstance(node, Text):
        return _all([_concept(concept) for concept in concepts_of([node])])
    if isinstance(node, Field):
        return _field(node)
    if isinstance(node, Not):
        return IndexQuery.boolean_query([(Occur.Must, live()), (Occur.MustNot, _node(node.child))])
    if isinstance(node, AnyOf):
        return IndexQuery.disjunction_max_query([_node(child) for child in node.children])
    words = concepts_of([child for child in node.children if isinstance(child, Text)])
    others = [_node(child) for child in node.children if not isinstance(child, Text)]
    return _all([_concept(concept) for concept in words] + others)


def _all(queries: Sequence[IndexQuery]) -> IndexQuery:
    return queries[0] if len(queries) == 1 else IndexQuery.boolean_query([(Occur.Must, query) for query in queries])


def _concept(concept: Concept, *, fields: Sequence[str] = ("title", "body")) -> IndexQuery:
    ways: list[IndexQuery] = []
    for name in fields:
        boost = TITLE_BOOST if name == "title" else 1.0
        if concept.groups:
            ways += [IndexQuery.boost_query(_row(f"{name}_stem", (group,)), boost) for group in concept.groups]
            continue
        ways += [IndexQuery.boost_query(_row(name, form), boost) for form in concept.forms]
        if concept.stem:
            ways.append(IndexQuery.boost_query(_row(f"{name}_stem", (concept.stem,)), boost * STEM_BOOST))
    return IndexQuery.disjunction_max_query(ways, TIE)


def _row(name: str, form: Form) -> IndexQuery:
    if len(form) == 1:
        return IndexQuery.term_query(SCHEMA, name, form[0], "freq")
    return IndexQuery.phrase_query(SCHEMA, name, list(form))


def _field(node: Field) -> IndexQuery:
    if node.name == "title":
        concepts = concepts_of([Text(part) for part in node.value.split()]) if not node.quoted else []
        concepts = concepts or concepts_of([Text(node.value, quoted=True)])
        return _all([_concept(concept, fields=("title",)) for concept in concepts])
    if node.name in ("after", "before"):
        day = day_number(date.fromisoformat(node.value))
        low, high = (day, 99_991_231) if node.name == "after" else (1, day)
        return _unscored(IndexQuery.range_query(SCHEMA, "day", FieldType.Integer, low, high))
    if node.name == "kind":
        return _unscored(_key("kind", node.value))
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
