"""The weekly digest from the index and the database: what changed, what needs an answer, who spoke, which figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pantau import wording
from pantau.digests.attention import attention_section
from pantau.digests.figures import figure_section
from pantau.digests.model import Day, Digest
from pantau.digests.phrases import change, told
from pantau.digests.sections import (
    STORIES,
    outlet_section,
    people_section,
    programme_section,
    release_section,
    story_section,
)
from pantau.digests.week import Week
from pantau.translations import gettext as _
from pantau.translations import ngettext
from scraper.clock import today
from storage.health.checks import SourceHealth, last_checks
from storage.records.candidates import waiting
from storage.stories.leading import LeadingStory, leading_stories
from storage.trends.spans import Span, undated_count

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.search.engine import SearchIndex

DAYS = 7
TROUBLE = ("silent", "blocked", "unreachable", "failing", "drifting", "stale")
"""States of a source in which its articles may be missing."""


def build_digest(
    session: Session, index: SearchIndex, *, region: str, base_url: str, query: str = "", until: date | None = None
) -> Digest:
    """The digest of the seven days that end with ``until`` or with yesterday, of everything or of a query.

    Raises QueryError where the query cannot be read.
    """
    end = until or today().date() - timedelta(days=1)
    week = Week(index, Span(end - timedelta(days=DAYS - 1), end), query=query, base_url=base_url)
    stories = leading_stories(session, week.ids, before=week.before.ids, limit=STORIES)
    attention, several = attention_section(session, week)
    checked = last_checks(session)
    sections = (
        attention,
        story_section(week, stories),
        people_section(session, week),
        programme_section(session, week),
        figure_section(session, week),
        outlet_section(week),
        release_section(session, week),
    )
    return Digest(
        heading=told(query, limit=60) or region,
        query=query,
        start=week.span.start,
        end=week.span.end,
        count=week.count,
        before=week.before.count,
        attention=several,
        summary=_summary(week, stories, several, checked),
        sections=tuple(section for section in sections if section.lines),
        days=_days(week),
        notes=_notes(session, week, checked, index.behind()),
        search_link=week.link(),
        before_link=week.before.link(),
        csv_link=week.download(),
        base_url=base_url,
    )


def _summary(week: Week, stories: list[LeadingStory], attention: int, checked: list[SourceHealth]) -> tuple[str, ...]:
    """Three sentences; of a week without news one that says whether it was read at all."""
    missing = _missing(checked)
    if not week.count:
        read = _("semua sumber terbaca") if checked else _("belum ada sumber yang diperiksa")
        return (_("Tidak ada berita baru pekan ini; %(reason)s.") % {"reason": missing or read},)
    values = {
        "articles": wording.articles(week.count),
        "outlets": wording.outlets(len(week.facet("media", limit=1000))),
        "change": change(week.count, week.before.count),
    }
    first = _("Ada %(articles)s dari %(outlets)s, %(change)s") % values
    incomplete = _("; %(missing)s, jadi jumlah ini belum lengkap") % {"missing": missing} if missing else ""
    return (f"{first}{incomplete}.", *(_largest(story) for story in stories[:1]), _needed(attention))


def _to_review(session: Session) -> int:
    """Names nobody decided about, and corrections that no longer fit."""
    found = waiting(session)
    return found.persons + found.programs + found.misfits


def _in_trouble(checked: list[SourceHealth]) -> list[SourceHealth]:
    return [health for health in checked if health.state in TROUBLE]


def _missing(checked: list[SourceHealth]) -> str:
    count = len(_in_trouble(checked))
    text = ngettext("%(num)s sumber bermasalah", "%(num)s sumber bermasalah", count) % {"num": count}
    return text if count else ""


def _largest(story: LeadingStory) -> str:
    values = {
        "title": told(story.first.title),
        "outlets": wording.outlets(story.outlets),
        "articles": wording.articles(story.articles),
    }
    return _("Isu terbesar: “%(title)s”, dimuat %(outlets)s dalam %(articles)s.") % values


def _needed(attention: int) -> str:
    if not attention:
        return _("Tidak ada yang ditandai perlu perhatian.")
    return ngettext("%(num)s hal perlu perhatian.", "%(num)s hal perlu perhatian.", attention) % {"num": attention}


def _days(week: Week) -> tuple[Day, ...]:
    before = week.before.days()
    return tuple(
        Day(day=day, now=count, before=before[day - timedelta(days=DAYS)]) for day, count in week.days().items()
    )


def _notes(session: Session, week: Week, checked: list[SourceHealth], behind: int) -> tuple[str, ...]:
    undated, unrated = undated_count(session, week.span), week.unrated()
    notes = [_sources(checked)]
    if undated:
        text = ngettext(
            "%(num)s berita tanpa tanggal tidak dihitung.", "%(num)s berita tanpa tanggal tidak dihitung.", undated
        )
        notes.append(text % {"num": wording.number(undated)})
    if unrated:
        text = ngettext("Tone %(num)s berita belum dinilai.", "Tone %(num)s berita belum dinilai.", unrated)
        notes.append(text % {"num": wording.number(unrated)})
    if review := _to_review(session):
        text = ngettext("%(num)s hal menunggu di antrean.", "%(num)s hal menunggu di antrean.", review)
        notes.append(text % {"num": wording.number(review)})
    if behind:
        text = ngettext("%(num)s berita belum terindeks.", "%(num)s berita belum terindeks.", behind)
        notes.append(text % {"num": wording.number(behind)})
    return tuple(notes)


def _sources(checked: list[SourceHealth]) -> str:
    if not checked:
        return _("Belum ada sumber yang diperiksa.")
    troubled = _in_trouble(checked)
    if not troubled:
        return _("Semua sumber terakhir terbaca tanpa gagal.")
    names = ", ".join(f"{told(health.source)} ({_why(health)})" for health in troubled)
    return _("Sumber bermasalah: %(names)s.") % {"names": names}


def _why(health: SourceHealth) -> str:
    reason = wording.health_reason(health.reason, health.since)
    state = wording.state_label(health.state)
    if not reason:
        return state
    return reason if reason.startswith(state) else f"{state}: {reason}"
