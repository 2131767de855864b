"""A saved search on its page: when it mails what to whom, what that mail would say, and who may change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import HOSTILE, Browser
from pressroom import Newsroom, newsroom

from pantau.alerts.sending import address_alerts
from pantau.web.app import create_app
from scraper.clock import WIB, now
from storage.records.accounts import add_account
from storage.records.logins import open_session
from storage.records.saved_searches import SavedSearch, save_search, saved_searches

EMAIL = "ani@kantor.test"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setenv("PANTAU_NOW", "2026-03-09T22:30:00+07:00")
    mail = {"mail_host": "127.0.0.1", "mail_sender": "kliping@kantor.test"}
    with newsroom(tmp_path, quiet_hours="21.00-06.00", **mail) as made:
        yield made


@pytest.fixture
def page(room: Newsroom) -> Iterator[Browser]:
    with Browser(create_app(room.config)) as browser:
        yield browser


def kept(page: Browser, **fields: str) -> tuple[str, SavedSearch]:
    """Keep a search as the search page does; its address and what is stored."""
    answer = page.submit("/pencarian", **({"nama": "Banjir", "kueri": "banjir"} | fields))
    assert answer.status_code == 303
    return answer.headers["location"], stored(page)


def stored(page: Browser) -> SavedSearch:
    with page.db.read() as session:
        return saved_searches(session, owner="")[0]


def add(room: Newsroom, text: str, *, title: str = "") -> None:
    room.seen = now()
    room.add(text, now().astimezone(WIB), title=title or text, site="warta")


FORM = {"nama": "Banjir", "kueri": "banjir", "kabar": "hourly", "surel": EMAIL, "tenang": "sendiri"}


def test_its_form_says_when_what_is_mailed_to_whom(page: Browser) -> None:
    address, before = kept(page)
    assert (before.alert, before.email, before.quiet) == ("off", None, None)
    assert "seperti kantor: 21.00 – 06.00 WIB" in page.get(address).text
    said = FORM | {"lonjakan": "1", "jam": "12.00-13.30"}
    answer = page.submit(address, **said)
    assert answer.headers["location"] == f"{address}?disimpan=1"
    assert "Tersimpan." in page.get(answer.headers["location"]).text
    after = stored(page)
    assert (after.alert, after.spike, after.email, after.quiet) == ("hourly", True, EMAIL, "12.00-13.30")
    shown = page.get(address).text
    assert re.search(r'value="hourly" checked', shown)
    assert re.search(r'value="sendiri" checked', shown)
    assert "sekali sejam, lonjakan" in page.get("/pengaturan").text
    page.submit(address, **FORM | {"kabar": "off", "tenang": "tidak"})
    assert (stored(page).alert, stored(page).quiet, stored(page).spike) == ("off", "-", False)
    page.submit(address, **FORM | {"tenang": "kantor"})
    assert stored(page).quiet is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"surel": ""}, "perlu alamat surel"),
        ({"surel": "ani"}, "bukan alamat surel"),
        ({"jam": "siang"}, "bukan rentang jam"),
        ({"jam": "12.00-25.00"}, "bukan rentang jam"),
        ({"kabar": "weekly"}, "bukan jenis pemberitahuan"),
        ({"kueri": '"banjir'}, "tanda kutip tidak ditutup"),
    ],
)
def test_what_cannot_be_said_changes_nothing(page: Browser, fields: dict[str, str], told: str) -> None:
    address, before = kept(page)
    answer = page.submit(address, **FORM | {"jam": ""} | fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert stored(page) == before


def test_the_mail_is_shown_before_anything_is_sent(room: Newsroom, page: Browser) -> None:
    address, _search = kept(page)
    assert "tidak ada yang akan dikirim" in page.get(address).text
    assert page.get(f"{address}/surel").status_code == 404
    add(room, "Banjir merendam kampung.", title=f"{HOSTILE} banjir")
    shown = page.get(address).text
    assert "1 cerita baru" in shown
    assert "<script>alert" not in shown
    mail = page.get(f"{address}/surel")
    assert "script-src" not in mail.headers["content-security-policy"]
    assert "<script>alert" not in mail.text
    assert "&lt;script&gt;alert(1)" in mail.text
    page.submit(address, **FORM | {"kabar": "now", "tenang": "tidak"})
    assert address_alerts(room.db, room.desk().index, room.config).stories == 1
    assert "1 cerita baru" in page.get(address).text  # an example, whatever was told before


@pytest.mark.parametrize(("quiet", "stories"), [(None, 0), ("-", 1), ("12.00-13.00", 1), ("22.00-23.00", 0)])
def test_own_quiet_hours_win(room: Newsroom, quiet: str | None, stories: int) -> None:
    with room.db.write() as session:
        save_search(session, owner="", name="x", query="banjir", alert="now", email=EMAIL, quiet=quiet)
    add(room, "Banjir merendam kampung.")
    assert address_alerts(room.db, room.desk().index, room.config).stories == stories


def test_a_viewer_mails_only_to_their_own_address(page: Browser) -> None:
    name = page.enter("viewer")
    with page.db.write() as session:
        number = save_search(session, owner=name, name="Banjir", query="banjir").id
        other = save_search(session, owner="orang lain", name="Banjir", query="banjir").id
    assert page.submit(f"/pencarian/{number}", **FORM | {"jam": ""}).status_code == 403
    assert page.get(f"/pencarian/{other}").status_code == 409
    assert page.submit(f"/pencarian/{other}", **FORM | {"surel": "", "kabar": "off"}).status_code == 409
    page.enter("admin")
    assert page.get(f"/pencarian/{number}").status_code == 409


def test_a_viewer_whose_account_has_an_address_gets_alerts(page: Browser) -> None:
    with page.db.write() as session:
        account = add_account(session, "ani", role="viewer", email=EMAIL)
        secret = open_session(session, account.id)
        number = save_search(session, owner="ani", name="Banjir", query="banjir").id
    page.carry(secret)
    assert f'value="{EMAIL}"' in page.get(f"/pencarian/{number}").text
    assert page.submit(f"/pencarian/{number}", **FORM | {"jam": "", "tenang": "kantor"}).status_code == 303
