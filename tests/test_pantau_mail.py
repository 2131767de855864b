"""Mail against real servers, good and bad ones: every reader gets it once, and every answer is remembered."""

from __future__ import annotations

import pickle
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from mail_servers import Mailbox, free_port, mail_server

from pantau.mail.compose import SLOT, Letterhead, compose
from pantau.mail.outbox import SendReport, send_waiting
from scraper.config import Config, load_config
from scraper.errors import ConfigError, DeliveryError
from storage.database import Database
from storage.records.deliveries import begin_handing, claim_deliveries, delivery_counts, next_attempt
from storage.records.mailings import Mailing, address, find_mailing, save_mailing
from storage.records.subscriptions import find_subscription, subscribe

NOW = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)
READERS = ("ani@kantor.test", "budi@kantor.test", "citra@kantor.test")
PNG = b"\x89PNG\r\n\x1a\n.\r\n.."
MAILING = Mailing(
    id="digest-2026-03-09", kind="digest", subject="Kliping é\r\nBcc: x@y.test",
    built_at=NOW, expires_at=NOW + timedelta(7),
    html=f'<p>Harga beras</p><a href="https://p.test/berhenti/{SLOT}">x</a><img src="cid:tren">',
    text=f".titik di awal\nHarga beras naik é\nhttps://p.test/berhenti/{SLOT}\n", images={"tren": PNG},
)  # fmt: skip
Clock = Callable[[timedelta], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moment = [NOW]

    def forward(by: timedelta) -> None:
        moment[0] += by
        monkeypatch.setenv("PANTAU_NOW", moment[0].isoformat())

    forward(timedelta(0))
    return forward


def settings(tmp_path: Path, **values: str) -> Config:
    environ = {"data": str(tmp_path), "mail_host": "127.0.0.1", "mail_security": "none", "mail_timeout": "1"}
    environ |= {"mail_sender": "Kliping Humas <kliping@kantor.test>", "base_url": "https://p.test", **values}
    return load_config(
        environ={f"PANTAU_{key.upper()}": value for key, value in environ.items()}, file=tmp_path / "none"
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Database]:
    """A database with one digest that waits to be sent to three readers."""
    db = Database.open(settings(tmp_path))
    with db.write() as session:
        tokens = [(email, subscribe(session, email, added_by="admin").token) for email in READERS]
        save_mailing(session, MAILING)
        assert address(session, MAILING.id, tokens) == len(READERS)
        assert address(session, MAILING.id, tokens) == 0
    yield db
    db.close()


def send(db: Database, tmp_path: Path, mailbox: Mailbox, **values: str) -> SendReport:
    with mail_server(mailbox) as port:
        return send_waiting(db, settings(tmp_path, mail_port=str(port), **values))


def states(db: Database) -> dict[str, int]:
    with db.read() as session:
        return delivery_counts(session)


def test_every_reader_gets_it_once(office: Database, tmp_path: Path) -> None:
    mailbox = Mailbox()
    assert send(office, tmp_path, mailbox) == SendReport(sent=3)
    assert send(office, tmp_path, mailbox) == SendReport()
    assert mailbox.received == dict.fromkeys(READERS, 1)
    assert states(office) == {"sent": 3}


def test_what_arrives_is_a_whole_mail_with_everything_a_reader_needs(office: Database, tmp_path: Path) -> None:
    mailbox = Mailbox()
    send(office, tmp_path, mailbox, mail_reply_to="Humas <humas@kantor.test>")
    mail, other = mailbox.parsed()[:2]
    with office.read() as session:
        token = find_subscription(session, email=READERS[0]).token  # type: ignore[union-attr]
    assert mail["From"] == "Kliping Humas <kliping@kantor.test>"
    assert (mail["To"], mail["Reply-To"]) == (READERS[0], "Humas <humas@kantor.test>")
    assert (mail["Subject"], mail["Bcc"]) == ("Kliping é Bcc: x@y.test", None)
    assert mail["List-Id"] == "Kliping pekanan <kliping.kantor.test>"
    assert mail["List-Unsubscribe"] == f"<https://p.test/berhenti/{token}>, <mailto:humas@kantor.test?subject=berhenti>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(mail["Date"]) == NOW
    assert mail["Message-ID"] != other["Message-ID"]
    text, html = (mail.get_body([kind]) for kind in ("plain", "html"))
    assert text.get_content().splitlines() == MAILING.text.replace(SLOT, token).splitlines()  # type: ignore[union-attr]
    assert html.get_content().splitlines() == [MAILING.html.replace(SLOT, token)]  # type: ignore[union-attr]
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    assert (picture["Content-ID"], picture.get_content()) == ("<tren>", PNG)
    assert token not in mailbox.messages[1][1].decode()


def test_composing_again_gives_the_same_bytes(tmp_path: Path, office: Database) -> None:
    letterhead = Letterhead.of(settings(tmp_path))
    with office.read() as session:
        stored = find_mailing(session, MAILING.id)
    assert stored is not None
    first, again = (compose(mailing, READERS[0], token="t", letterhead=letterhead) for mailing in (MAILING, stored))
    assert first == again


def test_a_page_without_https_offers_no_one_click(tmp_path: Path) -> None:
    plain = Letterhead.of(settings(tmp_path, base_url="http://127.0.0.1:8000/"))
    message = compose(MAILING, READERS[0], token="t", letterhead=plain)
    assert b"<http://127.0.0.1:8000/berhenti/t>" in message
    assert b"List-Unsubscribe-Post" not in message


FAULTS: list[tuple[str, dict[str, Any], dict[str, int], SendReport]] = [
    ("greylisting", {"rcpt": {email: ["451 4.7.1 come back later"] for email in READERS}}, {}, SendReport(postponed=3)),
    ("mailbox busy", {"rcpt": {READERS[1]: ["450 busy", "450 busy"]}}, {}, SendReport(sent=2, postponed=1)),
    ("text refused for now", {"data": {READERS[1]: ["452 disk full"]}}, {}, SendReport(sent=2, postponed=1)),
    ("no right to relay", {"rcpt": {READERS[0]: ["554 5.7.1 relay denied"]}}, {}, SendReport(sent=2, postponed=1)),
    ("hangs up at a reader", {"rcpt": {READERS[1]: ["drop"]}}, {}, SendReport(sent=2, postponed=1)),
    ("sender refused for now", {"mail": ["451 try again"]}, {}, SendReport(sent=2, postponed=1)),
    ("closes after one", {"rcpt": {READERS[1]: ["421 too many"]}}, {}, SendReport(sent=2, postponed=1)),
    ("hangs up after the text", {"data": {READERS[1]: ["drop"]}}, {}, SendReport(sent=2, lost=1)),
    ("hangs up, text taken", {"data": {READERS[1]: ["take and drop"]}}, {READERS[1]: 2}, SendReport(sent=2, lost=1)),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "asked", "doubles", "first"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_server_in_trouble_gets_it_later(
    office: Database, tmp_path: Path, clock: Clock, fault: str, asked: Any, doubles: dict[str, int], first: SendReport
) -> None:
    mailbox = Mailbox(**asked)
    report = send(office, tmp_path, mailbox)
    assert report == first
    for _ in range(3):
        clock(timedelta(minutes=6))
        send(office, tmp_path, mailbox)
    assert mailbox.received == dict.fromkeys(READERS, 1) | doubles
    assert states(office) == {"sent": 3}
    ids = {mail["To"]: mail["Message-ID"] for mail in mailbox.parsed()}
    assert len(mailbox.messages) == len(READERS) + len(doubles)
    assert len({mail["Message-ID"] for mail in mailbox.parsed()}) == len(ids) == 3


def test_pauses_grow_and_end_with_the_mail(office: Database, tmp_path: Path, clock: Clock) -> None:
    mailbox = Mailbox(rcpt={READERS[0]: ["450 no"] * 99})
    pauses = []
    send(office, tmp_path, mailbox)
    for _ in range(4):
        with office.read() as session:
            due = next_attempt(session)
        assert due is not None
        pauses.append((due - load_config(file=tmp_path / "none").now).total_seconds() / 60)  # type: ignore[operator]
        clock(timedelta(minutes=pauses[-1]) - timedelta(seconds=1))
        assert send(office, tmp_path, mailbox) == SendReport()
        clock(timedelta(seconds=1))
        assert send(office, tmp_path, mailbox) == SendReport(postponed=1)
    assert pauses == [1, 5, 15, 30]
    clock(timedelta(days=7))
    assert send(office, tmp_path, mailbox) == SendReport()
    assert states(office) == {"sent": 2, "expired": 1}


@pytest.mark.slow
def test_a_server_that_hangs_with_the_text_is_given_up_after_a_while(
    office: Database, tmp_path: Path, clock: Clock
) -> None:
    mailbox = Mailbox(data={READERS[0]: ["hang"]})
    assert send(office, tmp_path, mailbox) == SendReport(sent=2, lost=1)
    clock(timedelta(minutes=5))
    assert send(office, tmp_path, mailbox) == SendReport(sent=1)


def test_an_answer_that_is_lost_twice_is_not_asked_for_again(office: Database, tmp_path: Path, clock: Clock) -> None:
    mailbox = Mailbox(data={READERS[0]: ["take and drop"] * 9})
    for _ in range(4):
        send(office, tmp_path, mailbox)
        clock(timedelta(hours=1))
    assert mailbox.received[READERS[0]] == 2
    assert states(office) == {"sent": 2, "unsure": 1}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1 no such user", "bounced"),
        ("550 5.7.27 policy", "active"),
        ("550 no", "active"),
        ("552 5.2.2 full", "active"),
    ],
)
def test_an_address_that_does_not_exist_is_given_up(office: Database, tmp_path: Path, answer: str, state: str) -> None:
    mailbox = Mailbox(rcpt={READERS[1]: [answer]})
    report = send(office, tmp_path, mailbox)
    assert (report.sent, report.refused + report.postponed) == (2, 1)
    with office.read() as session:
        assert [find_subscription(session, email=email).state for email in READERS] == ["active", state, "active"]  # type: ignore[union-attr]


def test_a_refusal_now_and_then_is_forgiven_three_in_a_row_are_not(
    office: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"a": "550 no", "b": "", "c": "550 no", "d": "550 no", "e": "550 no"}
    found = []
    for minute, (name, answer) in enumerate(answers.items(), start=1):
        monkeypatch.setenv("PANTAU_NOW", (NOW + timedelta(minutes=minute)).isoformat())
        with office.write() as session:
            save_mailing(session, Mailing(**{**{f: getattr(MAILING, f) for f in MAILING.__slots__}, "id": name}))
            address(session, name, [(READERS[0], "t")])
        send(office, tmp_path, Mailbox(rcpt={READERS[0]: [answer]} if answer else {}))
        with office.read() as session:
            found.append(find_subscription(session, email=READERS[0]).state)  # type: ignore[union-attr]
    assert found == ["active", "active", "active", "active", "bounced"]


def test_no_server_costs_nobody_an_attempt(office: Database, tmp_path: Path) -> None:
    report = send_waiting(office, settings(tmp_path, mail_port=str(free_port())))
    assert "cannot be used" in report.trouble
    assert states(office) == {"waiting": 3}
    with office.read() as session:
        assert next_attempt(session) == NOW


def test_a_server_that_always_hangs_up_is_left_alone(office: Database, tmp_path: Path) -> None:
    report = send(office, tmp_path, Mailbox(rcpt={email: ["drop"] * 9 for email in READERS}))
    assert (report.sent, report.postponed) == (0, 3)
    assert "the connection broke at RCPT" in report.trouble


def test_a_refused_sender_stops_the_run_and_loses_nothing(office: Database, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="refuses the sender"):
        send(office, tmp_path, Mailbox(mail=["553 5.1.8 not yours"]))
    assert states(office) == {"waiting": 3}


@pytest.mark.parametrize("moment", ["claimed", "handing"])
def test_a_killed_sender_leaves_at_most_one_double(office: Database, tmp_path: Path, clock: Clock, moment: str) -> None:
    with office.write() as session:
        claimed = claim_deliveries(session, lease="dead", limit=2)
        if moment == "handing":
            begin_handing(session, claimed[0], lease="dead")
    assert send(office, tmp_path, Mailbox()).sent == 1  # without a trace of the sender's file, it may live elsewhere
    clock(timedelta(days=3))
    mailbox = Mailbox()
    assert send(office, tmp_path, mailbox) == SendReport(sent=2)
    assert mailbox.received == dict.fromkeys(READERS[:2], 1)


def test_starttls_and_login(office: Database, tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    mailbox = Mailbox()
    with mail_server(mailbox, tls=context, login=("humas", "rahasia")) as port:
        good = {
            "mail_port": str(port),
            "mail_security": "starttls",
            "mail_user": "humas",
            "mail_ca": str(certificate[0]),
        }
        with pytest.raises(DeliveryError, match="refuses us"):
            send_waiting(office, settings(tmp_path, **good, mail_password="salah"))
        unknown = {name: value for name, value in good.items() if name != "mail_ca"}
        assert "CERTIFICATE_VERIFY_FAILED" in send_waiting(office, settings(tmp_path, **unknown)).trouble
        assert states(office) == {"waiting": 3}
        assert send_waiting(office, settings(tmp_path, **good, mail_password="rahasia")) == SendReport(sent=3)
    assert "rahasia" not in repr(settings(tmp_path, **good, mail_password="rahasia"))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that trusts itself, and its key."""
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    begin = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), begin, begin + timedelta(9)
    )
    signed = builder.add_extension(names, critical=True).sign(key, hashes.SHA256())
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    files[0].write_bytes(signed.public_bytes(encoding))
    files[1].write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return files


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_port", "0"), ("mail_port", "99999"), ("mail_port", "x"), ("mail_security", "ssl"),
        ("mail_timeout", "-1"), ("mail_sender", "kliping"), ("mail_sender", "a@b.test\nBcc: x@y.test"),
        ("mail_reply_to", "Ani, Budi <a@b.test>"), ("admin_mail", "a@b@c"), ("quiet_hours", "21"),
        ("quiet_hours", "21.00-25.00"), ("digest_day", "monday"), ("digest_time", "6.5"), ("alert_time", "pagi"),
        ("base_url", "javascript:alert(1)"), ("base_url", "https://"), ("base_url", "https://a.test/?x"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"PANTAU_{name.upper()}"):
        settings(tmp_path, **{name: value})


def test_settings_with_mail_can_be_hashed_and_handed_to_other_processes(tmp_path: Path) -> None:
    full = settings(
        tmp_path, mail_reply_to="Humas <humas@kantor.test>", admin_mail="admin@kantor.test", quiet_hours="21.00-06.00"
    )
    assert hash(full) == hash(pickle.loads(pickle.dumps(full)))


def test_a_password_is_not_sent_in_the_clear(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="in the clear"):
        settings(tmp_path, mail_host="smtp.kantor.test", mail_user="humas")


def test_mail_without_a_server_or_sender_is_refused(office: Database, tmp_path: Path) -> None:
    for name, wanted in (("mail_host", "PANTAU_MAIL_HOST"), ("mail_sender", "PANTAU_MAIL_SENDER")):
        with pytest.raises(ConfigError, match=wanted):
            send_waiting(office, settings(tmp_path, **{name: ""}))
