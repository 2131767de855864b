"""Who is who, decided by people: shown at once, after each later tagging, and taken back without a trace."""

from __future__ import annotations

import pytest

from scraper.config import Config
from scraper.errors import InputError, PantauError, StorageError
from scraper.items import (
    Article,
    FigureTag,
    OfficeTag,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    TaggedArticle,
    Tags,
)
from storage.database import Database
from storage.records.articles import get_article, save_article
from storage.records.corrections import correct, undo_correction
from storage.records.decisions import decisions, dismiss, identities, reopen
from storage.records.registry import load_registry, registry_rows
from storage.records.registry_edits import (
    add_alias,
    merge,
    register,
    registry_row,
    remove_alias,
    remove_registry_row,
    save_registry_row,
    take_back,
    unregister,
)
from storage.records.tags import people_of, save_tags
from storage.search.engine import SearchIndex

PERSONS = [
    {"person_id": "hendra-wijaya", "name": "Hendra Wijaya", "aliases": "Hendra W."},
    {"person_id": "rina-kartika", "name": "Rina Kartika", "aliases": ""},
]
PROGRAMMES = [{"programme_id": "laku", "name": "Laku Mikro", "aliases": "", "owner": "", "from": "", "to": ""}]


def person(name: str, person_id: str | None = None) -> PersonTag:
    key = "-".join(name.lower().split())
    return PersonTag(
        key=key, name=name, mentions=(Span(start=0, end=1, surface="H"),), official=True, person_id=person_id
    )


def tagged(number: int, *people: PersonTag) -> TaggedArticle:
    url = f"https://warta.test/{number}"
    article = Article(canonical_url=url, title=f"Berita {number}", text=f"Hadir di balai kota {number}.", site="warta")
    key = people[0].key
    tags = Tags(
        people=people,
        programs=(ProgramTag(name="Program Laku", mentions=()),),
        figures=(FigureTag(start=20, end=21, surface=str(number), value=1.0, unit="orang", speaker=key),),
        quotes=(QuoteTag(start=0, end=5, surface="Hadir", speaker=key),),
        places=(PlaceTag(start=0, end=5, surface="Hadir", code="36.74.01"),),
        office_mentions=(OfficeTag(start=0, end=5, surface="Hadir", person_id=people[0].person_id),),
    )
    return TaggedArticle(article=article, tags=tags, tag_version="v1")


ITEMS = (
    tagged(1, person("Hendra Wijaya", "hendra-wijaya")),
    tagged(2, person("Hendra Wijaja")),
    tagged(3, person("Rina Kartika", "rina-kartika")),
    tagged(4, person("Asep"), person("Rina K.")),
)


@pytest.fixture
def office(db: Database) -> Database:
    with db.write() as session:
        load_registry(session, layer="shipped", rows={"persons": PERSONS, "programmes": PROGRAMMES})
        for item in ITEMS:
            save_article(session, item.article)
            save_tags(session, item)
    return db


def seen(db: Database, key: str) -> list[int]:
    """Numbers of the articles that name a person."""
    with db.read() as session:
        return sorted(int(found.url[-1]) for found in people_of(session, key))


def stored(db: Database, number: int) -> Tags:
    with db.read() as session:
        found = get_article(session, ITEMS[number - 1].article.id)
    assert found is not None
    assert found.tags is not None
    return found.tags


def tag_again(db: Database) -> None:
    with db.write() as session:
        for item in ITEMS:
            save_tags(session, item)


def test_merged_persons_are_one_at_once_and_after_tagging_until_it_is_taken_back(
    office: Database, config: Config
) -> None:
    index = SearchIndex.open(office, config.data)
    index.catch_up()
    assert index.count("narasumber:hendra-wijaya") == 1
    with office.write() as session:
        assert merge(session, "person", "hendra-wijaja", into="hendra-wijaya", by="ani") == 1
    assert index.catch_up() == 1
    for _ in range(2):
        assert seen(office, "hendra-wijaya") == [1, 2]
        assert stored(office, 2).people[0].person_id == "hendra-wijaya"
        assert index.count("narasumber:hendra-wijaya") == 2
        assert next((f.value, f.count) for f in index.facet("", "pejabat")) == ("Hendra Wijaya", 2)
        tag_again(office)
        index.catch_up()
    with office.read() as session:
        (made,) = decisions(session, kind="person")
    assert (made.key, made.state, made.into, made.decided_by) == ("hendra-wijaja", "merged", "hendra-wijaya", "ani")
    with office.write() as session:
        assert reopen(session, "person", "hendra-wijaja") == 1
        assert reopen(session, "person", "hendra-wijaja") == 0
    assert (seen(office, "hendra-wijaya"), seen(office, "hendra-wijaja")) == ([1], [2])
    assert stored(office, 2) == ITEMS[1].tags


def test_registered_persons_are_merged_with_offices_and_with_what_was_merged_before(office: Database) -> None:
    with office.write() as session:
        merge(session, "person", "asep", into="rina-kartika", by="ani")
        assert merge(session, "person", "rina-kartika", into="hendra-wijaya", by="ani") == 2
        with pytest.raises(StorageError, match="already stands for"):
            merge(session, "person", "hendra-wijaya", into="rina-kartika", by="ani")
    assert seen(office, "hendra-wijaya") == [1, 3, 4]
    assert stored(office, 3).office_mentions[0].person_id == "hendra-wijaya"
    with office.write() as session:
        reopen(session, "person", "rina-kartika")
    assert (seen(office, "hendra-wijaya"), seen(office, "rina-kartika")) == ([1], [3, 4])
    assert stored(office, 3) == ITEMS[2].tags


def test_an_alias_finds_what_stands_by_that_name_and_is_taken_back(office: Database) -> None:
    with office.write() as session:
        assert add_alias(session, "person", "rina-kartika", " Rina | K. ", by="ani") == 1
        with pytest.raises(StorageError, match="is a name of 'hendra-wijaya'"):
            add_alias(session, "person", "rina-kartika", "Hendra W", by="ani")
        assert (registry_row(session, "persons", "rina-kartika") or {})["aliases"] == "Rina K."
        assert add_alias(session, "program", "laku", "Program Laku", by="ani") == 4
    assert seen(office, "rina-kartika") == [3, 4]
    assert stored(office, 1).programs[0].program_id == "laku"
    with office.write() as session:
        assert remove_alias(session, "person", "rina-kartika", "Rina K.", by="ani") == 1
        assert remove_alias(session, "program", "laku", "Program Laku", by="ani") == 4
    assert stored(office, 4) == ITEMS[3].tags
    with office.read() as session:
        assert identities(session).persons == {}


def test_one_way_back_undoes_whatever_was_decided(office: Database) -> None:
    with office.write() as session:
        add_alias(session, "person", "rina-kartika", "Rina K.", by="ani")
        register(session, "person", "asep", by="ani")
        merge(session, "program", "program-laku", into="laku", by="ani")
    with office.write() as session:
        assert take_back(session, "person", "rina-k", by="budi") == 1
        assert (registry_row(session, "persons", "rina-kartika") or {}).get("aliases", "") == ""
        assert take_back(session, "person", "asep", by="budi") == 1
        assert registry_row(session, "persons", "asep") is None
        assert take_back(session, "program", "program-laku", by="budi") == 4
        assert take_back(session, "person", "nobody", by="budi") == 0
    assert stored(office, 4) == ITEMS[3].tags
    with office.write() as session:
        assert register(session, "person", "asep", by="ani") == "asep", "it can be decided again"


def test_a_candidate_is_registered_by_its_usual_name_and_taken_back(office: Database) -> None:
    with office.write() as session:
        assert register(session, "person", "asep", by="ani") == "asep"
        assert register(session, "program", "program-laku", by="ani", values={"programme_id": "laku-2"}) == "laku-2"
    assert stored(office, 4).people[0].person_id == "asep"
    assert stored(office, 4).programs[0].program_id == "laku-2"
    with office.write() as session:
        merge(session, "person", "rina-k", into="asep", by="ani")
        with pytest.raises(StorageError, match="rina-k stand for 'asep'"):
            unregister(session, "person", "asep")
        reopen(session, "person", "rina-k")
        assert unregister(session, "person", "asep") == 1
        assert unregister(session, "program", "program-laku") == 4
        assert registry_row(session, "persons", "asep") is None
    assert stored(office, 4) == ITEMS[3].tags


def test_merging_into_a_candidate_registers_it(office: Database) -> None:
    with office.write() as session:
        merge(session, "person", "hendra-wijaja", into="asep", by="ani")
        assert (registry_row(session, "persons", "asep") or {})["name"] == "Asep"
    assert seen(office, "asep") == [2, 4]


def test_a_dismissed_candidate_stays_what_it_was(office: Database) -> None:
    with office.write() as session:
        merge(session, "person", "asep", into="rina-kartika", by="ani")
        assert dismiss(session, "person", "asep", by="budi") == 1
        assert [made.state for made in decisions(session)] == ["dismissed"]
    assert stored(office, 4) == ITEMS[3].tags


def test_decisions_and_corrections_do_not_undo_each_other(office: Database) -> None:
    article = ITEMS[1].article.id
    with office.write() as session:
        made = correct(session, article, kind="topic", action="add", by="ani", values={"topic": "pasar"})
        merge(session, "person", "hendra-wijaja", into="hendra-wijaya", by="ani")
        undo_correction(session, made.id, by="ani")
    assert stored(office, 2).people[0].person_id == "hendra-wijaya"
    with office.write() as session:
        made = correct(session, article, kind="topic", action="add", by="ani", values={"topic": "pasar"})
        reopen(session, "person", "hendra-wijaja")
        undo_correction(session, made.id, by="ani")
    assert stored(office, 2) == ITEMS[1].tags


def test_a_new_name_shows_in_facets(office: Database, config: Config) -> None:
    index = SearchIndex.open(office, config.data)
    index.catch_up()
    with office.write() as session:
        save_registry_row(session, "persons", {"person_id": "rina-kartika", "name": "Rina Kartika Sari"}, by="ani")
        save_registry_row(session, "places", {"code": "36.74", "name": "Kota Sagara", "kind": "regency"}, by="ani")
    assert index.catch_up() == 4
    assert [f.value for f in index.facet("pejabat:rina-kartika", "pejabat")] == ["Rina Kartika Sari"]
    assert index.count('wilayah:"Kota Sagara"') == 4
    with office.write() as session:
        assert remove_registry_row(session, "persons", "rina-kartika")
        assert not remove_registry_row(session, "persons", "rina-kartika")
        assert registry_rows(session, only="persons")["persons"] == PERSONS


@pytest.mark.parametrize(
    ("registry", "values", "says"),
    [
        ("planets", {"name": "Mars"}, "is no registry"),
        ("persons", {"person_id": "a", "name": " "}, "needs a name"),
        ("persons", {"name": "Ani"}, "no 'person_id'"),
        ("persons", {"person_id": "a", "name": "Ani", "age": "3"}, "have no 'age'"),
        ("occupancies", {"person_id": "a", "office": ""}, "needs an office"),
        ("occupancies", {"person_id": "a", "office": "Camat", "from": "2020-02-30"}, "is no day"),
        ("occupancies", {"person_id": "a", "office": "Camat", "to": "kemarin"}, "is no day"),
    ],
)
def test_a_row_that_is_none_is_refused(db: Database, registry: str, values: dict[str, str], says: str) -> None:
    with pytest.raises(PantauError, match=says), db.write() as session:
        save_registry_row(session, registry, values, by="ani")


def test_what_is_not_there_is_told(office: Database) -> None:
    with office.write() as session:
        with pytest.raises(InputError, match="with itself"):
            merge(session, "person", "asep", into="asep", by="ani")
        with pytest.raises(StorageError, match="no article names 'nobody'"):
            merge(session, "person", "asep", into="nobody", by="ani")
        with pytest.raises(StorageError, match="register it first"):
            add_alias(session, "person", "nobody", "Ani", by="ani")
        with pytest.raises(InputError, match="is no name"):
            add_alias(session, "person", "rina-kartika", " | ", by="ani")
        with pytest.raises(StorageError, match="registered already"):
            register(session, "person", "rina-kartika", by="ani")


def test_two_persons_of_one_article_who_are_merged_appear_in_it_once(office: Database) -> None:
    with office.write() as session:
        merge(session, "person", "asep", into="rina-kartika", by="ani")
        merge(session, "person", "rina-k", into="rina-kartika", by="ani")
        first, second = people_of(session, "rina-kartika")
    assert {first.mentions, second.mentions} == {1, 2}
