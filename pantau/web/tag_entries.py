"""The tags of an article as a list to read and to correct: what each says, who says so, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pantau import wording
from pantau.figure_flags import flag_phrase
from pantau.translations import N_
from pantau.translations import gettext as _
from scraper.items import FigureTag, PersonTag, ProgramTag, QuoteTag, Span, Tags
from storage.records.keys import name_key

KINDS = {
    "person": N_("Pejabat/tokoh"),
    "program": N_("Program"),
    "figure": N_("Angka"),
    "quote": N_("Kutipan"),
    "place": N_("Wilayah"),
    "org": N_("Instansi"),
    "office": N_("Jabatan"),
}
"""Kinds of tags that stand in a text, in the order in which the page lists them."""
SOURCES = {"model": N_("model"), "rule": N_("aturan"), "registry": N_("daftar"), "person": N_("petugas")}
ROLES = {"target": N_("target"), "realisation": N_("realisasi")}
DIRECTIONS = {"up": N_("naik"), "down": N_("turun"), "flat": N_("tetap")}
SURE, LIKELY = 0.8, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One tag; a person or programme is one, however often the text names it."""

    id: str
    """Anchor on the page."""
    kind: str
    name: str
    details: tuple[str, ...]
    spans: tuple[Span, ...]
    """Where it stands, at least one."""
    tag: Any
    key: str = ""
    """Of a person or programme, across articles."""

    @property
    def first(self) -> Span:
        """Its first place in the text."""
        return min(self.spans, key=lambda span: span.start)

    @property
    def evidence(self) -> str:
        """Who says so and how sure: ``keyakinan tinggi, dari aturan``."""
        values = {"certainty": certainty(self.first.score), "source": source_label(self.first.source)}
        return _("keyakinan %(certainty)s, dari %(source)s") % values

    @property
    def note(self) -> str:
        """Everything in one line."""
        said = ": ".join(filter(None, [self.name, "; ".join(self.details)]))
        return f"{_(KINDS[self.kind])}: {said} ({self.evidence})"


def certainty(score: float) -> str:
    """``tinggi``, ``sedang`` or ``rendah``."""
    return _("tinggi") if score >= SURE else _("sedang") if score >= LIKELY else _("rendah")


def source_label(source: str) -> str:
    """Who set a tag."""
    return _(SOURCES.get(source, source))


def entries(tags: Tags) -> list[Entry]:
    """The tags that stand in the text, by kind and then by place."""
    order = {kind: at for at, kind in enumerate(KINDS)}
    found = sorted(_found(tags), key=lambda item: (order[item["kind"]], min(s.start for s in item["spans"])))
    return [Entry(id=f"t{number}", **item) for number, item in enumerate(found, 1)]


def _found(tags: Tags) -> Iterator[dict[str, Any]]:
    names = {person.key: person.name for person in tags.people}
    for person in tags.people:
        yield _named("person", person, _person(person), person.person_id)
    for program in tags.programs:
        yield _named("program", program, (), program.program_id)
    for figure in tags.figures:
        yield _spanned("figure", figure, wording.figure_amount(figure), _figure(figure, names))
    for quote in tags.quotes:
        yield _spanned("quote", quote, names.get(quote.speaker or "", _("pembicara tidak diketahui")), _quote(quote))
    for place in tags.places:
        yield _spanned("place", place, place.surface, (_("kode %s") % place.code,) if place.code else ())
    for org in tags.orgs:
        yield _spanned("org", org, org.surface, ())
    for office in tags.office_mentions:
        yield _spanned("office", office, office.surface, (office.person_id,) if office.person_id else ())


def _named(kind: str, tag: PersonTag | ProgramTag, details: tuple[str, ...], known: str | None) -> dict[str, Any]:
    """A tag without a mention in the text (its name stands in the title only) has no place there."""
    spans = tag.mentions or (Span(start=0, end=0, surface=tag.name),)
    return {"kind": kind, "name": tag.name, "details": details, "spans": spans, "tag": tag,
            "key": known or name_key(tag.name)}  # fmt: skip


def _spanned(kind: str, tag: Span, name: str, details: tuple[str | None, ...]) -> dict[str, Any]:
    return {"kind": kind, "name": name, "details": tuple(filter(None, details)), "spans": (tag,), "tag": tag}


def _person(person: PersonTag) -> tuple[str, ...]:
    return person.offices or ((_("pejabat") if person.official else _("tokoh")),)


def _figure(figure: FigureTag, names: dict[str, str]) -> tuple[str | None, ...]:
    parts = [figure.measures, figure.period, figure.place, names.get(figure.speaker or "")]
    parts += [_(ROLES[figure.role]) if figure.role else None]
    parts += [_(DIRECTIONS[figure.direction]) if figure.direction else None]
    if figure.base is not None:
        parts.append(_("sebelumnya %s") % wording.amount(figure.base, figure.unit))
    return (*parts, *map(flag_phrase, figure.flags))


def _quote(quote: QuoteTag) -> tuple[str | None, ...]:
    return (None if quote.kind == "direct" else _("tidak langsung"),)
