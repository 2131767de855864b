"""A query tree as a tantivy query: each word is one concept, worth its best form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import tantivy

from storage.search.fields import EXACT, day_number
from storage.search.query import AllOf, AnyOf, Field, Node, Not, Query, Text
from storage.search.synonyms import forms_at, variants
from storage.search.words import plain, stem, stopwords

TITLE_BOOST = 1.5
STEM_BOOST = 0.8
"""A word in another form counts a little less than the word itself."""
Occur = tantivy.Occur


@dataclass(slots=True)
class Parts:
    """What a level of a query asks: what must hold, what must not, and words of which most should be there."""

    musts: list[tantivy.Query] = field(default_factory=list)
    nots: list[tantivy.Query] = field(default_factory=list)
    words: list[tantivy.Query] = field(default_factory=list)
    fillers: list[tantivy.Query] = field(default_factory=list)
    """Function words: they help the order, no more."""


class Matcher:
    """Builds tantivy queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def levels(self, query: Query) -> list[tantivy.Query]:
        """The query with all its words required, then with ever fewer; each is to be tried where the one before
        finds too little."""
        parts = self._parts(query.root)
        strictest = len(parts.words)
        loosest = max((strictest + 1) // 2, 1) if strictest else 0
        return [self._combine(parts, required=count) for count in range(strictest, loosest - 1, -1)]

    def _parts(self, group: AllOf) -> Parts:
        parts, run = Parts(), list[str]()
        for child in group.children:
            if isinstance(child, Text) and not child.quoted:
                run += plain(child.text)
                continue
            self._add_words(parts, run)
            run = []
            if isinstance(child, Not):
                parts.nots.append(self._node(child.child))
            else:
                parts.musts.append(self._node(child))
        self._add_words(parts, run)
        if not parts.words:
            parts.words, parts.fillers = parts.fillers, []
        return parts

    def _add_words(self, parts: Parts, run: Sequence[str]) -> None:
        at = 0
        while at < len(run):
            length, forms = forms_at(run, at)
            if length == 0:
                length, forms = 1, ((run[at],),)
            filler = length == 1 and run[at] in stopwords()
            (parts.fillers if filler else parts.words).append(self._concept(forms))
            at += length

    def _combine(self, parts: Parts, *, required: int) -> tantivy.Query:
        clauses = [(Occur.Must, query) for query in parts.musts]
        if parts.words:
            words = tantivy.Query.boolean_query(
                [(Occur.Should, query) for query in parts.words], minimum_number_should_match=max(required, 1)
            )
            clauses.append((Occur.Must, words))
        if not clauses:
            clauses.append((Occur.Must, tantivy.Query.all_query()))
        clauses += [(Occur.Should, query) for query in parts.fillers]
        clauses += [(Occur.MustNot, query) for query in parts.nots]
        return tantivy.Query.boolean_query(clauses)

    def _node(self, node: Node) -> tantivy.Query:
        if isinstance(node, Text):
            return self._phrase(node.text) if node.quoted else self._words(node.text)
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, AnyOf):
            return tantivy.Query.boolean_query([(Occur.Should, self._node(child)) for child in node.children])
        if isinstance(node, Not):
            return tantivy.Query.boolean_query(
                [(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, self._node(node.child))]
            )
        parts = self._parts(node)
        return self._combine(parts, required=len(parts.words))

    def _words(self, text: str) -> tantivy.Query:
        parts = Parts()
        self._add_words(parts, plain(text))
        return self._combine(parts, required=len(parts.words))

    def _concept(self, forms: Sequence[Sequence[str]]) -> tantivy.Query:
        best = tantivy.Query.disjunction_max_query
        return best([query for form in forms for query in self._form(form)])

    def _form(self, form: Sequence[str]) -> list[tantivy.Query]:
        stems = [stem(word) for word in form]
        boost = tantivy.Query.boost_query
        return [
            boost(self._row("title", form), TITLE_BOOST),
            self._row("body", form),
            boost(self._row("title_stem", stems), TITLE_BOOST * STEM_BOOST),
            boost(self._row("body_stem", stems), STEM_BOOST),
        ]

    def _phrase(self, text: str) -> tantivy.Query:
        row = plain(text)
        forms = [tuple(row)] if len(row) > 6 else variants(row)
        queries = [self._row(name, form) for form in forms for name in ("title", "body")]
        return tantivy.Query.disjunction_max_query(queries)

    def _row(self, name: str, row: Sequence[str]) -> tantivy.Query:
        if len(row) == 1:
            return tantivy.Query.term_query(self._schema, name, row[0], "freq")
        return tantivy.Query.phrase_query(self._schema, name, list(row))

    def _field(self, node: Field) -> tantivy.Query:
        if node.name in ("after", "before"):
            day = day_number(date.fromisoformat(node.value))
            low, high = (day, 99991231) if node.name == "after" else (1, day)
            kind = tantivy.FieldType.Integer
            return tantivy.Query.range_query(self._schema, "day", kind, lower_bound=low, upper_bound=high)
        if node.name == "title":
            row = plain(node.value)
            exact = [self._row("title", form) for form in variants(row)]
            stems = [] if node.quoted else [self._row("title_stem", [stem(word) for word in row])]
            return tantivy.Query.disjunction_max_query([*exact, *stems])
        if node.name in EXACT:
            value = node.value if node.name in ("kind", "topic") else node.value.strip()
            return tantivy.Query.term_query(self._schema, node.name, value, "basic")
        row = plain(node.value)
        if not row:
            return tantivy.Query.empty_query()
        queries = [self._row(f"{node.name}_words", form) for form in variants(row)]
        return tantivy.Query.disjunction_max_query(queries)


def matched_words(query: Query) -> frozenset[str]:
    """The folded words and stems that a snippet marks: those asked for, in all their forms."""
    found: set[str] = set()
    _collect(query.root, found)
    return frozenset(found)


def _collect(node: Node, found: set[str]) -> None:
    if isinstance(node, Text) or (isinstance(node, Field) and node.name in ("title", "official", "program", "place")):
        row = plain(node.text if isinstance(node, Text) else node.value)
        for form in variants(row):
            words = {word for word in form if word not in stopwords()} or set(form)
            found |= words | {stem(word) for word in words}
    elif isinstance(node, AllOf | AnyOf):
        run = [child for child in node.children if isinstance(child, Text) and not child.quoted]
        if isinstance(node, AllOf) and len(run) > 1:
            _collect(Text(" ".join(text.text for text in run)), found)
        for child in node.children:
            _collect(child, found)
