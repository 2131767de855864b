"""Withdrawing: nothing of the text is left in any file; outlet, title, date and reason stay; no crawl revives it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from small_archive import tagged
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.withdrawing import withdraw
from scraper.config import Config, load_config
from scraper.crawl.archive import PageArchive, RawPage, read_pages, whole_length
from scraper.crawl.erasing import erase_pages, find_pages
from scraper.errors import InputError, StorageError
from scraper.items import PagePointer
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import get_article, withdraw_article
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex

SECRET = "Kalimat rahasia tentang Siti Aminah"
URL = "https://contoh.test/berita/1"


def page(url: str, text: str = SECRET) -> RawPage:
    return RawPage(url=url, status=200, headers=(), body=f"<p>{text}</p>".encode() * 20)


def keep(config: Config, *texts: str) -> list[PagePointer]:
    """Crawl article 1 with one text after the other, beside another article."""
    archive, store = PageArchive(config.data, "contoh"), CrawlStore.open(config)
    pointers = []
    for text in texts:
        one = tagged(1, text=text, authors=("Ani Rahasia",))
        pointers.append(archive.append([page(URL, text), page(f"{URL}?page=2", text)]))
        store.save(one.article, pointers[-1], [f"{URL}?amp=1"])
        other = tagged(2)
        store.save(other.article, archive.append([page(other.article.canonical_url, "Lain.")]), [])
    archive.close()
    store.close()
    return pointers


def files_with(data: Path, text: str) -> list[str]:
    """Files below the data folder that hold a text, packed or not."""
    found = []
    for path in data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        while content[:2] == b"\x1f\x8b":
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if text.encode() in member.decompress(content):
                found.append(path.name)
            content = member.unused_data
        if text.encode() in content:
            found.append(path.name)
    return found


def test_nothing_of_the_text_is_left_in_any_file(sqlite: Config) -> None:
    Database.open(sqlite).close()
    keep(sqlite, SECRET + " satu.", SECRET + " dua.")
    one = tagged(1, text=SECRET + " dua.")
    db = Database.open(sqlite)
    with db.write() as session:
        save_tags(session, one)
    assert set(files_with(sqlite.data, SECRET)) >= {"pantau.db"}
    assert withdraw(db, sqlite.data, one.article.id, reason="permintaan keluarga") == 3
    assert files_with(sqlite.data, SECRET) == files_with(sqlite.data, "Ani Rahasia") == []
    with db.read() as session:
        stored, other = get_article(session, one.article.id), get_article(session, tagged(2).article.id)
    assert stored is not None
    assert other is not None
    assert other.page is not None
    kept = (stored.article.title, stored.article.site, stored.withdrawn_reason, stored.article.published is not None)
    assert kept == ("Inflasi dan UMKM 1", "contoh", "permintaan keluarga", True)
    assert (stored.article.text, stored.article.authors, stored.versions, stored.tags) == ("", (), (), None)
    assert b"Lain." in read_pages(sqlite.data, other.page)[0].body
    db.close()


def test_no_crawl_brings_it_back(config: Config) -> None:
    keep(config, SECRET)
    key = tagged(1).article.id
    db = Database.open(config)
    withdraw(db, config.data, key)
    (pointer,) = keep(config, SECRET)
    with db.read() as session:
        stored = get_article(session, key)
    assert stored is not None
    assert (stored.article.text, stored.page, stored.withdrawn_at is not None) == ("", None, True)
    with pytest.raises(InputError, match="no whole page"):
        read_pages(config.data, pointer)
    db.close()


def test_erased_pages_leave_the_others_readable(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, "contoh")
    pointers = [archive.append([page(f"https://contoh.test/{name}")]) for name in "abc"]
    archive.close()
    path = tmp_path / "pages" / pointers[0].file
    size = path.stat().st_size
    erase_pages(tmp_path, pointers[1])
    assert path.stat().st_size == size
    with path.open("rb") as file:
        assert whole_length(file) == size
    assert [found.url for at in (0, 2) for found in read_pages(tmp_path, pointers[at])] == [
        "https://contoh.test/a", "https://contoh.test/c",
    ]  # fmt: skip
    assert find_pages(tmp_path, ["https://contoh.test/b"]) == []
    assert find_pages(tmp_path, ["http://www.contoh.test/c?utm_source=x"]) == [pointers[2]]


def test_what_cannot_be_a_page_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.warc.gz").write_bytes(b"pendek")
    with pytest.raises(StorageError, match="too few"):
        erase_pages(tmp_path, PagePointer(file="a.warc.gz", offset=0, length=6))
    erase_pages(tmp_path, PagePointer(file="hilang.warc.gz", offset=0, length=600))
    erase_pages(tmp_path, PagePointer(file="../a.warc.gz", offset=0, length=600))
    assert (tmp_path / "pages" / "a.warc.gz").read_bytes() == b"pendek"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    keep(load_config(), SECRET)
    return tmp_path


def index_of(data: Path) -> tuple[set[str], list[str]]:
    """The files of the index that hold words, and the words of the secret among them, those of dropped articles too."""
    db = Database.open(load_config())
    index = SearchIndex.open(db, data)
    index.catch_up()
    searcher = index.folder.searcher()
    words = [word for field in ("body", "body_stem") for word, _ in searcher.terms_with_prefix(field, "rahasia")]
    db.close()
    return {path.name for path in (data / "index").rglob("[0-9a-f]*.*")}, words


def test_no_word_of_it_is_left_in_the_files_of_the_index(data: Path) -> None:
    key = tagged(1).article.id
    before, words = index_of(data)
    assert words == ["rahasia", "rahasia"]
    db = Database.open(load_config())
    with db.write() as session:
        withdraw_article(session, key)
    db.close()
    kept, words = index_of(data)
    assert (before <= kept, words) == (True, ["rahasia", "rahasia"]), "dropping an article alone does not erase it"
    assert CliRunner().invoke(app, ["articles", "withdraw", key, "--yes"]).exit_code == 0
    after, words = index_of(data)
    assert (after & kept, words) == (set(), [])
    assert after


def test_the_command_asks_first_and_shows_what_is_left(data: Path) -> None:
    key = tagged(1).article.id
    refused = CliRunner().invoke(app, ["articles", "withdraw", key])
    assert isinstance(refused.exception, InputError)
    assert "--yes" in str(refused.exception)
    done = CliRunner().invoke(app, ["articles", "withdraw", key, "--yes", "--reason", "hak jawab"])
    assert done.exit_code == 0, done.exception
    shown = json.loads(CliRunner().invoke(app, ["articles", "show", key, "--json"]).stdout)
    assert (shown["text"], shown["withdrawn_reason"], shown["site"]) == ("", "hak jawab", "contoh")
    missing = CliRunner().invoke(app, ["articles", "show", "0" * 16])
    assert "there is no article" in str(missing.exception)
