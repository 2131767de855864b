"""When articles are asked for with the query that shows all their pages at once."""

from __future__ import annotations

import pytest

from spiders.articles.whole_view import WholeView

PLAIN, WHOLE = "https://kabar.example/baca/1", "https://kabar.example/baca/1?page=all"


@pytest.mark.parametrize(
    ("stated", "wholes", "singles", "refusals", "asked"),
    [
        ("", 0, 9, 0, PLAIN),
        ("", 1, 0, 0, PLAIN),
        ("", 2, 0, 0, WHOLE),
        ("", 2, 2, 0, WHOLE),
        ("", 2, 3, 0, PLAIN),
        ("", 5, 0, 2, PLAIN),
        ("page=all", 0, 9, 1, WHOLE),
        ("page=all", 0, 9, 2, PLAIN),
    ],
)
def test_address(stated: str, wholes: int, singles: int, refusals: int, asked: str) -> None:
    view = WholeView(stated)
    for _ in range(wholes):
        view.note(WHOLE, whole=True)
    for _ in range(singles):
        view.note(PLAIN, whole=False)
    for _ in range(refusals):
        view.refuse()
    assert view.address(PLAIN) == asked


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://kabar.example/b.php?id=1", "https://kabar.example/b.php?id=1&page=all"),
        ("https://kabar.example/b.php?page=all&id=1", "https://kabar.example/b.php?page=all&id=1"),
    ],
)
def test_query_joins_what_is_there(url: str, address: str) -> None:
    assert WholeView("page=all").address(url) == address
