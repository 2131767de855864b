"""An article's text cut into stretches, each with the tags that cover it: what the page and print show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pantau.translations import N_
from pantau.translations import gettext as _
from pantau.wording import figure_amount
from scraper.items import Span, Tags

LABELS = {
    "person": N_("Pejabat/tokoh"),
    "program": N_("Program"),
    "figure": N_("Angka"),
    "quote": N_("Kutipan"),
    "place": N_("Wilayah"),
    "org": N_("Instansi"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag over a text, with what its tooltip says."""

    start: int
    end: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text under the same marks."""

    text: str
    kinds: tuple[str, ...]
    note: str


def paragraphs(text: str, tags: Tags) -> list[list[Stretch]]:
    """The paragraphs of ``text``, each as stretches in order; joining them gives the text back."""
    marks = list(_marks(text, tags))
    result, start = [], 0
    for part in text.split("\n\n"):
        end = start + len(part)
        inside = [mark for mark in marks if mark.start < end and mark.end > start]
        result.append(_stretches(text, start, end, inside))
        start = end + 2
    return result


def _stretches(text: str, start: int, end: int, marks: list[Mark]) -> list[Stretch]:
    edges = {start, end}
    for mark in marks:
        edges |= {max(mark.start, start), min(mark.end, end)}
    points = sorted(edges)
    stretches = []
    for left, right in pairwise(points):
        over = [mark for mark in marks if mark.start <= left and mark.end >= right]
        kinds = tuple(dict.fromkeys(mark.kind for mark in over))
        stretches.append(Stretch(text[left:right], kinds, "\n".join(mark.note for mark in over)))
    return stretches


def _marks(text: str, tags: Tags) -> Iterator[Mark]:
    names = {person.key: person.name for person in tags.people}
    for person in tags.people:
        role = "; ".join(person.offices) or (_("pejabat") if person.official else _("tokoh"))
        for mention in person.mentions:
            yield _mark(mention, "person", f"{person.name}: {role}")
    for program in tags.programs:
        for mention in program.mentions:
            yield _mark(mention, "program", program.name)
    for figure in tags.figures:
        details = [figure_amount(figure), figure.measures, figure.period, names.get(figure.speaker or "")]
        yield _mark(figure, "figure", " · ".join(detail for detail in details if detail))
    for quote in tags.quotes:
        yield _mark(quote, "quote", names.get(quote.speaker or "", _("pembicara tidak diketahui")))
    for place in tags.places:
        yield _mark(place, "place", _("kode %s") % place.code if place.code else place.surface)
    for org in tags.orgs:
        yield _mark(org, "org", org.surface)


def _mark(span: Span, kind: str, note: str) -> Mark:
    certainty = _("tinggi") if span.score >= 0.8 else _("sedang") if span.score >= 0.5 else _("rendah")
    values = {"kind": _(LABELS[kind]), "note": note, "certainty": certainty, "source": span.source}
    return Mark(span.start, span.end, kind, _("%(kind)s: %(note)s (keyakinan %(certainty)s, dari %(source)s)") % values)
