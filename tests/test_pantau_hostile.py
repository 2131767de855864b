"""Hostile content wherever a page, a mail or a file can show it: it stays text, leads nowhere and runs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from lxml import html
from office import Browser, office_config

from pantau.jobs.submit import submit
from pantau.web.app import create_app
from scraper.clock import WIB
from scraper.items import (
    Article,
    DatedBy,
    FigureTag,
    PersonTag,
    PlaceTag,
    ProgramTag,
    QuoteTag,
    Span,
    TaggedArticle,
    Tags,
)
from storage.database import Database
from storage.records.accounts import add_account
from storage.records.articles import save_article
from storage.records.assessments import assess
from storage.records.cleaning import clean_string
from storage.records.jobs import claim_next, finish
from storage.records.keys import name_key
from storage.records.logins import add_token, open_session
from storage.records.outlets import save_outlet
from storage.records.registry_edits import register
from storage.records.saved_searches import save_search
from storage.records.subscriptions import subscribe
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex
from storage.stories.releases import add_release

EVIL = "\"'><script>alert(1)</script><svg/onload=alert(2)><img src=x onerror=alert(3)>\u202e{{7*7}}"
LONG = "panjang" * 430
"""3,010 characters without a space."""
NAME, PROGRAM, QUOTE = (clean_string(f"{word} {EVIL}") for word in ("Rahma", "Program", "Stok aman"))
RAW = "Rp15.000 per kilogram"
TEXT = clean_string(f'Wali Kota {NAME} membuka {PROGRAM} dengan {RAW} di Serpong.\n\n"{QUOTE}" ujarnya. {LONG} {EVIL}')
SITE = f"Radar {EVIL}"[:120]
RUN = {"script", "svg", "img", "iframe", "object", "embed", "base", "meta", "link", "style", "audio", "video", "math"}
"""Elements that content could bring; pages of ours have the first one and what stands in the head."""
MAIL = ("<style", "<img", "src=data:")
"""What a mail has in it beside text."""
ASKED = ("/cari", "/pejabat", "/program", "/angka", "/api/")
"""Pages that a query narrows."""
LINKS = ("/", "#", "?", "http://", "https://", "https://wa.me/")


def stories() -> Iterator[Article]:
    for number, title in enumerate((f"Pasar {EVIL}", f"Pasar {LONG}", "\u202e\u2066Pasar\u0000\u0007", EVIL)):
        day = datetime(2026, 3, 2, 8, number, tzinfo=WIB)
        yield Article(
            canonical_url=f"https://contoh.test/{number}", url="javascript:alert(1)", title=title,
            text=TEXT, site=SITE, section=EVIL, authors=(EVIL,),
            published=DatedBy(value=day, evidence="byline", raw=EVIL),
        )  # fmt: skip


def tags() -> Tags:
    def at(words: str) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"start": start, "end": start + len(words), "surface": words}

    def span(words: str) -> Span:
        return Span(**at(words))

    person = PersonTag(key="rahma", name=NAME, official=True, offices=(f"Wali Kota {EVIL}",), mentions=(span(NAME),))
    program = ProgramTag(program_id="program-jahat", name=PROGRAM, mentions=(span(PROGRAM),))
    place = PlaceTag(**at("Serpong"), code="36.74")
    figure = FigureTag(**at(RAW), value=15000.0, unit="IDR/kg", measures=EVIL, indicator="harga-pangan", place=EVIL)
    quote = QuoteTag(**at(QUOTE), speaker="rahma", verb="ujar")
    return Tags(
        people=(person,), programs=(program,), places=(place,), figures=(figure,), quotes=(quote,), topics=("prices",)
    )


def fill(db: Database) -> str:
    """An office that shows every kind of hostile text; gives the cookie of its admin."""
    for story in stories():
        with db.write() as session:
            save_article(session, story)
            save_tags(session, TaggedArticle(article=story, tags=tags(), tag_version="t"))
    first = next(stories())
    with db.write() as session:
        admin = add_account(session, "<b>Siti</b>", role="admin", email="siti@kantor.test", password_hash="x")
        assess(session, first.id, officer=EVIL[:90], tone_title="negative", disposition=EVIL, note=EVIL)
        save_outlet(session, SITE, by="<i>ani</i>", label=f"Radar {EVIL}", note=EVIL, tier=1)
        register(session, "person", name_key(NAME), by=EVIL[:90])
        save_search(session, owner=admin.name, name=f"Pasar {EVIL}"[:200], query="pasar")
        subscribe(session, "kepala@kantor.test", query=f'"{LONG[:50]}" {EVIL}'.replace('"', ""), added_by=EVIL[:90])
        add_release(session, text=f"{TEXT} " + "kata " * 40, title=EVIL, agency=EVIL, released=None, by=EVIL[:90])
        add_token(session, admin.id, "<i>R</i>")
        secret = open_session(session, admin.id)
    for name, key in (("probe", f"https://kabar.test/{EVIL}"), ("import", f"/tmp/{EVIL}")):
        submit(db, name, key=key, asked_by="<i>ani</i>")
    with db.write(only=("jobs",)) as session:
        job = claim_next(session, token="t")
        assert job is not None
        found = {"name": EVIL, "title": EVIL, "start": EVIL, "feeds": [EVIL], "warnings": [EVIL]}
        samples = [{"title": EVIL, "url": "javascript:alert(1)", "published": EVIL}]
        finish(session, job.id, token="t", exit_code=0, message=EVIL, output=json.dumps(found | {"samples": samples}))
    return secret


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    config = office_config(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANTAU_NOW", "2026-03-08T12:00:00+07:00")
        db = Database.open(config)
        secret = fill(db)
        SearchIndex.open(db, config.data).catch_up()
        db.close()
        patch.setenv("PANTAU_NOW", "2026-03-09T06:30:00+07:00")
        with Browser(create_app(config)) as browser:
            browser.carry(secret)
            yield browser


def addresses(office: Browser) -> Iterator[str]:
    """Every page, with what it is asked for: the hostile rows of the office."""
    first = next(stories()).id
    known = {
        "article_id": [story.id for story in stories()], "number": ["1"], "name:path": [SITE], "token": ["contoh"],
        "kind": ["xlsx"], "key": [name_key(NAME), "program-jahat"], "name": ["pejabat", "media"], "facet": ["media"],
    }  # fmt: skip
    for route in iter_route_contexts(office.app.routes):  # type: ignore[attr-defined]
        if route.path and "GET" in (route.methods or ()):
            found = re.findall(r"\{([^}]+)\}", route.path)
            values = known.get(found[0], ["1"]) if found else [""]
            for value in values:
                path = re.sub(r"\{[^}]+\}", "1", re.sub(r"\{[^}]+\}", lambda _m, v=value: v, route.path, count=1))
                yield f"{path}?q=pasar&banding=beras" if path.startswith(ASKED) else path
    yield from ("/cari/usul?q=ra", "/cari/usul?q=pas", "/cari?q=" + "x" * 900, f"/tidak-ada/{EVIL}", f"/cari?q={EVIL}")
    yield from (f"/cari?media={SITE}", f"/cari?pejabat={NAME}", f"/cari?q=pasar&lanjut={EVIL}", f"/pejabat?q={EVIL}")
    yield f"/artikel/{first}/tag?jenis=person&awal={TEXT.index(NAME)}&akhir={TEXT.index(NAME) + len(NAME)}"


def faults(page: str) -> Iterator[str]:
    """What in a page could run, load or lead anywhere."""
    tree = html.document_fromstring(page)
    head = set(tree.xpath("/html/head//*"))
    for element in tree.iter(html.etree.Element):
        if element.tag in RUN and element not in head and not _is_ours(element):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on"):
                yield f"{name}={value[:40]}"
            if name in ("href", "src", "action", "formaction") and value and not value.startswith(LINKS):
                yield f"{name}={value[:40]}"
    if "\u202e49" in page:
        yield "a template was rendered twice"


def _is_ours(element: Any) -> bool:
    if element.tag != "script":
        return False
    return element.get("type") == "application/json" or element.get("src", "").startswith("/static/")


def test_nothing_of_it_runs_or_leads_anywhere_on_any_page(office: Browser) -> None:
    seen, shown = 0, 0
    for address in addresses(office):
        answer = office.get(address)
        assert answer.status_code < 500, address
        assert "Content-Security-Policy" in answer.headers
        if not answer.headers.get("content-type", "").startswith("text/html") or not answer.text.strip():
            continue
        seen += 1
        shown += "&lt;script&gt;alert(1)" in answer.text
        allowed = MAIL if address.partition("?")[0].endswith("/surel") else ()
        assert [fault for fault in faults(answer.text) if not fault.startswith(allowed)] == [], address
        assert "<script>alert" not in answer.text, address
    assert seen > 40
    assert shown > 20


def test_it_is_text_in_files_too(office: Browser) -> None:
    pdf = office.get("/cari/kliping.pdf?q=pasar")
    assert pdf.content.startswith(b"%PDF")
    assert b"/JavaScript" not in pdf.content
    for kind in ("xlsx", "csv", "jsonl"):
        assert office.get(f"/cari/unduh/{kind}?q=pasar").status_code == 200
    rows = [json.loads(line) for line in office.get("/cari/unduh/jsonl?q=pasar").text.splitlines()]
    assert any(row["title"].startswith("Pasar \"'><script>") for row in rows)


def test_it_is_text_in_mails(office: Browser) -> None:
    for address in ("/pengaturan/digest/surel", "/pencarian/1/surel"):
        page = office.get(address)
        assert page.status_code == 200
        assert "&lt;script&gt;" in page.text
        assert [page.text[at.start() - 90 : at.start() + 9] for at in re.finditer("\u202e", page.text)] == []
        assert "javascript:" not in page.text
