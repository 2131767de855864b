"""Sites that answer in raw bytes over real sockets, and crawls of them in a child process."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from spiders.sources import add

Answer = bytes | Callable[[socket.socket], None]
"""Bytes to send, or what to do with the connection; it is hung up afterwards unless the bytes tell their length."""
CHILD = """
import json, sys
import scraper.settings
from scraper.config import load_config
from spiders.runner import crawl
from spiders.sources import load_sources
from storage.database import Database
if __name__ == "__main__":
    config = load_config()
    for name, value in json.loads(sys.argv[1]).items():
        setattr(scraper.settings, name, value)
    Database.open(config).upgrade()
    for report in crawl(load_sources(config.data), config=config):
        print(json.dumps(report.as_row()))
"""
SOURCE = {"listings": ["/indeks"], "article_url": r"/baca/\d+"}


@dataclass
class RawSite:
    """A site of raw answers by path; several are given one after the other, and what has none is answered with 404."""

    answers: dict[str, Answer | list[Answer]]
    asked: list[tuple[float, str]] = field(default_factory=list)
    """When which path was asked for."""
    open: set[socket.socket] = field(default_factory=set)
    origin: str = ""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def paths(self) -> list[str]:
        return [path for _, path in self.asked]

    def gaps(self) -> list[float]:
        """Seconds between one request and the next, as the site saw them."""
        return [later - earlier for (earlier, _), (later, _) in pairwise(self.asked)]

    def stop(self) -> None:
        for each in (self._listener, *tuple(self.open)):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.open.add(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            self._talk(connection)
        connection.close()
        self.open.discard(connection)

    def _talk(self, connection: socket.socket) -> None:
        received = b""
        while True:
            while b"\r\n\r\n" not in received:
                if not (more := connection.recv(65536)):
                    return
                received += more
            head, _, received = received.partition(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            answer = self._answer(path)
            self.asked.append((time.monotonic(), path))
            if callable(answer):
                answer(connection)
                return
            connection.sendall(answer.replace(b"{origin}", self.origin.encode()))
            if b"Content-Length" not in answer:
                return

    def _answer(self, path: str) -> Answer:
        answer = self.answers.get(path)
        if isinstance(answer, list):
            answer = answer[min(self.paths.count(path), len(answer) - 1)]
        if answer is None:
            if path == "/":
                return reply(b"<html><title>Beranda</title><body><h1>Beranda</h1></body></html>")
            return article(path) if path.startswith("/baca/") else reply(b"", status="404 Not Found")
        return answer


def reply(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A well-formed answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


def page(title: str) -> bytes:
    said = f"Kepala dinas menyampaikan kabar tentang {title} kepada para pedagang pada pagi itu."
    more = "Pasar dibuka sejak pagi dan ramai sampai siang, kata seorang pedagang sayur yang berjualan di sana."
    text = "".join(f"<p>{line}</p>" for line in (said, more, more.replace("sayur", "buah")))
    return f"<html lang=id><title>{title}</title><h1>{title}</h1><article>{text}</article></html>".encode()


def article(path: str) -> bytes:
    return reply(page(f"Harga cabai nomor {path.split('/')[2]}"))


def listing(*numbers: int) -> bytes:
    links = "".join(f'<a href="/baca/{number}/judul">Berita {number}</a> ' for number in numbers)
    return reply(f"<html><title>Indeks</title><body>{links}</body></html>".encode())


def robots(text: str) -> bytes:
    return reply(text.encode(), kind="text/plain")


def moved(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


def sends(*pieces: bytes, pause: float = 0.0, times: int = 1) -> Callable[[socket.socket], None]:
    """Send the first piece once and the others again and again."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(pieces[0])
        for _ in range(times):
            for piece in pieces[1:]:
                time.sleep(pause)
                connection.sendall(piece)

    return talk


def resets(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def waits(connection: socket.socket) -> None:
    connection.recv(1)


def packed(body: bytes, encoding: str) -> bytes:
    return reply(body, f"Content-Encoding: {encoding}")


PAGE = page("Pasar induk ramai")
ENDLESS = 1 << 40
BIG = b"<p>harga</p>" * (1 << 20)
OK = b"HTTP/1.1 200 OK\r\n"
TORN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n" + PAGE
UNFRAMED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
CHALLENGE = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
PDF = b"%PDF-1.7\n\x00\x01\x02" + b"kabar pasar " * 200


@dataclass
class World:
    sites: dict[str, RawSite]
    reports: dict[str, dict[str, Any]]


def start(data: Path, **settings: Any) -> subprocess.Popen[str]:
    root = Path(__file__).parent.parent
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    (data / "child.py").write_text(CHILD, encoding="utf-8")
    command = [sys.executable, str(data / "child.py"), json.dumps(settings)]
    return subprocess.Popen(command, env=environ, cwd=root, stdout=subprocess.PIPE, text=True)


def crawl(data: Path, sites: dict[str, RawSite], **settings: Any) -> World:
    for name, site in sites.items():
        add(data, name, {"title": name, "start": f"{site.origin}/", **SOURCE})
    return World(sites, run(data, **settings))


def run(data: Path, **settings: Any) -> dict[str, dict[str, Any]]:
    out, _ = start(data, **settings).communicate(timeout=150)
    return {report["source"]: report for report in map(json.loads, out.splitlines())}
