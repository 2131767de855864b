"""The JSON interface: its documented examples, paging, errors, ETags, and the page that describes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from office import Browser

from scraper.items import Article
from storage.records.articles import save_article

DOCS = Path(__file__).parent.parent / "docs" / "api.md"
EXAMPLES = re.findall(r"```\nGET (\S+)\n```\n```json\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
API = "/api/v1"


def is_part(told: Any, whole: Any) -> bool:
    """Whether all that an example tells stands in an answer."""
    if isinstance(told, dict):
        return all(name in whole and is_part(value, whole[name]) for name, value in told.items())
    if isinstance(told, list):
        return len(told) == len(whole) and all(map(is_part, told, whole))
    return bool(told == whole)


@pytest.mark.parametrize(("address", "told"), EXAMPLES)
def test_the_documented_examples_are_true(client: Browser, address: str, told: str) -> None:
    answer = client.get(address).json()
    assert is_part(json.loads(told), answer), answer


def test_every_address_is_documented(client: Browser) -> None:
    text = DOCS.read_text(encoding="utf-8")
    paths = client.get(f"{API}/openapi.json").json()["paths"]
    assert len(paths) > 12
    assert [path for path in paths if path.removeprefix(API).partition("{")[0] not in text] == []


def test_pages_of_hits_and_of_claims_join(client: Browser) -> None:
    with client.db.write() as session:
        for number in range(7):
            save_article(
                session, Article(canonical_url=f"https://contoh.test/{number}", title=f"Beras {number}", text="Beras.")
            )
    seen, after = [], ""
    while after is not None:
        page = client.get(f"{API}/search", params={"q": "beras", "limit": 3, "after": after, "group": "false"}).json()
        seen += [hit["id"] for hit in page["hits"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/search?after=x", 400, "penanda halaman"),
        ("/search?q=judul:%22%22", 400, "kosong"),
        ("/search?dari=lusa-pagi", 400, "lusa-pagi"),
        ("/facets?facet=warna", 400, "facet"),
        ("/compare?q=a&q=b&q=c&q=d&q=e&q=f", 400, "q"),
        ("/articles/x", 400, "article_id"),
        ("/articles/0000000000000000", 404, "no article"),
        ("/stories/0000000000000000", 404, "no story"),
        ("/people/nobody", 404, "no person"),
        ("/programmes/nothing", 404, "no programme"),
        ("/outlets/nowhere", 404, "no outlet"),
        ("/figures", 400, "name an indicator"),
        ("/figures?q=beras&area=Atlantis", 400, "Atlantis"),
        ("/figures?q=beras&period=besok", 400, "besok"),
        ("/figures?q=beras&after=eA==", 400, "no cursor"),
        ("/figures?since=2026-03-09&until=2026-03-01", 400, "swap"),
        ("/coverage?until=0001-01-01", 400, "is not between"),
        ("/coverage?since=2020-01-01&until=2026-01-01", 400, "a year at a time"),
    ],
)
def test_what_cannot_be_answered_says_why(client: Browser, address: str, status: int, told: str) -> None:
    answer = client.get(API + address)
    assert answer.status_code == status
    assert told in answer.json()["error"]


@pytest.mark.parametrize("address", ["/search?q=&limit=&after=&dari=", "/coverage?since=&until=&outlet=", "/movers?q="])
def test_what_a_form_leaves_empty_counts_as_not_given(client: Browser, address: str) -> None:
    assert client.get(API + address).status_code == 200


def test_only_news_is_sent(client: Browser) -> None:
    first = client.get(f"{API}/search?q=beras")
    again = client.get(f"{API}/search?q=beras", headers={"If-None-Match": f'"x", {first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{API}/search?q=cabai", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_the_description_is_a_plain_page_of_ours(client: Browser) -> None:
    page = client.get("/docs").text
    assert "GET /api/v1/search" in page
    assert "Articles whose latest change is not in this answer yet." in page
    assert all(source.startswith("/static/") for source in re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', page))
