"""Subscriptions and deliveries: one address once, one mail once, and who was not asked gets none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.errors import InputError, StorageError
from storage.database import Database
from storage.records import deliveries
from storage.records.deliveries import BACK_OFF, claim_deliveries, delivery_counts
from storage.records.mailings import KEPT, Mailing, address, find_mailing, forget_old, save_mailing
from storage.records.subscriptions import confirm, find_subscription, subscribe, subscribers, unsubscribe

NOW = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_NOW", NOW.isoformat())


def mailing(name: str, *, built_at: datetime = NOW, text: str = "teks") -> Mailing:
    return Mailing(
        id=name, kind="digest", subject="Kliping", html="<p>", text=text, images={"tren": b"\x89PNG\x00"},
        built_at=built_at, expires_at=built_at + timedelta(days=7),
    )  # fmt: skip


def test_reader_subscribes_once_and_ends_by_token(db: Database) -> None:
    with db.write() as session:
        first = subscribe(session, "Ani@Kantor.test", added_by="admin")
        again = subscribe(session, "ani@kantor.test ", query="media:warta")
        assert (again.token, again.email, len(subscribers(session))) == (first.token, "ani@kantor.test", 1)
        assert (again.state, again.query) == ("active", "media:warta")
        ended = unsubscribe(session, first.token)
        assert ended == unsubscribe(session, first.token)
        assert ended is not None
        assert ended.state == "ended"
        assert unsubscribe(session, "x") is None
        assert subscribers(session, active=True) == []
        assert subscribe(session, "ani@kantor.test", added_by="admin").token == first.token
        assert len(subscribers(session, active=True)) == 1


def test_who_was_not_added_is_asked_first(db: Database) -> None:
    with db.write() as session:
        token = subscribe(session, "ani@kantor.test").token
        assert subscribers(session, active=True) == []
        assert confirm(session, "x") is None
        first, again = confirm(session, token), confirm(session, token)
        assert first == again
        assert [reader.state for reader in subscribers(session, active=True)] == ["active"]
        unsubscribe(session, token)
        assert confirm(session, token) is None
        assert find_subscription(session, email=" ANI@kantor.test").state == "ended"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "email",
    ["", "ani", "@kantor.test", "ani@", "a@b@c", "a b@kantor.test", "ani@kantor.test\nBcc: x@y.test", "Ani <a@b.test>",
     "a,b@c.test", "a@b.test, c@d.test", "ány@kantor.test", "a@" + "b" * 300, "a@b..test"],
)  # fmt: skip
def test_what_is_no_address_is_refused(db: Database, email: str) -> None:
    with db.write() as session, pytest.raises(InputError, match="mail address"):
        subscribe(session, email)


def test_a_mail_is_built_once(db: Database) -> None:
    with db.write() as session:
        assert save_mailing(session, mailing("digest-a"))
        assert not save_mailing(session, mailing("digest-a", text="anders"))
        assert find_mailing(session, "digest-a") == mailing("digest-a")


def test_two_senders_never_have_the_same_mail(db: Database) -> None:
    with db.write() as session:
        save_mailing(session, mailing("digest-a"))
        address(session, "digest-a", [(f"a{number}@kantor.test", None) for number in range(5)])
    with db.write() as session:
        one = claim_deliveries(session, lease="one", limit=3)
    with db.write() as session:
        other = claim_deliveries(session, lease="other", limit=9)
        assert (len(one), len(other)) == (3, 2)
        with pytest.raises(StorageError, match="not claimed by this sender"):
            deliveries.note_sent(session, one[0], lease="other")
        deliveries.release(session, lease="one")
        assert delivery_counts(session) == {"waiting": 3, "claimed": 2}


def test_what_dead_senders_left_is_taken_up(db: Database) -> None:
    with db.write() as session:
        save_mailing(session, mailing("digest-a"))
        address(session, "digest-a", [(f"a{number}@kantor.test", None) for number in range(3)])
        held = claim_deliveries(session, lease="dead", limit=2)
        claim_deliveries(session, lease="alive", limit=1)
        deliveries.begin_handing(session, held[0], lease="dead")
        assert deliveries.settle(session, lambda token, since: token == "dead") == 0
        assert delivery_counts(session) == {"waiting": 2, "claimed": 1}
        held = claim_deliveries(session, lease="dead", limit=2)
        deliveries.begin_handing(session, held[0], lease="dead")
        assert deliveries.settle(session, lambda token, since: token == "dead") == 1
        assert delivery_counts(session) == {"waiting": 1, "claimed": 1, "unsure": 1}


def test_old_texts_go_once_nobody_waits_for_them(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.write() as session:
        for name in ("digest-a", "digest-b"):
            save_mailing(session, mailing(name))
        address(session, "digest-b", [("a@kantor.test", None)])
    monkeypatch.setenv("PANTAU_NOW", (NOW + KEPT + timedelta(days=1)).isoformat())
    with db.write() as session:
        assert forget_old(session) == 1
        deliveries.settle(session, lambda token, since: False)
        assert delivery_counts(session) == {"expired": 1}
        assert forget_old(session) == 1
        assert delivery_counts(session, mailing="digest-b") == {"expired": 1}


def test_pauses_never_shrink() -> None:
    assert list(BACK_OFF) == sorted(BACK_OFF)
