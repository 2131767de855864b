"""A real browser before a real ``pantau serve``: fixtures for slow tests.

Debian's Chromium is driven by Playwright. Where one of them is missing the tests are skipped with the reason;
``PANTAU_TEST_BROWSER=start`` makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

SIZES = (360, 1280)
"""Widths in pixels at which every page is looked at: a phone, a desk."""
SERIOUS = {"serious", "critical"}


@dataclass(frozen=True, slots=True)
class Office:
    """A served office."""

    url: str
    folder: Path
    environ: dict[str, str]

    def run(self, *arguments: str, stdin: str = "") -> str:
        """What a ``pantau`` command prints, run on the data of this office."""
        command = [sys.executable, "-m", "pantau", *arguments]
        done = subprocess.run(command, env=os.environ | self.environ, input=stdin, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


@dataclass(slots=True)
class Witness:
    """What went wrong in a browser without the page saying so."""

    url: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> None:
        """Note errors of scripts, refused contents, failed answers, and requests to anywhere else."""
        page.on("console", lambda said: self._note(_is_fault(said, page), f"console: {said.text}"))
        page.on("pageerror", lambda error: self._note(True, f"script: {error}"))
        page.on("request", lambda asked: self._note(self._is_elsewhere(asked.url), f"outside: {asked.url}"))

    def _is_elsewhere(self, url: str) -> bool:
        return urlsplit(url).scheme not in ("data", "blob") and not url.startswith(self.url)

    def _note(self, wrong: bool, fault: str) -> None:
        if wrong:
            self.faults.append(fault)


def served(environ: dict[str, str], folder: Path) -> Iterator[Office]:
    """Run ``pantau serve`` over an office until the fixture ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pantau", "serve", "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | environ, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process, folder / "serve.log")
        yield Office(url, folder, environ)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder and environment of an office that followed the demo's newsroom; copy it to write in it."""
    from told_office import build  # spaCy loads only where a browser test runs

    folder = tmp_path_factory.mktemp("told")
    return folder, build(folder)


@pytest.fixture(scope="session")
def newsroom(told: tuple[Path, dict[str, str]]) -> Iterator[Office]:
    """That office, served; tests that read only."""
    yield from served(told[1], told[0])


@pytest.fixture
def own_newsroom(told: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Office]:
    """A copy of it, served; tests that write."""
    folder = tmp_path / "data"
    shutil.copytree(told[0], folder)
    yield from served(told[1] | {"PANTAU_DATA": str(folder)}, folder)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser; for one file, as Playwright holds the thread's event loop, which other tests need, until it ends."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _do_without("playwright is not installed; pip install -e '.[browser]'")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _do_without("there is no chromium; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any, newsroom: Office) -> Iterator[Callable[..., Any]]:
    """Opens a path of the newsroom: ``look("/cari?q=beras", width=360, javascript=False, language="en")``;
    without a path the window stays empty.

    At its end the test fails where a script failed, the policy refused something, or a request went elsewhere.
    """
    yield from looking(chromium, newsroom)


@pytest.fixture
def look_own(chromium: Any, own_newsroom: Office) -> Iterator[Callable[..., Any]]:
    """The same for the copy that may be written in."""
    yield from looking(chromium, own_newsroom)


def looking(chromium: Any, office: Office) -> Iterator[Callable[..., Any]]:
    """The function that opens pages, and the check after it."""
    witness, contexts = Witness(office.url), []

    def open_page(
        path: str | None, *, width: int = 1280, javascript: bool = True, language: str = "id", **more: Any
    ) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=javascript, **more)
        context.add_cookies([{"name": "bahasa", "value": language, "url": office.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        witness.watch(page)
        if path is not None:
            page.goto(office.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert witness.faults == []


def barriers(page: Any) -> list[str]:
    """What axe-core finds serious or critical on a page: rule, help, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} at {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
        for rule in found
        if rule["impact"] in SERIOUS
    ]


def overflow(page: Any) -> int:
    """By how many pixels a page is wider than its window; 0 where nothing has to be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _is_fault(said: Any, page: Any) -> bool:
    """Whether a message of the console tells of a fault; that the page itself is an error page is none."""
    is_page = said.text.startswith("Failed to load resource") and said.location["url"] == page.url
    return bool(said.type == "error" and not is_page)


def _do_without(reason: str) -> None:
    if os.environ.get("PANTAU_TEST_BROWSER") == "start":
        pytest.fail(reason)
    pytest.skip(reason)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}/healthz"):
                return
        except URLError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"pantau serve does not answer: {log.read_text()}")
