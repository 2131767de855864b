"""Fill ``doc._.places``: the thin component over the grammar in ``nlp/places``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import text_of
from nlp.lexicons import read_rows
from nlp.places.finder import find_places
from nlp.places.gazetteer import Gazetteer, district_rows
from nlp.places.lexicon import load_places
from nlp.registry_data import FOLDER
from scraper.items import PlaceTag

SHIPPED = FOLDER / "places.csv"
RULE_SCORE, MODEL_SCORE = 0.9, 0.7


class HoldsPlaces(Protocol):
    """What this component needs of a registry."""

    @property
    def places(self) -> Iterable[Mapping[str, str]]:
        """Rows with the columns of ``places.csv``."""


class PlaceFinder:
    """Places by class word, by name and by the model, with their codes."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer([*read_rows(SHIPPED), *district_rows()])

    def use_registry(self, registry: HoldsPlaces) -> None:
        """Take the areas of ``registry`` instead of the shipped ones."""
        self.gazetteer = Gazetteer([*registry.places, *district_rows()])

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.places``; offices, organisations and persons found before hold none."""
        model = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "LOC"]
        text = text_of(doc)
        doc._.places = [
            PlaceTag(
                start=place.start,
                end=place.end,
                surface=text[place.start : place.end],
                source=place.source,
                score=RULE_SCORE if place.source == "rule" else MODEL_SCORE,
                code=place.code,
            )
            for place in find_places(text, gazetteer=self.gazetteer, taken=_taken(doc), model=model)
        ]
        return doc


@Language.factory("pantau_places", assigns=["doc._.places"])
def create_places(nlp: Language, name: str) -> PlaceFinder:
    """The factory named in ``config.cfg``."""
    return PlaceFinder()


def _taken(doc: Doc) -> list[tuple[int, int]]:
    spans = [(span.start_char, span.end_char) for span in doc.spans.get("offices", ())]
    names = [mention for person in doc._.people for mention in person.mentions]
    world = load_places().world
    spans += [(mention.start, mention.end) for mention in names if mention.surface.lower() not in world]
    return spans + [(org.start, org.end) for org in doc._.orgs]
