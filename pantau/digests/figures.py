"""The figures of a week: those that are new and say something, and those that contradict each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pantau import wording
from pantau.digests.model import Line, Section
from pantau.digests.phrases import told, web_address
from pantau.digests.week import Week
from pantau.figure_flags import is_doubtful
from pantau.translations import gettext as _
from storage.trends.claims import Asked, Claim, claims
from storage.trends.ledger import Conflict, read_ledger
from storage.trends.novelty import known_values
from storage.trends.spans import Span
from storage.trends.voices import offices_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = 5
UNTOLD = ("opinion", "advertorial")
"""Kinds of articles whose figures are nobody's claim about the region."""
MEASURES = frozenset({"minute", "hour", "day", "week", "month", "year", "km", "m", "cm", "kg", "times"})
"""Units of how long, far or heavy something is: alone they are no news."""
LEAST_COUNTED = 100
"""Fewer counted things than that are no news of a region."""
COMPARED = timedelta(days=400)
"""How far back figures are looked for that contradict those of the week: a year's are told until the next ones come."""
LOOKED_AT = 20_000
"""So many figures of that time at most, the latest."""
AROUND = 110
"""Characters of the sentence that are shown on each side of a figure."""


def figure_section(session: Session, week: Week) -> Section:
    """One a story and each value once, claims about an indicator first: what it measures, when, who said it, where."""
    found = claims(session, Asked(articles=week.ids, any_figure=True))
    telling = [
        claim for claim in found if claim.kind not in UNTOLD and not is_doubtful(claim.flags) and _says_something(claim)
    ]
    said = known_values(session, {(claim.value, claim.unit) for claim in telling}, before=week.span.start)
    chosen: dict[str, Claim] = {}
    for claim in sorted(telling, key=_rank):
        if (claim.value, claim.unit) not in said and claim.cluster not in chosen:
            chosen[claim.cluster] = claim
            said.add((claim.value, claim.unit))
    shown = list(chosen.values())[:SHOWN]
    offices = offices_of(session, [(claim.article_id, claim.speaker) for claim in shown if claim.speaker])
    lines = [_figure_line(week, claim, offices.get((claim.article_id, claim.speaker or ""), "")) for claim in shown]
    return Section(title=_("Angka baru pekan ini"), lines=tuple(lines))


def contradicted(session: Session, week: Week) -> list[Line]:
    """Things of which articles of the week and others state values that cannot all be right, nothing assumed."""
    fresh = set(week.ids)
    if not fresh:
        return []
    told = [claim for claim in claims(session, Asked(articles=week.ids)) if claim.area and not claim.assumed]
    asked = Asked(
        indicators=frozenset(claim.indicator for claim in told if claim.indicator),
        areas=frozenset(claim.area for claim in told if claim.area),
        published=Span(week.span.start - COMPARED, week.span.end),
        newest=LOOKED_AT,
        sentences=False,
    )
    found = read_ledger(claims(session, asked)).conflicts if told else ()
    return [
        _conflict_line(week, conflict, fresh)
        for conflict in found
        if conflict.is_certain and any(claim.article_id in fresh for claim in conflict.claims)
    ]


def _says_something(claim: Claim) -> bool:
    """Whether the text tells well enough what is measured; counted things must be many, or narrowed."""
    if claim.unit.partition("/")[0] in MEASURES:
        return False
    if claim.unit.islower():
        narrowed = (claim.measures or "").casefold().startswith(f"{claim.unit} ")
        return claim.value >= LEAST_COUNTED and "/" not in claim.unit and (claim.indicator is not None or narrowed)
    return claim.indicator is not None and claim.subject is not None


def _rank(claim: Claim) -> tuple[object, ...]:
    day = claim.published or date.min
    return claim.indicator is None, claim.speaker is None, -day.toordinal(), claim.article_id, claim.start


def _figure_line(week: Week, claim: Claim, office: str) -> Line:
    when = wording.period_label(claim.period) if claim.period else ""
    about = ", ".join(filter(None, [_measured(claim), wording.role_label(claim.role), when]))
    speaker = told(claim.speaker_name) if claim.speaker_name else _("tanpa narasumber")
    named = f"{speaker} ({told(office, limit=60)})" if office and claim.speaker_name else speaker
    return Line(
        text=_amount(claim),
        link=week.article(claim.article_id),
        remark=" · ".join(filter(None, [about, named, told(claim.outlet)])),
        source=web_address(claim.url),
        quote=_in_its_sentence(claim),
    )


def _measured(claim: Claim) -> str:
    """What a figure is about: how the text narrows the counted thing or the indicator, else the indicator."""
    measures = claim.measures or ""
    if claim.unit.islower():
        return told(measures, limit=50) if measures.casefold() != claim.unit else ""
    if claim.subject and claim.indicator != "apbd":
        return told(measures, limit=50)
    return wording.indicator_label(claim.indicator) if claim.indicator else ""


def _amount(claim: Claim) -> str:
    low = wording.amount(claim.value, claim.unit)
    return low if claim.value_max is None else f"{low} – {wording.amount(claim.value_max, claim.unit)}"


def _in_its_sentence(claim: Claim) -> tuple[str, str, str] | None:
    at = claim.sentence.find(claim.raw)
    if at < 0:
        return None
    before, after = around_it(claim.sentence, at, at + len(claim.raw))
    return before, claim.raw, after


def around_it(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch of a text in its sentence, cut at words."""
    before, after = text[:start], text[end:]
    begun = max(before.rfind(mark) for mark in (". ", "? ", "! "))
    before = before[begun + 2 :] if begun >= 0 else before
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    ends = [at for mark in (". ", "? ", "! ") if (at := after.find(mark)) >= 0]
    after = after[: min(ends)] if ends else after
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return before.lstrip(' "“”'), after.rstrip(". ")


def _conflict_line(week: Week, conflict: Conflict, fresh: set[str]) -> Line:
    low, high = conflict.claims[0], conflict.claims[-1]
    mine = next(claim for claim in conflict.claims if claim.article_id in fresh)
    where = [wording.indicator_label(conflict.indicator), told(conflict.area_name or "", limit=40)]
    values = {
        "what": " ".join(filter(None, where)),
        "one": _amount(low),
        "outlet": told(low.outlet),
        "other": _amount(high),
        "other_outlet": told(high.outlet),
    }
    ledger = (("indikator", conflict.indicator), ("wilayah", conflict.area), ("periode", mine.period or ""))
    text = _("%(what)s: %(one)s menurut %(outlet)s, %(other)s menurut %(other_outlet)s") % values
    when = wording.period_label(mine.period) if mine.period else ""
    return Line(
        text=text,
        link=f"{week.base_url}/angka?{urlencode(ledger)}",
        remark=" · ".join(filter(None, [_("angka bertentangan"), when])),
    )
