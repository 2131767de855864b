"""What a reader of the page can do wrong is told in the language of the page, whatever room found it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office import Browser, article, office_app

from pantau.reasons import heard, reason
from pantau.translations import use_language
from scraper.errors import ConflictError, ExtractionError, InputError, PantauError, QueryError, about

ARTICLE = f"/artikel/{article().id}"
WRONG: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("/pencarian", {"nama": " "}, 400, "tidak dapat menjadi nama pencarian", "is no name of a search"),
    ("/pencarian", {"nama": "x", "kueri": '"'}, 400, "tanda kutip tidak ditutup", "quotation mark is not closed"),
    ("/pencarian/77/hapus", {}, 409, "Anda tidak punya pencarian tersimpan 77", "no saved search 77 of yours"),
    ("/pengaturan/pelanggan", {"surel": "ani"}, 400, "bukan alamat surel", "is no mail address"),
    ("/pengaturan/pelanggan", {"surel": "Ani <a@b.test>"}, 400, "memuat nama", "has a name in it"),
    ("/pengaturan/pengguna/baru", {"nama": "ani", "peran": "admin", "sandi": "pendek"}, 400, "sebuah kalimat pun boleh",
     "a sentence is fine"),
    ("/pengaturan/pengguna/baru", {"nama": "kuda laut makan", "peran": "admin", "sandi": "Kuda laut makan"}, 400,
     "kata sandi sama dengan nama akun", "the password is the account"),
    ("/pengaturan/pengguna/baru", {"nama": "\x1b", "peran": "admin", "sandi": "kuda laut makan siang"}, 400,
     "tidak dapat menjadi nama akun", "is no account name"),
    ("/pengaturan/pengguna", {"nama": "siapa", "tindakan": "nonaktifkan"}, 400, "tidak ada akun",
     "there is no account"),
    ("/tambah/teks", {"judul": "a", "media": "b", "teks": " "}, 400, "berita perlu judul dan isi", "needs a title and"),
    ("/tambah/teks", {"judul": "a", "media": " ", "teks": "c"}, 400, "sebut medianya", "say which outlet"),
    ("/tambah/teks", {"judul": "a", "media": "b", "teks": "c", "tanggal": "kapan"}, 400, "bukan tanggal", "is no day"),
    ("/tambah/teks", {"judul": "a", "media": "b", "teks": "c", "alamat": "ftp://a"}, 400, "bukan alamat web",
     "is no address; it begins"),
    ("/tambah/teks", {"judul": "a", "media": "b", "teks": "c", "jenis": "x"}, 400, "bukan jenis media", "is no medium"),
    ("/rilis", {"teks": "terlalu pendek"}, 400, "rilis harus berisi", "a release has"),
    ("/rilis", {"teks": "a", "tanggal": "2026-13-40"}, 400, "bukan tanggal", "is no day"),
    ("/antrean", {"jenis": "pejabat", "kunci": "siapa", "putusan": "daftarkan"}, 409, "tidak ada berita yang menyebut",
     "no article names"),
    (f"{ARTICLE}/gabung", {"jenis": "person", "kunci": "rahma-sentosa", "ke": "rahma-sentosa"}, 400,
     "tidak dapat digabung dengan dirinya sendiri", "cannot be merged with itself"),
    (f"{ARTICLE}/alias", {"jenis": "person", "kunci": "rahma-sentosa", "alias": " "}, 400, "bukan nama", "is no name"),
    (f"{ARTICLE}/tone", {"judul": "baik"}, 400, "bukan tone; pilih", "is no tone; choose"),
    ("/artikel/tidak-ada/tone", {"judul": "neutral"}, 409, "tidak ada (lagi)", "is not there (any more)"),
    (f"{ARTICLE}/koreksi/77/urung", {}, 409, "tidak ada koreksi 77", "there is no correction 77"),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(prepared_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One office for the whole table: nothing of it is ever stored."""
    with Browser(office_app(prepared_office, tmp_path_factory.mktemp("desk") / "office")) as browser:
        yield browser


@pytest.mark.parametrize(("address", "fields", "status", "indonesian", "english"), WRONG)
@pytest.mark.parametrize("code", ["id", "en"])
def test_it_is_told_in_the_language_of_the_page(
    desk: Browser, code: str, address: str, fields: dict[str, Any], status: int, indonesian: str, english: str
) -> None:
    desk.cookies.set("bahasa", code)
    answer = desk.submit(address, **fields)
    assert answer.status_code == status
    assert (indonesian if code == "id" else english) in answer.text
    assert (english if code == "id" else indonesian) not in answer.text


@pytest.mark.parametrize(
    "error",
    [
        InputError("%(day)r is no day; write YYYY-MM-DD, YYYY-MM or YYYY", day="x"),
        ConflictError("there is no correction %(correction_id)s", correction_id=1),
        ExtractionError("http-404", "%(url)s: %(why)s", url="https://a.test/", why="there is no such page (404)"),
        QueryError("tanggal '%(value)s' tidak ada di kalender", 5, value="2026-02-31"),
        InputError("100% taken as it is"),
    ],
)
def test_an_error_keeps_its_values_between_processes(error: PantauError) -> None:
    again = pickle.loads(pickle.dumps(error)) if not isinstance(error, QueryError) else error
    for code in ("id", "en"):
        with use_language(code):
            assert reason(again) == reason(error)
    assert str(again) == str(error)


def test_an_error_within_an_error_is_told_in_the_same_language() -> None:
    inner = InputError(
        "the PDF has %(count)s pages; cut out the article, at most %(most_pages)s", count=9, most_pages=5
    )
    error = about("a.pdf", inner)
    assert str(error) == "a.pdf: the PDF has 9 pages; cut out the article, at most 5"
    assert reason(error) == "a.pdf: PDF berisi 9 halaman; ambil beritanya saja, paling banyak 5 halaman"
    assert heard(str(error)) == reason(error)
    assert about("a.pdf", error) is error


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pantau: https://a.test/x: robots.txt of the site forbids it; it is not read",
         "https://a.test/x: robots.txt situs melarangnya; tidak dibaca"),
        ("https://a.test/ refuses this crawler (http-403); set PANTAU_CONTACT and ask the outlet to let it in",
         "https://a.test/ menolak perayap ini (http-403); isi PANTAU_CONTACT dan mintalah izin kepada medianya"),
        ("pantau: 'x' is no web address; write https://...", "'x' bukan alamat web; tulis https://..."),
        ("1 new, 0 changed, 0 known, 0 skipped", "1 new, 0 changed, 0 known, 0 skipped"),
        ("50% (done)", "50% (done)"),
        ("", ""),
        ("a: " * 2000, "a: " * 2000),
    ],
)  # fmt: skip
def test_what_a_job_said_is_heard_in_the_language_of_the_page(said: str, told: str) -> None:
    assert heard(said) == told
    with use_language("en"):
        assert heard(said) == said.removeprefix("pantau: ")
