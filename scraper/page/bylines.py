"""Who wrote a story: reporters from labels, byline elements and metadata, the editor kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scraper.page.decode import tidy
from scraper.page.layout import Layout, Line, fold
from scraper.page.moments import moments_in
from scraper.page.structured import Structured, strings

_WRITER = (
    r"penulis|pewarta|reporter|wartawan|jurnalis|kontributor|oleh|ditulis oleh|written by|reported by|author|by|rep"
    r"|laporan(?: wartawan| reporter)?"
)
_EDITOR = r"editor|redaktur|penyunting|disunting oleh|edited by|red"
_LABEL = re.compile(rf"^\W*(?:(?P<writer>{_WRITER})|(?P<editor>{_EDITOR}))\b\s*(?P<colon>[:|]?)\s*(?P<name>.*)$", re.I)
_BOTH = re.compile(rf"^\W*(?:{_EDITOR})\s*(?:&|dan|/)\s*(?:{_WRITER})\s*:\s*(?P<name>.+)$", re.I)
_NEXT_LABEL = re.compile(rf"[\s|/,;–-]+(?=(?:{_WRITER}|{_EDITOR})\s*:)", re.I)
_BYLINE_CLASS = re.compile(
    r"(?<![a-z])(?:author\w*|byline\w*|penulis|reporter|wartawan|pewarta|writer|credit[-_]author\w*|contributor)(?![a-z])"
)
_PICTURE_CLASS = re.compile(r"(?<![a-z])(?:photo|foto|image|img|caption|picture|figure|gallery)")
_SPLIT = re.compile(r"\s*[;,|/]\s*|\s+(?:dan|and|&)\s+")
_TRAILING = re.compile(
    r"\s+[-–—|•·]\s+.*$|\s*\(.*?\)\s*$|\s*,\s*(?:[A-Z][\w.]*\.(?:com|co|id)|ANTARA|staff|correspondent|contributor).*$",
    re.I,
)
_NOT_A_NAME = re.compile(
    r"\b(?:redaksi|admin\w*|editor|reporter|penulis|tim|news|berita|media|online|humas|advertorial|adv|iklan|sumber|staff?|desk"
    r"|kompas|antara|detik\w*|tribun\w*|tempo|liputan6|republika|okezone|kapanlagi|viva|cyber|portal|company|inc|correspondent"
    r"|facebook|twitter|google|follow|share|view|profile|associated press|reuters|afp|updated?|published|read|comments?"
    r"|tags?|topik|tanggal|rilis|terbit|tayang"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu|ago|wib|istimewa|home|about|login|foto|photo|contact|wire|reports?)\b|https?:|www\.|@|\.com|\.id",
    re.I,
)
_PARTICLES = frozenset(
    ("bin", "binti", "van", "von", "de", "da", "di", "al", "el", "la", "del", "der", "dos", "ibn", "y")
)
_MAX_NAME = 45


@dataclass(frozen=True, slots=True)
class Credits:
    """Who is named for a story."""

    authors: tuple[str, ...]
    editor: str | None


def find_credits(layout: Layout, data: Structured, *, signature: str | None, site: str = "") -> Credits:
    """Reporters and editor of a page; a name that also carries the editor's label is no reporter."""
    lines = [
        line
        for _, line in [*layout.above, *layout.inside, *layout.below]
        if not line.in_chrome or _LABEL.match(line.text)
    ]
    writers, editors = _labelled(lines)
    editors += list(_names(strings(data.article.get("editor")), site)) + _keyword_editor(data)
    for source in (writers, _bylined(layout), _claimed(data), _before_date(layout), [signature or ""]):
        names = [name for name in _names(source, site) if fold(name) not in {fold(editor) for editor in editors}]
        if names:
            return Credits(authors=tuple(dict.fromkeys(names)), editor=editors[0] if editors else None)
    return Credits(authors=(), editor=editors[0] if editors else None)


def is_name(text: str, *, site: str = "") -> bool:
    """Whether a string can be the name of a person."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not 3 <= len(text) <= _MAX_NAME or re.search(r"[\d?!:<>{}\[\]_#=]", text):
        return False
    if _NOT_A_NAME.search(text) or (site and fold(text) == fold(site)):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words if word[0].isalpha())


def _labelled(lines: list[Line]) -> tuple[list[str], list[str]]:
    writers: list[str] = []
    editors: list[str] = []
    texts = [part for line in lines if len(line.text) <= 160 for part in _NEXT_LABEL.split(line.text)]
    label_last = _label_stands_last(texts)
    for index, text in enumerate(texts):
        both = _BOTH.match(text)
        match = _LABEL.match(both["name"] if both else text)
        if both or match is None:
            writers += _split(both["name"]) if both else []
            continue
        names = _split(match["name"]) if match["name"] else _beside(texts, index, before=label_last)
        if match["colon"] or not match["name"] or _is_byline(match, names):
            (writers if match["writer"] else editors).extend(name for name in names if is_name(name))
    return writers, list(dict.fromkeys(editors))


def _is_byline(match: re.Match[str], names: list[str]) -> bool:
    """Without a colon only ``Oleh Name``, ``By Name``, ``Penulis Name`` and the like, the whole line."""
    return bool(names) and all(is_name(name) and len(name.split()) <= 4 for name in names) and len(match.string) <= 70


def _label_stands_last(texts: list[str]) -> bool:
    """Some sites write the role under the name; then the first bare label follows a name."""
    bare = [index for index, text in enumerate(texts) if re.fullmatch(rf"\W*(?:{_WRITER}|{_EDITOR})\W*", text, re.I)]
    if not bare:
        return False
    following = texts[bare[0] + 1] if bare[0] + 1 < len(texts) else ""
    last = texts[bare[-1] + 1] if bare[-1] + 1 < len(texts) else ""
    return bare[0] > 0 and is_name(texts[bare[0] - 1]) and not (is_name(following) and is_name(last))


def _beside(texts: list[str], index: int, *, before: bool) -> list[str]:
    other = index - 1 if before else index + 1
    return _split(texts[other]) if 0 <= other < len(texts) else []


def _bylined(layout: Layout) -> Iterator[str]:
    for _, line in [*layout.above, *layout.below[:6]]:
        if len(line.text) > 120 or not _BYLINE_CLASS.search(line.label) or _PICTURE_CLASS.search(line.label):
            continue
        names = _split(line.text) if not _LABEL.match(line.text) else []
        if names and is_name(names[0]):
            yield from names


def _claimed(data: Structured) -> Iterator[str]:
    yield from (
        name
        for value in strings(data.article.get("author") or data.article.get("creator"))
        for name in _split(value)
        if "://" not in value
    )
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "dtk:author"):
        for value in data.meta.get(name, ()):
            yield from _split(value) if "://" not in value else ()


def _before_date(layout: Layout) -> Iterator[str]:
    """``Name | Hari, D Bulan YYYY | HH:MM`` under the headline."""
    for index, line in layout.above:
        found = moments_in(line.text) if len(line.text) <= 160 else []
        if not found or layout.headline is None or index < layout.headline:
            continue
        lead = line.text[: found[0].start].strip(" |-–—•·,")
        yield from _split(re.split(r"\s[|•·–—-]\s", lead)[0])


def _keyword_editor(data: Structured) -> list[str]:
    words = strings(data.article.get("keywords"))
    return [word.split(":", 1)[1].strip() for word in words if word.lower().startswith("editor:")]


def _split(text: str) -> list[str]:
    text = _LABEL.sub(lambda match: match["name"] if match["colon"] or match["writer"] else match[0], tidy(text))
    return [_TRAILING.sub("", part).strip(" .,-–—|:") for part in _SPLIT.split(_TRAILING.sub("", text))]


def _names(values: Iterable[str], site: str) -> Iterator[str]:
    for value in values:
        name = value.title() if value.isupper() and len(value) > 4 else value
        if is_name(name, site=site):
            yield name
