"""The weekly digest: short, whole, the same numbers everywhere, and nothing hostile or doubtful in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html as lxml_html
from office import Browser
from pressroom import SEEN, Newsroom, newsroom, tagged

from pantau.digests.model import Digest, Line, Section
from pantau.digests.phrases import change, told, web_address
from pantau.digests.render import (
    MAX_BYTES,
    MAX_WORDS,
    fit,
    render_html,
    render_text,
    render_whatsapp,
    subject,
    word_count,
)
from pantau.mail.compose import SLOT
from pantau.web.app import create_app
from scraper.errors import QueryError
from storage.records.assessments import assess
from storage.records.tables_runs import HealthRow
from storage.stories.pickups import update_pickups
from storage.stories.releases import add_release

END = date(2026, 3, 8)
HOSTILE = f'<img src=x onerror="alert(1)"> {{{{ 7 * 7 }}}} {SLOT} *Harga* Beras\u202e'
PAD = {"indicator": "pad", "measures": "realisasi PAD", "period": "2025-Q4", "place": "Kota Tirtasari"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path) as made:
        yield made


def day(number: int) -> date:
    """A day of the week of the digest; below 2 of the week before."""
    return date(2026, 3, number) if number > 0 else date(2026, 2, 28 + number)


def section(digest: Digest, title: str) -> list[Line]:
    return next((list(found.lines) for found in digest.sections if found.title == title), [])


def fill(room: Newsroom) -> Digest:
    """A week with something in each section."""
    said = (("Rahma Sentosa", "Stok aman"), ("Rahma Sentosa", "Harga turun"))
    text = 'Rahma Sentosa dari Dinas Perdagangan: "Stok aman". Pasar Rakyat ramai, "Harga turun".'
    tags = tagged(text, people=("Rahma Sentosa",), quotes=said, programs=("Pasar Rakyat",), orgs=("Dinas Perdagangan",))
    for number in range(1, 9):
        room.add(f"{text} {number}", day(number), tags=tags, site="warta" if number % 3 else "tirta")
    flood = [room.add(f"Banjir di pasar lama {site}.", day(7), site=site, title="Banjir") for site in "abc"]
    room.join(flood[0], *flood)
    text = "Realisasi PAD Kota Tirtasari Rp612 miliar, kata Joko Susilo."
    facts = {**PAD, "speaker": "joko-susilo", "role": "realisation"}
    tags = tagged(text, people=("Joko Susilo",), figures=(("Rp612 miliar", 612e9, "IDR", facts),))
    room.add(text, day(6), tags=tags)
    room.add("Pesan bantuan Rp5 juta itu tidak benar.", day(4), kind="hoax", title="Hoaks Bantuan")
    room.add("Berita tanpa tanggal.", None)
    return room.desk().digest(until=END)


def test_every_number_is_the_one_that_its_link_shows(room: Newsroom) -> None:
    digest = fill(room)
    lines = [line for found in digest.sections for line in found.lines if line.count is not None]
    links = [(line.link, line.count) for line in lines]
    links += [(digest.search_link, digest.count), (digest.before_link, digest.before)]
    with Browser(create_app(room.config)) as page:
        for link, count in links:
            shown = page.get(link.removeprefix(digest.base_url)).text
            assert re.search(rf"\b{count} berita\b", shown), link
    assert len(links) > 8
    assert sum(day.now for day in digest.days) == digest.count == 12
    assert (sum(day.before for day in digest.days), digest.before) == (1, 1)


def test_html_and_text_say_the_same(room: Newsroom) -> None:
    digest = fill(room)
    page = lxml_html.fromstring(render_html(digest))
    for hidden in page.xpath("//head | //div[contains(@style, 'display:none')]"):
        hidden.drop_tree()
    text = re.sub(r"https?://\S+", "", render_text(digest)).replace(SLOT, "")
    shown = " ".join(page.xpath("//body//text()"))
    assert Counter(re.findall(r"\d+", shown)) == Counter(re.findall(r"\d+", text))
    links = {link for link in page.xpath("//a/@href")}
    assert links == set(re.findall(r"https?://\S+", render_text(digest)))


def test_each_section_says_what_the_week_held(room: Newsroom) -> None:
    digest = fill(room)
    assert digest.summary == (
        "Ada 12 berita dari 5 media, naik 1.100% dari pekan lalu (1).",
        "Isu terbesar: “Banjir”, dimuat 3 media dalam 3 berita.",
        "1 hal perlu perhatian.",
    )
    first = section(digest, "Isu teratas")[0]
    assert (first.text, first.remark) == ("Banjir", "3 media · 3 berita · baru pekan ini")
    people = section(digest, "Pejabat dan narasumber")
    assert [(line.text, line.remark) for line in people] == [
        ("Rahma Sentosa", "disebut dalam 7 berita, 14 pernyataan"),
        ("Joko Susilo", "disebut dalam 1 berita, 0 pernyataan"),
    ]
    assert [(line.text, line.remark) for line in section(digest, "Program dan OPD")] == [
        ("Pasar Rakyat", "7 berita · ▲ pekan lalu 1"),
        ("Dinas Perdagangan", "7 berita · ▲ pekan lalu 1"),
    ]
    [figure] = section(digest, "Angka baru pekan ini")
    assert (figure.text, figure.source) == ("Rp612 miliar", "https://warta.test/12")
    assert figure.remark == ("PAD, pajak, retribusi, realisasi, triwulan IV 2025 · Joko Susilo (Kepala Dinas) · warta")
    assert figure.quote == ("Realisasi PAD Kota Tirtasari ", "Rp612 miliar", ", kata Joko Susilo")
    assert [line.text for line in section(digest, "Perlu perhatian")] == ["Hoaks Bantuan"]
    assert digest.notes == (
        "Belum ada sumber yang diperiksa.", "1 berita tanpa tanggal tidak dihitung.",
        "Tone 12 berita belum dinilai.", "3 hal menunggu di antrean.",
    )  # fmt: skip
    assert subject(digest) == "[Kliping Tirtasari] 2–8 Mar 2026 · 12 berita · 1 perlu perhatian"


def test_a_digest_of_a_search_holds_that_search_and_nothing_like_it(room: Newsroom) -> None:
    room.add("Banjir di pasar lama.", day(3), title="Banjir")
    room.add("Pasar baru dibuka.", day(3), title="Pasar")
    desk = room.desk()
    assert (desk.digest(query="pasar banjir", until=END).count, desk.digest(query="pasar OR x", until=END).count) == (
        1,
        2,
    )
    none = desk.digest(query="pasar kebakaran", until=END)
    assert (none.count, none.sections) == (0, ())
    assert none.heading == "pasar kebakaran"
    with pytest.raises(QueryError):
        desk.digest(query='"pasar', until=END)


@pytest.mark.parametrize(
    ("state", "said"),
    [("ok", "semua sumber terbaca."), ("blocked", "1 sumber bermasalah."), ("silent", "1 sumber bermasalah.")],
)
def test_an_empty_week_says_whether_it_was_read(room: Newsroom, state: str, said: str) -> None:
    values = {"since": SEEN, "reason": None, "expected": 1, "least": 1, "got": 0, "weekdays": [], "checked_at": SEEN}
    with room.db.write() as session:
        session.add(HealthRow(source="tirta", state=state, stated_per_week=1, stated_dated=1, **values))
    digest = room.desk().digest(until=END)
    assert digest.summary == (f"Tidak ada berita baru pekan ini; {said}",)
    assert ("tirta" in render_text(digest)) == (state != "ok")
    assert "<table" in render_html(digest)
    assert "cid:" not in render_html(digest)


def test_what_people_rated_comes_first_and_leaves_when_it_is_done(room: Newsroom) -> None:
    ids = [room.add(f"Kritik pasar {n}.", day(3), title=f"Kritik {n}") for n in range(4)]
    room.add("Pesan itu tidak benar.", day(4), kind="hoax", title="Hoaks")
    with room.db.write() as session:
        for article_id in ids:
            assess(session, article_id, officer="Ani", tone_body="negative")
        assess(session, ids[0], officer="Ani", follow_up="done")
    digest = room.desk().digest(until=END)
    lines = section(digest, "Perlu perhatian")
    assert [line.remark for line in lines] == [
        "tone isi negatif · dinilai oleh Ani", "Klarifikasi hoaks", "tone isi negatif · dinilai oleh Ani",
    ]  # fmt: skip
    assert (digest.attention, "Kritik 0" in render_text(digest).split("ISU")[0]) == (4, False)


def test_releases_that_were_run_are_counted_by_outlet(room: Newsroom) -> None:
    text = "Pemerintah kota membuka pasar murah di lapangan kecamatan sejak Senin pagi untuk menekan harga beras. " * 3
    with room.db.write() as session:
        release = add_release(session, text=text, by="Ani", title="Pasar Murah Dibuka", released=day(2))
    for number, site in enumerate(("warta", "warta", "tirta")):
        room.add(f"{text} Warga {number} senang.", day(3), site=site)
    update_pickups(room.db)
    [line] = section(room.desk().digest(until=END), "Rilis tayang")
    assert (line.text, line.remark) == ("Pasar Murah Dibuka", "2 media · 3 berita")
    assert line.link == f"http://127.0.0.1:8000/rilis/{release.id}"


def test_figures_that_contradict_each_other_are_shown_side_by_side(room: Newsroom) -> None:
    umkm = {"indicator": "umkm", "measures": "jumlah UMKM binaan", "period": "2020", "place": "Kota Tirtasari"}
    claims = (("90.128 UMKM", 90128, "warta"), ("36.000 UMKM", 36000, "tirta"), ("90.128 UMKM", 90128, "lain"))
    for said, value, site in claims:
        text = f"Jumlah {said} di Kota Tirtasari tercatat."
        found = tagged(text, figures=((said, value, "umkm", umkm),), places=(("Kota Tirtasari", "99.01"),))
        room.add(text, date(2025, 5, 12) if site == "tirta" else day(3), site=site, tags=found)
    [line] = section(room.desk().digest(until=END), "Perlu perhatian")
    assert line.remark == "angka bertentangan · 2020"
    assert line.link == "http://127.0.0.1:8000/angka?indikator=umkm&wilayah=99.01&periode=2020"
    with Browser(create_app(room.config)) as page:
        assert all(value in page.get(line.link).text for value in ("90.128", "36.000"))
    assert line.text.startswith("UMKM dan IKM: 36.000 umkm menurut tirta, 90.128 umkm menurut ")


WEAK = [
    ("Rp5 juta", 5e6, "IDR", {"measures": "Tadi"}),
    ("10 penganggur", 10, "penganggur", {**PAD, "measures": "penganggur"}),
    ("24 jam", 240, "hour", {"measures": "hour kerja"}),
    ("Rp9 juta", 9e6, "IDR", {**PAD, "flags": ("implausible-scale",)}),
    ("300 orang", 300, "orang", {"measures": "orang"}),
]  # fmt: skip


@pytest.mark.parametrize("figure", WEAK, ids=[case[0] for case in WEAK])
def test_a_figure_that_says_little_is_not_told(
    room: Newsroom, figure: tuple[str, float, str, dict[str, object]]
) -> None:
    text = f"Tadi ada {figure[0]} di pasar."
    room.add(text, day(3), tags=tagged(text, figures=(figure,)))
    assert section(room.desk().digest(until=END), "Angka baru pekan ini") == []


@pytest.mark.parametrize(("flag", "told_as_new"), [("yoy", 1), ("mtm", 1), ("ambiguous-separator", 0)])
def test_what_a_figure_is_compared_with_is_no_doubt(room: Newsroom, flag: str, told_as_new: int) -> None:
    text = "Inflasi Kota Tirtasari 2,96 persen."
    facts = {"measures": "inflasi", "indicator": "inflasi", "flags": (flag,)}
    room.add(text, day(3), tags=tagged(text, figures=(("2,96 persen", 2.96, "%", facts),)))
    assert len(section(room.desk().digest(until=END), "Angka baru pekan ini")) == told_as_new


@pytest.mark.parametrize(("kind", "told_as_news"), [("news", 1), ("hoax", 0), ("opinion", 0), ("advertorial", 0)])
def test_a_figure_of_a_hoax_is_nobodys(room: Newsroom, kind: str, told_as_news: int) -> None:
    text = "Warga menerima Rp5 juta."
    tags = tagged(text, figures=(("Rp5 juta", 5e6, "IDR", PAD),))
    room.add(text, day(3), kind=kind, tags=replace(tags, kind="hoax" if kind == "hoax" else None))
    assert len(section(room.desk().digest(until=END), "Angka baru pekan ini")) == told_as_news


def test_hostile_titles_stay_text(room: Newsroom) -> None:
    room.add("Beras.", day(3), title=HOSTILE)
    digest = room.desk().digest(until=END)
    html, text, message = render_html(digest), render_text(digest), render_whatsapp(digest)
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
    assert '<img src=x onerror="alert(1)"> {{ 7 * 7 }}' in text
    assert all(body.count(SLOT) == 1 for body in (html, text))
    assert all("\u202e" not in body for body in (html, text, message))
    assert "*Harga*" not in message


def test_the_body_loads_nothing_from_anywhere(room: Newsroom) -> None:
    html = render_html(fill(room))
    page = lxml_html.fromstring(html)
    assert not re.search(r"url\(|@import|fonts\.", html)
    assert page.xpath("//script | //link | //iframe | //form") == []
    assert page.xpath("//img/@src") == ["cid:tren"]
    assert page.xpath("//img/@alt") != [""]


def test_a_full_week_is_cut_to_what_is_read_and_not_clipped() -> None:
    line = Line(text="kata " * 12, link="http://127.0.0.1:8000/artikel/a?x=1&y=2", remark="kata " * 8)
    sections = tuple(Section(title=f"Bagian {number}", lines=(line,) * 6) for number in range(7))
    digest = Digest(
        heading="Tirta\r\nBcc: x@y.test", query="", start=day(2), end=END, count=1, before=0, attention=0,
        summary=("Ringkas.",), sections=sections, days=(), notes=(), search_link="http://127.0.0.1:8000/cari?q=",
        before_link="http://127.0.0.1:8000/", csv_link="http://127.0.0.1:8000/x", base_url="http://127.0.0.1:8000",
    )  # fmt: skip
    short = fit(digest)
    assert word_count(digest) > MAX_WORDS >= word_count(short)
    assert len(render_html(short).encode()) <= MAX_BYTES
    assert {len(found.lines) for found in short.sections} <= {3, 4}
    assert fit(replace(short, sections=short.sections[:2])).sections == short.sections[:2]
    assert not set("\r\n") & set(subject(digest))
    assert 'href="http://127.0.0.1:8000/artikel/a?x=1&amp;y=2"' in render_html(short)


def test_the_message_for_whatsapp_is_short_and_bold(room: Newsroom) -> None:
    message = render_whatsapp(fill(room))
    assert message.startswith("*Kliping Tirtasari*\n2–8 Mar 2026 · 12 berita (pekan lalu 1)\n")
    assert "\n*Perlu perhatian*\n• Hoaks Bantuan (Klarifikasi hoaks)\n" in message
    assert len(re.findall("https?://", message)) == 1


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(42, 37, "naik 14% dari pekan lalu (37)"), (1, 2, "turun 50% dari pekan lalu (2)"),
     (3, 3, "sama dengan pekan lalu"), (5, 0, "pekan lalu tidak ada")],
)  # fmt: skip
def test_a_change_is_told_with_its_base(now: int, before: int, said: str) -> None:
    assert change(now, before) == said


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb\x00\tc", "a b c"), ("kata " * 30, "kata " * 17 + "kata…"), ("x" * 99, "x" * 90 + "…"), ("\u200b", "")],
)
def test_text_from_anywhere_becomes_one_short_line(text: str, line: str) -> None:
    assert told(text) == line


@pytest.mark.parametrize(
    ("url", "kept"),
    [("https://a.test/x", True), ("javascript:alert(1)", False), ("https:///x", False), ("//a.test", False),
     ("https://a.test/\r\nBcc:x", False), ("http://[", False), ("urn:sha256:ab", False)],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str, kept: bool) -> None:
    assert web_address(url) == (url if kept else "")
