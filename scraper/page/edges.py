"""The ends of a story: what an extractor took above it (tickers, deck, byline) and below it (teasers) goes."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from lxml.html import HtmlElement

from scraper.page.layout import Line, Places, fold, heading_tag
from scraper.page.lines import SENTENCE_END
from scraper.page.moments import moments_in
from scraper.page.names import is_name
from scraper.page.tree import label_of

_TEASERS = re.compile(
    r"\W*(?:(?:berita|artikel|baca|kabar|tulisan|video|foto|galeri) (?:terkait|lain(?:nya)?|ter(?:baru|kini|populer)"
    r"|populer|pilihan|selanjutnya|berikutnya)|ter(?:baru|kini|populer)|rekomendasi(?: berita| untuk anda)?)\W*"
    r"|(?:related|recommended|latest|more) (?:stories|articles|posts|news|topics|coverage)\W*"
    r"|more (?:from|in|on) .{2,30}|you (?:may|might) also (?:like|enjoy)\W*|read next\W*|today tag|recom+ended",
    re.I,
)
DECK = re.compile(
    r"(?<![a-z])(?:deck|dek|standfirst|sub[-_]?(?:line|head|title|judul)|(?:head)?subline|read(?:ing)?[-_]?time)(?![a-z])"
)
_STAMP = re.compile(r"(?<![a-z])(?:date|data|time|meta|info|publish\w*|posted\w*|tanggal|waktu|byline)(?![a-z])")
_HEAD = 4
_BEGINNING = 50
_STUB = 40
_LEADS = 3
_PARAGRAPH = 60
_DECK_LENGTH = 300
_BYLINE = 60
_REACH = 12
_KEPT = frozenset(("p", "li", "td", "th", "dd", "dt", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "body"))
_CARDLESS = 200
_CARDS = frozenset(("li", "article"))
_CARD = re.compile(r"(?<![a-z])(?:cards?|items?|teasers?|post|news|txt|list)(?![a-z])")
_LIST = 4
_STORY = 300


def in_page_order(body: Sequence[str], lines: Sequence[Line]) -> tuple[str, ...]:
    """The body in the page's order: an extractor may put a lead or a teaser that it found apart at the other end."""
    where = Places(lines)
    places = [where.find(text) for text in body]
    known = [place for place in places if place is not None]
    if not known or len(known) < len(places):
        return tuple(body)
    first = known.index(min(known))
    if first == 0 or min(known[:first]) < max(known[first:]):
        return tuple(body)
    leads = len(body) - first <= _LEADS and all(len(text) >= _PARAGRAPH for text in body[first:])
    if not leads and first > len(body) // 2:
        return tuple(body)
    return (*body[first:], *body[:first])


def without_lead_in(body: Sequence[str], lines: Sequence[Line], title: str) -> tuple[str, ...]:
    """The body without first lines that the page shows above its headline only (tickers, teasers)."""
    folded = [line.folded for line in lines]
    wanted = fold(title)
    heads = (index for index, line in enumerate(lines) if wanted and folded[index] == wanted and heading_tag(line))
    headline = next(heads, None)
    if headline is None:
        return tuple(body)
    above = " | ".join(folded[:headline])
    below = frozenset(line[:_BEGINNING] for line in folded[headline:])
    first = 0
    while first < len(body) and (head := fold(body[first])[:_BEGINNING]) in above and head not in below:
        first += 1
    return tuple(body[first:] if first <= len(body) // 3 + 1 else body)


def without_head(body: Sequence[str], lines: Sequence[Line]) -> tuple[str, ...]:
    """The body without first lines that the page's own markup calls deck, date or reading time."""
    first = 0
    body = body[next((place for place, text in enumerate(body) if re.search(r"[^\W\d]", text)), 0) :]
    while first < min(_HEAD, len(body) - 1) and len(body[first]) <= _DECK_LENGTH:
        head = fold(body[first])[:50]
        place = next((place for place, line in enumerate(lines) if head and head in line.folded), None)
        if place is None:
            break
        around = lines[max(0, place - 1) : place + 1][::-1]
        alone = (
            is_signed_date(lines[place : place + 2])
            or is_signed_date(around)
            or _is_dated_below(lines[place + 1 : place + _REACH], body[first + 1])
        )
        if not (alone or _is_head_matter(lines[place])):
            break
        first += 1
    return tuple(body[first:])


def _is_head_matter(line: Line) -> bool:
    if line.node.tag == "time" or DECK.search(line.label):
        return True
    dates = moments_in(line.text) if len(line.text) <= 90 else []
    return bool(dates) and _STAMP.search(line.label) is not None


def _is_dated_below(following: Sequence[Line], second: str) -> bool:
    """Whether a page shows its date between a story's first line and the second: the first one is a deck."""
    head = fold(second)[:_BEGINNING]
    for line in following:
        if head in line.folded:
            return False
        limit = 2 * _BYLINE if _STAMP.search(line.label) else _BYLINE
        if len(line.text) <= limit and any(date.hour is not None for date in moments_in(line.text)):
            return True
    return False


def is_signed_date(pair: Sequence[Line]) -> bool:
    """Whether a name stands alone and the date follows it: a byline whatever its markup."""
    name, date = pair[0].text, pair[-1].text
    return len(name.split()) > 1 and is_name(name) and len(date) <= _BYLINE and bool(moments_in(date))


def without_stubs(body: Sequence[str], lines: Sequence[Line]) -> tuple[str, ...]:
    """The body without last lines that are short labels set apart from every paragraph (``Laporkan tulisan``)."""
    places = Places(lines).all(body)
    set_as = {
        _set_as(lines[place])
        for place, text in zip(places, body, strict=True)
        if place is not None and len(text) >= _PARAGRAPH
    }
    end = len(body)
    while end > 1 and set_as and len(body[end - 1]) <= _STUB and not SENTENCE_END.search(body[end - 1]):
        place = places[end - 1]
        if place is None or lines[place].block.tag in _KEPT or _set_as(lines[place]) in set_as:
            break
        end -= 1
    return tuple(body[:end])


def _set_as(line: Line) -> tuple[str, str, str]:
    return line.block.tag, label_of(line.block), label_of(line.node)


def without_teasers(body: Sequence[str], lines: Sequence[Line]) -> tuple[str, ...]:
    """The body without last lines that follow a teaser's own date or heading on the page.

    A single such sign cuts off at most a third of the text; a list of teasers may be longer than the story.
    """
    body = _without_cards(body, lines)
    cuts = _teaser_cuts(body, lines)
    total = sum(map(len, body))
    for number in cuts:
        rest = sum(map(len, body[number:]))
        if 3 * rest < total or (len(cuts) >= _LIST and total - rest >= _STORY):
            return tuple(body[:number])
    return tuple(body)


def _without_cards(body: Sequence[str], lines: Sequence[Line]) -> Sequence[str]:
    """The body without paragraphs that stand with the linked headline of another story in a card of their own.

    Cards in the story's own box may be the story (a list of ten places) where they are most of it.
    """
    places = Places(lines).all(body)
    around = [list(lines[place].block.iterancestors()) if place is not None else [] for place in places]
    first = next((nodes for nodes in around if nodes), [])
    carded = [place is not None and _is_in_card(lines[place], first) for place in places]
    outside = [card and first[0] not in nodes for card, nodes in zip(carded, around, strict=True)]
    gone = carded if 2 * sum(carded) < len(body) else outside
    kept = [text for text, out in zip(body, gone, strict=True) if not out]
    return kept if sum(map(len, kept)) >= _CARDLESS else body


def _is_in_card(line: Line, home: Container[HtmlElement]) -> bool:
    card = line.block.getparent()
    if card is None or card in home or not (card.tag in _CARDS or _CARD.search(label_of(card))):
        return False
    heads = card.iter("h2", "h3", "h4", "h5", "h6")
    return any(node.find(".//a") is not None or next(node.iterancestors("a"), None) is not None for node in heads)


def _teaser_cuts(body: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """The numbers of body lines before which the page shows a teaser's date or a heading of such a list.

    Where the story goes on in the box that it began in, a box of teasers only stood between.
    """
    wanted = {fold(line) for line in body}
    start = 0
    cuts: list[int] = []
    homes: set[tuple[HtmlElement | None, tuple[str, str, str]]] = set()
    for number, found in enumerate(Places(lines).all(body)):
        if found is None:
            continue
        between = (other for other in lines[start:found] if other.folded not in wanted)
        home = (lines[found].block.getparent(), _set_as(lines[found]))
        if number and home not in homes and any(_opens_teaser(other) for other in between):
            cuts.append(number)
        homes.add(home)
        start = found + 1
    return cuts


def _opens_teaser(line: Line) -> bool:
    dates = moments_in(line.text) if len(line.text) <= 60 else []
    alone = bool(dates) and len(line.text) - len(dates[0].raw) <= 8
    return alone or _TEASERS.fullmatch(line.text) is not None or (line.linked and heading_tag(line) != "")
