"""``pantau sources`` as a user types it: added, listed, checked, recorded, and refused with a reason."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawl_sites import Reply, Site, html, serve, text, xml
from typer.testing import CliRunner

from pantau.cli.main import app
from scraper.errors import PantauError, ProfileError
from spiders.sources import add, load_source, load_sources, pause, source_path

TITLES = ("Harga cabai di pasar kota naik", "Wali kota resmikan pasar baru", "Banjir di kelurahan mulai surut")
FEED = "".join(
    f"<item><title>{title}</title><link>{{origin}}/baca/{number}/judul</link>"
    f"<pubDate>Mon, 0{number} Mar 2026 02:00:00 GMT</pubDate></item>"
    for number, title in enumerate(TITLES, start=1)
)
RSS = xml(f'<rss version="2.0"><channel><title>Kabar Kota</title>{FEED}</channel></rss>')


def pantau(data: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-m", "pantau", "sources", *arguments]
    return subprocess.run(command, env=environ, input=typed, capture_output=True, text=True, timeout=240, check=False)


def front(*, title: str = "Kabar Kota") -> Reply:
    items = "".join(
        f'<li><h3><a href="/baca/{number}/judul">{words}</a></h3></li>' for number, words in enumerate(TITLES, start=1)
    )
    return page(f"<title>{title}</title>", f'<nav><a href="/ekonomi">Ekonomi</a></nav><ul>{items}</ul>')


def page(head: str, body: str) -> Reply:
    return 200, {"Content-Type": "text/html"}, f"<html><head>{head}</head><body>{body}</body></html>".encode()


def article(site: Site, path: str) -> Reply:
    number = int(path.split("/")[2])
    dated = f'<meta property="article:published_time" content="2026-03-0{number}T09:00:00+07:00">'
    return html(TITLES[number - 1], head=dated)


def news_site(**answers: Any) -> Site:
    stories = {f"/baca/{number}/judul": article for number in range(1, len(TITLES) + 1)}
    return Site({}, {"/": front(), "/ekonomi": front(title="Ekonomi"), "/feed/": RSS, **stories, **answers})


def moved(address: str) -> Reply:
    return 301, {"Location": address}, b""


@pytest.fixture
def on_loopback() -> Any:
    servers = []

    def start(site: Site) -> Site:
        servers.append(serve(site))
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Start = Callable[[Site], Site]


@pytest.mark.slow
def test_added_listed_checked_and_recorded(tmp_path: Path, on_loopback: Start) -> None:
    site = on_loopback(news_site())
    asked = pantau(tmp_path, "add", site.origin, "--name", "kabarkota", typed="n\n")
    assert (asked.returncode, "nothing was added" in asked.stderr) == (0, True)
    assert all(title in asked.stdout for title in TITLES)
    assert not source_path(tmp_path, "kabarkota").exists()

    added = pantau(tmp_path, "add", site.origin, "--name", "kabarkota", "--yes", "--json")
    assert added.returncode == 0, added.stderr
    row = json.loads(added.stdout)
    assert (row["name"], row["title"], row["feeds"]) == ("kabarkota", "Kabar Kota", ["/feed/"])
    assert row["articles_per_week"] is not None
    source = load_source(source_path(tmp_path, "kabarkota"))
    assert source is not None
    assert (source.feeds, source.evidence) == (("/feed/",), "seen")

    checked = pantau(tmp_path, "check", "kabarkota", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert {json.loads(line)["state"] for line in checked.stdout.splitlines()} == {"ok"}

    recorded = pantau(tmp_path, "record", "kabarkota")
    assert recorded.returncode == 0, recorded.stderr
    [manifest] = tmp_path.glob("recorded/kabarkota/*/pages.jsonl")
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    stories = {row["url"]: manifest.parent / row["path"] for row in rows if "/baca/" in row["url"]}
    assert len(stories) == len(TITLES)
    assert TITLES[0].encode() in gzip.decompress(stories[f"{site.origin}/baca/1/judul"].read_bytes())


def test_lists_are_found_where_a_page_only_leads_to_them(tmp_path: Path, on_loopback: Start) -> None:
    stories = [{"judul": "x", "title": title, "url": f"/baca/{n}/judul"} for n, title in enumerate(TITLES, start=1)]
    data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"list": stories}})}</script>'
    shell = page("<title>Kabar Kota</title>", f'<div id="app"></div><footer><a href="/rss">RSS</a></footer>{data}')
    feeds = page("<title>RSS</title>", '<a href="/rss/semua.xml">Semua berita</a>')
    site = on_loopback(news_site(**{"/": shell, "/feed/": text("", 404), "/rss": feeds, "/rss/semua.xml": RSS}))
    added = pantau(tmp_path, "add", site.origin, "--paused", "--json")
    assert added.returncode == 0, added.stderr
    row = json.loads(added.stdout)
    assert row["feeds"] == ["/rss/semua.xml"]
    assert {sample["title"] for sample in row["samples"]} == set(TITLES)
    assert "drawn by scripts" in row["warnings"][0]


@pytest.mark.parametrize(
    ("given", "field"), [("/umpan/semua", "feeds"), ("/peta-berita", "sitemaps"), ("/kabar-kami", "listings")]
)
def test_a_list_may_be_given_itself(tmp_path: Path, on_loopback: Start, given: str, field: str) -> None:
    urls = "".join(f"<url><loc>{{origin}}/baca/{n}/judul</loc></url>" for n in range(1, len(TITLES) + 1))
    lists = {"/umpan/semua": RSS, "/peta-berita": xml(f"<urlset>{urls}</urlset>"), "/kabar-kami": front(title="Kabar")}
    bare = page("<title>Kabar Kota</title>", '<p>Selamat datang.</p><a href="/kontak">Kontak</a>')
    site = on_loopback(news_site(**{"/": bare, "/feed/": text("", 404), **lists}))
    added = pantau(tmp_path, "add", f"{site.origin}{given}", "--yes", "--json")
    assert added.returncode == 0, added.stderr
    row = json.loads(added.stdout)
    assert given in row[field]
    assert row["start"] == f"{site.origin}/"


def test_a_check_says_what_is_wrong(tmp_path: Path, on_loopback: Start) -> None:
    site = on_loopback(news_site(**{"/robots.txt": text("User-agent: *\nDisallow: /ekonomi\n")}))
    lists = {"feeds": ["/feed/", "/rss"], "listings": ["/ekonomi"], "article_url": r"/baca/[12]/"}
    add(tmp_path, "kabar", {"title": "Kabar", "start": f"{site.origin}/", **lists, "rules": {"text": "div.isi"}})
    checked = pantau(tmp_path, "check", "kabar", "--json")
    wrong = {
        row["what"]: row["detail"] for row in map(json.loads, checked.stdout.splitlines()) if row["state"] == "wrong"
    }
    assert checked.returncode == 1
    assert "cannot be read (http-404)" in wrong[f"{site.origin}/rss"]
    assert "forbidden by the site's robots.txt" in wrong[f"{site.origin}/ekonomi"]
    assert "rules-empty" in wrong[f"{site.origin}/baca/1/judul"]
    assert site.count("/ekonomi") == 0
    assert "kabar is not right: 4 of" in checked.stderr


FAILING: dict[str, tuple[dict[str, Any], str]] = {
    "forbidden": ({"/robots.txt": text("User-agent: *\nDisallow: /\n")}, "forbidden by the site's robots.txt"),
    "no-rules": ({"/robots.txt": text("rusak", 500)}, "its robots.txt cannot be read"),
    "blocked": ({"/": text("tidak boleh", 403)}, "refuses this crawler (http-403)"),
    "moved": ({"/": moved("https://lain.example/berita")}, "leads to another host (https://lain.example/)"),
    "shop": (
        {"/": page("<title>Toko</title>", '<a href="/a">Meja</a><a href="/b">Kursi</a>' * 9), "/feed/": text("", 404)},
        "no articles were found",
    ),
    "scripts": (
        {
            "/": page("<title>Kabar</title>", '<div id="app"></div><script src="/app.js"></script>'),
            "/feed/": text("", 404),
        },
        "is drawn by scripts",
    ),
}


@pytest.mark.parametrize("case", FAILING)
def test_what_cannot_be_added_is_explained(tmp_path: Path, on_loopback: Start, case: str) -> None:
    answers, reason = FAILING[case]
    site = on_loopback(news_site(**answers))
    done = pantau(tmp_path, "add", site.origin, "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("sources/*"))


def test_nobody_answers(tmp_path: Path) -> None:
    done = pantau(tmp_path, "add", "http://127.0.0.1:9/", "--yes")
    assert done.returncode == 1
    assert "nothing answers there" in done.stderr


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["sources", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    "address", ["tangerangnews.com", "http://www.tangerangnews.com/banten", "https://TangerangNews.com"]
)
def test_a_site_of_the_catalogue_is_turned_on_instead(data: Path, address: str) -> None:
    row = json.loads(run("add", address, "--yes", "--json"))
    assert (row["name"], row["state"], row["own"]) == ("tangerangnews", "on", False)
    with pytest.raises(ProfileError, match="followed already, as 'tangerangnews'"):
        run("add", address, "--yes")
    pause(data, "tangerangnews")
    assert json.loads(run("add", address, "--yes", "--json"))["state"] == "on"


def test_a_site_of_the_catalogue_may_stay_paused(data: Path) -> None:
    row = json.loads(run("add", "https://www.tangerangnews.com/", "--paused", "--json"))
    assert (row["name"], row["state"]) == ("tangerangnews", "paused")
    assert load_sources(data) == []
    run("remove", "tangerangnews")
    assert not source_path(data, "tangerangnews").exists()
    with pytest.raises(ProfileError, match="not enabled"):
        run("remove", "tangerangnews")


def test_a_source_that_is_crawled_is_not_removed(data: Path) -> None:
    run("enable", "tangerangnews")
    with pytest.raises(ProfileError, match="pause it first"):
        run("remove", "tangerangnews")


def test_the_list_tells_states(data: Path) -> None:
    add(data, "kabar", {"title": "Kabar", "start": "https://kabar.example/", "feeds": ["/feed/"], "tier": "local"})
    run("enable", "tangerangnews")
    run("enable", "bantennews")
    run("pause", "bantennews")
    rows = {row["name"]: row for row in map(json.loads, run("list", "--json").splitlines())}
    wanted = {
        "kabar": ("on", True),
        "tangerangnews": ("on", False),
        "bantennews": ("paused", False),
        "banpos": ("off", False),
    }
    assert {name: (rows[name]["state"], rows[name]["own"]) for name in wanted} == wanted
    assert rows["kabar"]["tier"] == "local"
    assert {"title", "region", "evidence", "verified", "start", "feeds"} <= rows["kabar"].keys()


@pytest.mark.parametrize("address", ["", "kabar", "ftp://kabar.example/", "http://", "file:///etc/passwd"])
def test_what_is_no_address_is_refused(data: Path, address: str) -> None:
    with pytest.raises(PantauError, match="is no web address"):
        run("add", address, "--yes")
    assert not list(data.glob("sources/*"))
