"""The demo newsroom: four sites on loopback addresses of their own; ``python -m demo.newsroom`` serves them."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.faults import Faults
from demo.server import Desk, SiteServer, listen
from demo.sites import SITE_CLASSES
from demo.sites.pieces import pieces_of
from demo.sites.site import Site
from demo.story import Story, load_stories
from scraper import clock

PORT = 8180
SITES = tuple(site.key for site in SITE_CLASSES)
"""Keys of the sites, which are the names of their sources."""
LOOPBACK = "127.0.10.{}"
"""One address a site; macOS has only 127.0.0.1 unless told otherwise, there the sites get consecutive ports."""
SOURCES = Path(__file__).parent / "sources"


class Newsroom:
    """Four sites on the air. Made by :meth:`start`; a context manager that stops them."""

    def __init__(self, servers: dict[str, SiteServer], stories: Sequence[Story], *, now: datetime) -> None:
        self._servers = servers
        self._stories = stories
        self.origins = {key: server.origin for key, server in servers.items()}
        """Site key -> ``http://host:port``."""
        self._desks: dict[str, Desk] = {}
        for site in SITE_CLASSES:
            self._desks[site.key] = Desk(site=self._look(site, now))
            servers[site.key].serve(self._desks[site.key])

    @classmethod
    def start(cls, today: date, *, now: datetime, port: int = PORT, stories: Sequence[Story] | None = None) -> Newsroom:
        """Put the sites on the air as they look at ``now`` (aware); stories of a later time are not there yet.

        ``port`` 0 takes any free one. Raises ConfigError where a port is taken.
        """
        shown = load_stories(today) if stories is None else stories
        servers = listen(LOOPBACK, SITES, port)
        return cls(servers, shown, now=now)

    @property
    def requests(self) -> dict[str, Counter[str]]:
        """Site key -> requests per path with its query."""
        return {key: desk.requests for key, desk in self._desks.items()}

    @property
    def faults(self) -> dict[str, Faults]:
        """Site key -> what goes wrong there; set the fields while it runs."""
        return {key: desk.faults for key, desk in self._desks.items()}

    def advance(self, now: datetime) -> None:
        """Let the sites look as they do at ``now`` (aware)."""
        for site in SITE_CLASSES:
            self._desks[site.key].site = self._look(site, now)

    def _look(self, site: type[Site], now: datetime) -> Site:
        return site(pieces_of(self._stories, site=site.key), now=now, origin=self.origins[site.key])

    def write_sources(self, data: Path) -> None:
        """Write ``data/sources/<site>.toml`` for the four sites, so that they can be crawled."""
        folder = data / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        for key, origin in self.origins.items():
            source = (SOURCES / f"{key}.toml").read_text(encoding="utf-8")
            (folder / f"{key}.toml").write_text(source.replace("{origin}", origin), encoding="utf-8")

    def stop(self) -> None:
        """Take the sites off the air; harmless when done twice."""
        while self._servers:
            self._servers.popitem()[1].stop()

    def __enter__(self) -> Self:
        """The running newsroom."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()


def main() -> None:
    """Serve the sites until Ctrl-C."""
    options = argparse.ArgumentParser(prog="python -m demo.newsroom", description=__doc__)
    options.add_argument("--port", type=int, default=PORT, help="port of each site (default: %(default)s; 0: any free)")
    port = options.parse_args().port
    today = clock.today()
    with Newsroom.start(today.date(), now=today, port=port) as newsroom:
        for key, origin in newsroom.origins.items():
            print(f"{key:16} {origin}/", flush=True)
        print("Ctrl-C ends the newsroom.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
