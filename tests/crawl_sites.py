"""Sites that tests make up and serve on loopback, and crawls of them in a child process, as a user starts them."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from spiders.sources import add

Reply = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html"}
LISTING = {"listings": ["/indeks"], "article_url": r"/baca/(?P<id>\d+)"}
CHILD = """
import json, sys
from datetime import date
from scraper.config import load_config
from scraper.crawl.report import imbalance
from spiders.runner import crawl
from spiders.sources import load_sources
from storage.database import Database
if __name__ == "__main__":
    config = load_config()
    options = json.loads(sys.argv[1])
    if "since" in options:
        options["since"] = date.fromisoformat(options["since"])
    Database.open(config).upgrade()
    for report in crawl(load_sources(config.data), config=config, **options):
        print(json.dumps({**report.as_row(), "imbalance": imbalance(report.counts)}))
"""


def html(title: str, *, sentence: str = "", links: tuple[str, ...] = (), head: str = "", empty: bool = False) -> Reply:
    """A page with a story (none where it is ``empty``) and links below it."""
    said = sentence or f"Kepala dinas menyampaikan kabar tentang {title} kepada para pedagang pada pagi itu."
    more = "Pasar dibuka sejak pagi dan ramai sampai siang, kata seorang pedagang sayur yang berjualan di sana."
    body = "" if empty else "".join(f"<p>{text}</p>" for text in (said, more, more.replace("sayur", "buah")))
    anchors = "".join(f'<a href="{link}">{link}</a> ' for link in links)
    page = f"<html lang=id><head><title>{title}</title>{head}</head><body><h1>{title}</h1><article>{body}</article>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, f"{page}<nav>{anchors}</nav></body></html>".encode()


def xml(body: str, pack: Callable[[bytes], bytes] = bytes) -> Callable[[Site, str], Reply]:
    """An answer with the site's own address in it."""
    whole = f'<?xml version="1.0"?>{body}'
    return lambda site, path: (200, {}, pack(whole.replace("{origin}", site.origin).encode()))


def text(body: str, status: int = 200) -> Reply:
    return status, {"Content-Type": "text/plain"}, body.encode()


@dataclass
class Site:
    """A scenario: what is answered, and what was asked."""

    source: dict[str, Any]
    answers: dict[str, Reply | Callable[[Site, str], Reply | None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    origin: str = ""
    fallback: Callable[[str], Reply | None] = lambda path: None
    """What is answered to a path that nothing else answers."""
    tags: bool = False
    """Whether answers bear an entity tag, and 304 is answered to who has them already."""
    unchanged: list[str] = field(default_factory=list)
    """What was answered so."""

    def reply(self, path: str) -> Reply | None:
        self.asked.append(path)
        self.times.append(time.monotonic())
        answer = self.answers.get(path) or self.answers.get(path.partition("?")[0])
        answer = answer or self.fallback(path)
        if answer is None and path.startswith("/baca/"):
            return html(f"Harga cabai nomor {path.split('/')[2].partition('?')[0]}")
        return answer(self, path) if callable(answer) else answer or text("tidak ada", 404)

    def count(self, start: str) -> int:
        return sum(path.startswith(start) for path in self.asked)


def serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(self.path)
            if reply is None:
                self.close_connection = True
                return
            status, headers, body = reply
            if site.tags and status == 200:
                headers = {**headers, "ETag": f'"{zlib.crc32(body)}"'}
                if self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                    site.unchanged.append(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # a body that is too large, a client that was killed
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def listing(*numbers: int, more: tuple[str, ...] = ()) -> Reply:
    return html("Indeks", links=(*(f"/baca/{number}/judul" for number in numbers), *more))


def once(reply: Reply) -> Callable[[Site, str], Reply]:
    """That reply the first time, an article from then on."""
    return lambda site, path: reply if site.count(path) == 1 else html(f"Sesudah menunggu {path}")


def rows(data: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(data / "pantau.db")
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def start_crawl(data: Path, *, now: datetime | None = None, **options: Any) -> subprocess.Popen[str]:
    root = Path(__file__).parent.parent
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    environ |= {"PANTAU_NOW": now.isoformat()} if now else {}
    (data / "child.py").write_text(CHILD, encoding="utf-8")
    command = [sys.executable, str(data / "child.py"), json.dumps(options)]
    return subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextlib.contextmanager
def on_air(data: Path, **sites: Site) -> Iterator[None]:
    """Serve sites and add each as a source of its name."""
    servers = [serve(site) for site in sites.values()]
    for name, site in sites.items():
        add(data, name, {"title": name, "start": f"{site.origin}/", **site.source})
    yield
    for server in servers:
        server.shutdown()
        server.server_close()


def crawl(data: Path, *, now: datetime | None = None, **options: Any) -> dict[str, dict[str, Any]]:
    """Crawl all sources to the end, as if it were ``now``; gives the rows of their reports by name."""
    out, said = start_crawl(data, now=now, **options).communicate(timeout=120)
    sys.stderr.write(said)
    assert "middlewares." not in said, "Scrapy warns of how it was put together"
    reports = [json.loads(line) for line in out.splitlines()]
    return {report["source"]: report for report in reports}
