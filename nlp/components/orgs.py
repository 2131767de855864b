"""Fill ``doc._.orgs``: the thin component over the grammar in ``nlp/orgs``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import text_of
from nlp.orgs.finder import find_orgs
from nlp.people.finder import person_starts
from scraper.items import OrgTag

RULE_SCORE, MODEL_SCORE = 0.9, 0.7


class OrgFinder:
    """Organisations by wording, by known name and by the model."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.orgs``; ``doc.ents`` labelled ORG help where they are set."""
        model = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "ORG"]
        text = text_of(doc)
        persons = person_starts(text, [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"])
        doc._.orgs = [
            OrgTag(
                start=org.start,
                end=org.end,
                surface=text[org.start : org.end],
                source=org.source,
                score=RULE_SCORE if org.source == "rule" else MODEL_SCORE,
            )
            for org in find_orgs(text, model, persons=persons)
        ]
        return doc


@Language.factory("pantau_orgs", assigns=["doc._.orgs"])
def create_orgs(nlp: Language, name: str) -> OrgFinder:
    """The factory named in ``config.cfg``."""
    return OrgFinder()
