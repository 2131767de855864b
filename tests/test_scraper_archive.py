"""The archive of raw pages: what is written can be read, and a torn end is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.crawl.archive import PageArchive, RawPage, mend, read_page, read_pages
from scraper.errors import InputError
from scraper.items import PagePointer


def page(number: int) -> RawPage:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("X-Name", "é"))
    body = f"<p>halaman {number} é</p>".encode() * 50
    return RawPage(url=f"https://kabar.example/{number}?a=1", status=200, headers=headers, body=body)


def test_pages_come_back(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, "kabar")
    pointers = [archive.append([page(1)]), archive.append([page(2), page(3)])]
    archive.close()
    assert read_page(tmp_path, pointers[0]).body == page(1).body
    assert [found.url for found in read_pages(tmp_path, pointers[1])] == [page(2).url, page(3).url]
    assert read_page(tmp_path, pointers[1]).content_type == "text/html; charset=utf-8"
    assert [path.name for path in (tmp_path / "pages").iterdir()] == [pointers[0].file]


@pytest.mark.parametrize("cut", [1, 9, 120])
def test_torn_record_is_cut_and_the_rest_stays(tmp_path: Path, cut: int) -> None:
    archive = PageArchive(tmp_path, "kabar")
    whole, torn = archive.append([page(1)]), archive.append([page(2)])
    path = tmp_path / "pages" / whole.file
    assert archive._file is not None
    archive._file.close()  # as a killed process leaves it: the marker stays
    with path.open("r+b") as file:
        file.truncate(torn.offset + torn.length - cut)
    assert mend(tmp_path) == [path]
    assert path.stat().st_size == whole.length
    assert read_page(tmp_path, whole).body == page(1).body
    with pytest.raises(InputError, match="holds no whole page"):
        read_page(tmp_path, torn)
    assert mend(tmp_path) == []


def test_file_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, "kabar")
    pointer = archive.append([page(1)])
    path = tmp_path / "pages" / pointer.file
    with path.open("ab") as file:
        file.write(b"\x1f\x8b on its way")
    assert mend(tmp_path) == []
    archive.close()


@pytest.mark.parametrize("file", ["../pantau.db", "/etc/hostname", "missing.warc.gz"])
def test_only_files_of_the_archive_are_read(tmp_path: Path, file: str) -> None:
    with pytest.raises(InputError, match="no file of the page archive"):
        read_page(tmp_path, PagePointer(file=file, offset=0, length=9))
