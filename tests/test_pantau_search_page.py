"""Cari as a reader uses it: grouped stories, filters with counts, the chart with its table, judging in two clicks."""

from __future__ import annotations

import json
import re

import pytest
from newsdesk import COPY, DAY, FIRST, PAID
from office import Browser

from storage.records.assessments import latest_assessments


def hits(page: str) -> list[str]:
    """The ids of the stories, in order."""
    return re.findall(r'<h3><a href="/artikel/(\w+)"', page)


def test_the_last_day_has_its_stories_with_paid_ones_marked_and_old_ones_left_out(reader: Browser) -> None:
    page = reader.get("/cari?q=beras&dari=24jam&urut=tanggal").text
    assert hits(page) == [PAID.article.id, COPY.article.id]
    assert page.count("Berbayar (ADV)</span>") == 1
    assert "+1 media lain" in page
    assert f'href="/artikel/{FIRST.article.id}"' in page
    assert "24 jam terakhir ×" in page


def test_a_day_without_a_time_says_so(reader: Browser) -> None:
    page = reader.get("/cari?q=stok&dari=2026-03-04").text
    assert hits(page) == [DAY.article.id]
    assert "Rabu, 4 Maret 2026" in page
    assert "jam tidak diketahui" in page


def test_filters_carry_counts_and_lead_to_narrower_searches(reader: Browser) -> None:
    page = reader.get("/cari?q=beras").text
    assert re.search(r'href="/cari\?q=beras&amp;pejabat=Ratna\+Dewi">Ratna Dewi</a> <span class="count">2<', page)
    assert re.search(r'jenis=advertorial">Berbayar \(ADV\)</a> <span class="count">1<', page)
    assert hits(reader.get("/cari?q=beras&pejabat=Ratna+Dewi&media=contoh&media=lain").text) == [FIRST.article.id]
    every = reader.get("/cari/nilai/topik?q=beras").text
    assert "UMKM</a>" in every
    assert reader.get("/cari/nilai/ramalan").status_code == 404


def test_the_chart_stands_on_its_table(reader: Browser) -> None:
    page = reader.get("/cari?q=beras&dari=2026-03-01&sampai=2026-03-06").text
    spec = json.loads(re.search(r'id="volume">(.*?)</script>', page)[1])  # type: ignore[index]
    drawn = {row["awal"][:10]: (row["nilai"], row["celah"]) for row in spec["data"]["values"]}
    assert drawn == {
        "2026-03-01": (None, True), "2026-03-02": (None, True), "2026-03-03": (None, True),
        "2026-03-04": (1, False), "2026-03-05": (2, False), "2026-03-06": (1, False),
    }  # fmt: skip
    assert re.search(r'<th scope="row">5 Mar 2026</th><td class="num">2</td><td class="num">100%</td>', page)
    assert "tidak ada yang terambil" in page


def test_searches_are_compared_in_one_chart_and_table(reader: Browser) -> None:
    page = reader.get("/cari?q=griya&banding=stok&banding=zebra&dari=2026-03-01&porsi=1").text
    spec = json.loads(re.search(r'id="volume">(.*?)</script>', page)[1])  # type: ignore[index]
    assert {row["kueri"] for row in spec["data"]["values"]} == {"griya", "stok", "zebra"}
    assert re.search(r'<th scope="row">stok</th><td class="num">1</td><td class="num">50%</td>', page)
    assert 'href="/cari?q=griya&amp;dari=2026-03-01&amp;banding=zebra&amp;porsi=1"' in page


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/cari?q=berass", "ini hasil untuk “beras”"),
        ("/cari?q=griya+gudang", "ini yang memuat sebagian"),
        ("/cari?q=zebra&media=lain", "Cari tanpa saringan"),
        ("/cari?dari=besok", "saringan dari: tanggal &#39;besok&#39; tidak dikenal"),
        ("/cari?q=%22beras", "tanda kutip tidak ditutup (huruf ke-1)"),
        ("/cari?q=beras&lanjut=%3Cb%3E", "Ke halaman pertama"),
    ],
)
def test_states(reader: Browser, address: str, says: str) -> None:
    assert says in reader.get(address).text


def test_names_are_offered_while_typing(reader: Browser) -> None:
    page = reader.get("/cari/usul?q=beras rat").text
    assert 'href="/cari?q=beras&amp;pejabat=Ratna+Dewi"' in page
    assert 'role="option"' in page
    assert "topik=prices" in reader.get("/cari/usul?q=har").text
    assert reader.get("/cari/usul?q=").text.strip() == ""


def test_a_tone_is_set_changed_and_taken_back(reader: Browser) -> None:
    key, address = PAID.article.id, f"/artikel/{PAID.article.id}/tone"
    answer = reader.submit(address, isi="negative", kembali="/cari?q=beras")
    assert answer.headers["location"] == f"/cari?q=beras#tone-{key}"
    assert 'isi <span class="tone-negative">▼ negatif' in reader.get("/cari?q=griya").text
    assert hits(reader.get("/cari?tone=negative").text) == [key]
    for value, tone in (("positive", "positive"), ("-", None)):
        reader.submit(address, isi=value)
        with reader.db.read() as session:
            assert latest_assessments(session, [key])[key].tone_body == tone
    assert reader.submit(address, isi="marah").status_code == 400


def test_tones_are_counted_by_outlet_and_period_with_the_unrated_apart(reader: Browser) -> None:
    reader.submit(f"/artikel/{PAID.article.id}/tone", judul="positive")
    page = reader.get("/cari/tone?q=beras").text
    assert re.search(r"<td>judul</td>" + "".join(f'<td class="num">{n}</td>' for n in (1, 0, 0, 4)), page)
    part = reader.get("/cari/tone?q=beras", headers={"HX-Request": "true"}).text
    assert "<table" in part
    assert "<html" not in part


def test_the_text_for_whatsapp_names_outlets_and_links_and_formats_nothing_else(reader: Browser) -> None:
    page = reader.get("/cari?q=beras&dari=24jam&urut=tanggal").text
    text = re.search(r'<textarea id="wa".*?>(.*?)</textarea>', page, re.S)[1]  # type: ignore[index]
    assert text.startswith("*beras · 24 jam terakhir*\nJumat, 6 Maret 2026 07.00 WIB · 3 berita\n")
    assert (
        "*1. Griya beras sejahtera*\ncontoh · 6 Mar 2026 06.00 · Berbayar (ADV)\nhttps://contoh.test/berita/3" in text
    )
    assert "lain (+ contoh)" in text


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_editors_are_offered_to_judge(reader: Browser, role: str) -> None:
    reader.enter(role)
    page = reader.get("/cari?q=beras").text
    assert ('action="/artikel/' in page) == (role == "editor")
    assert "Tone: " in page
