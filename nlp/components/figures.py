"""Fill ``doc._.figures``: the thin component over the grammar in ``nlp/figures``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.extensions import text_of
from nlp.figures.find import find_figures
from nlp.figures.regions import Region, find_regions
from nlp.topics.kinds import is_hoax
from scraper.items import FigureTag, QuoteTag

PLACES = frozenset({"LOC", "GPE", "PLACE"})


class FigureFinder:
    """Figures by grammar; a figure inside a quote gets the quote's speaker."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.figures``."""
        sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
        figures = find_figures(text_of(doc), sentences, published=doc._.published, places=_places(doc))
        doc._.figures = [_spoken(figure, doc._.quotes) for figure in figures]
        if is_hoax(doc._.title or "", text_of(doc)):
            doc._.figures = [_refuted(figure, doc._.quotes) for figure in doc._.figures]
        return doc


@Language.factory("pantau_figures", requires=["doc.sents"])
def create_figures(nlp: Language, name: str) -> FigureFinder:
    """The factory named in ``config.cfg``."""
    return FigureFinder()


def _places(doc: Doc) -> list[Region]:
    persons = sorted(mention.start for person in doc._.people for mention in person.mentions)
    named = [_before_a_person(span, persons) for span in doc.ents if span.label_ in PLACES]
    return named or find_regions(text_of(doc))


def _before_a_person(span: Span, persons: Sequence[int]) -> Region:
    """``span`` without the name of a person that the model ran into: "Kota Tangerang Arief Wismansyah"."""
    at = bisect_right(persons, span.start_char)
    cut = persons[at] - span.start_char if at < len(persons) else None
    name = span.text[:cut].rstrip()
    return Region(span.start_char, span.start_char + len(name), name)


def _refuted(figure: FigureTag, quotes: Sequence[QuoteTag]) -> FigureTag:
    """``figure`` with a flag where it stands in the message that the article refutes: a quote of nobody's."""
    if any(q.start <= figure.start and figure.end <= q.end and q.speaker is None for q in quotes):
        return replace(figure, flags=tuple(sorted({*figure.flags, "hoax"})), indicator=None)
    return figure


def _spoken(figure: FigureTag, quotes: Sequence[QuoteTag]) -> FigureTag:
    """``figure`` with the speaker of the quote that it stands in."""
    for quote in quotes:
        if quote.start <= figure.start and figure.end <= quote.end:
            return replace(figure, speaker=quote.speaker)
    return figure
