"""The page by hand: a span drawn on the chart, keys only from search to article and through the queue, no scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from browser import Office
from pypdf import PdfReader

pytestmark = pytest.mark.slow
Look = Callable[..., Any]


def total(page: Any) -> int:
    return int(page.locator("h1.total").inner_text().split()[0])


@pytest.mark.parametrize("ending", ["inside", "beside"])
def test_a_span_drawn_on_the_chart_becomes_the_span_of_the_search(look: Look, ending: str) -> None:
    page = look("/cari?q=pasar&per=bulan")
    everything = total(page)
    page.locator("[data-chart] svg").wait_for()
    assert page.get_by_role("img", name="Jumlah berita dari waktu ke waktu").count() == 1, "it keeps its name"
    box = page.locator("[data-chart]").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=5)
    page.mouse.move(
        box["x"] + box["width"] - 8, middle if ending == "inside" else box["y"] + box["height"] + 90, steps=5
    )
    page.mouse.up()
    page.wait_for_url(re.compile(r"dari=\d{4}-\d\d-\d\d&sampai=\d{4}-\d\d-\d\d"))
    assert 0 < total(page) < everything
    assert page.locator(".chips a").count() == 3, "both days can be taken away again, or all at once"


def press_until(page: Any, key: str, selector: str, *, most: int = 400) -> None:
    """Press a key until an element of this kind has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is never reached by {key}")


def test_keys_lead_from_search_to_an_article_and_back_to_the_same_place(look: Look) -> None:
    page = look("/")
    press_until(page, "Tab", "#q")
    page.keyboard.type("pasar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?q=pasar")
    for _ in range(3):
        press_until(page, "Tab", "ol.hits h3 a")
    opened = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/*")
    assert page.url == opened
    page.go_back()  # Alt and the left arrow: keys of the browser, not of a page
    page.wait_for_url("**/cari?q=pasar")
    assert page.locator("#q").input_value() == "pasar"
    page.locator(f"ol.hits h3 a[href='{opened.removeprefix(page.url.split('/cari')[0])}']").wait_for()
    press_until(page, "Tab", "details.menu summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open"), "menus open by key"


def test_the_queue_is_decided_by_keys_and_each_decision_can_be_taken_back(look_own: Look, own_newsroom: Office) -> None:
    page = look_own("/antrean")
    names = page.locator("[data-candidate] h2").all_inner_texts()
    for key in "jjj":
        page.keyboard.press(key)
    assert focused(page) == names[2]
    page.keyboard.press("k")
    assert focused(page) == names[1]
    with page.expect_navigation():
        page.keyboard.press("x")
    assert names[1] not in page.locator("[data-candidate] h2").all_inner_texts()
    assert focused(page) == names[2], "the next one has the focus at once"
    with page.expect_navigation():
        page.keyboard.press("d")
    left = page.locator("[data-candidate] h2").all_inner_texts()
    assert left[:2] == [names[0], names[3]]
    for _ in range(2):
        press_until(page, "Tab", "button[value=batalkan]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("[data-candidate] h2").all_inner_texts() == names


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.querySelector('h2')?.innerText"))


def test_without_scripts_a_kliping_is_printed_and_its_pdf_fetched(look: Look) -> None:
    page = look("/cari?q=pasar&dari=7hari", javascript=False)
    page.get_by_role("link", name="Cetak kliping").click()
    assert page.locator(".sheet tbody tr").count() > 1
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert "REKAP PEMBERITAAN" in printed.pages[0].extract_text()
    assert page.get_by_role("button", name="Cetak", exact=True).count() == 0, (
        "a button that needs a script is not shown"
    )
    with page.expect_download() as waited:
        page.get_by_role("link", name="Unduh PDF").click()
    assert len(PdfReader(io.BytesIO(waited.value.path().read_bytes())).pages) >= 1
