"""Any text at all is a query or is refused with a reason and a position; it never fails otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scraper.config import load_config
from scraper.errors import QueryError
from scraper.items import Article
from storage.database import Database
from storage.records.bulk import save_articles
from storage.search.engine import SearchIndex
from storage.search.query import parse_query

PIECES = st.sampled_from(
    ["pasar", "wali", "kota", "BI", "yang", "OR", "ATAU", "AND", "NOT", "-", "(", ")", '"', "“", "”", " ", "  ", "\n",
     "judul:", "pejabat:", "media:", "dari:", "sampai:", "jenis:", "berita", "2026", "2026-13", "90.128", "é", "ß",
     "٣", "😀", "\u0301", "\u200b", "\ud800", "\x00", "'", "’", "x" * 90]
)  # fmt: skip
QUERIES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=10).map(" ".join)
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("any")
    db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
    texts = ("Wali kota membuka pasar.", "Café BI: 90.128 ’pasar’ ٣ 😀", "“Jum'at” ini walikota datang.")
    with db.write() as session:
        save_articles(
            session,
            [
                Article(canonical_url=f"https://warta.test/{number}", title=text[:9], text=text, site="warta")
                for number, text in enumerate(texts)
            ],
        )
    opened = SearchIndex.open(db, folder)
    opened.catch_up()
    yield opened
    db.close()


def refusal(call: Callable[[], object]) -> QueryError | None:
    try:
        call()
    except QueryError as error:
        return error
    return None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
@example(query='"')
@example(query="-(-pasar OR -kota)")
@example(query="judul:yang judul:( )")
@example(query="(((-media:x)))")
@example(query="JUDUL::")
@example(query="pejabat:\ud800")
def test_any_text_is_answered_or_refused(index: SearchIndex, query: str) -> None:
    error = refusal(lambda: parse_query(query))
    if error is not None:
        assert str(error)
        assert 0 <= error.position <= len(query)
        return
    result = index.search(query, limit=2)
    assert 0 <= result.total <= 3
    assert result.corrected or len(index.find_ids(query)) == result.total
    for hit in result.hits:
        assert "".join(text for text, _ in hit.title_pieces) == hit.title
    if result.next:
        assert not {hit.id for hit in index.search(query, limit=2, after=result.next).hits} & {
            h.id for h in result.hits
        }


@settings(max_examples=200, deadline=None)
@given(cursor=st.text(max_size=40))
def test_any_cursor_is_understood_or_refused(index: SearchIndex, cursor: str) -> None:
    error = refusal(lambda: index.search("pasar", after=cursor))
    assert error is None or "penanda halaman" in str(error)
