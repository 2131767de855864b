"""What is counted when tags are held against gold: one small function a measure, all of them sums over articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
Same = Callable[[Row, Row], bool]
Pairs = list[tuple[Row, Row]]
PROGRAM, STATEMENT, MEASURED = 0.5, 0.8, 0.5
LISTS = ("people", "programs", "figures", "quotes", "statements", "places", "orgs", "office_mentions")


@dataclass(slots=True)
class Tally:
    """How many of ``wanted`` gold items and ``given`` tags are ``right``."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def add(self, right: int, wanted: int, given: int) -> None:
        """Add the counts of one article."""
        self.right, self.wanted, self.given = self.right + right, self.wanted + wanted, self.given + given

    def scores(self) -> dict[str, float]:
        """Precision, recall and F1, 0 where nothing was to be found or given."""
        total = self.wanted + self.given
        return {
            "p": self.right / self.given if self.given else 0.0,
            "r": self.right / self.wanted if self.wanted else 0.0,
            "f1": 2 * self.right / total if total else 0.0,
        }


@dataclass(slots=True)
class Sums:
    """Everything counted so far."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)
    """One line for each item that is missed, wrong or extra."""
    article: str = ""

    def field(
        self, name: str, pairs: Pairs, *, gold: Sequence[Row], given: Sequence[Row], key: str, same: Same
    ) -> None:
        """Count a field of matched items where one of the two sides has a value."""
        wanted, told = [row for row in gold if row.get(key) is not None], [r for r in given if r.get(key) is not None]
        right = sum(row.get(key) is not None and tag.get(key) is not None and same(row, tag) for row, tag in pairs)
        self.tallies[name].add(right, len(wanted), len(told))
        for row, tag in pairs:
            if row.get(key) != tag.get(key):
                self.note(name, row, f"is {row.get(key)!r}, told {tag.get(key)!r}")

    def spans(self, name: str, gold: Sequence[Row], given: Sequence[Row], same: Same) -> Pairs:
        """Count matched spans and return the pairs."""
        pairs = match(gold, given, same)
        self.tallies[name].add(len(pairs), len(gold), len(given))
        for said, rows, place in (("missed", gold, 0), ("extra", given, 1)):
            for row in rows:
                if not any(pair[place] is row for pair in pairs):
                    self.note(name, row, said)
        return pairs

    def note(self, name: str, row: Row, said: str) -> None:
        """Remember an error."""
        self.errors.append(f"{self.article} {name}: {row.get('surface') or row.get('name')!r} {said}")


def count_article(sums: Sums, gold: Row, found: Row) -> None:
    """Add one article; ``gold`` and ``found`` are rows in the shape of the gold files."""
    sums.article = str(gold["id"])
    count_people(sums, gold, found)
    sums.spans(
        "programs", mentions(gold["programs"]), mentions(found["programs"]), lambda a, b: overlap(a, b) >= PROGRAM
    )
    count_figures(sums, gold["figures"], found["figures"])
    count_quotes(sums, gold["quotes"], found)
    places = sums.spans("places", gold["places"], found["places"], exactly)
    count_codes(sums, gold["places"], found["places"], places)
    sums.spans("orgs", gold["orgs"], found["orgs"], exactly)
    topics = set(gold["topics"]), set(found["topics"])
    sums.tallies["topics"].add(len(topics[0] & topics[1]), len(topics[0]), len(topics[1]))
    sums.shares["kind"].append((found.get("tagged_kind") or "news") == gold["kind"])
    if not sums.shares["kind"][-1]:
        sums.note("kind", gold, f"{gold['title']!r} is {gold['kind']}, told {found.get('tagged_kind')}")
    if not any(gold[name] for name in LISTS if name in gold):
        stray = [tag for name in LISTS for tag in found.get(name, ())]
        sums.counts["stray_tags"] += len(stray)
        for tag in stray:
            sums.note("stray", tag, "given where no tag is")


def count_people(sums: Sums, gold: Row, found: Row) -> None:
    """Mentions, officials with their offices, and whom the registry takes them for."""
    sums.spans("people_mentions", mentions(gold["people"]), mentions(found["people"]), exactly)
    wanted, given = (
        {plain(row["name"]): row for row in rows["people"] if row.get("official")} for rows in (gold, found)
    )
    sums.tallies["officials"].add(len(wanted.keys() & given.keys()), len(wanted), len(given))
    for name in wanted.keys() & given.keys():
        if wanted[name]["offices"]:
            said = {frozenset(plain(office).split()) for office in given[name]["offices"]}
            sums.shares["office"].append(
                any(frozenset(plain(office).split()) in said for office in wanted[name]["offices"])
            )
    for name in wanted.keys() ^ given.keys():
        sums.note("officials", wanted.get(name) or given[name], "missed" if name in wanted else "extra")
    pairs = [
        (row, tag)
        for row in gold["people"]
        for tag in found["people"]
        if any(overlap(one, other) > 0 for one in row["mentions"] for other in tag["mentions"])
    ]
    _count_ids(sums, "person_resolution", gold["people"], found["people"], pairs)
    offices = match(gold["office_mentions"], found["office_mentions"], lambda a, b: overlap(a, b) > 0)
    _count_ids(sums, "office_resolution", gold["office_mentions"], found["office_mentions"], offices)
    for row in gold["people"]:
        tag = next((tag for one, tag in pairs if one is row), None)
        if row["occupancies"]:
            right = tag is not None and held(tag.get("occupancies", ())) == held(row["occupancies"])
            sums.shares["occupancies"].append(right)
            if not right:
                sums.note(
                    "occupancies", row, f"holds {held(row['occupancies'])}, told {tag and held(tag['occupancies'])}"
                )


def _count_ids(sums: Sums, name: str, gold: Sequence[Row], given: Sequence[Row], pairs: Pairs) -> None:
    """Share of known persons that are found, and the number of tags that name a wrong one."""
    for row in gold:
        if row["person_id"]:
            told = [tag["person_id"] for one, tag in pairs if one is row]
            sums.shares[name].append(row["person_id"] in told)
            if row["person_id"] not in told:
                sums.note(name, row, f"is {row['person_id']}, told {told}")
    for tag in given:
        if tag["person_id"] and tag["person_id"] not in [one["person_id"] for one, other in pairs if other is tag]:
            sums.counts["wrong_persons"] += 1
            sums.note("wrong_persons", tag, f"told to be {tag['person_id']}")


def count_figures(sums: Sums, gold: Sequence[Row], given: Sequence[Row]) -> None:
    """Spans, values with units, and every field of those whose value is right."""
    pairs = sums.spans("figure_spans", gold, given, lambda a, b: overlap(a, b) > 0)
    good = [(row, tag) for row, tag in pairs if _same_value(row, tag)]
    sums.tallies["figures"].add(len(good), len(gold), len(given))
    for row, tag in pairs:
        if (row, tag) not in good:
            sums.note("figures", row, f"is {row['value']} {row['unit']}, told {tag['value']} {tag['unit']}")
        if row["measures"] and (row, tag) in good:
            right = _shares_words(row["measures"], tag.get("measures"))
            sums.shares["figure_measures"].append(right)
            if not right:
                sums.note("figure_measures", row, f"measures {row['measures']!r}, told {tag.get('measures')!r}")
    for name, key in (
        ("figure_period", "period"),
        ("speaker", "speaker"),
        ("indicator", "indicator"),
        ("role", "role"),
    ):
        sums.field(name, pairs, gold=gold, given=given, key=key, same=lambda a, b, key=key: a[key] == b[key])  # type: ignore[misc]
    sums.field(
        "direction_base",
        pairs,
        gold=gold,
        given=given,
        key="direction",
        same=lambda a, b: bool(a["direction"] == b["direction"]),
    )
    sums.field(
        "direction_base",
        pairs,
        gold=gold,
        given=given,
        key="base",
        same=lambda a, b: _same_number(a["base"], b["base"]),
    )
    sums.shares["modifier"] += [row["modifier"] == tag["modifier"] for row, tag in good]
    for row, tag in pairs:
        wanted, told = set(row["flags"]), set(tag.get("flags", ())) & FLAGS
        sums.tallies["flags"].add(len(wanted & told), len(wanted), len(told))
        if wanted != told:
            sums.note("flags", row, f"has {sorted(wanted)}, told {sorted(told)}")


FLAGS = frozenset({"implausible-scale", "points-not-percent", "hoax"})


def count_quotes(sums: Sums, gold: Sequence[Row], found: Row) -> None:
    """Direct speech with its speaker; indirect statements with their verb and with their speaker."""
    direct = [row for row in gold if row["kind"] == "direct"]
    pairs = sums.spans("quote_spans", direct, found["quotes"], lambda a, b: overlap(a, b) >= STATEMENT)
    right = sum(row["speaker"] == tag["speaker"] for row, tag in pairs)
    sums.tallies["quotes"].add(right, len(direct), len(found["quotes"]))
    indirect, given = [row for row in gold if row["kind"] == "indirect"], found["statements"]
    pairs = sums.spans("indirect_spans", indirect, given, lambda a, b: overlap(a, b) >= STATEMENT)
    right = sum(row["verb"] == tag["verb"] for row, tag in pairs)
    sums.tallies["indirect"].add(right, len(indirect), len(given))
    right = sum(row["speaker"] == tag["speaker"] for row, tag in pairs)
    sums.tallies["indirect_speakers"].add(right, len(indirect), len(given))
    for row, tag in pairs:
        if (row["verb"], row["speaker"]) != (tag["verb"], tag["speaker"]):
            sums.note("indirect", row, f"{row['verb']} {row['speaker']}, told {tag['verb']} {tag['speaker']}")


def count_codes(sums: Sums, gold: Sequence[Row], given: Sequence[Row], pairs: Pairs) -> None:
    """Codes, of places that both sides mark."""
    known = [(row, tag) for row, tag in pairs if row["code"] or tag["code"]]
    sums.shares["place_code"] += [row["code"] == tag["code"] for row, tag in known]
    for row, tag in known:
        if row["code"] != tag["code"]:
            sums.note("place_code", row, f"is {row['code']}, told {tag['code']}")


def match(gold: Sequence[Row], given: Sequence[Row], same: Same) -> Pairs:
    """One-to-one pairs, the best overlap first."""
    close = sorted(
        ((-overlap(row, tag), i, j) for i, row in enumerate(gold) for j, tag in enumerate(given) if same(row, tag)),
    )
    rows: dict[int, int] = {}
    for _, i, j in close:
        if i not in rows and j not in rows.values():
            rows[i] = j
    return [(gold[i], given[j]) for i, j in sorted(rows.items())]


def overlap(one: Row, other: Row) -> float:
    """Shared characters by all characters of the two spans."""
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return float(max(0, shared) / (max(one["end"], other["end"]) - min(one["start"], other["start"]) or 1))


def exactly(one: Row, other: Row) -> bool:
    """Are the spans equal?"""
    return bool(one["start"] == other["start"] and one["end"] == other["end"])


def mentions(rows: Iterable[Row]) -> list[Row]:
    """All mentions of persons or programmes."""
    return [mention for row in rows for mention in row["mentions"]]


def held(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """Occupancies in a form to compare."""
    return sorted(tuple(row.get(key) or "" for key in ("office", "area_code", "agency_id", "acting")) for row in rows)


def plain(text: str) -> str:
    """Lower case, marks to blanks."""
    return " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def _same_value(row: Row, tag: Row) -> bool:
    """Equal numbers, and equal units: a counted noun may be worded longer or shorter."""
    numbers = _same_number(row["value"], tag["value"]) and _same_number(row["value_max"], tag["value_max"])
    one, other = row["unit"].lower(), tag["unit"].lower()
    if one == other or "/" in one + other:
        return numbers and one == other
    return numbers and bool(one and other) and (one.split()[0] in other.split() or other.split()[0] in one.split())


def _shares_words(wanted: str, told: str | None) -> bool:
    one, other = set(plain(wanted).split()), set(plain(told or "").split())
    return bool(one & other) and len(one & other) / len(one | other) >= MEASURED
