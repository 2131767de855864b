"""Subheads, list items, posts and linked offers that an extractor lost between the paragraphs it kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from scraper.page.clean import is_noise
from scraper.page.layout import Line, Places, fold
from scraper.page.lines import is_boilerplate, is_caption
from scraper.page.tree import label_of
from scraper.urls import host_of

_HEADING = re.compile(r"h[2-5]")
_HEADING_CLASS = re.compile(r"(?<![a-z])sub[-_]?(?:head\w*|title\w*|judul)(?![a-z])")
_ITEM = frozenset(("li", "dt", "dd", "blockquote"))
_OUTSIDE = frozenset(("aside", "nav", "footer", "figure", "form", "header"))
_LONGEST_GAP = 15
_LEVELS = 4
_LINK_SHARE = 0.7
_SHORT = 40
_RUN = 2


def fill_gaps(body: Sequence[str], lines: Sequence[Line], *, title: str, url: str = "") -> tuple[str, ...]:
    """The body with the parts of it that stand on the page between two of its paragraphs, in the same box.

    ``url`` is the page's address: a line that is a link into the same site is another story, not a part.
    """
    wanted = {fold(line) for line in body} | {fold(title)}
    host = host_of(url)
    out: list[str] = []
    last: int | None = None
    for line, found in zip(body, Places(lines).all(body), strict=True):
        if found is not None:
            if last is not None and found - last <= _LONGEST_GAP:
                box = lines[last].block.getparent()
                gap = [part for part in lines[last + 1 : found] if part.folded not in wanted]
                parts = [part for part in gap if _belongs(part, box, host)]
                out += [part.text for part in parts if not (_is_entry(part, host) and len(parts) > 1)]
            last = found
        out.append(_as_shown(line, lines, found))
    return tuple(out)


def _as_shown(line: str, lines: Sequence[Line], found: int | None) -> str:
    """An item without the dash that an extractor put before it."""
    shown = lines[found].text if found is not None and line.startswith("- ") else line
    return shown if fold(shown) == fold(line) else line


def _belongs(line: Line, box: HtmlElement | None, host: str) -> bool:
    holders = [line.block, *line.block.iterancestors()][: _LEVELS + 1]
    if box is None or box not in holders[1:]:
        return False
    inner = holders[: holders.index(box)]
    headed = _is_heading(line.block) and len(inner) > 1
    if not _is_part(line, inner) or (line.linked and not headed and _is_inside(line, host)):
        return False
    noisy = any(node.tag in _OUTSIDE or is_noise(label_of(node)) for node in inner) and not _is_post(inner)
    return not (noisy or line.in_chrome or is_boilerplate(line.text) or is_caption(line.text))


def _is_part(line: Line, inner: Sequence[HtmlElement]) -> bool:
    """Whether a line is of a sort that extractors lose: a subhead, an item, a quotation."""
    return _is_subhead(line, inner) or any(node.tag in _ITEM for node in inner[:2]) or _is_post(inner)


def _is_subhead(line: Line, inner: Sequence[HtmlElement]) -> bool:
    """Whether a line is a heading that stands right in the story's box."""
    block = line.block
    return len(inner) == 1 and (_is_heading(block) or _HEADING_CLASS.search(label_of(block)) is not None)


def _is_heading(block: HtmlElement) -> bool:
    return _HEADING.fullmatch(block.tag) is not None


def _is_entry(line: Line, host: str) -> bool:
    """Whether a line is the linked headline of another story in a list."""
    holder = line.block.getparent()
    return line.linked and holder is not None and holder.tag in _ITEM and _is_inside(line, host)


def _is_post(inner: Sequence[HtmlElement]) -> bool:
    """Whether a line stands in a post that was put into the story from elsewhere."""
    return any(node.tag == "blockquote" for node in inner)


def _is_inside(line: Line, host: str) -> bool:
    """Whether a linked line leads into the same site; where the site is unknown every link does."""
    link = next((node for node in [line.node, *line.node.iterancestors()] if node.tag == "a"), None)
    try:
        address = urlsplit((link.get("href") or "") if link is not None else "")
    except ValueError:
        return True
    return not host or not address.netloc or host_of(f"https://{address.netloc}/") == host


def without_entries(body: Sequence[str], lines: Sequence[Line], *, url: str, single: bool) -> tuple[str, ...]:
    """The body without runs of lines that are nothing but links to other stories of the site, and what heads them.

    ``single`` takes out such a line that stands alone too (Indonesian outlets put one after every third paragraph).
    """
    host = host_of(url)
    places = Places(lines).all(body)
    gone = [place is not None and _is_way_out(lines[place], host) for place in places]
    following = _following(places, gone)
    kept: list[str] = []
    for index, text in enumerate(body):
        beside = any(gone[max(0, index - 1) : index]) or any(gone[index + 1 : index + 2]) or index == len(body) - 1
        if gone[index] and (single or beside):
            continue
        after = [lines[at] for at in range((places[index] or 0) + 1, following[index])]
        heads = len(after) >= _RUN and all(_is_way_out(line, host) for line in after)
        heads = heads or gone[index + 1 : index + 1 + _RUN] == [True] * _RUN
        if not (heads and index and _heads_run(text)):
            kept.append(text)
    return tuple(kept)


def _following(places: Sequence[int | None], gone: Sequence[bool]) -> list[int]:
    """For each line of the body where the next one that is no link stands; 0 where its own place is unknown."""
    out: list[int] = []
    after = 0
    for place, out_of_story in zip(reversed(places), reversed(gone), strict=True):
        out.append(after if place is not None else 0)
        after = place if place is not None and not out_of_story else after
    return out[::-1]


def _is_way_out(line: Line, host: str) -> bool:
    if not line.linked or _is_heading(line.block) or not _is_inside(line, host):
        return False
    linked = sum(len("".join(link.itertext()).strip()) for link in line.block.iter("a"))
    return line.block.tag == "a" or linked >= _LINK_SHARE * len(line.text)


def _heads_run(text: str) -> bool:
    return len(text) <= _SHORT and text[-1:] not in '.!?"”' and "@" not in text
