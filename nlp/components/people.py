"""Persons with their offices: the model's names corrected and completed by grammar, identified by the registry."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from nlp.extensions import text_of
from nlp.people.alone import office_tags
from nlp.people.areas import area_rows, load_areas
from nlp.people.finder import FoundPerson, PeopleFound, find_people
from nlp.people.relations import find_related
from nlp.registry_data import Registry
from scraper.items import PersonTag, Span

RULE_SCORE, MODEL_SCORE = 0.9, 0.8


class PeopleComponent:
    """Fills ``doc._.people`` and the span groups ``offices`` and ``names``."""

    def __init__(self, registry: Registry | None = None) -> None:
        self.registry = registry or Registry.shipped()

    def use_registry(self, registry: Registry) -> None:
        """Resolve persons by ``registry`` from now on."""
        self.registry = registry
        for row in registry.places:
            if row.get("kind") in ("province", "regency", "district"):
                names = (row["name"], *filter(None, row.get("aliases", "").split("|")))
                for name in names:
                    load_areas().add(area_rows(row["code"], name, row["kind"]))

    def __call__(self, doc: Doc) -> Doc:
        """Find the persons of ``doc``; ``doc.ents`` labelled PER help where they are set."""
        text = text_of(doc)
        spans = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"]
        found = find_people(text, spans, known=self.registry.name_index)
        doc.user_data["pantau_people"] = found
        keys = unique_keys(found)
        doc._.people = [self._tag(doc, text, person, key) for person, key in zip(found.persons, keys, strict=True)]
        names = [mention for person in found.persons for mention in person.mentions]
        known = {
            person.person_id: 0 if person.offices else person.mentions[0].start
            for person in doc._.people
            if person.person_id
        }
        pairs = zip(doc._.people, found.persons, strict=True)
        strangers = {" ".join(head) for tag, person in pairs if not tag.person_id for head in person.heads}
        doc._.office_mentions = office_tags(
            text, found.offices, self.registry, doc._.published, named=known, strangers=strangers
        )
        _group(doc, "names", names)
        _group(doc, "offices", [(office.start, office.end) for office in found.offices])
        return doc

    def _tag(self, doc: Doc, text: str, person: FoundPerson, key: str) -> PersonTag:
        found: PeopleFound = doc.user_data["pantau_people"]
        person_id = self.registry.resolve(person.name, person.offices, doc._.published, near=found.areas)
        related = None if person.offices else find_related(text, person, found, self.registry, doc._.published)
        return PersonTag(
            key=key,
            name=person.name,
            mentions=tuple(
                _span(text, start, end, by_model=by_model)
                for (start, end), by_model in zip(person.mentions, person.by_model, strict=True)
            ),
            official=person.official or (related is not None and related.official),
            offices=(*person.offices, *person.candidacies),
            person_id=person_id or (related.person_id if related else None),
        )


@Language.factory("pantau_people", assigns=["doc._.people", "doc._.office_mentions"])
def create_people(nlp: Language, name: str) -> PeopleComponent:
    """The factory named in ``config.cfg``."""
    return PeopleComponent()


def unique_keys(found: PeopleFound) -> list[str]:
    """A key for each person: the name in lower case with hyphens, numbered where two share it."""
    keys: list[str] = []
    for person in found.persons:
        key = "-".join(person.name.lower().split())
        same = sum(old == key or (old.rpartition("-")[0] == key and old.rpartition("-")[2].isdigit()) for old in keys)
        keys.append(f"{key}-{same + 1}" if same else key)
    return keys


def _span(text: str, start: int, end: int, *, by_model: bool) -> Span:
    score = MODEL_SCORE if by_model else RULE_SCORE
    return Span(start=start, end=end, surface=text[start:end], source="model" if by_model else "rule", score=score)


def _group(doc: Doc, name: str, chars: list[tuple[int, int]]) -> None:
    spans = [span for start, end in chars if (span := doc.char_span(start, end, label=name, alignment_mode="expand"))]
    doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
