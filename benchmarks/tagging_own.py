"""How well articles become tags, on the project's own gold texts: more measures than the corpora's, no corpora needed.

``python -m benchmarks.tagging`` scores ``tests/gold/own.jsonl``: all of it, the part that was looked at while rules
were written (``open``) and every third text, which was not (``held``); and in the same way ``people.jsonl``, which has
persons and offices only. ``--errors`` lists the errors of the open parts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.tag_measures import Row, Sums, count_article, count_people
from nlp.gold import to_gold
from nlp.registry_data import Registry
from nlp.tagger import Tagger
from scraper.clock import local_day
from scraper.items import TaggedArticle
from scraper.rows import from_row

GOLD = Path(__file__).parents[1] / "tests" / "gold"
OWN, PEOPLE = GOLD / "own.jsonl", GOLD / "people.jsonl"
THIRD = 3
INPUTS = ("text", "title", "published")
Rows = dict[str, dict[str, Any]]
Count = Callable[[Sums, Row, Row], None]


def is_held(key: str) -> bool:
    """Is the text one of those that nobody looks at? Every third number."""
    return int(key.removeprefix("own")) % THIRD == 0


def measure_own(path: Path = OWN, count: Count = count_article) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Scores by part and measure, and the errors of the open part; ``count`` adds up one article."""
    gold: Rows = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    tagged = Tagger.load().tag(from_row({key: row[key] for key in INPUTS}) for row in gold.values())
    found = {key: _row(item) for key, item in zip(gold, tagged, strict=True)}
    parts = {
        "all": list(gold),
        "open": [key for key in gold if not is_held(key)],
        "held": [key for key in gold if is_held(key)],
    }
    sums = {part: _sum(keys, gold, found, count) for part, keys in parts.items()}
    return {part: scores(value) for part, value in sums.items()}, sums["open"].errors


def measure_people() -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Who is named, in which office, and whom the registry takes them and the offices without a name for."""
    return measure_own(PEOPLE, count_persons)


def count_persons(sums: Sums, gold: Row, found: Row) -> None:
    """Add the persons and offices of one article."""
    sums.article = str(gold["id"])
    count_people(sums, gold, found)


def scores(sums: Sums) -> dict[str, Any]:
    """F1 with precision and recall, shares and counts by measure."""
    shares = {f"{name}_accuracy": sum(values) / len(values) for name, values in sums.shares.items() if values}
    counts = {name: float(sums.counts[name]) for name in ("wrong_persons", "stray_tags")}
    return {name: tally.scores() for name, tally in sums.tallies.items()} | shares | counts


def _sum(keys: Iterable[str], gold: Rows, found: Rows, count: Count) -> Sums:
    sums = Sums()
    for key in keys:
        count(sums, gold[key], found[key])
    return sums


def _row(tagged: TaggedArticle) -> dict[str, Any]:
    """The tags with what each person held on the article's day by the registry."""
    row = to_gold(tagged)
    published = tagged.article.published
    day = local_day(published.value) if published else None
    registry = Registry.shipped()
    for person in row["people"]:
        terms = registry.held(person["person_id"], day, person["offices"]) if person["person_id"] and day else []
        person["occupancies"] = [
            {"office": term.office, "area_code": term.area_code, "agency_id": term.agency_id, "acting": term.acting}
            for term in terms
        ]
    return row
