"""A Monday of a head of agency: one mail on a phone, who said what, a source that failed, the way out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from browser import Office, overflow
from mail_servers import Mailbox, mail_server

from scraper.config import load_config
from storage.database import Database
from storage.health.checks import check_sources
from storage.health.counted import Stated
from storage.records.runs import finish_run, start_run

pytestmark = pytest.mark.slow
Look = Callable[..., Any]
HEAD, OTHER = "kepala@dinas.test", "sekretaris@dinas.test"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def post(own_newsroom: Office, mailbox: Mailbox) -> Iterator[Office]:
    """The office with a mail server, and with a source that refuses to be read."""
    mail = {"HOST": "127.0.0.1", "SENDER": "Kliping Humas <kliping@kantor.test>", "SECURITY": "none"}
    _block_a_source(own_newsroom.folder)
    with mail_server(mailbox) as port:
        settings = {f"PANTAU_MAIL_{name}": value for name, value in (mail | {"PORT": str(port)}).items()}
        more = {"PANTAU_BASE_URL": own_newsroom.url, "PANTAU_REGION": "Tirtasari"}
        yield replace(own_newsroom, environ=own_newsroom.environ | settings | more)


def _block_a_source(folder: Path) -> None:
    db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
    with db.write() as session:
        finish_run(session, start_run(session, "kabarwana"), counts={}, outcome="blocked")
        check_sources(session, {name: Stated() for name in ("tirtanews", "kabarwana", "portalsagara")})
    db.close()


def at(office: Office, moment: str) -> Office:
    """The same office at another time of western Indonesia."""
    return replace(office, environ=office.environ | {"PANTAU_NOW": f"{moment}+07:00"})


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body([kind])
    assert body is not None
    return str(body.get_content())


def test_one_mail_tells_what_changed_who_said_it_and_what_could_not_be_read(
    look_own: Look, post: Office, mailbox: Mailbox, tmp_path: Path
) -> None:
    before, monday = at(post, "2026-03-07T12:00"), at(post, "2026-03-09T06:30")
    before.run("digest", "subscribe", HEAD)
    for _ in range(2):
        monday.run("digest", "send", "--due")
    at(post, "2026-03-09T18:00").run("digest", "send", "--due")
    assert mailbox.received == {HEAD: 1}, "one mail, however often the appointment is looked at"

    [mail] = mailbox.parsed()
    html, text = part(mail, "html"), part(mail, "plain").replace("\r\n", "\n")
    assert len(html.encode()) < 102_000, "mail programs clip what is longer"
    assert len([word for word in text.split() if re.search(r"\w", word) and "://" not in word]) <= 600
    page = _as_mail_program(look_own, html, tmp_path)
    assert overflow(page) == 0
    shown = page.locator("body").inner_text()
    assert re.search(r"Ada \d+ berita dari \d+ media, (naik|turun) [\d.,]+% dari pekan lalu", shown)
    for said in ("Perlu perhatian", "Angka baru pekan ini", "kabarwana", "diblokir"):
        assert said.lower() in shown.lower()
    cells = page.get_by_role("row", name="Pekan ini").first.locator("td").all_inner_texts()
    counted = re.search(r"Ada (\d+) berita", shown)[1]  # type: ignore[index]
    assert sum(map(int, cells)) == int(counted), "the numbers of the picture stand in a table, too"
    figures = text.partition("ANGKA BARU PEKAN INI\n")[2].partition("\n\n")[0].split("\n- ")
    assert len(figures) >= 3
    for figure in figures:
        assert re.search(r" · [A-Z][\w .]+ \(.+\) · ", figure), "each figure has its speaker"
        assert f"{post.url}/artikel/" in figure
    links = page.locator(f"a[href^='{post.url}']").evaluate_all("links => links.map(link => link.href)")
    answers = {link: page.request.get(link).status for link in dict.fromkeys(links)}
    assert len(answers) > 10
    assert set(answers.values()) == {200}, answers


def test_it_ends_without_a_login_and_a_failed_week_is_no_quiet_week(
    look_own: Look, post: Office, mailbox: Mailbox
) -> None:
    office = at(post, "2026-03-21T12:00")
    for address in (HEAD, OTHER):
        office.run("digest", "subscribe", address)
    office.run("users", "add", "siti", "--role", "admin", "--stdin", stdin="rahasia sekali 1\n")
    at(post, "2026-03-23T06:30").run("digest", "send", "--due")
    text = part(mailbox.parsed()[0], "plain")
    assert re.search(r"Tidak ada berita baru pekan ini; \d sumber bermasalah", text)
    assert "kabarwana" in text

    mail = next(mail for mail in mailbox.parsed() if mail["To"] == HEAD)
    page = look_own("/", width=360)
    assert page.url.startswith(f"{post.url}/masuk"), "the page itself asks who comes"
    page.goto(re.search(rf"{post.url}/berhenti/\S+", part(mail, "plain"))[0])  # type: ignore[index]
    assert _states(office) == {HEAD: "active", OTHER: "active"}, "looking ends nothing"
    page.get_by_role("button", name="Berhenti").click()
    page.get_by_text(f"Selesai: kliping pekanan tidak lagi dikirim ke {HEAD}").wait_for()
    assert _states(office) == {HEAD: "ended", OTHER: "active"}
    at(post, "2026-03-30T06:30").run("digest", "send", "--due")
    assert mailbox.received == {HEAD: 1, OTHER: 2}


def _states(office: Office) -> dict[str, str]:
    rows = [json.loads(line) for line in office.run("digest", "subscribers", "--json").splitlines()]
    return {row["email"]: row["state"] for row in rows}


def _as_mail_program(look: Look, html: str, folder: Path) -> Any:
    """The mail on a phone whose mail program loads no pictures and runs no script."""
    page = look(None, width=360, javascript=False)
    page.route(re.compile(r"^cid:"), lambda route: route.abort())
    page.set_content(html.replace('src="cid:', 'data-blocked="cid:'))
    page.screenshot(path=str(folder / "surel.png"), full_page=True)
    return page
