"""Edits of the registries reach old articles with the next tagging, and those alone that they may concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from pantau.cli.tagging import tag_archive
from pantau.cli.workspace import Workspace
from scraper.config import Config
from scraper.items import Article, DatedBy, Tags
from storage.database import Database
from storage.records.articles import get_article
from storage.records.bulk import save_articles
from storage.records.corrections import correct
from storage.records.registry_edits import remove_registry_row, save_registry_row

TEXTS = {
    "holder": "Wali Kota Tangerang Selatan Zulkarnaen Prabaswara membuka pasar malam di Serpong.",
    "office": "Wali Kota Tangerang Selatan meminta warga tenang menghadapi hujan.",
    "before": "Wali Kota Tangerang Selatan Zulkarnaen Prabaswara membuka pasar pagi di Pamulang.",
    "programme": "Warga menyambut gerobak ceria di lapangan.",
    "other": "Bupati Lebak meninjau jembatan gantung yang rusak diterjang banjir.",
}
DAYS = {"before": date(2029, 5, 2)}
PERSON = {"person_id": "zp", "name": "Zulkarnaen Prabaswara"}
TERM = {"person_id": "zp", "office": "Wali Kota", "area_code": "36.74", "from": "2031-02-20"}


@pytest.fixture
def workspace(config: Config) -> Iterator[Workspace]:
    made = Workspace(config, Database.open(config))
    with made.db.write() as session:
        save_articles(session, [article(name) for name in TEXTS])
    run(made)
    yield made
    made.db.close()


def article(name: str) -> Article:
    day = DAYS.get(name, date(2031, 6, 1))
    published = DatedBy(value=day, evidence="given", raw=day.isoformat())
    return Article(canonical_url=f"urn:{name}", title="Kabar", text=TEXTS[name], published=published)


def run(workspace: Workspace) -> int:
    counts = Counter[str]()
    tag_archive(workspace, counts=counts)
    return counts["tagged"]


def edit(workspace: Workspace, registry: str, row: dict[str, str]) -> str:
    with workspace.db.write() as session:
        return save_registry_row(session, registry, row, by="ani")


def tags(workspace: Workspace, name: str) -> Tags:
    with workspace.db.read() as session:
        stored = get_article(session, article(name).id)
    assert stored is not None
    assert stored.tags is not None
    return stored.tags


def tagged_at(workspace: Workspace, name: str) -> str:
    query = text("SELECT tagged_at FROM articles WHERE id = :id")
    with workspace.db.read() as session:
        return str(session.execute(query, {"id": article(name).id}).scalar_one())


def people(workspace: Workspace, name: str) -> list[str | None]:
    return [person.person_id for person in tags(workspace, name).people]


def holders(workspace: Workspace) -> list[str | None]:
    return [office.person_id for office in tags(workspace, "office").office_mentions]


def test_a_term_reaches_who_is_named_and_the_office_alone(workspace: Workspace) -> None:
    assert (people(workspace, "holder"), run(workspace)) == ([None], 0)
    (shipped,) = holders(workspace)
    assert shipped, "the last holder whom the shipped registry knows"
    untouched = tagged_at(workspace, "other"), tagged_at(workspace, "programme")
    edit(workspace, "persons", PERSON)
    key = edit(workspace, "occupancies", TERM)
    assert run(workspace) == 3
    assert (people(workspace, "holder"), people(workspace, "before")) == (["zp"], [None])
    assert holders(workspace) == [None], "two claim the day"
    assert (tagged_at(workspace, "other"), tagged_at(workspace, "programme")) == untouched
    assert run(workspace) == 0, "an edit is taken up once"

    with workspace.db.write() as session:
        assert remove_registry_row(session, "occupancies", key)
    assert run(workspace) == 3
    assert people(workspace, "holder") == [None]
    assert holders(workspace) == [shipped]


def test_a_programme_that_nobody_knew_is_found_in_old_texts(workspace: Workspace) -> None:
    edit(workspace, "programmes", {"programme_id": "gc", "name": "Gerobak Ceria"})
    assert run(workspace) == 1
    assert [found.program_id for found in tags(workspace, "programme").programs] == ["gc"]


def test_what_the_index_does_not_know_yet_is_found_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.search.engine.SearchIndex.catch_up", lambda *_: 0)
    edit(workspace, "programmes", {"programme_id": "gc", "name": "Gerobak Ceria"})
    run(workspace)
    assert [found.program_id for found in tags(workspace, "programme").programs] == ["gc"]


def test_corrections_survive_and_what_they_hid_is_looked_at(workspace: Workspace) -> None:
    with workspace.db.write() as session:
        start, end = TEXTS["holder"].index("Zulkarnaen"), TEXTS["holder"].index(" membuka")
        correct(session, article("holder").id, kind="person", action="delete", by="ani", start=start, end=end)
    assert people(workspace, "holder") == []
    edit(workspace, "persons", PERSON)
    edit(workspace, "occupancies", TERM)
    assert run(workspace) == 3
    assert people(workspace, "holder") == []
