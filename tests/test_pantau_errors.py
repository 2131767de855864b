"""Every answer, also the unhappy ones: security headers, a designed page in both languages, JSON for programs."""

from __future__ import annotations

import pytest
from office import HERE, Browser, article

from pantau.web.middleware import HEADERS
from pantau.web.refusals import Refusal
from scraper.errors import InputError, QueryError, StorageError

RAISED = {
    "/rusak": RuntimeError("rahasia di sini"),
    "/penuh": StorageError("the disk is full"),
    "/kueri": QueryError("tanda kutip tidak ditutup", 3),
    "/isian": InputError("berkas ini bukan PDF"),
    "/sibuk": Refusal(429, "pelan-pelan", headers={"Retry-After": "9"}),
}


@pytest.fixture
def site(client: Browser) -> Browser:
    """The page with routes that fail."""

    def failing(error: Exception) -> object:
        def fail() -> None:
            raise error

        fail.rule = client.app.state.open_rule  # type: ignore[attr-defined]
        return fail

    from pantau.web.access import Rule

    client.app.state.open_rule = Rule("anyone", from_outside=False)  # type: ignore[attr-defined]
    for path, error in RAISED.items():
        client.app.add_api_route(path, failing(error))  # type: ignore[attr-defined]
        client.app.add_api_route(f"/api/v1{path}", failing(error))  # type: ignore[attr-defined]
    return client


@pytest.mark.parametrize(
    ("path", "status", "indonesian", "english"),
    [
        ("/rusak", 500, "Terjadi kesalahan", "Something went wrong"),
        ("/penuh", 503, "the disk is full", "The data cannot be opened right now"),
        ("/kueri", 400, "tanda kutip tidak ditutup", "The request cannot be read"),
        ("/isian", 400, "bukan PDF", "The request cannot be read"),
        ("/sibuk", 429, "Terlalu banyak percobaan", "Too many attempts"),
        ("/tidak-ada", 404, "Halaman tidak ditemukan", "Page not found"),
        ("/bahasa", 405, "Cara ini tidak tersedia", "This way is not available"),
    ],
)
def test_each_error_has_a_page_in_both_languages(
    site: Browser, path: str, status: int, indonesian: str, english: str
) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert indonesian in answer.text
    assert "rahasia" not in answer.text
    site.cookies.set("bahasa", "en")
    page = site.get(path).text
    assert english in page
    assert 'aria-label="Main pages"' in page, "the frame stays as the reader knows it"


@pytest.mark.parametrize(
    ("path", "status", "row"),
    [
        ("/rusak", 500, {"error": "Internal Server Error"}),
        ("/penuh", 503, {"error": "the disk is full"}),
        ("/kueri", 400, {"error": "tanda kutip tidak ditutup", "position": 3}),
        ("/sibuk", 429, {"error": "pelan-pelan"}),
        ("/tidak-ada", 404, {"error": "Not Found"}),
        ("/search?limit=0", 400, {"error": "limit: Input should be greater than or equal to 1"}),
    ],
)
def test_programs_get_json(site: Browser, path: str, status: int, row: dict[str, object]) -> None:
    answer = site.get(f"/api/v1{path}")
    assert (answer.status_code, answer.json()) == (status, row)


@pytest.mark.parametrize(
    "path",
    ["/", "/cari?q=%22", "/static/pantau.css", "/static/no", "/tidak-ada", "/bahasa", "/rusak", "/api/v1/search"],
)
def test_every_answer_carries_the_headers_also_to_head(site: Browser, path: str) -> None:
    full, bare = site.get(path), site.head(path)
    for answer in (full, bare):
        assert answer.headers.keys() >= {name.lower() for name in HEADERS}
    assert bare.status_code == full.status_code
    assert bare.content == b""
    assert "unsafe" not in full.headers["Content-Security-Policy"]


def test_a_strange_name_gets_a_plain_answer_in_the_readers_language(client: Browser) -> None:
    answer = client.get("/", headers={"Host": "jahat.test", "Cookie": "bahasa=en"})
    assert answer.status_code == 421
    assert answer.text.startswith("This address is not served")
    assert answer.headers.keys() >= {name.lower() for name in HEADERS}


def test_what_is_too_large_is_refused_before_it_is_read(client: Browser) -> None:
    headers = {"Origin": HERE, "Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(10**9)}
    assert client.post("/masuk", content=b"a=b", headers=headers).status_code == 413
    endless = (b"x" * 1_000_000 for _ in range(40))
    assert client.post("/masuk", content=endless, headers=headers | {"Content-Length": ""}).status_code == 413


def test_files_are_kept_only_under_their_own_hash(client: Browser) -> None:
    address = client.get("/").text.split('stylesheet" href="')[1].split('"')[0]
    kept = client.get(address)
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.headers["Content-Encoding"] == "gzip"
    assert client.get(address, headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
    assert "immutable" not in client.get("/static/pantau.css?v=old").headers["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "2147483648", "9223372036854775808", "9" * 40, "1e3", "%00"])
def test_a_number_that_no_row_can_have_is_refused(client: Browser, number: str) -> None:
    for address in (f"/rilis/{number}", f"/pencarian/{number}", f"/pengaturan/sumber/{number}"):
        answer = client.get(address)
        assert answer.status_code == 400, address
        assert "Tidak dapat dibaca atau tidak ada: number." in answer.text
    for address in (f"/artikel/{article().id}/koreksi/{number}/urung", f"/rilis/{number}/hapus"):
        assert client.submit(address).status_code == 400, address
    assert client.submit("/pengaturan/pelanggan").status_code == 400
