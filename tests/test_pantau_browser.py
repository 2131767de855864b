"""Every page in a real browser: no barriers, nothing wider than the window, keys are enough, text stays text, small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser import SIZES, barriers, overflow
from told_office import HOSTILE

pytestmark = pytest.mark.slow
PAGES = (
    "/",
    "/cari?q=beras",
    "/cari/kliping?q=beras",
    "/cari?q=zebrazebra",
    "/cari?q=%22",
    "/masuk",
    "/docs",
    "/tidak-ada",
    "artikel",
    "/pejabat",
    "/program",
    "/angka",
    "/angka?indikator=umkm",
    "/media",
    "/media/tirtanews",
    "/rilis",
    "/antrean",
    "/pengaturan",
)
"""``artikel`` stands for the first article of a search."""
CHART_CODE = "/static/vendor/vega"
SHIFTS = """
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) window.shifted = (window.shifted ?? 0) + shift.value;
}).observe({type: "layout-shift", buffered: true});
"""
Look = Callable[..., Any]


def opened(look: Look, path: str, **options: Any) -> Any:
    """A page, ``artikel`` by way of a search."""
    if path != "artikel":
        return look(path, **options)
    page = look("/cari?q=pasar", **options)
    page.goto(page.locator("ol.hits h3 a").first.evaluate("link => link.href"))
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_the_way(look: Look, path: str, scheme: str) -> None:
    for width in SIZES:
        page = opened(look, path, width=width, color_scheme=scheme, language="id" if width == 360 else "en")
        assert barriers(page) == []
        assert overflow(page) == 0


def test_keys_are_enough_to_search_and_read(look: Look) -> None:
    page = look("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0, "it shows when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.locator("#q").focus()
    page.keyboard.type("beras")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?q=beras")
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('ol.hits h3 a')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/*")
    assert page.locator("h1").inner_text()


def test_without_scripts_searching_reading_and_switching_work(look: Look) -> None:
    page = look("/", javascript=False, width=360)
    page.fill("#q", "beras")
    page.press("#q", "Enter")
    assert page.locator("ol.hits li").count() > 3
    assert page.locator("figure.chart table tbody tr").count() > 0, "the table stands in for the chart"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/cari?q=beras")
    page.locator("ol.hits h3 a").first.click()
    assert page.locator("article .text p").count() > 0


def test_hostile_titles_are_text(look: Look) -> None:
    page = look("/cari?q=media:jahat", width=360)
    shown = page.locator("ol.hits h3").all_inner_texts()
    assert sorted(shown) == sorted(" ".join(title.split()) for title in HOSTILE)
    links = page.locator("ol.hits h3 a").evaluate_all("links => links.map(link => link.href)")
    for link in links:
        page.goto(link)
        assert page.locator("article :is(script, svg, img, u, i, [onclick], [onerror], [onload])").count() == 0
        assert page.locator("article :is(h1, .text) :is(b, script)").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
        assert page.title() != "dijebol"
        assert overflow(page) == 0


@pytest.mark.parametrize("path", ["/", "/cari?q=beras", "artikel"])
def test_little_is_loaded(look: Look, path: str) -> None:
    page = opened(look, path)
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda asked: sizes.update({asked.url: _bytes(asked)}))
    page.reload(wait_until="networkidle")
    again = sum(sizes.values())
    first = _first_load(look, page.url)
    assert sum(size for url, size in first.items() if CHART_CODE not in url) < 80_000, first
    assert sum(first.values()) < 400_000, first
    assert again < 60_000, sizes


@pytest.mark.parametrize("path", ["/", "/cari?q=beras", "/angka?indikator=umkm", "/media/tirtanews", "artikel"])
def test_nothing_jumps_while_a_page_is_loaded(look: Look, path: str) -> None:
    for width in SIZES:
        address = opened(look, path, width=width).url
        page = look(None, width=width)
        page.add_init_script(SHIFTS)
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("window.shifted ?? 0") < 0.001


def _first_load(look: Look, url: str) -> dict[str, int]:
    """Compressed bytes by address of all that a browser loads which was never here."""
    page = look(None)
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda asked: sizes.update({asked.url: _bytes(asked)}))
    page.goto(url, wait_until="networkidle")
    return sizes


def _bytes(asked: Any) -> int:
    return int(asked.sizes()["responseBodySize"])
