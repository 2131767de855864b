"""The address of a search page says everything about it, and nothing in it can break the query."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from pantau.web.filters import SearchState


def state(address: str) -> SearchState:
    return SearchState.read(QueryParams(address))


def test_filters_become_clauses() -> None:
    assert state("q=umkm&media=tirtanews&dari=2024-01-01").query == 'umkm media:"tirtanews" dari:"2024-01-01"'


def test_alternatives_stay_together() -> None:
    assert state("q=beras OR cabai&topik=prices").query == '(beras OR cabai) topik:"prices"'


def test_a_quote_in_a_filter_cannot_close_it() -> None:
    assert state('pejabat=A" OR "B').query == 'pejabat:"A  OR  B"'


@pytest.mark.parametrize(("page", "number"), [("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("99999999", 1)])
def test_odd_pages_are_the_first(page: str, number: int) -> None:
    assert state(f"hal={page}").page == number


def test_links_keep_the_rest_and_go_back_to_page_one() -> None:
    here = state("q=umkm&media=a&urut=tanggal&hal=4")
    assert here.link(add=("jenis", "release")) == "/cari?q=umkm&media=a&jenis=release&urut=tanggal"
    assert here.link(drop=("media", "a")) == "/cari?q=umkm&urut=tanggal"
    assert here.link(hal="5") == "/cari?q=umkm&media=a&urut=tanggal&hal=5"
