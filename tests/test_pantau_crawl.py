"""``pantau crawl`` as a user runs it: its hints, and how it stops."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from crawl_sites import LISTING, Site, html, listing, serve

from spiders.sources import add

ARTICLES = 40


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Site]:
    answers = {f"/baca/{n}/judul": _slowly for n in range(1, ARTICLES + 1)}
    site = Site(LISTING, {"/indeks": listing(*range(1, ARTICLES + 1)), **answers})
    server: ThreadingHTTPServer = serve(site)
    add(tmp_path, "lambat", {"title": "Lambat", "start": f"{site.origin}/", **site.source})
    yield site
    server.shutdown()
    server.server_close()


def _slowly(site: Site, path: str) -> object:
    time.sleep(0.2)
    return html(f"Berita {path.split('/')[2]}")


def pantau(data: Path, *arguments: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "PANTAU_DATA": str(data), "PANTAU_CONTACT": "", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "pantau", *arguments]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def interrupted(data: Path, site: Site, *, times: int) -> tuple[int, list[dict[str, object]]]:
    """Exit code and rows of a crawl that is interrupted while articles come in."""
    child = pantau(data, "crawl", "--json")
    while site.count("/baca/") < 8:
        assert child.poll() is None
        time.sleep(0.02)
    for _ in range(times):
        child.send_signal(signal.SIGINT)
        time.sleep(0.1)
    out, _ = child.communicate(timeout=60)
    return child.returncode, [json.loads(line) for line in out.splitlines()]


def stored(data: Path) -> int:
    connection = sqlite3.connect(data / "pantau.db")
    try:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return int(connection.execute("select count(*) from articles").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.slow
def test_ctrl_c_lets_come_in_what_is_on_its_way(tmp_path: Path, slow: Site) -> None:
    code, [row] = interrupted(tmp_path, slow, times=1)
    assert (code, row["outcome"]) == (0, "stopped")
    assert row["new"] == stored(tmp_path) == slow.count("/baca/") < ARTICLES


@pytest.mark.slow
def test_ctrl_c_twice_breaks_off_and_loses_nothing(tmp_path: Path, slow: Site) -> None:
    code, [row] = interrupted(tmp_path, slow, times=2)
    before = stored(tmp_path)
    assert (code, row["outcome"]) == (130, "killed")
    assert before < ARTICLES
    again = pantau(tmp_path, "crawl", "--json")
    out, _ = again.communicate(timeout=120)
    assert (json.loads(out)["outcome"], json.loads(out)["new"]) == ("finished", ARTICLES - before)
    assert stored(tmp_path) == ARTICLES


@pytest.mark.slow
def test_a_missing_contact_is_told_before_strangers_are_asked(tmp_path: Path, slow: Site) -> None:
    _, own = pantau(tmp_path, "crawl").communicate(timeout=60)
    add(tmp_path, "orang", {"title": "Orang", "start": "https://tidak-ada.invalid/", **LISTING})
    _, others = pantau(tmp_path, "crawl", "orang").communicate(timeout=60)
    assert "PANTAU_CONTACT" not in own
    assert "PANTAU_CONTACT" in others
