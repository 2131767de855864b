"""The one door of this room: articles in, tagged articles out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import LISTS
from nlp.pipeline import build_pipeline
from nlp.registry_data import Registry
from nlp.version import tag_version
from scraper.clock import local_day
from scraper.items import Article, TaggedArticle, Tags

log = logging.getLogger(__name__)

LONGEST = 200_000
"""Characters of a text that are read; what a page holds beyond that is no article."""
BATCH = 64
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded pipeline; make it with :meth:`load`."""

    pipeline: Language
    version: str
    """Hash of model, configuration, lexicons, registry and code: equal versions give equal tags."""

    @classmethod
    def load(cls, *, registry: Registry | None = None) -> Tagger:
        """Load model and lexicons, about two seconds; ``registry`` defaults to the shipped one.

        Raises LexiconError where one of their files is missing or wrong.
        """
        return cls(build_pipeline(registry=registry), tag_version())

    def tag(self, articles: Iterable[Article]) -> Iterator[TaggedArticle]:
        """Tag ``articles`` in their order; one that breaks a component comes back without tags and is logged."""
        rest = iter(articles)
        while batch := list(islice(rest, BATCH)):
            docs = self._read(dict(enumerate(batch)))
            for place, article in enumerate(batch):
                tags = _tags(docs[place]) if place in docs else Tags()
                yield TaggedArticle(
                    article=article, tags=tags, tag_version=self.version, text_version=article.content_hash
                )

    def _read(self, batch: dict[int, Article]) -> dict[int, Doc]:
        """The docs of ``batch`` by place; where one of them breaks a component, each is read alone."""
        pairs = ((self._doc(article), place) for place, article in batch.items())
        try:
            return {place: doc for doc, place in self.pipeline.pipe(pairs, as_tuples=True)}
        except Exception as error:
            if len(batch) > 1:
                return {key: doc for place in batch for key, doc in self._read({place: batch[place]}).items()}
            for article in batch.values():
                log.error("article %s (%r) is left untagged: %r", article.id, article.title, error, exc_info=error)
            return {}

    def _doc(self, article: Article) -> Doc:
        doc = self.pipeline.make_doc(LONE_SURROGATE.sub("\ufffd", article.text[:LONGEST]))
        doc._.title = article.title
        doc._.published = local_day(article.published.value) if article.published else None
        return doc


def _tags(doc: Doc) -> Tags:
    lists: dict[str, Any] = {name: tuple(doc._.get(name)) for name in LISTS}
    return Tags(kind=doc._.kind, **lists)
