"""The pages that mails lead to, and the digest before it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from mail_servers import Mailbox, mail_server
from office import Browser
from pressroom import Newsroom, newsroom

from pantau.digests.sending import Desk, address_due
from pantau.mail.outbox import send_waiting
from pantau.web.app import create_app
from scraper.clock import WIB, now
from storage.records.accounts import add_account
from storage.records.alerts import has_alerts
from storage.records.job_history import list_jobs
from storage.records.mailings import Mailing, address, save_mailing
from storage.records.subscriptions import find_subscription, subscribe, subscribers
from storage.records.tables_people import SavedSearchRow

EMAIL = "ani@kantor.test"
OUTSIDE = "203.0.113.9"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setenv("PANTAU_NOW", "2026-03-09T06:30:00+07:00")
    with newsroom(tmp_path, mail_host="127.0.0.1") as made:
        yield made


@pytest.fixture
def stranger(room: Newsroom) -> Iterator[Browser]:
    """Somebody on another machine who has no account."""
    with room.db.write() as session:
        add_account(session, "admin", role="admin")
    with Browser(create_app(room.config), peer=OUTSIDE) as browser:
        yield browser


@pytest.fixture
def page(room: Newsroom) -> Iterator[Browser]:
    """The one at this machine."""
    with Browser(create_app(room.config)) as browser:
        yield browser


def reader(room: Newsroom, *, added_by: str | None = "admin") -> str:
    with room.db.write() as session:
        return subscribe(session, EMAIL, added_by=added_by).token


def state(room: Newsroom) -> str:
    with room.db.read() as session:
        found = find_subscription(session, email=EMAIL)
    return found.state if found else ""


def test_looking_at_the_link_ends_nothing_the_button_does(room: Newsroom, stranger: Browser) -> None:
    token = reader(room)
    for _ in range(2):
        shown = stranger.get(f"/berhenti/{token}")
        assert (shown.status_code, EMAIL in shown.text, state(room)) == (200, True, "active")
    assert stranger.head(f"/berhenti/{token}").status_code == 200
    assert state(room) == "active"
    for _ in range(2):
        shown = stranger.post(f"/berhenti/{token}")
        assert (shown.status_code, "Selesai" in shown.text, state(room)) == (200, True, "ended")


def test_one_click_of_a_mail_program_needs_neither_login_nor_token_of_a_form(room: Newsroom, stranger: Browser) -> None:
    answer = stranger.post(
        f"/berhenti/{reader(room)}", content="List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://mail.test"},
    )  # fmt: skip
    assert (answer.status_code, state(room)) == (200, "ended")


@pytest.mark.parametrize("token", ["x", "x" * 500, "..%2F..", "%00", "' OR 1=1", "contoh"])
@pytest.mark.parametrize("path", ["/berhenti", "/konfirmasi"])
def test_an_unknown_token_ends_and_begins_nothing(room: Newsroom, stranger: Browser, path: str, token: str) -> None:
    reader(room)
    for answer in (stranger.get(f"{path}/{token}"), stranger.post(f"{path}/{token}")):
        assert answer.status_code == (200 if (path, token) == ("/berhenti", "contoh") else 404)
        assert "Selesai" not in answer.text
    assert state(room) == "active"


def test_a_subscription_begins_when_its_owner_says_so(room: Newsroom, stranger: Browser) -> None:
    token = reader(room, added_by=None)
    assert "Ya, kirimkan" in stranger.get(f"/konfirmasi/{token}").text
    assert state(room) == "pending"
    assert "Selesai" in stranger.post(f"/konfirmasi/{token}").text
    assert state(room) == "active"
    stranger.post(f"/berhenti/{token}")
    assert stranger.post(f"/konfirmasi/{token}").status_code == 404
    assert state(room) == "ended"


def test_the_link_of_an_alert_ends_all_alerts_to_the_address_and_no_digest(room: Newsroom, stranger: Browser) -> None:
    reader(room)
    values = {"kind": "alert", "subject": "s", "html": "", "text": "t", "images": {}}
    with room.db.write() as session:
        session.add(SavedSearchRow(owner="", name="b", query="b", alert="now", email=EMAIL, created_at=now()))
        save_mailing(session, Mailing(id="alert-1", built_at=now(), expires_at=now(), **values))  # type: ignore[arg-type]
        address(session, "alert-1", [(EMAIL, "token-of-the-alert")])
    assert f"Pemberitahuan dikirim ke {EMAIL}" in stranger.get("/berhenti/token-of-the-alert").text
    assert "Selesai" in stranger.post("/berhenti/token-of-the-alert").text
    with room.db.read() as session:
        assert not has_alerts(session, EMAIL)
    assert state(room) == "active"


def test_the_digest_is_shown_as_it_will_be_sent(room: Newsroom, page: Browser) -> None:
    room.add("Harga beras turun.", datetime(2026, 3, 4, 9, tzinfo=WIB), title="<script>alert(1)</script> Beras")
    shown = page.get("/pengaturan/digest").text
    assert "[Kliping Tirtasari] 2–8 Mar 2026 · 1 berita" in shown
    assert "<script>alert(1)" not in shown
    assert "*Kliping Tirtasari*" in shown
    assert "/berhenti/contoh" in shown
    assert 'role="alert"' in page.get('/pengaturan/digest?q="beras').text


@pytest.mark.slow
def test_the_mail_is_shown_whole_and_loads_nothing(room: Newsroom, page: Browser) -> None:
    room.add("Harga beras turun.", datetime(2026, 3, 4, 9, tzinfo=WIB))
    answer = page.get("/pengaturan/digest/surel")
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    assert re.findall(r'src="([^"]{0,22})', answer.text) == ["data:image/png;base64,"]


def test_the_preview_is_sent_to_one_address_only(room: Newsroom, page: Browser) -> None:
    reader(room)
    answer = page.submit("/pengaturan/digest", surel="kepala@kantor.test", q="")
    assert answer.headers["location"] == "/pengaturan/digest?terkirim=1"
    with room.db.read() as session:
        assert [job.name for job in list_jobs(session, limit=5)] == ["digest"]
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        send_waiting(room.db, room.settled(mail_port=str(port)))
    [mail] = mailbox.parsed()
    assert (mail["To"], mail["List-Unsubscribe"]) == ("kepala@kantor.test", None)
    assert "penjadwal" in page.get("/pengaturan/digest?terkirim=1").text
    for fields in ({"surel": "kepala"}, {"surel": "a@b.test\nBcc: x@y.test"}, {"surel": "a@b.test", "q": '"x'}):
        assert page.submit("/pengaturan/digest", **fields).status_code == 400


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 200), ("", 401)])
def test_only_editors_see_the_preview(room: Newsroom, stranger: Browser, role: str, status: int) -> None:
    if role:
        stranger.enter(role)
    answer = stranger.get("/pengaturan/digest")
    assert answer.status_code in {status, 303 if status == 401 else status}


def test_the_pages_speak_the_language_of_the_reader_until_another_is_chosen(room: Newsroom, stranger: Browser) -> None:
    with room.db.write() as session:
        token = subscribe(session, EMAIL, language="en").token
    assert "Language of the mails" in stranger.get(f"/konfirmasi/{token}").text
    assert stranger.post(f"/konfirmasi/{token}", data={"bahasa": "id"}).status_code == 200
    with room.db.read() as session:
        assert find_subscription(session, email=EMAIL).language == "id"  # type: ignore[union-attr]
    assert "Kliping pekanan dikirim ke" in stranger.get(f"/berhenti/{token}").text
    stranger.cookies.set("bahasa", "en")
    assert "The weekly digest is sent to" in stranger.get(f"/berhenti/{token}").text
    stranger.post(f"/konfirmasi/{token}", data={"bahasa": "xx"})
    with room.db.read() as session:
        assert find_subscription(session, email=EMAIL).language == "id"  # type: ignore[union-attr]


def test_an_admin_adds_readers_at_once_or_asks_them_and_sets_their_language(room: Newsroom, page: Browser) -> None:
    page.submit("/pengaturan/pelanggan", surel=EMAIL, bahasa="en")
    page.submit("/pengaturan/pelanggan", surel="budi@kantor.test", tanya="1", bahasa="en")
    with room.db.read() as session:
        assert [(reader.state, reader.language) for reader in subscribers(session)] == [
            ("active", "en"),
            ("pending", "en"),
        ]
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        send_waiting(room.db, room.settled(mail_port=str(port)))
    [mail] = mailbox.parsed()
    assert (mail["To"], mail["Subject"]) == ("budi@kantor.test", "Confirm the subscription to the digest of Tirtasari")
    page.submit("/pengaturan/pelanggan", surel="budi@kantor.test", tindakan="bahasa", bahasa="id")
    with room.db.read() as session:
        assert [(reader.state, reader.language) for reader in subscribers(session)] == [
            ("active", "en"),
            ("pending", "id"),
        ]
    assert "menunggu jawaban" in page.get("/pengaturan").text
    assert page.submit("/pengaturan/pelanggan", surel="x@kantor.test", tindakan="bahasa").status_code == 400


def test_without_a_mail_server_pages_say_so_and_digests_are_kept(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset = room.settled(mail_host="")
    with Browser(create_app(unset)) as page:
        assert "Surel belum diatur: isi PANTAU_MAIL_HOST" in page.get("/pengaturan").text
        assert page.submit("/pengaturan/pelanggan", surel=EMAIL, tanya="1").status_code == 400
        assert reader(room)
        assert "hanya disimpan dan tidak dikirim" in page.get("/pengaturan").text
        assert "Edisi pertama" in page.get("/pengaturan/digest").text
        monkeypatch.setenv("PANTAU_NOW", "2026-03-09T06:31:00+07:00")
        address_due(Desk(room.db, room.desk().index, unset))
        shown = page.get("/pengaturan/digest").text
        [link] = re.findall(r'href="(/pengaturan/digest/edisi/[^"]+)"', shown)
        assert "0 terkirim" in shown
        assert "Tidak ada berita baru pekan ini" in page.get(link).text
        for wrong in ("x", "confirm-1", "../digest", "%00"):
            assert page.get(f"/pengaturan/digest/edisi/{wrong}").status_code in (404, 400)
