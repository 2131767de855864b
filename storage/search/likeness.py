"""More like this: the telling words of an article as a query."""

from __future__ import annotations

import math
from collections import Counter

from sqlalchemy.orm import Session
from tantivy import Occur, Searcher
from tantivy import Query as IndexQuery

from storage.records.tables import ArticleRow
from storage.search.matching import SCHEMA
from storage.search.stems import analyze
from storage.search.words import stopwords

TERMS = 25
"""How many words are compared."""
SHARED = 4
"""How many of them another article needs at least."""


def likeness(searcher: Searcher, session: Session, article_id: str) -> IndexQuery:
    """Articles outside the story that share telling words; nothing for an unknown id.

    tantivy's own more-like-this counts deleted documents against living ones and panics, so words are picked here.
    """
    row = session.get(ArticleRow, article_id)
    telling = _telling(searcher, row) if row else []
    if row is None or not telling:
        return IndexQuery.empty_query()
    words = [(Occur.Should, IndexQuery.term_query(SCHEMA, "body_stem", word, "freq")) for word in telling]
    return IndexQuery.boolean_query(
        [
            (Occur.Must, IndexQuery.boolean_query(words, minimum_number_should_match=min(SHARED, len(words)))),
            (Occur.MustNot, IndexQuery.term_query(SCHEMA, "cluster", row.cluster, "basic")),
        ]
    )


def _telling(searcher: Searcher, row: ArticleRow) -> list[str]:
    counts = Counter(analyze(f"{row.title}\n{row.text}"))
    documents = max(searcher.num_docs, 1)
    weights = {
        word: count * math.log(1 + documents / found)
        for word, count in counts.items()
        if len(word) > 2 and word not in stopwords() and (found := searcher.doc_freq("body_stem", word))
    }
    return sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
