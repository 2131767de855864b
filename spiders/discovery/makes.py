"""Learns the make of article addresses: from clues of one form to a regular expression that fits those unseen too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scraper.page.pagekind import LIST_WORDS
from spiders.discovery.clues import Clue
from spiders.discovery.shapes import Form

STORY_FOLDERS = frozenset(
    re.findall(
        r"\S+", "read baca berita artikel article articles news post posts story detail content view siaran-pers p"
    )
)
"""Folders that hold articles and nothing else, as a rule."""
_END = r"/?(?:[?#]|$)"
_ANY = r"[^/?#]+"
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_DATE_PART = re.compile(r"(?:19[89]|20[0-4])\d|0?[1-9]|[12]\d|3[01]")
_DATE_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_SPECIAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[A-Za-z]{1,3}[-_]?(\d{3,})"), r"[A-Za-z]{1,3}[-_]?(?P<id>DIGITS)"),
    (re.compile(r"(\d{2,})[-_.].+"), r"(?P<id>DIGITS)[-_.][^/?#]+"),
    (re.compile(r".+[-_.](\d{3,})"), r"[^/?#]+[-_.](?P<id>DIGITS)"),
    (re.compile(r"((?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{5,})"), r"(?P<id>[A-Za-z0-9]{5,})"),
)
"""Makes of a segment that is no mere headline: seen form with its id, pattern."""
_ID_SHARE = 0.3
"""Share of addresses with a number of their own that makes it an id: an article may be linked with several slugs."""
_SURE_OF_ONE = 3
_MAX_EXCLUDED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """How one kind of article address is made."""

    form: Form
    path: str
    """Regular expression from the path's start to its end."""
    fixed: tuple[str, ...] = ()
    """The folders that all addresses have in common."""
    good: tuple[Clue, ...]
    bad: tuple[Clue, ...]

    @property
    def pattern(self) -> str:
        """The whole regular expression."""
        return rf"^https?://[^/?#]+{self.path}"

    @property
    def strength(self) -> tuple[int, int]:
        """How much speaks for it: articles named by lists of articles, then those that read like ones."""
        return sum(clue.named for clue in self.good), len(self.good) - len(self.bad)

    @property
    def has_id(self) -> bool:
        """Whether an id is part of it."""
        return "(?P<id>" in self.path


def make_of(form: Form, clues: Iterable[Clue], *, plain: bool = False) -> Make | None:
    """The make that the good clues of one form have in common; None where there are none.

    Where a page of the form is proven to be an article, or nothing speaks for any, the hopeful ones count too, and with
    ``plain`` those that are merely linked.
    """
    clues = list(clues)
    good = [clue for clue in clues if clue.good]
    if not good or any(clue.verdict == "article" for clue in good):
        others = [clue for clue in clues if clue.verdict is None and not clue.good]
        good += [clue for clue in others if clue.hopeful or (plain and clue.plain)]
    bad = [clue for clue in clues if clue.bad]
    if not good:
        return None
    if not form[0]:
        path = r"/(?:index\.\w+)?" + _query(form, good)
        return Make(form=form, path=path, good=tuple(good), bad=tuple(bad)) if form[2] else None
    parts = _parts(form, good, bad)
    path = _one_id("/" + "/".join(parts) + re.escape(form[1]) + (_query(form, good) if form[2] else _END))
    if not form[2]:
        known = [clue for clue in bad if clue.surely_bad] if "(?P<id>" in path else bad
        matched = [clue for clue in known if re.search(rf"^https?://[^/?#]+{path}", clue.url)]
        path = _excluding(path, matched, good)
    return Make(form=form, path=path, fixed=_fixed(good), good=tuple(good), bad=tuple(bad))


def united(makes: Iterable[Make]) -> list[Make]:
    """The makes with those of one pattern as one, and with those that differ by words behind the id alone as one."""
    found: dict[str, Make] = {}
    for make in makes:
        path = make.path
        for known in list(found):
            if both := _with_words_optional(known, path) or _with_words_optional(path, known):
                found[both] = replace(found.pop(known), path=both)
                path = both
                break
        known_make = found.get(path)
        whole = (
            replace(known_make, good=known_make.good + make.good, bad=known_make.bad + make.bad) if known_make else make
        )
        found[path] = replace(whole, path=path)
    return list(found.values())


def _with_words_optional(longer: str, shorter: str) -> str | None:
    """One path for ``/read/123/words`` and ``/read/123``; None where the two are something else."""
    head, tail = longer.removesuffix(_END), f"/{_ANY}"
    if "(?P<id>" not in head or not head.endswith(tail):
        return None
    bare = shorter.removesuffix(_END)
    same = re.sub(r"\\d\{\d+,\}", r"\\d+", bare) == re.sub(r"\\d\{\d+,\}", r"\\d+", head.removesuffix(tail))
    return f"{bare}(?:{tail})?{_END}" if same else None


def _fixed(good: Sequence[Clue]) -> tuple[str, ...]:
    columns = zip(*(clue.address.segments[:-1] for clue in good), strict=True)
    return tuple(column[0].raw for column in columns if len({segment.raw for segment in column}) == 1)


def _parts(form: Form, good: Sequence[Clue], bad: Sequence[Clue]) -> list[str]:
    """A pattern for each segment."""
    kinds, count = form[0], len(form[0])
    ids = _id_position(form, good)
    anchored = ids is not None or "day" in kinds or _dated(form, good)
    parts = []
    for place, kind in enumerate(kinds):
        values = [clue.address.segments[place].raw for clue in good]
        refused = [clue.address.segments[place].raw for clue in bad]
        if kind == "day":
            parts.append(r"[\d-]{8,10}")
        elif kind == "number":
            parts.append(_number(values, is_id=place == ids, last=place == count - 1))
        elif place < count - 1:
            part = _folder(values, refused, anchored=ids is not None)
            anchored = anchored or part in STORY_FOLDERS or "(?P<id>" in part
            parts.append(part)
        else:
            parts.append(_headline(values, anchored=anchored))
    return parts


def _one_id(path: str) -> str:
    """With one id only, and with the date before a time of day in it: that alone is no id."""
    head, mark, rest = path.partition("(?P<id>")
    path = head + mark + rest.replace("(?P<id>", "(?:")
    return re.sub(r"((?:\\d\{4\}|\\d\{1,2\}|/)+)/\(\?P<id>", r"(?P<id>\1/", path).replace("(?P<id>/", "/(?P<id>", 1)


def _folder(values: Sequence[str], refused: Sequence[str], *, anchored: bool) -> str:
    """A folder: the one word that all have, a make of ids, else any but those of lists."""
    words = set(values)
    if len(words) == 1 and (len(values) >= _SURE_OF_ONE or values[0].lower() in STORY_FOLDERS):
        return re.escape(values[0])
    if special := _special(values):
        return special
    others = sorted((set(refused) | (set() if anchored else LIST_WORDS)) - words)[:_MAX_EXCLUDED]
    return rf"(?!(?:{'|'.join(map(re.escape, others))})/)[^/?#]+" if others else r"[^/?#]+"


def _headline(values: Sequence[str], *, anchored: bool) -> str:
    """The last segment: a make of ids, else words."""
    if special := _special(values):
        return special
    single = any(not re.search(r"[-_.+%~,]", value) for value in values)
    return _ANY if anchored or single else r"[^/?#]*[^/?#\W_][-_.+%~,][^/?#]+"


def _special(values: Sequence[str]) -> str:
    """The pattern of segments that all carry an id; empty where they are mere words."""
    if len(set(values)) < _SURE_OF_ONE:
        return ""
    for seen, pattern in _SPECIAL:
        found = [match for value in values if (match := seen.fullmatch(value))]
        if len(found) == len(values):
            return pattern.replace("DIGITS", _digits([match.group(1) for match in found]))
    return ""


def _digits(values: Sequence[str]) -> str:
    """Numbers like those seen; older ones may be a digit shorter, numbers of pages are much shorter."""
    shortest = min(map(len, values))
    return rf"\d{{{shortest - 1},}}" if shortest > 2 else r"\d+"


def _number(values: Sequence[str], *, is_id: bool, last: bool) -> str:
    if not is_id and all(_YEAR.fullmatch(value) for value in values):
        return r"\d{4}"
    if not is_id and all(_MONTH.fullmatch(value) or _DATE_DAY.fullmatch(value) for value in values):
        return r"\d{1,2}"
    digits = _digits(values) if last else r"\d+"
    return rf"(?P<id>{digits})" if is_id else digits


def _id_position(form: Form, good: Sequence[Clue]) -> int | None:
    """Which segment is the id: the number that differs most from article to article."""
    best: tuple[int, int] | None = None
    for place, kind in enumerate(form[0]):
        values = [clue.address.segments[place].raw for clue in good]
        differing = len(set(values))
        dates = kind == "number" and _dated(form, good) and all(map(_DATE_PART.fullmatch, values))
        told = differing > 1 if len(values) > 1 else len(values[0]) > 2
        if kind == "number" and told and not dates and differing >= _ID_SHARE * len(values):
            best = max(best or (0, 0), (differing, place))
    return best[1] if best else None


def _dated(form: Form, good: Sequence[Clue]) -> bool:
    """Whether year and month stand in the path."""
    for place in range(len(form[0]) - 1):
        if form[0][place : place + 2] == ("number", "number"):
            pairs = [[segment.raw for segment in clue.address.segments[place : place + 2]] for clue in good]
            if all(_YEAR.fullmatch(year) and _MONTH.fullmatch(month) for year, month in pairs):
                return True
    return False


def _query(form: Form, good: Sequence[Clue]) -> str:
    """The parameters: those that never differ as they are, a number that differs as the id; in any order."""
    looks = []
    wanted = ""
    for name, numeric in form[2]:
        values = [dict(clue.address.query).get(name, "") for clue in good]
        if len(set(values)) == 1 and len(values) >= _SURE_OF_ONE:
            looks.append(rf"(?=[^#]*[?&]{re.escape(name)}={re.escape(values[0])}(?:[&#]|$))")
        elif numeric and not wanted:
            wanted = rf"\?(?:[^#]*&)?{re.escape(name)}=(?P<id>\d+)(?:[&#]|$)"
        elif numeric:
            looks.append(rf"(?=[^#]*[?&]{re.escape(name)}=\d+(?:[&#]|$))")
    return "".join(looks) + (wanted or r"\?")


def _excluding(path: str, bad: Sequence[Clue], good: Sequence[Clue]) -> str:
    """The path's pattern without addresses that are known to be no articles."""
    if not bad:
        return path
    own = {clue.url for clue in good}
    known = sorted({_path_of(clue.url) for clue in bad if clue.url not in own})[:_MAX_EXCLUDED]
    return rf"(?!(?:{'|'.join(map(re.escape, known))}){_END}){path}" if known else path


def _path_of(url: str) -> str:
    return "/" + url.split("://", 1)[-1].partition("/")[2].partition("?")[0].rstrip("/")
