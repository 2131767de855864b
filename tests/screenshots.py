"""Takes the pictures of docs/ anew, of an office that followed the demo: ``python tests/screenshots.py``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from browser import served
from playwright.sync_api import sync_playwright
from told_office import build

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = (
    ("home", "/", 1280, 900),
    ("search", "/cari?q=pasar", 1280, 900),
    ("search-phone", "/cari?q=pasar&dari=30hari", 360, 740),
    ("article", "artikel", 1280, 900),
    ("figures", "/angka?indikator=umkm", 1280, 900),
)
"""Name of the file, address (``artikel`` is the first hit of a search), width and height of the window."""
PLAIN = ("--no-sandbox", "--disable-lcd-text")
"""Letters without coloured edges: half the bytes."""


def main() -> None:
    """Make the office, serve it and take every picture."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        office = next(serving := served(build(folder, hostile=False), folder))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(PLAIN))
            for name, path, width, height in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height})
                _open(page, office.url, path)
                page.screenshot(path=DOCS / f"{name}.png")
                sys.stdout.write(f"{name}.png {(DOCS / f'{name}.png').stat().st_size} bytes\n")
            browser.close()
        serving.close()


def _open(page: Any, url: str, path: str) -> None:
    page.goto(url + ("/cari?q=investasi" if path == "artikel" else path), wait_until="networkidle")
    if path == "artikel":
        page.goto(page.locator("ol.hits h3 a").first.evaluate("link => link.href"), wait_until="networkidle")


if __name__ == "__main__":
    main()
