"""What in a week needs an answer: stories people rated negative, hoaxes, figures that contradict each other."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from pantau import wording
from pantau.digests.figures import contradicted
from pantau.digests.model import Line, Section
from pantau.digests.phrases import told
from pantau.digests.sections import article_line
from pantau.digests.week import Week
from pantau.translations import gettext as _
from pantau.translations import ngettext
from storage.records.assessments import Assessment, latest_assessments
from storage.stories.leading import Brief, briefs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = 3


def attention_section(session: Session, week: Week) -> tuple[Section, int]:
    """At most three lines, one of each kind first, and how many there are in all."""
    kinds = (_negative(session, week), _hoaxes(session, week), contradicted(session, week))
    lines = [line for line in chain.from_iterable(zip_longest(*kinds)) if line is not None]
    left = len(lines) - SHOWN
    more = ngettext("dan %(num)s hal lain", "dan %(num)s hal lain", left) % {"num": left} if left > 0 else ""
    section = Section(title=_("Perlu perhatian"), lines=tuple(lines[:SHOWN]), more=more, style="alarm")
    return section, len(lines)


def _negative(session: Session, week: Week) -> list[Line]:
    rated = latest_assessments(session, week.ids)
    open_ones = {key: item for key, item in rated.items() if _is_negative(item) and item.follow_up != "done"}
    found = _one_a_story(briefs(session, [key for key in week.ids if key in open_ones]))
    return [article_line(week, brief, _rating(open_ones[brief.id])) for brief in found]


def _is_negative(assessment: Assessment) -> bool:
    return "negative" in (assessment.tone_title, assessment.tone_body)


def _rating(assessment: Assessment) -> str:
    where = _("tone isi negatif") if assessment.tone_body == "negative" else _("tone judul negatif")
    by = _("dinilai oleh %(name)s") % {"name": told(assessment.officer, limit=40)} if assessment.officer else ""
    return " · ".join(filter(None, [where, by]))


def _hoaxes(session: Session, week: Week) -> list[Line]:
    found = _one_a_story(briefs(session, week.narrowed_ids(("jenis", "hoax"))))
    return [article_line(week, brief, wording.kind_label(brief.kind)) for brief in found]


def _one_a_story(found: list[Brief]) -> list[Brief]:
    return list({brief.cluster: brief for brief in reversed(found)}.values())[::-1]
