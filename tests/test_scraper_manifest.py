"""Manifests: rows in order, paths as given, failures as rows."""

import gzip
from pathlib import Path

from scraper.page.manifest import extract_manifest

BODY = "".join(
    f"<p>Pasar murah nomor {n} dibuka pemerintah kota untuk warga yang datang sejak pagi di alun-alun.</p>"
    for n in range(4)
)


def html(number: int) -> bytes:
    title = f"Pasar Murah Kota Nomor {number}"
    return f"<html lang='id'><title>{title}</title><h1>{title}</h1>{BODY}".encode()


def test_rows_come_in_order_with_their_path(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "1.html").write_bytes(html(1))
    (tmp_path / "2.html.gz").write_bytes(gzip.compress(html(2)))
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "torn.html.gz").write_bytes(gzip.compress(html(3))[:40])
    rows = [
        {"path": "sub/1.html", "url": "https://a.id/berita/1"},
        {"path": "2.html.gz", "url": None},
        {"path": "empty.html", "url": "https://a.id/berita/3"},
        {"path": "torn.html.gz"},
        {"path": "missing.html", "url": "https://a.id/berita/5"},
        {"url": "https://a.id/berita/6"},
    ]
    found = list(extract_manifest(rows, tmp_path))
    assert [row.get("path") for row in found] == [
        "sub/1.html",
        "2.html.gz",
        "empty.html",
        "torn.html.gz",
        "missing.html",
        None,
    ]
    assert [row.get("title") for row in found[:2]] == ["Pasar Murah Kota Nomor 1", "Pasar Murah Kota Nomor 2"]
    assert found[0]["canonical_url"] == "https://a.id/berita/1"
    assert set(found[2]) == {"path", "url", "error"}
    assert found[2]["error"].startswith("empty: ")
    assert all(row["error"].startswith("input: ") for row in found[3:])


def test_many_pages_on_several_processes_keep_their_order(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.html").write_bytes(html(number))
    rows = [{"path": f"{number}.html", "url": f"https://a.id/berita/{number}"} for number in range(12)]
    found = list(extract_manifest(rows, tmp_path, workers=2))
    assert [row["title"] for row in found] == [f"Pasar Murah Kota Nomor {number}" for number in range(12)]
    assert found == list(extract_manifest(rows, tmp_path, workers=1))
