"""Processes that tests start as a user does: ``pantau`` commands, what they leave behind, and sites to crawl slowly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawl_sites import LISTING, Site, html, listing, serve

from scraper.config import Config
from spiders.sources import add


def environment(config: Config, **settings: object) -> dict[str, str]:
    """What a command of this installation is started with."""
    own = {
        "PANTAU_DATA": str(config.data),
        "PANTAU_DATABASE_URL": config.database_url,
        "PANTAU_CONTACT": "a@kantor.test",
    }
    more = {f"PANTAU_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, **own, "PYTHONWARNINGS": "ignore", **more}


def pantau(environ: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """Start a command; its output can be read from it."""
    command = [sys.executable, "-m", "pantau", *arguments]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def say(environ: dict[str, str], *arguments: str) -> str:
    """Run a command to its end; gives what it said."""
    out, _ = pantau(environ, *arguments).communicate(timeout=60)
    return out


@contextmanager
def running(environ: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A command that is killed at the end, should it still run."""
    process = pantau(environ, *arguments)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Send a signal; gives exit code and everything that was said."""
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait for something to become true."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


def job_processes(data: Path) -> list[int]:
    """The processes that were started with this data folder, other than this one."""
    mark = f"PANTAU_DATA={data}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0") and b"Z" not in _state(folder):
                found.append(int(folder.name))
        except OSError:
            continue
    return [number for number in found if number != os.getpid()]


def _state(folder: Path) -> bytes:
    return (folder / "stat").read_bytes().rpartition(b")")[2].split()[0]


@contextmanager
def slow_site(*folders: Path, name: str = "lambat", articles: int = 30, seconds: float = 0.2) -> Iterator[Site]:
    """A site that answers slowly, followed by the installations of these data folders."""

    def slowly(site: Site, path: str) -> object:
        time.sleep(seconds)
        return html(f"Berita {path.split('/')[2]} dari {name}")

    numbers = range(1, articles + 1)
    site = Site(LISTING, {"/indeks": listing(*numbers), **{f"/baca/{n}/judul": slowly for n in numbers}})  # type: ignore[dict-item]
    server = serve(site)
    for data in folders:
        add(data, name, {"title": name, "start": f"{site.origin}/", **site.source})
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
