"""Serves the style sites for looking at, until Ctrl-C."""

from __future__ import annotations

import argparse
import time

from demo.faults import KINDS
from demo.styles import STYLES
from demo.styles.newsroom import ARTICLES, StyleNewsroom
from scraper import clock

PORT = 8280


def main() -> None:
    """Serve the sites until Ctrl-C."""
    options = argparse.ArgumentParser(prog="python -m demo.styles", description=__doc__)
    options.add_argument("style", nargs="*", help=f"these only, of {', '.join(STYLES)}; none means all")
    options.add_argument("--port", type=int, default=PORT, help="port of each site (default: %(default)s; 0: any free)")
    options.add_argument("--articles", type=int, default=ARTICLES, help="of all sites together (default: %(default)s)")
    options.add_argument("--fault", action="append", default=[], help=f"switch on, of {', '.join(sorted(KINDS))}")
    given = options.parse_args()
    chosen = given.style or STYLES
    if unknown := (set(chosen) - set(STYLES)) | (set(given.fault) - set(KINDS)):
        options.error(f"unknown: {', '.join(sorted(unknown))}")
    with StyleNewsroom.start(now=clock.now(), styles=chosen, port=given.port, articles=given.articles) as newsroom:
        for key, origin in newsroom.origins.items():
            for name in given.fault:
                newsroom.faults[key].turn_on(name)
            print(f"{key:16} {origin}/", flush=True)
        print("Ctrl-C ends the newsroom.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
