"""Direct speech and indirect statements with their speakers, after the persons are known."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import text_of
from nlp.people.finder import PeopleFound
from nlp.quotes.finder import read_speech
from scraper.items import QuoteTag

INDIRECT_SCORE = 0.8


class QuotesComponent:
    """Fills ``doc._.quotes`` from the text and what components/people.py left in the Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotations of ``doc``."""
        found: PeopleFound = doc.user_data.get("pantau_people") or PeopleFound()
        keys = [person.key for person in doc._.people]
        text = text_of(doc)
        quotes, statements = read_speech(text, found)
        doc._.quotes = [
            QuoteTag(
                start=quote.start,
                end=quote.end,
                surface=text[quote.start : quote.end],
                score=quote.score,
                speaker=None if quote.speaker is None else keys[quote.speaker],
            )
            for quote in quotes
        ]
        doc._.quotes += [
            QuoteTag(
                start=statement.start,
                end=statement.end,
                surface=text[statement.start : statement.end],
                score=INDIRECT_SCORE,
                speaker=None if statement.speaker is None else keys[statement.speaker],
                kind="indirect",
                verb=statement.verb,
            )
            for statement in statements
        ]
        doc._.quotes.sort(key=lambda quote: quote.start)
        return doc


@Language.factory("pantau_quotes", requires=["doc._.people"], assigns=["doc._.quotes"])
def create_quotes(nlp: Language, name: str) -> QuotesComponent:
    """The factory named in ``config.cfg``."""
    return QuotesComponent()
