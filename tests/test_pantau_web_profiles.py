"""Pages of officials, programmes, outlets and the queue over a real database and index."""

from __future__ import annotations

from dataclasses import replace

import pytest
from office import Browser, article

from scraper.items import FigureTag, PersonTag, PlaceTag, Span, TaggedArticle, Tags
from storage.records.articles import save_article
from storage.records.tags import save_tags

ADDRESSES = ("/angka", "/pejabat", "/program", "/media", "/antrean", "/antrean?jenis=program")


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_answers_and_the_hostile_title_is_text(client: Browser, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_official_is_listed_with_mentions_and_has_a_page(client: Browser) -> None:
    assert 'href="/pejabat/rahma-sentosa"' in client.get("/pejabat").text
    page = client.get("/pejabat/rahma-sentosa").text
    assert "disebut dalam 1 berita" in page
    assert "<li>Wali Kota " in page
    assert f"/artikel/{article().id}" in page
    assert "belum ada di daftar pejabat" in page


@pytest.mark.parametrize("address", ["/pejabat/tidak-ada", "/program/tidak-ada", "/media/tidak-ada"])
def test_unknown_ones_are_told(client: Browser, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "“tidak-ada” tidak ada di daftar" in answer.text


def test_who_has_no_office_has_no_page(client: Browser) -> None:
    one = replace(article(), canonical_url="https://contoh.test/read/7", text="Siti Aminah antre beras.")
    siti = PersonTag(key="siti-aminah", name="Siti Aminah", mentions=(Span(start=0, end=11, surface="Siti Aminah"),))
    with client.db.write() as session:
        save_article(session, one)
        save_tags(session, TaggedArticle(article=one, tags=Tags(people=(siti,)), tag_version="t"))
    assert client.get("/pejabat/siti-aminah").status_code == 404
    page = client.get(f"/artikel/{one.id}").text
    assert "Siti Aminah" in page
    assert "/pejabat/siti-aminah" not in page


@pytest.mark.parametrize("address", ["/pejabat", "/program"])
def test_a_query_that_cannot_be_read_gets_its_reason(client: Browser, address: str) -> None:
    answer = client.get(address, params={"q": '"beras'})
    assert answer.status_code == 400
    assert "tanda kutip tidak ditutup" in answer.text


def test_outlet_shows_its_articles_and_that_nobody_rated_them(client: Browser) -> None:
    page = client.get("/media/contoh").text
    assert "100% dari semua yang terambil" in page
    assert "Belum pernah dirayapi" in page
    assert "Harga Beras Turun" in page


def test_candidate_is_registered_and_taken_back(client: Browser) -> None:
    assert "Rahma Sentosa" in client.get("/antrean").text
    fields = {"jenis": "pejabat", "kunci": "rahma-sentosa"}
    assert client.submit("/antrean", putusan="daftarkan", **fields).status_code == 303
    queue = client.get("/antrean").text
    assert "Tidak ada yang menunggu di sini" in queue
    assert "belum ada di daftar" not in client.get("/pejabat/rahma-sentosa").text
    assert client.submit("/antrean", putusan="batalkan", **fields).status_code == 303


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"jenis": "pejabat", "kunci": "rahma-sentosa", "putusan": "hapus"}, 400),
        ({"jenis": "kota", "kunci": "rahma-sentosa", "putusan": "abaikan"}, 400),
        ({"jenis": "pejabat", "kunci": "rahma-sentosa", "putusan": "gabung", "ke": "tidak-ada"}, 409),
    ],
)
def test_decisions_that_make_no_sense_are_refused(client: Browser, fields: dict[str, str], status: int) -> None:
    assert client.submit("/antrean", **fields).status_code == status
    assert "Rahma Sentosa" in client.get("/antrean").text


def claim(client: Browser, *, outlet: str, count: int) -> None:
    """An article of an outlet that claims a number of small enterprises of a town in 2025."""
    text = f"Jumlah pelaku UMKM Kota Tangerang pada 2025 sebanyak {count}."
    number = str(count)
    at = text.index(number)
    figure = FigureTag(
        start=at, end=at + len(number), surface=number, value=count, unit="pelaku umkm", measures="jumlah pelaku UMKM",
        period="2025", place="Kota Tangerang", indicator="umkm",
    )  # fmt: skip
    written = replace(article(), canonical_url=f"https://{outlet}.test/1", title="Jumlah UMKM", text=text, site=outlet)
    tags = Tags(figures=(figure,), places=(PlaceTag(start=18, end=32, surface="Kota Tangerang", code="36.71"),))
    with client.db.write() as session:
        save_article(session, written)
    with client.db.write() as session:
        save_tags(session, TaggedArticle(article=written, tags=tags, tag_version="t"))


def test_conflicting_claims_stand_side_by_side_with_their_sources(client: Browser) -> None:
    assert "Tidak ada klaim yang cocok" in client.get("/angka", params={"indikator": "umkm"}).text
    claim(client, outlet="warta", count=90128)
    claim(client, outlet="kabar", count=36000)
    page = client.get("/angka", params={"indikator": "umkm"}).text
    clash = page.partition('class="clash"')[2].partition("</section>")[0]
    assert all(part in clash for part in ("90.128", "36.000", ">warta<", ">kabar<"))
    assert '"nilai": 90128' in page


@pytest.mark.parametrize("asked", [{"periode": "tahun lalu"}, {"wilayah": "Negeri Dongeng"}])
def test_what_no_claim_can_be_asked_by_is_told(client: Browser, asked: dict[str, str]) -> None:
    answer = client.get("/angka", params=asked)
    assert answer.status_code == 400
    assert next(iter(asked.values())) in answer.text
