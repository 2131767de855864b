"""Corrections: found again by their words, applied over what tagging finds, undone, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scraper.errors import InputError, StorageError
from scraper.items import (
    Article,
    FigureTag,
    OrgTag,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    TaggedArticle,
    Tags,
)
from storage.database import Database
from storage.records.anchors import Anchor
from storage.records.articles import get_article, save_article, withdraw_article
from storage.records.bulk import save_all_tags
from storage.records.corrections import (
    all_corrections,
    correct,
    corrections_of,
    misfits,
    redo_correction,
    undo_correction,
)
from storage.records.tag_json import tags_from_json, tags_to_json
from storage.records.tags import people_of, save_tags, tag_counts, untagged_ids

TEXT = (
    "UMKM menjadi pilar ekonomi. Pilar Saga meninjau pasar di Ciruas.\n\n"
    '"Omzet naik 12 persen," kata Pilar kepada Dinas Pasar, Senin. Program Maju Bersama jalan terus, kata Rina.'
)
Fault = dict[str, Any]
NEXT = TEXT.index("Pilar kepada")


def at(surface: str, *, start: int = 0) -> dict[str, Any]:
    begin = TEXT.index(surface, start)
    return {"start": begin, "end": begin + len(surface)}


def span(surface: str, *, start: int = 0) -> Span:
    return Span(surface=surface, source="model", score=0.8, **at(surface, start=start))


PILAR = (span("pilar"), span("Pilar Saga"), span("Pilar", start=NEXT))
FOUND = Tags(
    people=(
        PersonTag(key="pilar-saga", name="Pilar Saga", mentions=PILAR),
        PersonTag(key="rina", name="Rina", mentions=(span("Rina"),)),
    ),
    programs=(ProgramTag(name="Maju Bersama", mentions=(span("Maju Bersama"),)),),
    figures=(FigureTag(surface="12 persen", value=12.0, unit="%", speaker="pilar-saga", **at("12 persen")),),
    quotes=(QuoteTag(surface="Omzet naik 12 persen,", speaker="rina", **at("Omzet naik 12 persen,")),),
    places=(PlaceTag(surface="Ciruas", code="36.04.09", **at("Ciruas")),),
    orgs=(OrgTag(surface="Dinas Pasar", **at("Dinas Pasar")),),
    topics=("pasar", "umkm"),
    kind="news",
)  # fmt: skip


def make(text: str = TEXT) -> Article:
    return Article(canonical_url="https://warta.test/1", title="Pasar", text=text, site="warta")


@pytest.fixture
def article(db: Database) -> str:
    with db.write() as session:
        save_article(session, make())
        save_tags(session, TaggedArticle(article=make(), tags=FOUND, tag_version="v1"))
    return make().id


def tags_of(db: Database) -> Tags:
    with db.read() as session:
        stored = get_article(session, make().id)
    assert stored is not None
    assert stored.tags is not None
    return stored.tags


def fix(db: Database, fault: Fault) -> int:
    with db.write() as session:
        made = correct(session, make().id, by="ani", **fault)
    return made.id


def tag(db: Database, tags: Tags = FOUND, *, text: str = TEXT, version: str = "v2") -> None:
    with db.write() as session:
        assert save_tags(session, TaggedArticle(article=make(text), tags=tags, tag_version=version))


def fault(kind: str, action: str, surface: str = "", **values: Any) -> Fault:
    return {"kind": kind, "action": action, "values": values} | (at(surface) if surface else {})


def test_tags_survive_json() -> None:
    assert tags_from_json(tags_to_json(FOUND)) == FOUND


SAID = 'Kata Budi, harga naik. Pak Budi\nhadir di pasar. "Budi" ditulis dua kali, lalu Budi pulang.'


@pytest.mark.parametrize(
    ("place", "text", "found"),
    [
        pytest.param(5, SAID, 5, id="same text"),
        pytest.param(27, SAID, 27, id="second one"),
        pytest.param(27, "SERANG - " + SAID, 36, id="text before"),
        pytest.param(5, "Menurut Budi, harga naik. Selesai.", 8, id="one side is enough"),
        pytest.param(27, "Harga naik. Pak  Budi hadir di pasar.", 17, id="other white space"),
        pytest.param(5, "Warga bertemu Budi di kantor kelurahan.", None, id="other place"),
        pytest.param(5, "Kata Ani, harga naik.", None, id="words gone"),
        pytest.param(5, "Kata Budiman, harga naik.", None, id="part of a word"),
        pytest.param(5, "", None, id="empty"),
    ],
)
def test_a_stretch_is_found_again_where_its_neighbours_stand(place: int, text: str, found: int | None) -> None:
    where = Anchor.at(SAID, place, place + 4).find(text)
    assert (where and where[0]) == found


def test_of_equal_places_the_same_one_is_taken() -> None:
    text = "Budi hadir.\n\n" * 20
    places = [13 * number for number in range(20)]
    assert [Anchor.at(text, place, place + 4).find(text) for place in places] == [(at, at + 4) for at in places]


def names(tags: Tags) -> list[tuple[str, int]]:
    return [(person.name, len(person.mentions)) for person in tags.people]


OMZET, ICHSAN = "Omzet naik 12 persen,", {"name": "Pilar Saga Ichsan", "person_id": "psi", "official": True}
CASES: list[tuple[Fault, Callable[[Tags], Any], Any]] = [
    (fault("person", "delete", "pilar"), names, [("Pilar Saga", 2), ("Rina", 1)]),
    (fault("person", "delete", "Pilar Saga", whole=True), names, [("Rina", 1)]),
    (fault("person", "delete", "Pilar Saga", whole=True), lambda t: t.figures[0].speaker, None),
    (fault("person", "change", "Pilar Saga", **ICHSAN), lambda t: t.people[0].key, "pilar-saga-ichsan"),
    (fault("person", "change", "Pilar Saga", **ICHSAN), lambda t: t.people[0].person_id, "psi"),
    (fault("person", "change", "Pilar Saga", **ICHSAN), lambda t: t.figures[0].speaker, "pilar-saga-ichsan"),
    (fault("person", "change", "Rina", name="Pilar Saga"), names, [("Pilar Saga", 4)]),
    (fault("person", "change", "Rina", name="Pilar Saga"), lambda t: t.quotes[0].speaker, "pilar-saga"),
    (fault("person", "add", "pilar", name="Rina"), names, [("Pilar Saga", 2), ("Rina", 2)]),
    (fault("person", "add", "Senin", offices=["Camat"]), lambda t: t.people[-1].key, "senin"),
    (fault("person", "add", "Senin", offices=["Camat"]), lambda t: t.people[-1].offices, ("Camat",)),
    (fault("person", "add", "Senin"), lambda t: t.people[-1].mentions[0].source, "person"),
    (fault("program", "change", "Maju Bersama", program_id="mb"), lambda t: t.programs[0].program_id, "mb"),
    (fault("program", "delete", "Maju Bersama"), lambda t: t.programs, ()),
    (fault("figure", "change", "12 persen", value=13), lambda t: t.figures[0].value, 13.0),
    (fault("figure", "change", "12 persen", value=13), lambda t: t.figures[0].source, "person"),
    (fault("figure", "change", "12 persen", speaker="rina"), lambda t: t.figures[0].speaker, "rina"),
    (fault("figure", "delete", "12"), lambda t: t.figures, ()),
    (fault("figure", "add", "naik 12 persen", value=12.5, unit="pp", flags=["odd"]),
     lambda t: [(f.surface, f.unit, f.flags) for f in t.figures], [("naik 12 persen", "pp", ("odd",))]),
    (fault("quote", "change", OMZET, speaker="pilar-saga"), lambda t: t.quotes[0].speaker, "pilar-saga"),
    (fault("quote", "change", OMZET, speaker=None), lambda t: t.quotes[0].speaker, None),
    (fault("quote", "add", "jalan terus", speaker="rina", verb="kata"), lambda t: len(t.quotes), 2),
    (fault("place", "change", "Ciruas", code="36.04.10"), lambda t: t.places[0].code, "36.04.10"),
    (fault("place", "delete", "Ciruas"), lambda t: t.places, ()),
    (fault("org", "add", "UMKM"), lambda t: [o.surface for o in t.orgs], ["UMKM", "Dinas Pasar"]),
    (fault("org", "change", "Dinas Pasar"), lambda t: t.orgs[0].source, "person"),
    (fault("topic", "add", topic="harga"), lambda t: t.topics, ("pasar", "umkm", "harga")),
    (fault("topic", "change", topic="umkm", main=True), lambda t: t.topics, ("umkm", "pasar")),
    (fault("topic", "delete", topic="pasar"), lambda t: t.topics, ("umkm",)),
    ({"kind": "kind", "action": "change", "values": {"kind": "advertorial"}}, lambda t: t.kind, "advertorial"),
]  # fmt: skip


def test_corrections_show_at_once_survive_tagging_and_are_undone(db: Database, article: str) -> None:
    for said, shown, expected in CASES:
        made = fix(db, said)
        assert shown(tags_of(db)) == expected, said
        with db.write() as session:
            save_all_tags(session, [TaggedArticle(article=make(), tags=FOUND, tag_version="v2")])
        assert shown(tags_of(db)) == expected, said
        with db.write() as session:
            undo_correction(session, made, by="budi")
        assert tags_of(db) == FOUND, said


NOT_FITTING: list[tuple[Fault, str]] = [
    (fault("person", "change", "ekonomi", name="Ani"), "nothing to change"),
    (fault("place", "delete") | {"start": 3, "end": 3}, "no place in a text"),
    (fault("place", "delete") | {"start": 60, "end": 9999}, "no place in a text"),
    (fault("place", "delete"), "no place in a text"),
    (fault("figure", "add", "12 persen", value=1.0), "say its unit"),
    (fault("figure", "change", "12 persen", value=float("nan")), "no value of a figure"),
    (fault("figure", "change", "12 persen", modifier="maybe"), "no modifier"),
    (fault("figure", "change", "12 persen", colour="red"), "has no 'colour'"),
    (fault("quote", "change", OMZET, speaker="budi"), "tag the person first"),
    ({"kind": "kind", "action": "delete", "values": {"kind": "news"}}, "cannot be corrected"),
    (fault("kind", "change"), "say its kind"),
    ({"kind": "kind", "action": "change", "values": {"kind": "gossip"}}, "no kind of a kind"),
    (fault("colour", "add", "UMKM"), "is no kind of tag"),
    (fault("person", "add", "UMKM", name=" "), "no name of a person"),
]


def test_what_does_not_fit_is_refused_and_changes_nothing(db: Database, article: str) -> None:
    for said, says in NOT_FITTING:
        with pytest.raises(InputError, match=says):
            fix(db, said)
    assert tags_of(db) == FOUND
    with db.read() as session:
        assert corrections_of(session, article) == []


def test_a_text_that_changed_meanwhile_is_not_corrected_blindly(db: Database, article: str) -> None:
    said = fault("org", "delete", "Dinas Pasar") | {"by": "ani", "text_version": make().content_hash}
    with db.write() as session:
        correct(session, article, **said)
        save_article(session, make(TEXT + " Ralat."))
        with pytest.raises(StorageError, match="changed meanwhile"):
            correct(session, article, **said)


def test_a_correction_waits_for_tagging_and_what_no_longer_fits_waits_for_a_person(db: Database, article: str) -> None:
    first = fix(db, fault("person", "delete", "pilar"))
    second = fix(db, fault("place", "change", "Ciruas", code="36.04.10"))
    changed = TEXT.replace("di Ciruas", "di Kragilan")
    with db.write() as session:
        save_article(session, make(changed))
        assert tag_counts(session)["people"] == 0
        assert untagged_ids(session, version="v1") == [article]
    tag(db, Tags(people=FOUND.people[:1]), text=changed)
    with db.read() as session:
        assert [(item.id, item.misfit) for item in misfits(session)] == [(second, True)]
        assert [item.id for item in all_corrections(session, before=second)] == [first]
    assert names(tags_of(db)) == [("Pilar Saga", 2)]
    with db.write() as session:
        save_article(session, make())
    tag(db)
    assert tags_of(db).places[0].code == "36.04.10"
    with db.read() as session:
        assert misfits(session) == []


def test_a_person_who_is_found_no_more_is_put_back(db: Database, article: str) -> None:
    fix(db, fault("person", "change", "Rina", official=True, offices=["Camat Ciruas"], person_id="rina-1"))
    fix(db, fault("quote", "change", OMZET, speaker="rina", verb=None))
    tag(db, replace(FOUND, people=FOUND.people[:1]))
    with db.read() as session:
        (seen,) = people_of(session, "rina-1")
    assert (seen.offices, seen.quotes) == (("Camat Ciruas",), (OMZET,))


def test_undoing_one_of_several_leaves_the_others_and_can_be_taken_back(db: Database, article: str) -> None:
    one = fix(db, fault("org", "delete", "Dinas Pasar"))
    fix(db, fault("topic", "delete", topic="umkm"))
    with db.write() as session:
        undone = undo_correction(session, one, by="budi")
    assert (undone.undone_by, undone.made_by, undone.was) == ("budi", "ani", {})
    assert tags_of(db) == replace(FOUND, topics=("pasar",))
    with db.write() as session:
        redo_correction(session, one)
    assert tags_of(db) == replace(FOUND, topics=("pasar",), orgs=())


def test_a_withdrawn_article_keeps_no_words_in_its_corrections(db: Database, article: str) -> None:
    fix(db, fault("org", "delete", "Dinas Pasar"))
    with db.write() as session:
        withdraw_article(session, article)
        assert corrections_of(session, article) == []
        with pytest.raises(StorageError, match="not there"):
            correct(session, article, kind="topic", action="add", by="ani", values={"topic": "pasar"})
