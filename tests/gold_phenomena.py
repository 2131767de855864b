"""What the gold texts of our own must show, counted from their tags and their text."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Count = Callable[[Row], int]

ROOT = Path(__file__).parents[1]
TITLES = r"(?:H|Hj|Drs|Dra|Dr|dr|Ir|Tb)\."
HOLDERS = r"(?:Pj|PJ|Pjs|Plt|Plh|Penjabat|Pelaksana (?:Tugas|Harian))\b.*"


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of the registry."""
    with (ROOT / "nlp" / "registry" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(pattern: str) -> Count:
    """How often the text says the pattern."""
    return lambda row: len(re.findall(pattern, row["text"]))


def unmarked(pattern: str) -> Count:
    """How often the text says the pattern where no figure is marked."""
    return lambda row: sum(
        not any(f["start"] < m.end() and m.start() < f["end"] for f in row["figures"])
        for m in re.finditer(pattern, row["text"])
    )


def shown(kind: str, pattern: str) -> Count:
    """How many spans of a kind hold the pattern."""
    return lambda row: sum(bool(re.search(pattern, row["text"][x["start"] : x["end"]])) for x in spans(row, kind))


def around(kind: str, before: str, after: str = "") -> Count:
    """How many spans of a kind stand between these patterns."""
    opened, closed = re.compile(f"(?:{before})\\Z"), re.compile(after)
    return lambda row: sum(
        bool(opened.search(row["text"][: x["start"]]) and closed.match(row["text"], x["end"])) for x in spans(row, kind)
    )


def having(kind: str, name: str, *values: object) -> Count:
    """How many tags of a kind have one of the values (without them: any but null) in a field."""
    return lambda row: sum((x[name] in values) if values else x[name] not in (None, []) for x in row[kind])


def flagged(flag: str) -> Count:
    """How many figures bear a flag."""
    return lambda row: sum(flag in figure["flags"] for figure in row["figures"])


def office(pattern: str) -> Count:
    """How many office phrases the pattern fits."""
    return lambda row: sum(bool(re.fullmatch(pattern, o)) for p in row["people"] for o in p["offices"])


def spans(row: Row, kind: str) -> Iterable[Row]:
    """The spans of a kind; those of people and programmes are their mentions."""
    return [m for tag in row[kind] for m in tag["mentions"]] if kind in ("people", "programs") else row[kind]


def after_the_name(row: Row) -> int:
    """Offices that follow their holder's name and a comma."""
    return sum(
        f"{m['surface']}, {o}" in row["text"] for p in row["people"] for o in p["offices"] for m in p["mentions"]
    )


def namesakes(row: Row) -> int:
    """People who bear a name of somebody in the registry, or a part of it, and are somebody else."""
    parts = {word for known in table("persons") for word in known["name"].split() if len(word) > 4}
    return sum(p["person_id"] is None and bool(parts & set(p["name"].split())) for p in row["people"])


def variants(row: Row) -> int:
    """People of the registry under a full name that it spells otherwise."""
    names = {known["person_id"]: known["name"] for known in table("persons")}
    return sum(" " in p["name"] and names.get(p["person_id"], p["name"]) != p["name"] for p in row["people"])


def two_speakers(row: Row) -> int:
    """1 where two named people speak."""
    return int(len({q["speaker"] for q in row["quotes"] if q["speaker"]}) > 1)


def scare_quotes(row: Row) -> int:
    """Words in double marks that nobody speaks."""
    marked = [(q["start"], q["end"]) for q in row["quotes"]]
    found = re.finditer(r'["“”](\w[^"“”\n]{3,60})["“”]', row["text"])
    return sum(not any(s < m.end() and m.start() < e for s, e in marked) for m in found)


def held_by(acting: str) -> Count:
    """How many people hold an acting office of this kind."""
    return lambda row: sum(o["acting"] == acting for p in row["people"] for o in p["occupancies"])


def shared_names(row: Row) -> int:
    """Villages whose bare name other places have too."""
    names = [place["name"] for place in table("places")]
    known = {place["code"]: place["name"] for place in table("places")}
    return sum(names.count(known.get(place["code"], "")) > 1 for place in row["places"] if place["code"])


PEOPLE: dict[str, tuple[int, Count]] = {
    "office before the name": (40, around("people", rf"[a-zA-Z] (?:{TITLES} )*")),
    "office after the name": (5, after_the_name),
    "Pj": (6, held_by("Pj")),
    "Plt": (2, held_by("Plt")),
    "Plh, Pjs": (2, lambda row: held_by("Plh")(row) + held_by("Pjs")(row)),
    "acting by their office phrase": (12, office(HOLDERS)),
    "former": (5, office(r"(?i:mantan|eks)\b.*")),
    "candidate": (2, office(r"calon\b.*")),
    "elected": (2, office(r".*\bterpilih")),
    "selaku": (1, said(r"\bselaku\b")),
    "yang juga": (2, said(r"\byang juga\b")),
    "two offices at once": (1, lambda row: sum(len(p["occupancies"]) > 1 for p in row["people"])),
    "office without a name": (12, having("office_mentions", "person_id")),
    "honorific": (12, around("people", rf"{TITLES} |\b(?:Bang|Pak|Bu) ")),
    "degrees": (6, around("people", "", r",? (?:SE|S\.T|S\.H|M\.P|M\.Si|S\.Sos)\b")),
    "police rank": (2, around("people", r"\b(?:AKP|Ipda|AKBP) ")),
    "spelled otherwise than in the registry": (8, variants),
    "short name": (40, shown("people", r"\A\w+\Z")),
    "initials": (2, shown("people", r"\A[A-Z]{2,3}\Z")),
    "nickname": (3, said(r"\b(?:disapa|sapaan|dipanggil)\b")),
    "joined pair": (4, around("people", "", r"-[A-Z]")),
    "short title": (8, office(r"(?:Wabup|Wagub|Kadis|Kabid|Kadisnaker|Menkop|Menko|Mendagri|Sekda)\b.*")),
    "minister": (8, office(r"Men(?:teri|ko|kop|dagri)\b.*")),
    "public figure with a post": (4, lambda row: sum(not p["official"] and bool(p["offices"]) for p in row["people"])),
    "namesake": (10, namesakes),
    "a name that is a word": (3, said(r"\bpilar\b")),
    "description that is no name": (3, said(r"\b(?:[Oo]rang nomor|[Mm]antan Kapolri itu|wakil rakyat)\b")),
    "official outside the registry": (30, lambda row: sum(p["official"] and not p["person_id"] for p in row["people"])),
}
FIGURES: dict[str, tuple[int, Count]] = {
    "M for miliar": (11, shown("figures", r"\d M\Z")),
    "T for triliun": (4, shown("figures", r"\d T\Z")),
    "m for metre": (2, shown("figures", r"\d m\Z")),
    "full rupiah": (6, shown("figures", r"Rp\.? ?\d+\.\d{3}\.\d{3}")),
    "mixed form": (1, shown("figures", "ribu lima ratus")),
    "number words": (20, shown("figures", r"\A(?i:satu|dua|tiga|empat|lima|enam|tujuh|sembilan|sebelas)\b")),
    "English decimals": (2, shown("figures", r"\d\.\d(?!\d)")),
    "broken number": (1, shown("figures", r"\d\. \d")),
    "range": (8, having("figures", "value_max")),
    "range without a dash": (1, shown("figures", r"ribu Rp")),
    "s/d": (1, shown("figures", "s/d")),
    "approx": (10, having("figures", "modifier", "approx")),
    "min": (5, having("figures", "modifier", "min")),
    "max": (7, having("figures", "modifier", "max")),
    "-an": (4, shown("figures", r"(?:\d-an|ribuan|gram-an)\b")),
    "negative": (2, lambda row: sum(f["value"] < 0 for f in row["figures"])),
    "foreign currency": (6, having("figures", "unit", "USD")),
    "rate": (25, lambda row: sum("/" in f["unit"] for f in row["figures"])),
    "percentage points": (2, having("figures", "unit", "pp")),
    "basis points": (1, having("figures", "unit", "bps")),
    "rank": (2, having("figures", "unit", "urutan")),
    "index": (1, having("figures", "unit", "indeks")),
    "times as much": (2, having("figures", "unit", "kali lipat")),
    "duration": (9, having("figures", "unit", "day", "month", "year", "hour", "minute")),
    "area, weight, energy": (12, having("figures", "unit", "ha", "m2", "ton", "kg", "ton/ha", "MW", "IDR/kWh")),
    "noun before the number": (6, around("figures", r"[Jj]umlah [^.]{4,80} sebanyak ")),
    "x of y": (5, said(r"\b(?:[Dd]ari \d[\d.]* \w+|\w+ dari (?:\d|lima|sembilan))")),
    "per cent said of points": (2, flagged("points-not-percent")),
    "implausible scale": (3, flagged("implausible-scale")),
    "in a hoax": (4, flagged("hoax")),
    "up": (25, having("figures", "direction", "up")),
    "down": (20, having("figures", "direction", "down")),
    "flat": (2, having("figures", "direction", "flat")),
    "base": (25, having("figures", "base")),
    "earlier level said after": (
        8,
        said(r", (?:naik|merosot|turun) dari\b|\b(?:[Kk]ini|[Ss]ekarang)\b[^\n]{0,30}\b(?:dari|dulunya)\b"),
    ),
    "target": (9, having("figures", "role", "target")),
    "realisation": (12, having("figures", "role", "realisation")),
    "month, day": (
        8,
        lambda row: sum(bool(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", f["period"] or "")) for f in row["figures"]),
    ),
    "quarter, semester": (7, lambda row: sum(bool(re.search(r"-[QS]\d\Z", f["period"] or "")) for f in row["figures"])),
    "span of months": (4, lambda row: sum("/" in (f["period"] or "") for f in row["figures"])),
    "speaker": (60, having("figures", "speaker")),
}
FRIENDS: dict[str, tuple[int, Count]] = {
    "phone": (8, unmarked(r"\b(?:0\d{2,3}|1500)[- ]\d{3,4}|\b\d{8}\b|\b11[239]\b")),
    "clock": (8, unmarked(r"pukul \d\d\.\d\d")),
    "date": (50, unmarked(r"\(\d+/\d+/\d{4}\)")),
    "age": (6, unmarked(r"[a-zA-Z] \(\d\d\)|berusia [a-z ]*\d\d")),
    "law": (9, unmarked(r"\b(?:Pasal|ayat|Nomor) \(?\d+")),
    "document number": (4, unmarked(r"\d+/Kep|\d{4}-LU-\d+|\bRED-\d\d|Nomor \d+/\d{4}")),
    "address": (5, unmarked(r"\bRT ?\d|\bNo\. ?\d|\bBlok [A-Z]\d")),
    "post box": (1, unmarked(r"PO Box \d+")),
    "score": (3, unmarked(r"\b\d-\d\b")),
    "plate": (2, unmarked(r"\b[A-Z] \d{4} [A-Z]{2,3}\b")),
    "coordinates": (2, unmarked(r"\d+°|-6\.\d{4}")),
    "ordinal": (6, unmarked(r"\bke-\d+|\bkali ketiga|\b(?:gelombang )?pertama\b|\btahap V\b")),
    "anniversary, Hijri year": (2, unmarked(r"HUT ke-\d+|\d{4} Hijriah")),
    "number of a candidate, a shirt, a class": (3, unmarked(r"(?:nomor urut|bernomor punggung|punggung|kelas) \d+")),
    "number in a name": (1, shown("orgs", r"N \d")),
    "vague quantity": (7, unmarked(r"\b(?i:puluhan|ratusan|ribuan)\b")),
    "number word that counts nothing": (
        4,
        unmarked(r"\b(?:salah satu|setengah hati|kota seribu|satu-satunya|nomor dua)\b"),
    ),
    "verb that speaks not": (
        5,
        said(r"\b(?:lebih terang|Sudah jelas|tambah lama|Tegas saja|Lanjut usia|[Tt]utup panci|tambah santan)\b"),
    ),
    "line of the page": (2, said(r"\b(?:Baca juga:|Tonton selengkapnya|Simak videonya|Narahubung:)")),
    "generic activity": (3, said(r"\bpelatihan (?:dan pendampingan|vokasi)|program pendahulunya")),
    "correction that is no change": (2, said(r"\b(?:seharusnya|mestinya) Rp")),
}
QUOTES: dict[str, tuple[int, Count]] = {
    "quote, then who": (35, around("quotes", r'["“”]', r'["”] [a-z]+')),
    "who, then quote": (5, around("quotes", r'(?:\w:|\w,) ["“]')),
    "verb inside": (3, shown("quotes", r", (?:kata|ujar) \w+, ")),
    "across paragraphs": (2, shown("quotes", r"\n\n")),
    "never closed": (4, around("quotes", r'["“]', r"\n\n| [a-z]")),
    "no space after it": (6, around("quotes", "", r'["”][a-z]')),
    "comma outside": (1, around("quotes", "“", r"”, [a-z]")),
    "typographic": (20, around("quotes", "“")),
    "closing mark opens": (4, around("quotes", "”")),
    "single marks": (1, around("quotes", "\n'")),
    "no verb after it": (4, around("quotes", "", r'["”]\.?(?:\n\n| "|\Z)')),
    "by -nya": (20, around("quotes", "", r'["”] ?[a-z]+nya\b')),
    "by dia": (2, around("quotes", "", r'["”] [a-z]+ dia\b')),
    "by office": (4, around("quotes", "", r'["”] [a-z]+ (?:Kabag|Kadis|Bupati|calon|o?leh)\b')),
    "nobody's": (3, having("quotes", "speaker", None)),
    "indirect": (60, having("quotes", "kind", "indirect")),
    "menurut": (6, having("quotes", "verb", "menurut", "menurutnya")),
    "passive": (1, having("quotes", "verb", "dijelaskan")),
    "many verbs": (40, lambda row: len({q["verb"] for q in row["quotes"]} - {None, "mengatakan", "menurut"})),
    "clause first": (2, having("quotes", "verb", "kata", "lanjut")),
    "two speakers": (25, two_speakers),
    "scare quotes and titles": (8, scare_quotes),
    "source without a person": (2, said(r"\b(?:mencatat|demikian rilis|keterangan tertulis)\b")),
}
OTHER: dict[str, tuple[int, Count]] = {
    "acronym of a programme": (8, around("programs", r"\(", r"\)")),
    "programme mentioned twice": (11, lambda row: sum(len(p["mentions"]) > 1 for p in row["programs"])),
    "class of programme": (
        6,
        shown("programs", r"\A(?i:pasar murah|operasi pasar|job fair|festival|pelatihan|gerakan|klinik)"),
    ),
    "place with a code": (90, having("places", "code")),
    "place without a code": (25, having("places", "code", None)),
    "village": (9, lambda row: sum(len(p["code"] or "") > 8 for p in row["places"])),
    "outside Banten": (25, lambda row: sum((p["code"] or "36")[:2] != "36" for p in row["places"])),
    "name that several places share": (6, shared_names),
    "place that is a word too": (3, said(r"\b(?:[Pp]inang|batu|Batu-batu)\b")),
    "org inside an office": (25, around("orgs", r"\b(?:Kepala|Sekretaris|Direktur \w+|Ketua|Kabid \w+|Kalak) ")),
    "outlet": (4, shown("orgs", r"\A[A-Z]+(?:\.[A-Z]+| PELABUHAN)\Z|CisadaneKini")),
    "party": (2, shown("orgs", r"\b(?:PKB|Gerindra|Golkar)\Z")),
    "long text": (4, lambda row: int(row["text"].count("\n\n") >= 5)),
    "short text": (7, lambda row: int(row["text"].count("\n\n") <= 1)),
}
PHENOMENA = PEOPLE | FIGURES | FRIENDS | QUOTES | OTHER
"""Name, how often at least in all texts together, and how it is counted in one."""
