"""An analyst's morning: two years of one city as a package that says what is in it, the same twice, conflicts shown."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
from browser import Office, overflow

from pantau.web.downloads import KINDS

pytestmark = pytest.mark.slow
Look = Callable[..., Any]
DOUBTFUL = (
    "Kepala Bapenda Kota Tirtasari Joko Susilo menyebut target PAD Kota Tirtasari pada 2026 Rp2,800 triliun, "
    "sedangkan realisasi PAD hingga triwulan I 2026 Rp612,4 miliar."
)


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(package) as opened:
        return list(csv.DictReader(io.StringIO(opened.read(f"{table}.csv").decode("utf-8"))))


def two_years_of_the_city(page: Any) -> None:
    """By the filters of the search page, as somebody who knows no query language."""
    page.get_by_role("link", name="Kota Tirtasari", exact=True).first.click()
    page.wait_for_url("**wilayah=Kota+Tirtasari**")
    page.fill("input[name=dari]", "2024-03-09")
    page.fill("input[name=sampai]", "2026-03-09")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url("**dari=2024-03-09&sampai=2026-03-09**")


def downloaded(page: Any, path: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("link", name="Unduh paket data").click()
    waited.value.save_as(path)
    return path


def test_two_years_of_a_city_leave_as_one_package_the_same_twice(
    look_own: Look, own_newsroom: Office, tmp_path: Path
) -> None:
    page = look_own("/tambah")
    by_hand = page.locator("form[action='/tambah/teks']")
    for name, text in (("judul", "Target PAD"), ("media", "koran"), ("tanggal", "2026-03-06"), ("teks", DOUBTFUL)):
        by_hand.locator(f"[name={name}]").fill(text)
    by_hand.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/artikel/*")
    own_newsroom.run("tag")

    page.goto(f"{own_newsroom.url}/cari")
    two_years_of_the_city(page)
    total = int(page.locator("h1.total").inner_text().split()[0])
    page.get_by_text("Unduh", exact=True).click()
    first = downloaded(page, tmp_path / "satu.zip")
    second = downloaded(page, tmp_path / "dua.zip")
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()
    assert frictionless.validate(str(first)).valid
    assert 0.4 < first.stat().st_size / 1e6 / KINDS["zip"].megabytes(total) < 2.5, "about as large as was said"
    _holds_what_an_analyst_needs(first, total=total)


def _holds_what_an_analyst_needs(package: Path, *, total: int) -> None:
    articles = rows(package, "articles")
    assert len(articles) == total > 20
    assert len({row["id"] for row in articles}) == total
    assert len({row["cluster"] for row in articles}) < total, "copies of a story can be told"
    assert {row["area_code"] for row in rows(package, "places")} >= {"99.71"}
    assert rows(package, "statements")
    days = rows(package, "coverage")
    assert {row["source"] for row in days} >= {"tirtanews", "kabarwana", "portalsagara"}
    assert sum(int(row["stored"]) + int(row["published"]) for row in days) >= total, "the denominators are there"

    figures = {row["raw"]: row for row in rows(package, "figures")}
    assert figures["Rp612,4 miliar"]["value"] == "612400000000", "no decimal flips"
    assert figures["Rp2,800 triliun"]["value"] == "2800000000000"
    assert figures["Rp2,800 triliun"]["flags"] == "ambiguous-separator", "what may mean another number says so"
    assert {row["tag_version"] for row in rows(package, "figures")} != {""}
    with zipfile.ZipFile(package) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        described = json.loads(opened.read("datapackage.json"))["resources"]
    assert manifest["versions"]["tagging"]
    meanings = [field["keterangan"] for table in described for field in table["schema"]["fields"]]
    assert all(meanings), "each column is explained"


@pytest.mark.parametrize("width", [360, 1280])
def test_conflicting_counts_stand_side_by_side_and_targets_apart_from_what_was_reached(look: Look, width: int) -> None:
    page = look("/angka", width=width)
    page.select_option("select[name=indikator]", "umkm")
    page.fill("input[name=wilayah]", "Kota Tirtasari")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url("**indikator=umkm**")
    clash = page.locator("section.clash").first
    told = clash.locator("li").all_inner_texts()
    assert len(told) >= 2
    assert any("38.950" in line and "portalsagara" in line for line in told)
    assert any("41.327" in line and "tirtanews" in line and "Melati Anggraini" in line for line in told)
    assert not any("40.1" in line for line in told), "nothing is averaged"
    assert overflow(page) == 0

    page.select_option("select[name=indikator]", "pad")
    page.fill("input[name=wilayah]", "")
    for role, label, other in (("target", "target", "realisasi"), ("realisation", "realisasi", "target")):
        page.select_option("select[name=peran]", role)
        page.get_by_role("button", name="Terapkan").click()
        page.wait_for_url(f"**peran={role}")
        badges = page.locator("table.plain tbody .badge").all_inner_texts()
        assert label in badges
        assert other not in badges
