"""Mail that comes back: reports of several servers' shapes, what they do to a reader, and what strangers cannot do."""

from __future__ import annotations

import mailbox as boxes
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from imap_server import LOGIN, PASSWORD, imap_server, seen
from mail_servers import Mailbox, mail_server
from pressroom import Newsroom, newsroom
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.jobs.scheduler import Scheduler
from pantau.mail.mailbox import unread_reports
from pantau.mail.outbox import send_waiting
from pantau.mail.reports import read_report
from pantau.mail.returned import take_report
from scraper.clock import WIB
from scraper.config import load_config
from scraper.errors import ConfigError, DeliveryError, InputError
from storage.records.bounces import given_up
from storage.records.mailings import Mailing, address, save_mailing
from storage.records.subscriptions import find_subscription, subscribe

ANI, BUDI = "ani@kantor.test", "budi@kantor.test"
GONE = "smtp; 550 5.1.1 <ani@kantor.test>: Recipient address rejected: User unknown"
MARK = "0123456789abcdef" * 2
MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=WIB)


def report(
    *, message_id: str = "", final: str = f"rfc822; {ANI}", action: str = "failed", status: str = "5.1.1",
    diagnostic: str = GONE, to: str = "kliping@kantor.test", headers_only: bool = False,
) -> bytes:  # fmt: skip
    """A report as servers write it: for people, for programs, and the mail that comes back."""
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    fields = [f"Final-Recipient: {final}"] if final else []
    fields += [f"Action: {action}", f"Status: {status}", f"Diagnostic-Code: {diagnostic}"]
    return "\n".join((
        "Return-Path: <>", "From: Mail Delivery System <MAILER-DAEMON@mx.kantor.test>", f"To: {to}",
        "Subject: Undelivered Mail Returned to Sender", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="batas"', "", "--batas",
        "Content-Type: text/plain; charset=us-ascii", "", "I'm sorry to have to inform you ...", "", "--batas",
        "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.kantor.test",
        "Arrival-Date: Mon, 2 Mar 2026 06:30:01 +0700", "", *fields, "", "--batas", f"Content-Type: {kind}", "",
        "From: Kliping Humas <kliping@kantor.test>", f"To: {ANI}", f"Message-ID: {message_id}", "Subject: Kliping",
        "", *(() if headers_only else ("Teks.",)), "--batas--", "",
    )).encode()  # fmt: skip


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setenv("PANTAU_NOW", MONDAY.isoformat())
    with newsroom(tmp_path, mail_bounces="pantul+*@kantor.test") as made:
        with made.db.write() as session:
            for email in (ANI, BUDI):
                subscribe(session, email, added_by="admin")
        yield made


def send(room: Newsroom, name: str, *, emails: tuple[str, ...] = (ANI, BUDI)) -> dict[str, tuple[str, str]]:
    """Send a mailing for real; gives for each reader the Message-ID and the address that bounces go to."""
    values: dict[str, Any] = {"kind": "digest", "subject": "s", "html": "", "text": "t", "images": {}}
    with room.db.write() as session:
        built = datetime.now(WIB)
        save_mailing(session, Mailing(id=name, built_at=built, expires_at=built + timedelta(days=999), **values))
        address(session, name, [(email, None) for email in emails])
    box = Mailbox()
    with mail_server(box) as port:
        send_waiting(room.db, room.settled(mail_host="127.0.0.1", mail_port=str(port)))
    found = {str(mail["To"]): str(mail["Message-ID"]) for mail in box.parsed()}
    return {email: (found[email], bounces) for email, bounces in zip(box.received, box.senders, strict=True)}


def state(room: Newsroom, email: str = ANI) -> tuple[str, int]:
    with room.db.read() as session:
        reader = find_subscription(session, email=email)
    assert reader is not None
    return reader.state, reader.bounces


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"headers_only": True},
        {"status": "5.0.0"},  # the code stands in the server's words only
        {"final": "RFC822;<Ani@Kantor.test>"},
        {"final": ""},
        {"status": "5.1.1 (bad destination mailbox address)", "diagnostic": ""},
        {"status": "5.2.1", "diagnostic": "smtp; 550 The account is disabled"},
    ],
)
def test_reports_of_many_shapes_say_that_an_address_does_not_exist(facts: dict[str, Any]) -> None:
    found = read_report(report(message_id=f"<{MARK}@kantor.test>", **facts))
    assert found is not None
    assert (found.gone, found.is_policy, found.marks) == (True, False, (MARK,))
    assert found.recipients == (frozenset() if facts.get("final") == "" else {ANI})


def test_an_address_that_does_not_exist_gets_nothing_more(room: Newsroom) -> None:
    marked, _ = send(room, "digest-1")[ANI]
    assert take_report(room.db, report(message_id=marked, final="")) == ("given up", ANI)
    assert take_report(room.db, report(message_id=marked)) == ("known", ANI)
    assert (state(room), state(room, BUDI)) == (("bounced", 1), ("active", 0))
    with room.db.read() as session:
        assert given_up(session, {ANI, BUDI}) == {ANI}


def test_the_address_that_a_report_came_to_names_the_mail_too(room: Newsroom) -> None:
    marked, bounces = send(room, "digest-1")[ANI]
    assert bounces == f"pantul+{marked.strip('<>').partition('@')[0]}@kantor.test"
    assert take_report(room.db, report(to=bounces)) == ("given up", ANI)


def test_any_other_failure_counts_and_three_in_a_row_are_enough(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    full: dict[str, Any] = {"status": "5.2.2", "diagnostic": "smtp; 552 5.2.2 mailbox full"}
    found = []
    for week, comes_back in enumerate((True, False, True, True, True)):
        monkeypatch.setenv("PANTAU_NOW", (MONDAY + timedelta(weeks=week)).isoformat())
        marked, _ = send(room, f"digest-{week}")[ANI]
        monkeypatch.setenv("PANTAU_NOW", (MONDAY + timedelta(weeks=week, hours=5)).isoformat())
        if comes_back:
            take_report(room.db, report(message_id=marked, **full))
        found.append(state(room))
    assert found == [("active", 1), ("active", 0), ("active", 1), ("active", 2), ("bounced", 3)]
    with room.db.write() as session:
        again = subscribe(session, ANI, added_by="admin")
    assert (again.state, again.bounces) == ("active", 0)


def test_bounces_that_come_after_the_next_mail_left_count_all_the_same(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    for week in range(4):
        monkeypatch.setenv("PANTAU_NOW", (MONDAY + timedelta(weeks=week)).isoformat())
        ids.append(send(room, f"digest-{week}")[ANI][0])
    found = [take_report(room.db, report(message_id=name, status="4.4.7", diagnostic="expired"))[0] for name in ids[:3]]
    assert found == ["counted", "counted", "given up"]


SAYS_NOTHING: tuple[tuple[dict[str, Any], str], ...] = (
    ({"action": "delayed", "status": "4.4.1"}, "no report"),
    ({"action": "delivered", "status": "2.0.0"}, "no report"),
    ({"status": "5.7.1", "diagnostic": "smtp; 550 5.7.1 SPF fails"}, "noted"),
    ({"final": "rfc822; bekas@lain.test"}, "noted"),  # ani passes her mail on to somebody who is gone
)


def test_what_says_nothing_of_the_reader_changes_nothing(room: Newsroom) -> None:
    marked, _ = send(room, "digest-1")[ANI]
    for facts, outcome in SAYS_NOTHING:
        for _ in range(4):
            assert take_report(room.db, report(message_id=marked, **facts))[0] == outcome, facts
    assert state(room) == ("active", 0)


HOSTILE = (
    b"", b"\x00\xff" * 9, b"From: a\n\nhello", report(), report(message_id=f"<{MARK}@kantor.test>"),
    report(message_id="<digest-1@kantor.test>"), report(to=f"pantul+{MARK}@kantor.test"),
    b"Content-Type: multipart/report\n\nno boundary",
    b"Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\n--a--",
    b"".join(b"Content-Type: multipart/report; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)),
    b"Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: text/plain; charset=\xff\n\n\xff\n--a--",
    report(diagnostic="\x1b[2J" + "x" * 100_000),
)  # fmt: skip


def test_what_anybody_can_write_ends_nothing(room: Newsroom) -> None:
    send(room, "digest-1")
    assert {take_report(room.db, raw)[0] for raw in HOSTILE} == {"no report", "unknown"}
    assert state(room) == ("active", 0)


def test_a_report_of_one_mail_ends_no_other_reader(room: Newsroom) -> None:
    """Budi knows the mark of his own mail, and writes that Ani's address is gone."""
    marked, _ = send(room, "digest-1")[BUDI]
    assert take_report(room.db, report(message_id=marked)) == ("noted", BUDI)
    assert (state(room), state(room, BUDI)) == (("active", 0), ("active", 0))


def test_what_is_read_of_a_report_is_short_and_on_one_line() -> None:
    found = read_report(report(diagnostic="smtp; 550 5.1.1\n no\n such " + "user" * 500, message_id="<x>"))
    assert found is not None
    assert (found.diagnostic.startswith("smtp; 550 5.1.1 no such"), len(found.diagnostic)) == (True, 500)


@pytest.fixture
def pantau(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("PANTAU_DATA", str(room.folder))

    def run(*arguments: str, stdin: bytes = b"") -> str:
        result = CliRunner().invoke(app, ["mail", *arguments], input=stdin, catch_exceptions=True)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stderr

    return run


def test_reports_come_as_files_an_mbox_a_maildir_or_a_pipe(
    room: Newsroom, pantau: Callable[..., str], tmp_path: Path
) -> None:
    """As the aliases file of a mail server pipes them, or as a folder keeps them."""
    emails = (ANI, BUDI, "c@kantor.test", "d@kantor.test")
    marks = {email: marked for email, (marked, _) in send(room, "digest-1", emails=emails).items()}
    texts = [report(message_id=marked, final=f"rfc822; {email}") for email, marked in marks.items()]
    assert pantau("bounces", "-", stdin=texts[0]) == f"{ANI} gets no mail any more\n1 given up\n"
    (tmp_path / "one.eml").write_bytes(texts[1])
    assert "1 given up" in pantau("bounces", str(tmp_path / "one.eml"))
    box = boxes.mbox(tmp_path / "many.mbox")
    for text in (texts[2], texts[0]):
        box.add(text)
    box.close()
    assert pantau("bounces", str(tmp_path / "many.mbox")).endswith("1 given up, 1 known\n")
    folder = boxes.Maildir(tmp_path / "maildir")
    folder.add(texts[3])
    folder.add(b"From: a\n\nhello")
    assert pantau("bounces", str(tmp_path / "maildir")).endswith("1 given up, 1 no report\n")
    with pytest.raises(InputError, match="cannot be read"):
        pantau("bounces", str(tmp_path / "none"))
    with pytest.raises(ConfigError, match="PANTAU_BOUNCES_HOST"):
        pantau("bounces")


def test_the_mailbox_is_read_once_and_letters_stay_unread(room: Newsroom, tmp_path: Path) -> None:
    marked, _ = send(room, "digest-1")[ANI]
    mails = [b"From: a\nSubject: Terima kasih\n\nhello", report(message_id=marked), report()]
    with imap_server(tmp_path / "imap", mails) as port:
        settings = room.settled(
            bounces_host="127.0.0.1", bounces_port=str(port), bounces_security="none", bounces_user=LOGIN,
            bounces_password=PASSWORD,
        ).mail.mailbox  # fmt: skip
        reports = unread_reports(settings)
        assert take_report(room.db, next(reports)) == ("given up", ANI)
        assert seen(tmp_path / "imap") == set()
        assert len(list(reports)) == 1
        assert seen(tmp_path / "imap") == {1, 2}
        assert list(unread_reports(settings)) == []
        wrong = room.settled(
            bounces_host="127.0.0.1", bounces_port=str(port), bounces_security="none", bounces_user="x"
        ).mail.mailbox
        with pytest.raises(DeliveryError, match=r"LOGIN failed\); check PANTAU_BOUNCES"):
            list(unread_reports(wrong))


def test_the_mailbox_is_read_by_itself_where_there_is_one(room: Newsroom) -> None:
    reading = room.settled(bounces_host="imap.kantor.test", bounces_user="pantul")
    assert "bounces" in [due.name for due in Scheduler(room.db, reading).plan()]
    assert Scheduler(room.db, room.config).rhythm.bounces_every is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MAIL_BOUNCES", "pantul", "is no mail address"),
        ("MAIL_BOUNCES", "a*b*@kantor.test", "is no mail address"),
        ("MAIL_BOUNCES", "a@*.test", "one \\* before"),
        ("BOUNCES_HOST", "imap.kantor.test", "has no login"),
        ("BOUNCES_SECURITY", "ssl", "choose tls"),
    ],
)
def test_settings_that_cannot_be_are_named(tmp_path: Path, name: str, value: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        load_config(environ={f"PANTAU_{name}": value}, file=tmp_path / "none.toml")


def test_no_password_goes_in_the_clear(tmp_path: Path) -> None:
    environ = {
        "PANTAU_BOUNCES_HOST": "imap.kantor.test",
        "PANTAU_BOUNCES_USER": "a",
        "PANTAU_BOUNCES_PASSWORD": "rahasia",
    }
    assert "rahasia" not in repr(load_config(environ=environ, file=tmp_path / "none.toml"))
    with pytest.raises(ConfigError, match="in the clear"):
        load_config(environ=environ | {"PANTAU_BOUNCES_SECURITY": "none"}, file=tmp_path / "none.toml")


@pytest.mark.slow
def test_the_settings_can_be_tried_before_anything_is_sent(
    room: Newsroom, pantau: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="mail is not set up"):
        pantau("check")
    for name, value in {"HOST": "127.0.0.1", "SECURITY": "none", "SENDER": "kliping@kantor.test"}.items():
        monkeypatch.setenv(f"PANTAU_MAIL_{name}", value)
    with mail_server(Mailbox()) as port, imap_server(tmp_path / "imap", []) as other:
        monkeypatch.setenv("PANTAU_MAIL_PORT", str(port))
        assert "addresses that fail later are not noticed" in pantau("check")
        reading = {"HOST": "127.0.0.1", "PORT": str(other), "SECURITY": "none", "USER": LOGIN, "PASSWORD": PASSWORD}
        for name, value in reading.items():
            monkeypatch.setenv(f"PANTAU_BOUNCES_{name}", value)
        assert f"mailbox {LOGIN} at 127.0.0.1 can be read" in pantau("check")
        monkeypatch.setenv("PANTAU_BOUNCES_PASSWORD", "kata sandi é")
        with pytest.raises(DeliveryError, match="cannot be read"):
            pantau("check")


def test_who_looks_is_told_that_mail_is_not_set_up(room: Newsroom, pantau: Callable[..., str]) -> None:
    for command in (("health",), ("jobs", "list")):
        shown = CliRunner().invoke(app, list(command)).stderr
        assert re.search(r"[Ss]urel belum diatur", shown), command
        assert "isi PANTAU_MAIL_HOST dan PANTAU_MAIL_SENDER" in shown
