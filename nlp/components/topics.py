"""Fill ``doc._.topics`` and ``doc._.kind``: the thin component over ``nlp/topics``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.boilerplate_lines import find_boilerplate
from nlp.extensions import text_of
from nlp.topics.kinds import kind_of
from nlp.topics.scoring import choose_topics


class TopicFinder:
    """Topics by weighted words, the kind of article by wording."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.topics``, the main one first, and ``doc._.kind`` where the wording is clear."""
        title, text = doc._.title or "", text_of(doc)
        doc._.topics = choose_topics(title, _without_boilerplate(text))
        doc._.kind = kind_of(title, text)
        return doc


@Language.factory("pantau_topics", assigns=["doc._.topics", "doc._.kind"])
def create_topics(nlp: Language, name: str) -> TopicFinder:
    """The factory named in ``config.cfg``."""
    return TopicFinder()


def _without_boilerplate(text: str) -> str:
    for start, end in find_boilerplate(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
