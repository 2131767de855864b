"""The address of a search page says everything about it, and nothing in it can change what another part means."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.datastructures import QueryParams

from pantau.web.filters import SearchState
from pantau.web.labels import headline
from scraper.errors import QueryError
from storage.search.query import AnyOf, Field, Node, Not, Text


def state(address: str) -> SearchState:
    return SearchState.read(QueryParams(address))


def named(name: str, value: str) -> Field:
    return Field(name, value, quoted=True)


@pytest.mark.parametrize(
    ("address", "nodes"),
    [
        ("q=umkm&media=tirta", (Text("umkm"), named("outlet", "tirta"))),
        ("q=beras OR cabai&topik=prices", (AnyOf((Text("beras"), Text("cabai"))), named("topic", "prices"))),
        ('pejabat=A" OR "B', (named("official", 'A" OR "B'),)),
        ("q=-beras&jenis=rilis", (Not(Text("beras")), named("kind", "release"))),
        ("media=a&media=b", (AnyOf((named("outlet", "a"), named("outlet", "b"))),)),
        ("pejabat=A&pejabat=B", (named("official", "A"), named("official", "B"))),
        ("dari=2024-01&sampai=2024-02", (named("after", "2024-01-01"), named("before", "2024-02-29"))),
        ("tone=negatif&tindak=watch", (named("follow_up", "watch"), named("tone", "negative"))),
        ("q=&media=&lain=x", ()),
    ],
)
def test_words_and_filters_become_one_query(address: str, nodes: tuple[Node, ...]) -> None:
    assert state(address).query().root.children == nodes


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("dari=besok", "saringan dari: tanggal 'besok' tidak dikenal"),
        ("jenis=ramalan", "saringan jenis: jenis 'ramalan'"),
        ("tone=marah", "saringan tone: tone 'marah'"),
        ('q="beras', "tanda kutip tidak ditutup"),
        ("q=beras OR&media=a", "OR perlu kata"),
    ],
)
def test_what_cannot_be_read_is_told(address: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        state(address).query()


def test_a_filter_has_the_days_it_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2026-03-02T07:00:00+07:00")
    assert state("dari=24jam").day("dari") == date(2026, 3, 1)
    assert state("dari=7hari&sampai=2026-03").day("sampai") == date(2026, 3, 31)
    assert state("q=x").day("dari") is None


def test_links_keep_the_rest_and_go_back_to_the_first_page() -> None:
    here = state("q=umkm&media=a&urut=tanggal&per=hari&banding=kur&porsi=1&lanjut=xyz")
    rest = "urut=tanggal&per=hari&banding=kur&porsi=1"
    assert here.with_filter("jenis", "release") == f"/cari?q=umkm&media=a&jenis=release&{rest}"
    assert here.with_filter("media", "a") == f"/cari?q=umkm&media=a&{rest}"
    assert here.without("media", "a") == f"/cari?q=umkm&{rest}"
    assert here.link(after="abc") == f"/cari?q=umkm&media=a&{rest}&lanjut=abc"
    assert here.link("/cari/tone", sort="relevansi", others=(), share=False, per="") == "/cari/tone?q=umkm&media=a"
    assert state("dari=7hari").with_filter("dari", "24jam") == "/cari?dari=24jam"
    assert state("").link() == "/cari"


def test_an_address_is_read_as_it_is_written() -> None:
    here = state("q=umkm&media=a&urut=tanggal&per=hari&banding=kur&porsi=1&lanjut=xyz")
    assert state(here.link(after=here.after).partition("?")[2]) == here


def test_odd_parameters_count_as_not_given_and_there_is_a_bound() -> None:
    assert state("urut=x&per=abad&porsi=ya") == SearchState()
    many = state("&".join(f"pejabat={n}&banding={n}" for n in range(99)))
    assert (len(many.values), len(many.others)) == (30, 4)
    assert len(state(f"media={'x' * 999}").values[0][1]) == 300


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("q=Pilar&dari=24jam", "Pilar · 24 jam terakhir"),
        ("topik=prices&jenis=advertorial", "Topik: Harga · Jenis: Berbayar (ADV)"),
        ("tone=negative&dari=2026-03-02", "Tone: negatif · Sejak: 2 Mar 2026"),
        ("", "Semua berita"),
    ],
)
def test_a_search_in_words(address: str, words: str) -> None:
    assert headline(state(address)) == words
