"""From a text and its sentences to figures: the door of this folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from nlp.figures.acceptance import is_figure
from nlp.figures.amounts import read_amount
from nlp.figures.bare import unit_of_bare
from nlp.figures.clauses import Clause, Found
from nlp.figures.flags import flag_points, read_flags
from nlp.figures.indicators import Claim, read_indicators
from nlp.figures.masks import find_masks
from nlp.figures.measures import read_measures
from nlp.figures.modifiers import read_modifier
from nlp.figures.moves import read_moves
from nlp.figures.numbers import DIGITS, HALF, ONES, SCALED
from nlp.figures.periods import Period, find_periods
from nlp.figures.ranks import read_rank
from nlp.figures.regions import Region, read_place
from nlp.figures.talk import HEADS, money_talk
from nlp.figures.times import prepare_periods, read_period
from nlp.figures.tokens import Token, read_tokens
from scraper.items import FigureTag

STARTERS = frozenset({*DIGITS, *HALF, *ONES, *SCALED, "minus", "negatif", "-", "−", "–"})

TELLING = tuple(sorted({word for word in STARTERS if word.isalpha()} | {"pertama", "berikut", ":"}))
"""What a line without a digit must hold to matter."""
LINE, DIGIT = re.compile(r"[^\n]*\n?"), re.compile(r"\d")
ROW = 100
PIECE = 4000
PRICED = frozenset({"harga", "tarif", "biaya", "anggaran", "upah"})
LEAD = re.compile(r":\s*$|\bberikut\b", re.IGNORECASE)
BULLET = re.compile(r"\s*(?:[-•*–·]|\(?(?:\d{1,2}|[a-z])[.)])")


def find_figures(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    published: date | None = None,
    places: Sequence[Region] = (),
) -> list[FigureTag]:
    """The figures of ``text`` in reading order.

    ``sentences`` are offsets; ``published`` resolves ``tahun ini``; ``places`` are place names with their offsets.
    """
    telling = _telling_lines(text)
    periods, masks = find_masks(text, find_periods(text, published=published, within=telling), within=telling)
    figures: list[FigureTag] = []
    earlier: Found | None = None
    lead: list[Period] = []
    topic = talk = ""
    claim: Claim | None = None
    said: dict[tuple[float, str], str] = {}
    for start, end in _pieces(sentences):
        if not _is_row(text[start:end]):
            lead, topic = [], ""
        low = text[start:end].lower()
        if not _tells(low) and not any(head in low for head in HEADS):
            continue
        tokens = read_tokens(text, start=start, end=end)
        inside = [period for period in periods if start <= period.start < end]
        clause = Clause(
            text, tokens, _masked(tokens, masks), inside or lead, earlier=earlier, topic=topic, talk=talk, said=said
        )
        _read_clause(clause)
        prepare_periods(clause)
        told = read_indicators(clause, claim)
        figures.extend(_tags(clause, [place for place in places if start <= place.start < end], told))
        claim = next(
            (Claim(name, clause.found[at].unit) for at, name in reversed([*enumerate(told)]) if name),
            claim if not told else None,
        )
        earlier = clause.found[-1] if clause.found else earlier
        talk = money_talk(clause, before=len(tokens)) or talk
        if LEAD.search(text[start:end]):
            lead, topic = inside, next((token.low for token in tokens if token.low in PRICED), "")
    return figures


def _telling_lines(text: str) -> list[tuple[int, int]]:
    """Stretches of whole lines in which a figure may stand, or that may open a list; the others need no look."""
    stretches: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        if not _tells(line.group().lower()):
            continue
        if stretches and stretches[-1][1] == line.start():
            stretches[-1] = (stretches[-1][0], line.end())
        else:
            stretches.append(line.span())
    return stretches


def _tells(low: str) -> bool:
    """May a figure stand in the lower-case stretch, or may it open a list?"""
    return DIGIT.search(low) is not None or any(word in low for word in TELLING)


def _pieces(sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``sentences``, those of no human length cut, so that time stays linear in the text."""
    for start, end in sentences:
        for at in range(start, end, PIECE):
            yield at, min(end, at + PIECE)


def _is_row(sentence: str) -> bool:
    """May the sentence be a row of the list that a sentence with a colon opened?"""
    return len(sentence) <= ROW or bool(BULLET.match(sentence))


def _masked(tokens: Sequence[Token], masks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Indices of tokens that a mask touches."""
    if not tokens:
        return frozenset()
    begin, end = tokens[0].start, tokens[-1].end
    near = [
        (max(first, begin) - begin, min(last, end) - begin) for first, last in masks if first < end and last > begin
    ]
    if not near:
        return frozenset()
    hidden = bytearray(end - begin)
    for first, last in near:
        hidden[first:last] = b"\x01" * (last - first)
    return frozenset(
        place for place, token in enumerate(tokens) if any(hidden[token.start - begin : token.end - begin])
    )


def _read_clause(clause: Clause) -> None:
    """Fill ``clause.found`` from left to right."""
    at = 0
    while at < len(clause.tokens):
        found = None if at in clause.masked else _read_at(clause, at)
        if found is None:
            at += 1
            continue
        found.measures = found.measures or read_measures(clause, found)
        if found.measures:
            clause.said.setdefault((found.amount.value, found.unit), found.measures)
        clause.found.append(found)
        at = max(at + 1, found.amount.last)


def _read_at(clause: Clause, at: int) -> Found | None:
    rank = read_rank(clause, at)
    if rank is not None:
        return rank
    if not _may_start(clause.tokens[at]):
        return None
    amount = read_amount(clause.tokens, at)
    if amount is None or not set(range(amount.first, amount.number.last)).isdisjoint(clause.masked):
        return None
    if not is_figure(clause, amount):
        return None
    carried = amount.unit is None
    unit, last = (amount.unit.name, amount.last) if amount.unit is not None else unit_of_bare(clause, amount)
    return Found(amount, unit, clause.tokens[amount.first].start, clause.tokens[last - 1].end, carried=carried)


def _may_start(token: Token) -> bool:
    return token.kind in {"number", "currency"} or token.low in STARTERS


def _tags(clause: Clause, places: Sequence[Region], indicators: Sequence[str | None]) -> Iterator[FigureTag]:
    points, moves = flag_points(clause), read_moves(clause)
    for place, found in enumerate(clause.found):
        flags = read_flags(clause, found)
        if place in points:
            flags = tuple(sorted({*flags, points[place]}))
        yield FigureTag(
            start=found.start,
            end=found.end,
            surface=clause.text[found.start : found.end],
            value=found.amount.value,
            value_max=found.amount.value_max,
            unit=found.unit,
            modifier=read_modifier(clause, found.amount),
            measures=found.measures,
            period=read_period(clause, found, own=moves[place].compared),
            place=read_place(clause.text, found, places),
            flags=flags,
            indicator=indicators[place],
            direction=moves[place].direction,
            base=moves[place].base,
            role=moves[place].role,
        )
