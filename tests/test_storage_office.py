"""What an office keeps of its own: saved searches, facts about outlets, articles put in by hand, withdrawals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.config import Config
from scraper.errors import ConflictError, InputError, PantauError, QueryError, StorageError
from scraper.items import PagePointer
from storage.database import Database
from storage.records.articles import get_article, save_article
from storage.records.by_hand import add_by_hand, make_article
from storage.records.outlets import all_outlets, get_outlet, outlet_history, outlet_labels, save_outlet, undo_outlet
from storage.records.saved_searches import (
    all_searches,
    change_search,
    delete_search,
    get_search,
    save_search,
    saved_searches,
)
from storage.search.engine import SearchIndex

TEXT = "Pasar malam dibuka.\nWarga senang."


def test_a_search_is_kept_by_its_owner_under_one_name(db: Database) -> None:
    with db.write() as session:
        one = save_search(session, owner="ani", name="  Pasar  malam ", query="pasar malam")
        other = save_search(session, owner="budi", name="Pasar malam", query="pasar")
        with pytest.raises(InputError, match="already"):
            save_search(session, owner="ani", name="Pasar malam", query="x")
        save_search(session, owner="ani", name="banjir", query="banjir")
        changed = change_search(
            session, one.id, owner="ani", query="pasar OR kios", alert="daily", email="Ani@kantor.go.id"
        )
        assert (changed.name, changed.alert, changed.email) == ("Pasar malam", "daily", "ani@kantor.go.id")
        with pytest.raises(InputError, match="already"):
            change_search(session, one.id, owner="ani", name="banjir")
    with db.read() as session:
        assert [search.name for search in saved_searches(session, owner="ani")] == ["banjir", "Pasar malam"]
        assert [search for search in all_searches(session) if search.mails] == [changed]
        assert get_search(session, other.id, owner="budi") == other
    with db.write() as session:
        for work in (get_search, delete_search, change_search):
            with pytest.raises(StorageError, match="of yours"):
                work(session, other.id, owner="ani")  # type: ignore[operator]
        delete_search(session, other.id, owner="budi")
        assert saved_searches(session, owner="budi") == []


@pytest.mark.parametrize(
    ("facts", "error", "says"),
    [
        ({"name": " "}, InputError, "is no name"),
        ({"name": "x" * 201}, InputError, "is no name"),
        ({"query": 'pasar "malam'}, QueryError, "tanda kutip"),
        ({"alert": "weekly"}, InputError, "is no alert"),
        ({"alert": "now"}, InputError, "need a mail address"),
        ({"spike": True}, InputError, "need a mail address"),
        ({"alert": "now", "email": "ani"}, InputError, "no mail address"),
    ],
)
def test_what_is_no_search_is_refused(db: Database, facts: dict[str, Any], error: type[PantauError], says: str) -> None:
    with db.write() as session, pytest.raises(error, match=says):
        save_search(session, **{"owner": "", "name": "Pasar", "query": "pasar"} | facts)


def test_an_office_says_what_it_knows_of_outlets(db: Database) -> None:
    with db.write() as session:
        save_outlet(session, "tirta", by="ani", label="Tirta News", tier=1, press_status="factual", area="36.74")
        save_outlet(session, "tirta", by="budi", tier=None, note=" Cetak juga ", label="Tirta News")
    with db.read() as session:
        tirta, warta = all_outlets(session, named=["warta", ""])
        assert (tirta.label, tirta.tier, tirta.press_status, tirta.note) == (
            "Tirta News",
            None,
            "factual",
            "Cetak juga",
        )
        assert (warta.label, warta.medium) == ("warta", "online")
        assert get_outlet(session, "warta") == warta
        assert get_outlet(session, "nobody").label == "nobody"
        assert outlet_labels(session) == {"tirta": "Tirta News"}


@pytest.mark.parametrize(
    ("site", "facts"),
    [
        ("", {}),
        ("warta", {"tier": 4}),
        ("warta", {"medium": None}),
        ("warta", {"colour": "red"}),
        ("warta", {"note": "x" * 1001}),
    ],
)
def test_what_is_no_fact_of_an_outlet_is_refused(db: Database, site: str, facts: dict[str, Any]) -> None:
    with db.write() as session, pytest.raises(InputError):
        save_outlet(session, site, by="ani", **facts)


def test_what_was_said_of_an_outlet_is_kept_and_taken_back(db: Database) -> None:
    with db.write() as session:
        save_outlet(session, "tirta", by="ani", tier=1)
        save_outlet(session, "tirta", by="budi", tier=2, press_status="factual", label=None)
        save_outlet(session, "tirta", by="budi", tier=2)
    with db.read() as session:
        newest, first = outlet_history(session, "tirta")
        assert (newest.made_by, newest.was, newest.values) == (
            "budi", {"tier": 1, "press_status": None}, {"tier": 2, "press_status": "factual"},
        )  # fmt: skip
        assert (first.made_by, first.was) == ("ani", {"tier": None})
        assert outlet_history(session, "warta") == []
    with db.write() as session:
        assert undo_outlet(session, "tirta", by="ani").tier == 1
        again = undo_outlet(session, "tirta", by="ani")
        assert (again.tier, again.press_status) == (2, "factual")
        with pytest.raises(ConflictError, match="taken back"):
            undo_outlet(session, "warta", by="ani")


def test_print_and_broadcast_items_are_stored_by_hand(config: Config, db: Database) -> None:
    item = make_article(
        title=" Pasar  malam ", text=TEXT, outlet="Radar", published=date(2026, 3, 2), authors=["Ani", " "]
    )
    with db.write() as session:
        added = add_by_hand(session, item, by="ani", medium="print", page="3", programme=" ")
        again = add_by_hand(session, item, by="budi", medium="tv", page="4")
        stored = get_article(session, added.article_id)
    assert stored is not None
    assert (added.saved, again.saved, again.article_id) == ("new", "same", added.article_id)
    assert (stored.added_by, stored.medium, stored.printed_page, stored.broadcast) == ("ani", "print", "4", None)
    assert stored.article.canonical_url.startswith("urn:sha256:")
    assert (stored.article.text, stored.article.authors) == ("Pasar malam dibuka.\n\nWarga senang.", ("Ani",))
    index = SearchIndex.open(db, config.data)
    index.catch_up()
    assert [hit.outlet for hit in index.search("warga").hits] == ["Radar"]


def test_a_pasted_address_that_the_crawl_knows_is_the_same_article(db: Database) -> None:
    url = "https://warta.test/2026/03/02/pasar-malam-dibuka"
    crawled = make_article(title="Pasar malam dibuka", text=TEXT, outlet="warta", url=url, published=date(2026, 3, 2))
    with db.write() as session:
        save_article(session, crawled)
        pasted = make_article(title="Pasar malam dibuka", text=TEXT, outlet="warta", url=f"{url}?utm_source=wa")
        added = add_by_hand(session, pasted, by="ani")
        other = make_article(
            title="Jalan baru", text="Jalan di tepi sungai selesai.", outlet="", url="https://tirta.test/a/1"
        )
        longer = make_article(title="Pasar malam dibuka", text=TEXT + " Ralat.", outlet="warta", url=url)
        fetched = add_by_hand(session, longer, by="ani", fetched=True)
        fresh = add_by_hand(session, other, by="ani", archived=PagePointer(file="a", offset=0, length=1))
        known, stored = get_article(session, crawled.id), get_article(session, fresh.article_id)
    assert known is not None
    assert stored is not None
    assert (added.article_id, added.saved, known.added_by) == (crawled.id, "same", None)
    assert (fetched.saved, known.article.text, len(known.versions)) == ("changed", longer.text, 1)
    assert (fresh.saved, stored.article.site, stored.added_by) == ("new", "tirta.test", "ani")


@pytest.mark.parametrize(
    "facts",
    [
        {"title": " "},
        {"text": "\n \n"},
        {"outlet": " "},
        {"url": "javascript:alert(1)"},
        {"url": "ftp://warta.test/a"},
        {"url": "https://"},
        {"kind": "gossip"},
    ],
)
def test_what_is_no_article_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        make_article(**{"title": "Pasar", "text": TEXT, "outlet": "warta"} | facts)


def test_an_unknown_medium_is_refused(db: Database) -> None:
    with db.write() as session, pytest.raises(InputError, match="is no medium"):
        add_by_hand(session, make_article(title="a", text=TEXT, outlet="b"), by="ani", medium="fax")  # type: ignore[arg-type]


def test_a_withdrawn_article_is_found_no_more(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(sqlite.data))
    db = Database.open(sqlite)
    item = make_article(title="Pasar", text=TEXT, outlet="Radar", published=datetime(2026, 3, 2, 1, tzinfo=UTC))
    with db.write() as session:
        added = add_by_hand(session, item, by="ani", archived=PagePointer(file="a", offset=0, length=1))
    index = SearchIndex.open(db, sqlite.data)
    index.catch_up()
    done = CliRunner().invoke(
        app, ["articles", "withdraw", added.article_id, "--yes", "--reason", "Permintaan keluarga"]
    )
    assert done.exit_code == 0, done.output
    with db.read() as session:
        stored = get_article(session, added.article_id)
    assert stored is not None
    assert (stored.article.text, stored.page, stored.withdrawn_reason) == ("", None, "Permintaan keluarga")
    assert (stored.article.title, index.count("pasar")) == ("Pasar", 0)
    with pytest.raises(InputError, match="no article"):
        CliRunner().invoke(app, ["articles", "withdraw", "nothing"], catch_exceptions=False)
    db.close()
