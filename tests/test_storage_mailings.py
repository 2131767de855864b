"""Subscriptions and deliveries: one address once, one digest once."""

from __future__ import annotations

import pytest

from scraper.errors import StorageError
from storage.database import Database
from storage.records.mailings import claim_delivery, finish_delivery, subscribe, subscribers, unsubscribe


def test_reader_subscribes_once_and_ends_by_token(db: Database) -> None:
    with db.write() as session:
        first = subscribe(session, "Ani@Kantor.test")
        again = subscribe(session, "ani@kantor.test ", query="media:warta")
        assert (again.token, again.email, len(subscribers(session))) == (first.token, "ani@kantor.test", 1)
        assert unsubscribe(session, first.token)
        assert not unsubscribe(session, "x")
        assert subscribers(session) == []
        assert subscribe(session, "ani@kantor.test").token == first.token


@pytest.mark.parametrize(
    "email", ["", "ani", "@kantor.test", "ani@", "a@b@c", "a b@kantor.test", "ani@kantor.test\nBcc: x@y.test"]
)
def test_what_is_no_address_is_refused(db: Database, email: str) -> None:
    with db.write() as session, pytest.raises(StorageError, match="no mail address"):
        subscribe(session, email)


def test_digest_is_sent_once_and_again_only_after_a_failure(db: Database) -> None:
    key = {"digest": "2026-W10", "email": "ani@kantor.test"}
    with db.write() as session:
        assert claim_delivery(session, **key)
        assert not claim_delivery(session, **key)
        finish_delivery(session, **key, error="connection refused")
        assert claim_delivery(session, **key)
        finish_delivery(session, **key)
        assert not claim_delivery(session, **key)
        with pytest.raises(StorageError, match="not claimed"):
            finish_delivery(session, digest="2026-W11", email="ani@kantor.test")
