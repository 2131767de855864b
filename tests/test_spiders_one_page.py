"""``pantau extract URL``: one article from the web with all its pages, or one line that says why not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl_sites import HTML, LISTING, Site, html, on_air, text

ROOT = Path(__file__).parent.parent
SECOND = "Di halaman kedua, wali kota menutup pasar murah itu bersama para pedagang."


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    data = tmp_path_factory.mktemp("data")
    site = Site({**LISTING, "canonical": "https://kunci.example/{id}"}, {
        "/robots.txt": text("User-agent: *\nDisallow: /admin\n"),
        "/baca/1/judul": html("Pasar Murah Kota", links=("/baca/1/judul?page=2",)),
        "/baca/1/judul?page=2": html("Pasar Murah Kota", sentence=SECOND),
        "/lain/judul-lain-sekali": html("Judul Lain Sekali"),
        "/baca/3": text("tidak", 403), "/baca/4": (302, {"Location": "http://localhost:1/baca/4"}, b""),
        "/baca/5": (200, HTML, b"<html><p>Foto</p></html>"), "/admin/6": html("Rahasia"),
    })  # fmt: skip
    with on_air(data, pasar=site):
        yield data, site.origin


def extract(world: tuple[Path, str], address: str) -> tuple[int, str, str]:
    data, origin = world
    environ = {"PANTAU_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-m", "pantau", "extract", address.replace("{origin}", origin)],
        env=environ, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr.strip()


def test_all_pages_by_the_rules_of_the_source(world: tuple[Path, str]) -> None:
    code, out, _ = extract(world, "{origin}/amp/baca/1/judul?utm_source=wa")
    article = json.loads(out)
    assert (code, article["title"], article["site"]) == (0, "Pasar Murah Kota", "pasar")
    assert article["canonical_url"] == "https://kunci.example/1"
    assert SECOND in article["text"]
    assert not list(world[0].glob("pages/*")) + list(world[0].glob("*.db"))


def test_address_that_the_source_does_not_know(world: tuple[Path, str]) -> None:
    code, out, _ = extract(world, "{origin}/lain/judul-lain-sekali")
    assert (code, json.loads(out)["title"]) == (0, "Judul Lain Sekali")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("{origin}/admin/6", "robots.txt"),
        ("{origin}/hilang/2", "404"),
        ("{origin}/baca/3", "403"),
        ("{origin}/baca/4", "another site"),
        ("{origin}/baca/5", "no-text"),
        ("http://[broken", "no web address"),
    ],
)
def test_one_line_says_why_not(world: tuple[Path, str], address: str, reason: str) -> None:
    code, out, error = extract(world, address)
    assert (code, out) == (1, "")
    assert reason in error
    assert "\n" not in error
