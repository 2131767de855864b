"""Who wrote a story: reporters from labels, byline elements and metadata, the editor kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scraper.page.edges import is_signed_date
from scraper.page.layout import WHOLE, Layout, Line, fold
from scraper.page.lines import SIGNATURE
from scraper.page.moments import moments_in
from scraper.page.names import is_name, names_in
from scraper.page.structured import Structured, strings
from scraper.page.tree import label_of, text_of

_WRITER = (
    r"penulis|pewarta|reporter|wartawan|jurnalis|kontributor|peliput|author|by|rep"
    r"|(?:(?:di)?(?:tulis|terbit(?:kan)?|posting|publikasi(?:kan)?|kirim|unggah|muat|buat|laporkan) )?oleh"
    r"|(?:written|reported|posted|published|submitted|authored|created|words|story) by"
    r"|laporan(?: wartawan| reporter| kontributor| jurnalis)?"
)
_EDITOR = r"editor|redaktur|penyunting|disunting oleh|edited by|red"
_LABEL = re.compile(rf"^\W*(?:(?P<writer>{_WRITER})|(?P<editor>{_EDITOR}))\b\s*(?P<colon>[:|]?)\s*(?P<name>.*)$", re.I)
_BARE = re.compile(rf"\W*(?:{_WRITER}|{_EDITOR})\W*", re.I)
_BOTH = re.compile(rf"^\W*(?:{_EDITOR})\s*(?:&|dan|/)\s*(?:{_WRITER})\s*:\s*(?P<name>.+)$", re.I)
_NEXT_LABEL = re.compile(rf"[\s|/,;–-]+(?=(?:{_WRITER}|{_EDITOR})\s*:)|\s*[|/•·]\s*(?=(?:{_WRITER}|{_EDITOR})\b)", re.I)
_PLACED = re.compile(r"laporan|wartawan|kontributor|jurnalis|reporter", re.I)
"""Roles that name bureau or outlet before the person: ``Laporan Wartawan Kabar Kota, Ani``."""
_BYLINE_CLASS = re.compile(
    r"(?<![a-z])(?:author\w*|byline\w*|penulis|reporter|wartawan|pewarta|jurnalis|journalist|writer|credit[-_]author\w*"
    r"|contributor)(?![a-z])"
)
_PICTURE_CLASS = re.compile(r"(?<![a-z])(?:photo|foto|image|img|caption|picture|figure|gallery)")
_CLAIM = re.compile(
    r"^(?!web|site|twitter)(?:.*[._:-])?(?:author|creator|penulis|reporter|journalist|writer|byl)s?(?:[._:-]?name)?$"
)
_AFTER_NAME = re.compile(
    r"\s+(?:pukul|jam|pada|dari|di|from|in|on|at|label|tags?|kategori|category|topik|dibaca|dilihat|views?|komentar)\b.*",
    re.I,
)
"""What goes on behind the name in a line that holds date, place and labels too."""
_OF_OUTLET = re.compile(r"[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,4}, (?:[A-Z][\w.]* )*(?:Indonesia|News|TV|Online|Media)")
"""``Ani Lestari, Kabar Indonesia``: a name and its outlet, alone under the headline."""
_FIRST_NAME = re.compile(r"\((?:[A-Z][a-z]{4,14}|[A-Z][a-z]{3}(?=/))(?:/[\w ]{2,20})?\)")
_ROLE = r"(?:jurnalis|wartawan|reporter|kontributor|pewarta|correspondent|journalist|(?:staff )?writer|columnist)"
_WITH_ROLE = re.compile(rf"[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){{0,4}}, {_ROLE}\b(?: [\w.]+){{0,3}}\W*", re.I)
_ROLE_LINE = re.compile(rf"(?:[\w&-]+ ){{0,3}}(?:{_ROLE}|editor|penulis|tim redaksi)(?:, [\w .]+)?", re.I)
_COMMENT_CLASS = re.compile(r"(?<![a-z])(?:comments?|komentar\w*|reply|replies|disqus\w*)(?![a-z])")
_MARK = re.compile(r"(?<![a-z])(?:author(?:[-_]name)?|fn|user[-_]?name|penulis|reporter)(?![a-z])")
_WORD = re.compile(r"\w")
_WITHIN = re.compile(r"\b(?:oleh|by)\s*:?\s+(?P<name>[A-Z][^,|•·]{2,45})")
_LINE = 160
_NEAR = 6
_SIGNED = 2
_PIECES = 20


@dataclass(frozen=True, slots=True)
class Credits:
    """Who is named for a story."""

    authors: tuple[str, ...]
    editor: str | None


def find_credits(
    layout: Layout, data: Structured, *, signature: str | None, outlets: Sequence[str] = (), section: str | None = None
) -> Credits:
    """Reporters and editor of a page; a name that also carries the editor's label is no reporter.

    ``outlets`` are names and hosts of the site, ``section`` is the story's: neither is a person.
    """
    known = [*outlets, section or ""]
    lines = [line for _, line in [*layout.above, *layout.inside, *layout.below] if len(line.text) <= _LINE]
    writers, editors = _labelled([line for line in lines if _LABEL.match(line.text) or not layout.in_chrome(line)])
    editors += [*strings(data.article.get("editor")), *_keyword_editor(data)]
    editing = {fold(editor) for editor in editors}
    signed = [signature or "", *_signed(layout)]
    sources = (writers, _bylined(layout), _marked(layout), signed, _claimed(data), _dated(layout))
    for source in sources:
        names = [name for text in source for name in names_in(text, outlets=known) if fold(name) not in editing]
        if names:
            return Credits(authors=tuple(dict.fromkeys(names)), editor=editors[0] if editors else None)
    return Credits(authors=(), editor=editors[0] if editors else None)


def _labelled(lines: list[Line]) -> tuple[list[str], list[str]]:
    """The names with a writer's and with an editor's label."""
    writers: list[str] = []
    editors: list[str] = []
    texts = [part for line in lines for part in _NEXT_LABEL.split(line.text) if _WORD.search(part)]
    label_last = _label_stands_last(texts)
    for index, text in enumerate(texts):
        both = _BOTH.match(text)
        match = _LABEL.match(text)
        if both:
            writers += names_in(both["name"])
        elif match:
            names = _named(match) if match["name"] else _beside(texts, index, before=label_last)
            (writers if match["writer"] else editors).extend(names)
    return writers, list(dict.fromkeys(editors))


def _named(match: re.Match[str]) -> list[str]:
    """The names after a label; without a colon only where the line is ``Oleh Name``, ``Penulis Name`` or the like."""
    names = names_in(_AFTER_NAME.sub("", match["name"]))
    if match["colon"]:
        return names
    if _PLACED.search(match[0][: match.start("name")]) and "," in match["name"]:
        names = names_in(match["name"].rsplit(",", 1)[1])
    whole = len(match.string) <= 90 and all(len(name.split()) <= 4 for name in names)
    return names if whole and _is_all(names, _AFTER_NAME.sub("", match["name"])) else []


def _is_all(names: list[str], text: str) -> bool:
    """Whether a text is a byline: it begins with a name, and what follows is no sentence."""
    first = names_in(re.split(r"\s*[,;|/•·]\s*|\s+(?:dan|and|&|pada|on)\s+|\s+[-–—]\s+", text)[0])
    return bool(names) and (bool(first) or "," in text)


def _label_stands_last(texts: list[str]) -> bool:
    """Some sites write the role under the name; then the first bare label follows a name."""
    bare = [index for index, text in enumerate(texts) if _BARE.fullmatch(text)]
    if not bare:
        return False
    following = texts[bare[0] + 1] if bare[0] + 1 < len(texts) else ""
    last = texts[bare[-1] + 1] if bare[-1] + 1 < len(texts) else ""
    return bare[0] > 0 and is_name(texts[bare[0] - 1]) and not (is_name(following) and is_name(last))


def _beside(texts: list[str], index: int, *, before: bool) -> list[str]:
    other = index - 1 if before else index + 1
    return names_in(texts[other]) if 0 <= other < len(texts) else []


def _bylined(layout: Layout) -> Iterator[str]:
    """Lines whose markup calls them a byline."""
    for _, line in [*layout.above, *layout.below[:6]]:
        label = f"{line.label} {line.link}"
        if len(line.text) > 120 or not _BYLINE_CLASS.search(label) or _PICTURE_CLASS.search(label):
            continue
        if _COMMENT_CLASS.search(label):
            continue
        if not _LABEL.match(line.text):
            yield line.text
    for index, line in layout.above:
        if layout.headline is not None and index > layout.headline and _says_role(layout.lines[index : index + 2]):
            yield line.text


def _says_role(pair: Sequence[Line]) -> bool:
    """Whether a line is a name with outlet or role behind it, or above a line that is a role."""
    name, after = pair[0].text, pair[-1].text
    if _OF_OUTLET.fullmatch(name) or _WITH_ROLE.fullmatch(name):
        return True
    return len(name.split()) > 1 and is_name(name) and _ROLE_LINE.fullmatch(after) is not None


def _marked(layout: Layout) -> Iterator[str]:
    """Names that are an element of their own in a longer line: ``oleh <span class="fn">Ani</span> pukul 14.41``."""
    for _, line in [*layout.above, *layout.below[:_NEAR]]:
        if len(line.text) > _LINE or layout.in_chrome(line) or line.block.tag in WHOLE:
            continue
        for node in islice(line.block.iter("a", "span", "b", "strong", "address", "cite", "em"), _PIECES):
            if _MARK.search(f"{label_of(node)} {node.get('itemprop') or ''} {node.get('rel') or ''}"):
                yield text_of(node)


def _signed(layout: Layout) -> Iterator[str]:
    """A name in brackets right under the story, which an extractor left out."""
    for _, line in layout.below[:_SIGNED]:
        if line.text.startswith("(") and (SIGNATURE.fullmatch(line.text) or _FIRST_NAME.fullmatch(line.text)):
            yield line.text.strip("()").split("/")[0]


def _claimed(data: Structured) -> Iterator[str]:
    """What JSON-LD and meta elements say; an address of a profile is no name."""
    for value in strings(data.article.get("author") or data.article.get("creator")):
        yield value if "://" not in value else ""
    for name in data.meta:
        if _CLAIM.search(name):
            yield from (value for value in data.meta[name] if "://" not in value)


def _dated(layout: Layout) -> Iterator[str]:
    """``Name | Hari, D Bulan YYYY | HH:MM`` under the headline, the same with the name last, or on two lines."""
    for index, line in layout.above:
        if layout.headline is not None and index > layout.headline:
            below, above = layout.lines[index : index + 2], layout.lines[max(0, index - 1) : index + 1][::-1]
            yield line.text if is_signed_date(below) or is_signed_date(above) else ""
        found = moments_in(line.text) if len(line.text) <= _LINE else []
        if not found or layout.headline is None or index < layout.headline:
            continue
        yield from (within["name"] for within in _WITHIN.finditer(line.text))
        lead = re.split(r"\s[|•·–—-]\s", line.text[: found[0].start].strip(" |-–—•·,"))[0]
        tail = line.text[found[-1].end :].strip(" |-–—•·,")
        yield from (part for part in (lead, tail) if len(part.split()) > 1 or line.text.startswith(f"{part} |"))


def _keyword_editor(data: Structured) -> list[str]:
    words = strings(data.article.get("keywords"))
    return [word.split(":", 1)[1].strip() for word in words if word.lower().startswith("editor:")]
