"""A morning of the communications staff: search, group, judge, print and pass on, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from browser import Office
from pypdf import PdfReader

pytestmark = pytest.mark.slow
Look = Callable[..., Any]


def test_the_morning_from_search_to_whatsapp(look_own: Look, own_newsroom: Office) -> None:
    page = look_own("/", width=360)
    page.locator("#q").press_sequentially("hendra wira", delay=20)
    page.locator("#usul a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?pejabat=Hendra+Wiradipura")
    page.get_by_text("Saring hasil").click()
    page.get_by_role("link", name="30 hari terakhir").click()
    page.wait_for_url("**dari=30hari**")
    assert page.locator(".others summary").count() > 0, "stories are grouped"
    assert "2024" not in page.locator("ol.hits").inner_text(), "no old story moves into these days"

    first = page.locator("ol.hits > li").first
    first.locator(".tone summary").click()
    first.locator('.tone button[name="isi"][value="negative"]').click()
    first.locator(".tone summary", has_text="negatif").wait_for()
    assert "isi ▼ negatif" in page.locator("ol.hits > li").first.locator(".tone summary").inner_text()

    page.get_by_text("Salin untuk WhatsApp").click()
    text = page.locator("#wa").input_value()
    assert text.startswith("*Pejabat: Hendra Wiradipura · 30 hari terakhir*")
    page.get_by_text("Cetak kliping").click()
    sheet = page.locator(".sheet").inner_text()
    assert "REKAP PEMBERITAAN TANGGAL" in sheet
    assert "isi: negatif" in sheet
    with page.expect_download() as waited:
        page.get_by_role("link", name="Unduh PDF").click()
    pages = PdfReader(io.BytesIO(waited.value.path().read_bytes())).pages
    assert "negatif" in "".join(one.extract_text() for one in pages)


def test_paid_items_are_marked_and_a_week_of_one_official_prints_on_one_page(look_own: Look) -> None:
    page = look_own("/cari?jenis=advertorial&urut=tanggal", width=1280)
    badges = page.locator("ol.hits > li .kind-advertorial").all_inner_texts()
    assert badges
    assert set(badges) == {"Berbayar (ADV)"}
    page.goto(page.url.split("/cari")[0] + "/cari/kliping?dari=7hari&pejabat=Hendra+Wiradipura")
    pdf = page.pdf(prefer_css_page_size=True)
    assert page.locator(".sheet tbody tr").count() > 1
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
