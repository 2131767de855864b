"""Alerts: every new story once, one mail a reader, by the rhythm of each search and never in the quiet hours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from mail_servers import Mailbox, mail_server
from pressroom import Newsroom, newsroom
from typer.testing import CliRunner

from pantau.alerts import sending
from pantau.alerts.looking import is_quiet
from pantau.alerts.sending import SHOWN, Addressed, address_alerts, address_troubles
from pantau.cli.main import app
from pantau.mail.outbox import send_waiting
from scraper.clock import WIB, now
from scraper.errors import InputError
from storage.records.alerts import switch_off
from storage.records.articles import withdraw_article
from storage.records.changes import touch
from storage.records.tables_people import SavedSearchRow
from storage.records.tables_runs import HealthRow

Clock = Callable[[str], datetime]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time, in western Indonesia."""

    def at(moment: str) -> datetime:
        value = datetime.fromisoformat(f"2026-03-{moment}").replace(tzinfo=WIB)
        monkeypatch.setenv("PANTAU_NOW", value.isoformat())
        return value

    at("02T09:00")
    return at


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[Newsroom]:
    with newsroom(tmp_path, admin_mail="admin@kantor.test", quiet_hours="21.00-06.00") as made:
        yield made


def save(room: Newsroom, query: str, *, name: str = "", email: str = "ani@kantor.test", **facts: object) -> int:
    with room.db.write() as session:
        values = {"owner": "", "alert": "now", "email": email, "created_at": now()} | facts
        row = SavedSearchRow(name=name or query, query=query, **values)
        session.add(row)
        session.flush()
        return row.id


def add(room: Newsroom, text: str, *, title: str = "", site: str = "warta", days: int = 0) -> str:
    """An article found now and published so many days ago."""
    room.seen = now()
    return room.add(text, (now() - timedelta(days=days)).astimezone(WIB), title=title or text, site=site)


def look(room: Newsroom) -> Addressed:
    return address_alerts(room.db, room.desk().index, room.config)


def sent(room: Newsroom) -> list[str]:
    """The texts of what waits, sent through a real server."""
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        environ = {"mail_host": "127.0.0.1", "mail_port": str(port), "mail_timeout": "5"}
        send_waiting(room.db, room.settled(**environ))
    texts = []
    for mail in mailbox.parsed():
        body = mail.get_body(["plain"])
        assert body is not None
        texts.append("\n".join([f"{mail['To']} {mail['Subject']}", *body.get_content().splitlines()]))
    return texts


def test_a_new_story_is_told_once_whatever_happens_to_it(room: Newsroom, clock: Clock) -> None:
    save(room, "banjir")
    assert look(room) == Addressed()
    clock("02T10:00")
    first = add(room, "Banjir di pasar lama.")
    add(room, "Pasar murah dibuka.")
    assert look(room) == Addressed(mails=1, stories=1)
    assert look(room) == Addressed()
    with room.db.write() as session:
        touch(session, [first])  # tagged again, corrected, ...
    assert look(room) == Addressed()
    copy = add(room, "Banjir di pasar lama surut.", site="tirta")
    room.join(first, copy)
    assert look(room) == Addressed()
    earlier = add(room, "Banjir merendam pasar.", site="lain", days=1)
    room.join(earlier, earlier, first, copy)  # the story gets another name: that of its new first article
    assert look(room) == Addressed()
    [mail] = sent(room)
    assert mail.startswith("ani@kantor.test [Pemberitahuan Tirtasari] 1 cerita baru · banjir\n")
    assert f"http://127.0.0.1:8000/artikel/{first}\n  https://warta.test/1\n" in mail


def test_one_mail_for_all_searches_of_a_reader_each_story_shown_once(room: Newsroom) -> None:
    for query in ("banjir", "pasar", "beras"):
        save(room, query)
    save(room, "banjir", email="budi@kantor.test", owner="budi")
    add(room, "Banjir di pasar lama.")
    add(room, "Pasar murah dibuka.")
    assert look(room) == Addressed(mails=2, stories=3)
    ani, budi = sent(room)
    assert "2 cerita baru · banjir, pasar" in ani
    assert (ani.count("Banjir di pasar lama."), ani.count("Pasar murah"), ani.count("beras")) == (1, 1, 0)
    assert "1 cerita baru · banjir" in budi
    assert ani.rpartition("/berhenti/")[2] != budi.rpartition("/berhenti/")[2]


def test_a_story_of_several_outlets_is_one_line(room: Newsroom) -> None:
    save(room, "banjir")
    ids = [add(room, f"Banjir di pasar {site}.", site=site) for site in ("a", "b", "c", "d")]
    room.join(ids[0], *ids)
    assert look(room) == Addressed(mails=1, stories=1)
    [line] = [line for line in sent(room)[0].splitlines() if line.startswith("- ")]
    assert re.fullmatch(r"- Banjir di pasar (\w)\. \(\1, \w, \w \+1 · 2 Mar 2026\)", line)


def test_words_that_only_nearly_match_are_no_news(room: Newsroom) -> None:
    save(room, "banjir bandang")
    add(room, "Banjir di pasar.")
    assert look(room) == Addressed()


def test_old_articles_found_late_and_withdrawn_ones_are_no_news(room: Newsroom) -> None:
    save(room, "banjir")
    add(room, "Banjir tahun lalu.", days=300)
    gone = add(room, "Banjir dibantah.")
    with room.db.write() as session:
        withdraw_article(session, gone)
    assert look(room) == Addressed()


def test_a_new_search_does_not_begin_with_the_archive(room: Newsroom, clock: Clock) -> None:
    add(room, "Banjir kemarin dulu.")
    clock("04T09:00")
    save(room, "banjir")
    assert look(room) == Addressed()
    add(room, "Banjir hari ini.")
    assert look(room).stories == 1


@pytest.mark.parametrize(
    ("rhythm", "told"),
    [
        ("now", ["02T09:05", "02T09:10", "02T10:00", "03T07:00", "03T07:30"]),
        ("hourly", ["02T10:00", "03T07:00"]),
        ("daily", ["03T07:00"]),
        ("off", []),
    ],
)  # fmt: skip
def test_rhythms(room: Newsroom, clock: Clock, rhythm: str, told: list[str]) -> None:
    save(room, "banjir", alert=rhythm)
    mailed = []
    for moment in ("02T09:05", "02T09:10", "02T10:00", "03T07:00", "03T07:30"):
        clock(moment)
        add(room, f"Banjir pukul {moment}.")
        if look(room).mails:
            mailed.append(moment)
    assert mailed == told
    assert (
        sum(mail.count("- Banjir pukul") for mail in sent(room))
        == {"now": 5, "hourly": 4, "daily": 4, "off": 0}[rhythm]
    )


def test_what_was_switched_off_begins_anew(room: Newsroom, clock: Clock) -> None:
    number = save(room, "banjir")
    add(room, "Banjir satu.")
    assert look(room).stories == 1
    for moment, alert in (("03T09:00", "off"), ("08T09:00", "now")):
        clock(moment)
        with room.db.write() as session:
            session.get(SavedSearchRow, number).alert = alert  # type: ignore[union-attr]
        add(room, f"Banjir pada {moment}.")
        assert look(room).stories == (alert == "now")


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("05:59", True), ("06:00", False)],
)
def test_quiet_hours(room: Newsroom, clock: Clock, hour: str, quiet: bool) -> None:
    assert is_quiet(room.config, clock(f"02T{hour}")) is quiet
    assert is_quiet(room.settled(quiet_hours="06.00-21.00"), clock(f"02T{hour}")) is not quiet
    assert not is_quiet(room.settled(quiet_hours=""), clock(f"02T{hour}"))


def test_many_stories_are_counted_where_the_mail_is_full(room: Newsroom) -> None:
    save(room, "banjir")
    save(room, "kota")
    for number in range(SHOWN + 2):
        add(room, f"Banjir di kampung {number}.")
    add(room, "Pawai kota.")
    assert look(room).stories == SHOWN + 3
    [mail] = sent(room)
    assert mail.count("- Banjir di kampung") == SHOWN
    assert "dan 3 cerita lain" in mail
    assert "q=kota" in mail


@pytest.mark.slow
def test_a_volume_far_above_the_usual_is_told_once_a_burst(room: Newsroom, clock: Clock) -> None:
    save(room, "banjir", spike=True, alert="off")
    for day in range(12, 26):
        clock(f"{day:02}T09:00")
        for number in range(4):
            add(room, f"Pasar hari {day} nomor {number}.")
        add(room, f"Banjir kecil hari {day}.")
        assert look(room).mails == 0
    clock("26T09:00")
    for number in range(9):
        add(room, f"Banjir besar {number}.")
    assert look(room).mails == 1
    clock("26T15:00")
    add(room, "Banjir lagi.")
    assert look(room).mails == 0
    clock("27T09:00")
    for number in range(9):
        add(room, f"Banjir masih besar {number}.")
    assert look(room).mails == 0
    [mail] = sent(room)
    assert "· lonjakan · banjir" in mail.replace("] lonjakan", "] · lonjakan")
    assert "Lonjakan: 9 berita, biasanya" in mail
    assert "dari=2026-03-26&sampai=2026-03-26" in mail


def test_a_query_that_cannot_be_read_stops_no_other(room: Newsroom) -> None:
    save(room, '"banjir', name="rusak")
    save(room, "banjir")
    add(room, "Banjir di pasar.")
    found = look(room)
    assert (found.mails, found.stories) == (1, 1)
    assert "ani@kantor.test: rusak" in found.faults[0]


@pytest.mark.parametrize(("answer", "tries"), [("550 5.1.1 unknown", 1), ("550 no", 3)])
def test_an_address_that_refuses_everything_gets_no_more(room: Newsroom, clock: Clock, answer: str, tries: int) -> None:
    save(room, "banjir")
    for number in range(tries + 1):
        clock(f"02T09:0{number}")
        add(room, f"Banjir {number}.")
        found = look(room)
        assert (found.mails, len(found.faults)) == ((1, 0) if number < tries else (0, 1))
        mailbox = Mailbox(rcpt={"ani@kantor.test": [answer]})
        with mail_server(mailbox) as port:
            send_waiting(room.db, room.settled(mail_host="127.0.0.1", mail_port=str(port)))


def test_alerts_are_switched_off_for_an_address(room: Newsroom) -> None:
    save(room, "banjir")
    save(room, "pasar", spike=True, alert="off")
    save(room, "pasar", email="budi@kantor.test", owner="budi")
    add(room, "Banjir di pasar.")
    assert look(room).mails == 2
    with room.db.write() as session:
        switch_off(session, "ani@kantor.test")
        switch_off(session, "ani@kantor.test")
    add(room, "Banjir di pasar baru.")
    assert look(room) == Addressed(mails=1, stories=1)
    assert [mail.partition(" ")[0] for mail in sent(room)] == ["budi@kantor.test"] * 2


def test_admins_are_told_once_of_a_lasting_trouble_and_of_its_end(room: Newsroom, clock: Clock) -> None:
    begun = now()

    def fare(state: str, since: datetime) -> int:
        values = {"expected": 1, "least": 1, "got": 0, "weekdays": [], "checked_at": now(), "stated_per_week": 1}
        with room.db.write() as session:
            session.merge(HealthRow(source="tirta", state=state, since=since, reason=None, stated_dated=1, **values))
        return address_troubles(room.db, room.config)

    assert fare("blocked", begun) == 0
    clock("02T12:00")
    assert [fare("blocked", begun), fare("blocked", begun)] == [1, 0]
    assert [fare("silent", now()), fare("ok", now()), fare("ok", now())] == [0, 1, 0]
    blocked, well = sorted(sent(room))
    assert blocked.startswith("admin@kantor.test [Pantau Tirtasari] tirta diblokir\n")
    assert "[Pantau Tirtasari] tirta kembali normal" in well
    assert address_troubles(room.db, room.settled(admin_mail="")) == 0


def test_an_alert_speaks_the_language_of_its_search(room: Newsroom) -> None:
    save(room, "banjir", language="en")
    add(room, "Banjir di pasar.")
    look(room)
    [mail] = sent(room)
    assert "1 new story · banjir" in mail
    assert "End all alerts to this address" in mail


def test_searches_get_alerts_on_the_command_line(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(room.folder))

    def pantau(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["alerts", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    assert "mails now to ani@kantor.test" in pantau("add", "Banjir", "banjir", "--email", "Ani@kantor.test")
    pantau("set", "1", "--rhythm", "daily", "--spike", "--language", "en")
    row = json.loads(pantau("list", "--json"))
    assert [row[name] for name in ("alert", "spike", "email", "language")] == ["daily", True, "ani@kantor.test", "en"]
    for wrong, told in ((("set", "9", "--no-spike"), "no saved search 9"), (("add", "x", "x"), "need a mail address")):
        with pytest.raises(InputError, match=told):
            pantau(*wrong)


@pytest.mark.parametrize("meanwhile", ["deleted", "switched off", "looked at"])
def test_what_happens_to_a_search_while_it_is_looked_at(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    """Somebody deletes it, unsubscribes, or sends the alerts too, between our look and our mail."""
    number = save(room, "banjir")
    save(room, "banjir", email="budi@kantor.test", owner="budi")
    add(room, "Banjir di pasar.")
    real, ours = sending.look, []

    def slow_look(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        ours.append(found.watch.id)
        if ours == [number]:
            with room.db.write() as session:
                if meanwhile == "deleted":
                    session.delete(session.get(SavedSearchRow, number))
                elif meanwhile == "switched off":
                    switch_off(session, "ani@kantor.test")
            if meanwhile == "looked at":
                assert address_alerts(room.db, room.desk().index, room.config).mails == 2
        return found

    monkeypatch.setattr(sending, "look", slow_look)
    look(room)
    told = [mail.partition(" ")[0] for mail in sent(room)]
    assert told == (["ani@kantor.test"] if meanwhile == "looked at" else []) + ["budi@kantor.test"]
