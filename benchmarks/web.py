"""The pages under real requests: milliseconds until the answer is there, and its compressed size, at any size.

``python -m benchmarks.web --articles 100000 --folder /tmp/archive`` makes an archive (kept there), serves it and asks.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote

from benchmarks.search import percentile
from benchmarks.search_ours import Ours
from benchmarks.synthetic import COMMON, INDICATORS, Archive
from storage.records.keys import name_key

LIMIT = 60
"""Milliseconds of a search page, 95 of 100."""
NOW = "2026-03-02T22:00:00+07:00"
"""The evening of the archive's last day."""


def main(argv: list[str] | None = None) -> int:
    """Ask each page many times; with ``--check`` 1 where the search page is slower than its limit."""
    options = _options(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        archive = Archive(options.articles)
        if not (folder / "pantau.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            Ours(folder).fill(archive)
        with _served(folder) as url:
            pages = _pages(archive, _some_articles(url))
            found = {name: _ask(url, paths, options.rounds) for name, paths in pages.items()}
    if options.json:
        print(json.dumps({"articles": options.articles, "pages": found}))
    else:
        print(f"{options.articles:,} articles; milliseconds, kB compressed")
        for name, values in found.items():
            print(f"{name:14}" + "".join(f" {key} {value:>7}" for key, value in values.items()))
    slow = [name for name, values in found.items() if name.startswith("search") and values["p95"] > LIMIT]
    return 1 if options.check and slow else 0


def _some_articles(url: str) -> list[str]:
    with urllib.request.urlopen(f"{url}/cari?q={next(iter(COMMON))}") as answer:
        return sorted(set(re.findall(r"/artikel/[0-9a-f]{16}", answer.read().decode())))


def _pages(archive: Archive, articles: list[str]) -> dict[str, list[str]]:
    names = archive.officials[:10]
    words = list(COMMON)
    return {
        "search word": [f"/cari?q={word}" for word in words],
        "search words": [f"/cari?q={one}+{other}" for one, other in pairwise(words)],
        "search name": [f"/cari?pejabat={quote(name)}&dari=365hari&urut=tanggal" for name in names],
        "search rare": [f"/cari?q={word}" for word in archive.rare[:10]],
        "suggestions": [f"/cari/usul?q={quote(name[:3])}" for name in names],
        "Beranda": ["/"],
        "Artikel": articles,
        "Pejabat": ["/pejabat", *(f"/pejabat/{name_key(name)}" for name in names)],
        "Program": ["/program", *(f"/program/{name_key(name)}" for name in archive.programmes[:10])],
        "Angka": ["/angka", *(f"/angka?indikator={name}" for name in INDICATORS)],
        "Media": ["/media", "/media/media1", "/media/media2"],
        "Rilis": ["/rilis"],
        "Antrean": ["/antrean"],
        "kliping": [f"/cari/kliping?q={word}&dari=7hari" for word in words],
    }


def _ask(url: str, paths: list[str], rounds: int) -> dict[str, float]:
    times, size = [], 0
    for turn in range(rounds + 1):
        for path in paths:
            started = time.perf_counter()
            with urllib.request.urlopen(url + path) as answer:
                body = answer.read()
            if turn:  # the first round warms up
                times.append((time.perf_counter() - started) * 1000)
            size = max(size, len(gzip.compress(body, 6)))
    return {
        "p50": round(percentile(times, 0.5), 1), "p95": round(percentile(times, 0.95), 1), "kB": round(size / 1000, 1),
    }  # fmt: skip


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"PANTAU_DATA": str(folder), "PANTAU_NOW": NOW}
    command = [sys.executable, "-m", "pantau", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/healthz").close()
            return
        except URLError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit("pantau serve does not answer; run it by hand to see why")


def _options(argv: list[str] | None) -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="size (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="keep the archive here, and use what is there")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="exit 1 where the search page is over its limit")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
