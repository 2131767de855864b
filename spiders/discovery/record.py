"""Keeps the pages of a visit as files with their addresses: material for the tests of a profile."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

from scrapy.http import Response

from spiders.discovery.check import Checked

FOLDER = "recorded"
MANIFEST = "pages.jsonl"
_ENDINGS = (("html", ".html.gz"), ("json", ".json.gz"), ("xml", ".xml.gz"), ("rss", ".xml.gz"))


def record(checked: Checked, *, data: Path, name: str, day: date) -> Path:
    """Write ``recorded/<name>/<day>/``: each page as gzip, and a row ``{path, url, status, content_type}`` for it."""
    folder = data / FOLDER / name / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    if checked.robots:
        (folder / "robots.txt").write_text(checked.robots, encoding="utf-8")
    rows = []
    for number, response in enumerate(checked.pages, start=1):
        path = f"{number:02d}{_ending(response)}"
        (folder / path).write_bytes(gzip.compress(response.body, mtime=0))
        rows.append({"path": path, "url": response.url, "status": response.status, "content_type": _kind(response)})
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / MANIFEST).write_text(lines, encoding="utf-8")
    return folder


def _kind(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def _ending(response: Response) -> str:
    return next((ending for word, ending in _ENDINGS if word in _kind(response).lower()), ".gz")
