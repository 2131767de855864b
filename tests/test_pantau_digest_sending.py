"""Digests at their appointments: built once, for each reader once, over a month of restarts and missed Mondays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from mail_servers import Mailbox, mail_server
from pressroom import Newsroom, newsroom
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.digests.sending import address_due
from pantau.jobs.scheduler import Scheduler
from pantau.mail.compose import SLOT
from pantau.mail.outbox import send_waiting
from scraper.clock import WIB
from scraper.config import load_config
from scraper.errors import ConfigError, InputError, QueryError
from storage.records.mailings import editions, find_mailing
from storage.records.subscriptions import find_subscription, subscribe, unsubscribe

Clock = Callable[[str], datetime]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time, in western Indonesia."""

    def at(moment: str) -> datetime:
        value = datetime.fromisoformat(moment).replace(tzinfo=WIB)
        monkeypatch.setenv("PANTAU_NOW", value.isoformat())
        return value

    at("2026-03-01T12:00")
    return at


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def room(tmp_path: Path, mailbox: Mailbox, clock: Clock) -> Iterator[Newsroom]:
    with (
        mail_server(mailbox) as port,
        newsroom(tmp_path, mail_host="127.0.0.1", mail_port=str(port), mail_timeout="5") as made,
    ):
        yield made


def run_due(room: Newsroom) -> list[str]:
    """What the scheduler's command does, with everything opened anew; gives what could not be built."""
    _count, faults = address_due(room.desk())
    send_waiting(room.db, room.config)
    return faults


def test_a_month_with_restarts_and_a_missed_monday(room: Newsroom, clock: Clock, mailbox: Mailbox) -> None:
    off = {16, 17}  # the machine is off from Monday to Tuesday
    got: list[tuple[str, str]] = []
    with room.db.write() as session:
        token = subscribe(session, "ani@kantor.test", added_by="admin").token
    for day, hour in ((day, hour) for day in range(1, 32) for hour in ("00:00", "06:29", "06:30", "18:00")):
        moment = clock(f"2026-03-{day:02}T{hour}")
        if day not in off:
            run_due(room)
        got += sorted((f"{moment:%a %d %H:%M}", address) for address, _ in mailbox.messages[len(got) :])
        with room.db.write() as session:
            if (day, hour) == (11, "18:00"):
                subscribe(session, "budi@kantor.test", query="beras", added_by="admin")
            if (day, hour) == (25, "18:00"):
                unsubscribe(session, token)
    assert got == [
        ("Mon 02 06:30", "ani@kantor.test"), ("Mon 09 06:30", "ani@kantor.test"),
        ("Wed 18 00:00", "ani@kantor.test"), ("Wed 18 00:00", "budi@kantor.test"),
        ("Mon 23 06:30", "ani@kantor.test"), ("Mon 23 06:30", "budi@kantor.test"), ("Mon 30 06:30", "budi@kantor.test"),
    ]  # fmt: skip
    for mail in mailbox.parsed():
        assert "belum ada sumber yang diperiksa" in mail.get_body(["plain"]).get_content()  # type: ignore[union-attr]
    days = ["23 Feb – 1 Mar", "2–8 Mar", "9–15 Mar", "9–15 Mar", "16–22 Mar", "16–22 Mar", "23–29 Mar"]
    assert [str(mail["Subject"]).partition("] ")[2].partition(" 2026")[0] for mail in mailbox.parsed()] == days
    assert len({mail["Message-ID"] for mail in mailbox.parsed()}) == len(got)


@pytest.mark.slow
def test_a_week_of_news_is_built_once_with_its_chart(room: Newsroom, clock: Clock, mailbox: Mailbox) -> None:
    room.add("Harga beras turun di pasar.", datetime(2026, 3, 4, 9, tzinfo=WIB))
    with room.db.write() as session:
        for name in ("ani", "budi", "citra"):
            subscribe(session, f"{name}@kantor.test", query="beras" if name == "citra" else "", added_by="admin")
    clock("2026-03-09T06:30")
    run_due(room)
    room.add("Beras lagi.", datetime(2026, 3, 5, 9, tzinfo=WIB))
    run_due(room)
    assert mailbox.received == {"ani@kantor.test": 1, "budi@kantor.test": 1, "citra@kantor.test": 1}
    bodies = {str(mail["To"]): mail for mail in mailbox.parsed()}
    for mail in bodies.values():
        picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
        assert picture.get_content().startswith(b"\x89PNG")
        html = mail.get_body(["html"])
        assert html is not None
        assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()
        assert SLOT not in html.get_content()
    texts = [bodies[f"{name}@kantor.test"].get_body(["plain"]).get_content() for name in ("ani", "budi")]  # type: ignore[union-attr]
    tokens = [line.rpartition("/")[2] for text in texts for line in text.splitlines() if "/berhenti/" in line]
    assert texts[0].replace(tokens[0], "") == texts[1].replace(tokens[1], "")
    assert tokens[0] != tokens[1]


def test_who_leaves_while_the_mail_waits_gets_none(room: Newsroom, clock: Clock, mailbox: Mailbox) -> None:
    with room.db.write() as session:
        token = subscribe(session, "ani@kantor.test", added_by="admin").token
    clock("2026-03-02T06:30")
    address_due(room.desk())
    with room.db.write() as session:
        unsubscribe(session, token)
    run_due(room)
    assert mailbox.messages == []


def test_a_query_that_cannot_be_read_any_more_stops_nobody_else(room: Newsroom, clock: Clock, mailbox: Mailbox) -> None:
    with room.db.write() as session:
        subscribe(session, "ani@kantor.test", query='"beras', added_by="admin")
        subscribe(session, "budi@kantor.test", added_by="admin")
    clock("2026-03-02T06:30")
    [fault] = run_due(room)
    assert fault.startswith("ani@kantor.test: '\"beras'")
    assert mailbox.received == {"budi@kantor.test": 1}


def test_a_change_of_the_search_brings_no_second_digest(room: Newsroom, clock: Clock, mailbox: Mailbox) -> None:
    with room.db.write() as session:
        subscribe(session, "ani@kantor.test", added_by="admin")
    clock("2026-03-02T06:30")
    run_due(room)
    with room.db.write() as session:
        subscribe(session, "ani@kantor.test", query="beras")
    run_due(room)
    assert mailbox.received == {"ani@kantor.test": 1}


@pytest.fixture
def pantau(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command line of the same office."""
    mail = room.config.mail
    for name, value in {
        "DATA": str(room.folder), "REGION": "Tirtasari", "MAIL_HOST": mail.host, "MAIL_PORT": str(mail.port),
        "MAIL_SECURITY": "none", "MAIL_SENDER": "kliping@kantor.test", "CONFIG": str(room.folder / "none.toml"),
    }.items():  # fmt: skip
        monkeypatch.setenv(f"PANTAU_{name}", value)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["digest", *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout or result.stderr

    return run


def test_commands_from_subscribing_to_sending(
    pantau: Callable[..., str], room: Newsroom, clock: Clock, mailbox: Mailbox, tmp_path: Path
) -> None:
    pantau("subscribe", "Ani@Kantor.test")
    pantau("subscribe", "budi@kantor.test", "--query", "beras", "--confirm")
    [asked] = mailbox.parsed()
    assert (asked["To"], asked["List-Unsubscribe"]) == ("budi@kantor.test", None)
    with room.db.read() as session:
        token = find_subscription(session, email="budi@kantor.test").token  # type: ignore[union-attr]
    assert f"http://127.0.0.1:8000/konfirmasi/{token}" in asked.get_body(["plain"]).get_content()  # type: ignore[union-attr]
    clock("2026-03-02T06:30")
    pantau("send", "--due", "--dry-run", str(tmp_path / "surel"))
    [file] = (tmp_path / "surel").iterdir()
    assert file.name == "0001-ani@kantor.test.eml"
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "ani@kantor.test"
    assert len(mailbox.messages) == 1
    pantau("send", "--due")
    pantau("send", "--due")
    pantau("send", "--to", "kepala@kantor.test", "--query", "beras")
    assert mailbox.received == {"ani@kantor.test": 1, "budi@kantor.test": 1, "kepala@kantor.test": 1}
    pantau("unsubscribe", "ani@kantor.test")
    assert '"state": "ended"' in pantau("subscribers", "--json")
    assert pantau("preview").startswith("KLIPING PEKANAN: Tirtasari\n")
    assert pantau("preview", "--whatsapp", "--query", "beras").startswith("*Kliping beras*")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("subscribe", "ani"), InputError), (("subscribe", "a@b.test", "--query", '"x'), QueryError),
        (("unsubscribe", "a@b.test"), InputError), (("send", "--to", "a b@c.test"), InputError),
    ],
)  # fmt: skip
def test_a_mistake_is_named(pantau: Callable[..., str], arguments: tuple[str, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        pantau(*arguments)


@pytest.mark.parametrize("arguments", [("send",), ("send", "--due", "--to", "a@b.test")])
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["digest", *arguments]).exit_code == 2


def test_without_a_server_nothing_is_lost(
    pantau: Callable[..., str], room: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pantau("subscribe", "ani@kantor.test")
    monkeypatch.delenv("PANTAU_MAIL_HOST")
    clock("2026-03-02T06:30")
    unset = load_config(environ={"PANTAU_DATA": str(room.folder)}, file=room.folder / "none.toml")
    told = pantau("send", "--due")
    assert "mail is not set up, so 1 mails wait; set PANTAU_MAIL_HOST and PANTAU_MAIL_SENDER" in told
    with room.db.read() as session:
        assert find_mailing(session, "digest-2026-03-02-e3b0c442") is not None
    planned = [[due.name for due in Scheduler(room.db, config).plan()] for config in (unset, room.config)]
    assert ["digest" in names for names in planned] == [False, True], "what cannot be sent is not tried again"
    for arguments in (("send", "--to", "a@kantor.test"), ("subscribe", "b@kantor.test", "--confirm")):
        with pytest.raises(ConfigError, match="mail is not set up"):
            pantau(*arguments)
    assert "b@kantor.test" not in pantau("subscribers")


def test_the_digest_of_an_appointment_is_kept_also_where_nobody_gets_it(
    pantau: Callable[..., str], room: Newsroom, clock: Clock
) -> None:
    clock("2026-03-02T06:30")
    assert address_due(room.desk()) == (0, [])
    room.add("Harga beras turun.", datetime(2026, 2, 26, 9, tzinfo=WIB))
    assert address_due(room.desk()) == (0, [])
    with room.db.read() as session:
        [kept] = editions(session, limit=9)
    assert (kept.id, kept.sent) == ("digest-2026-03-02-e3b0c442", 0)
    assert "0 berita" in kept.subject
    assert kept.id in pantau("editions", "--json")


def test_each_reader_gets_the_digest_in_their_language(
    pantau: Callable[..., str], room: Newsroom, clock: Clock, mailbox: Mailbox
) -> None:
    pantau("subscribe", "ani@kantor.test")
    pantau("subscribe", "ben@kantor.test", "--language", "en")
    pantau("subscribe", "ben@kantor.test", "--query", "beras")
    assert json.loads(pantau("subscribers", "--json").splitlines()[1])["language"] == "en"
    clock("2026-03-09T06:30")
    pantau("send", "--due")
    ani, ben = sorted(mailbox.parsed(), key=lambda mail: str(mail["To"]))
    assert (ani["Content-Language"], ben["Content-Language"]) == ("id", "en")
    assert "Tidak ada berita baru pekan ini" in ani.get_body(["plain"]).get_content()  # type: ignore[union-attr]
    assert "No news this week" in ben.get_body(["plain"]).get_content()  # type: ignore[union-attr]
    assert ben["Subject"] == "[Clipping beras] 2–8 Mar 2026 · 0 articles"
    pantau("send", "--to", "kepala@kantor.test", "--language", "en")
    assert "0 articles" in mailbox.parsed()[-1]["Subject"]
    assert "No news this week" in pantau("preview", "--language", "en")
