"""Crawls all sources of ``PANTAU_DATA`` once and prints their reports; nothing is grouped or indexed afterwards."""

from __future__ import annotations

import json


def main() -> None:
    """Run in a process of its own, for a reactor cannot start again."""
    from scraper.config import load_config
    from spiders.runner import crawl
    from spiders.sources import load_sources
    from storage.database import Database

    config = load_config()
    Database.open(config)
    for report in crawl(load_sources(config.data), config=config):
        print(json.dumps(report.as_row()))


if __name__ == "__main__":
    main()
