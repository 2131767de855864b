"""Tambah berita: by hand at once, by address and by file through a job; what cannot be read gets its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from office import Browser

from scraper.errors import PantauError
from scraper.pdf_text import read_pdf
from scraper.saved import read_page
from storage.records.articles import get_article
from storage.records.job_history import list_jobs

TITLE = "Pasar Lama Dibuka Lagi"
PARAGRAPHS = (
    "Pemerintah kota membuka lagi pasar lama setelah perbaikan atap dan saluran air selesai dikerjakan pekan lalu.",
    "Pedagang diminta menempati kios masing-masing paling lambat Jumat supaya tidak ada lapak yang kosong lama.",
)
BY_HAND = {"judul": TITLE, "media": "Koran Kota", "teks": "\n\n".join(PARAGRAPHS), "jenis": "print", "halaman": "3"}


def printed(folder: Path) -> Path:
    """A PDF with the story."""
    source = folder / "story.typ"
    source.write_text(f"= {TITLE}\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    target = folder / "story.pdf"
    typst.compile(str(source), output=str(target))
    return target


def asked(client: Browser) -> list[tuple[str, str, tuple[str, ...]]]:
    """Jobs that wait."""
    with client.db.read() as session:
        return [(job.name, job.key, job.args) for job in list_jobs(session)]


def test_printed_item_is_stored_with_who_added_it_and_shown(client: Browser) -> None:
    answer = client.submit("/tambah/teks", **BY_HAND, tanggal="2026-03-02")
    assert answer.status_code == 303
    assert TITLE in client.get(answer.headers["location"]).text
    with client.db.read() as session:
        stored = get_article(session, answer.headers["location"].rpartition("/")[2])
    assert stored is not None
    assert stored.article.site == "Koran Kota"


@pytest.mark.parametrize(
    "wrong", [{"teks": " "}, {"tanggal": "kemarin"}, {"jenis": "asap"}, {"alamat": "javascript:1"}]
)
def test_item_that_lacks_something_is_refused_with_the_reason(client: Browser, wrong: dict[str, str]) -> None:
    answer = client.submit("/tambah/teks", **(BY_HAND | wrong))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_address_is_fetched_by_a_job(client: Browser) -> None:
    assert client.submit("/tambah/alamat", alamat="file:///etc/passwd").status_code == 400
    assert client.submit("/tambah/alamat", alamat="https://kabar.example/1").status_code == 303
    assert asked(client) == [("import", "https://kabar.example/1", ("--by", "web"))]
    assert "https://kabar.example/1" in client.get("/tambah").text


def test_file_is_kept_under_a_name_of_ours_and_read_by_a_job(client: Browser) -> None:
    fields = {"csrf": client.token()}
    headers = {"Origin": "http://127.0.0.1:8000"}
    for name, status in (("../../etc/x.exe", 400), ("../../halaman.html", 303)):
        answer = client.post("/tambah/berkas", data=fields, files={"berkas": (name, b"<p>x</p>")}, headers=headers)
        assert answer.status_code == status
    [(_, key, _)] = asked(client)
    folder = Path(client.app.state.context.config.data).resolve() / "incoming"  # type: ignore[attr-defined]
    assert Path(key).parent == folder
    assert Path(key).read_bytes() == b"<p>x</p>"


def test_pdf_is_read_as_title_and_paragraphs(tmp_path: Path) -> None:
    article = read_page(printed(tmp_path))
    assert article.title == TITLE
    assert tuple(article.text.split("\n\n")) == PARAGRAPHS


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 broken", b"\x00" * 200])
def test_what_is_no_pdf_is_told(body: bytes) -> None:
    with pytest.raises(PantauError, match="PDF"):
        read_pdf(body)


def test_what_was_typed_is_not_lost_over_one_wrong_field(client: Browser) -> None:
    fields = {
        "judul": "Panen <raya>",
        "media": "Radar",
        "jenis": "print",
        "teks": "\nBaris satu.\n\nBaris dua.",
        "wartawan": "Ani",
    }
    page = client.submit("/tambah/teks", **fields, tanggal="kapan-kapan").text
    assert 'value="Panen &lt;raya&gt;"' in page
    assert 'value="Ani"' in page
    assert '<option value="print" selected>' in page
    assert "Baris satu.\n\nBaris dua.</textarea>" in page
