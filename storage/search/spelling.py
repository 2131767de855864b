"""Words that no article has, put right by the word that is nearest to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session
from tantivy import Query as IndexQuery
from tantivy import Searcher

from storage.records.tables import ArticleRow
from storage.search.hits import read_keys
from storage.search.matching import SCHEMA
from storage.search.query import AllOf, AnyOf, Node, Query, Text
from storage.search.stems import stem, whole
from storage.search.words import plain

LOOKED_AT = 30
"""Articles that are read for the right spelling of one word."""
ONE_LETTER, TWO_LETTERS = 5, 9
"""From how many letters on one or two wrong ones are put right."""


@dataclass(frozen=True, slots=True)
class Speller:
    """Finds the right spelling in the articles themselves."""

    searcher: Searcher
    session: Session

    def corrected(self, query: Query) -> tuple[Query, dict[str, str]]:
        """The query with its unknown words replaced, and what was replaced by what."""
        known: dict[str, str] = {}
        root = self._node(query.root, known)
        return (replace(query, root=root), known) if known and isinstance(root, AllOf) else (query, {})

    def _node(self, node: Node, known: dict[str, str]) -> Node:
        if isinstance(node, AllOf | AnyOf):
            return replace(node, children=tuple(self._node(child, known) for child in node.children))
        if not isinstance(node, Text) or node.quoted:
            return node
        row = plain(node.text)
        other = self._nearest(row[0]) if len(row) == 1 else None
        if other is None:
            return node
        known[node.text] = other
        return Text(other)

    def _nearest(self, word: str) -> str | None:
        """The word of the archive that differs least; ``None`` where the word is known or nothing is near."""
        if len(word) < ONE_LETTER or not word.isalpha() or word in whole() or self._is_known(word):
            return None
        for distance in range(1, 3 if len(word) >= TWO_LETTERS else 2):
            near = IndexQuery.fuzzy_term_query(SCHEMA, "body", word, distance, transposition_cost_one=True)
            hits = self.searcher.search(near, LOOKED_AT, count=False).hits
            counts = self._words_near(word, [read_keys(self.searcher, address)[0] for _, address in hits], distance)
            if counts:
                return max(counts, key=lambda other: (other[0] == word[0], counts[other], other))
        return None

    def _is_known(self, word: str) -> bool:
        return bool(self.searcher.doc_freq("body", word) or self.searcher.doc_freq("body_stem", stem(word)))

    def _words_near(self, word: str, ids: list[str], distance: int) -> Counter[str]:
        rows = self.session.execute(select(ArticleRow.title, ArticleRow.text).where(ArticleRow.id.in_(ids)))
        counts = Counter(other for title, text in rows for other in plain(f"{title}\n{text}"))
        near = [other for other in counts if OSA.distance(word, other, score_cutoff=distance) <= distance]
        return Counter({other: self.searcher.doc_freq("body", other) for other in near})
