"""The sections of a digest: each asks what the week holds and words it in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pantau import wording
from pantau.digests.model import Line, Section
from pantau.digests.phrases import compared, told, web_address
from pantau.digests.week import Week
from pantau.exports.kliping_rows import AGENCY
from pantau.translations import gettext as _
from pantau.translations import ngettext
from storage.stories.leading import Brief, LeadingStory
from storage.stories.releases import run_by
from storage.trends.voices import organisation_counts, statement_counts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STORIES, PEOPLE, PROGRAMMES, AGENCIES, OUTLETS, RELEASES = 5, 6, 4, 3, 5, 3
"""How many lines a section has at most."""
LOOKED_AT = 30
"""How many candidates are looked at for them."""


def story_section(week: Week, stories: Iterable[LeadingStory]) -> Section:
    """The stories that most outlets ran."""
    return Section(title=_("Isu teratas"), lines=tuple(_story_line(week, story) for story in stories))


def people_section(session: Session, week: Week) -> Section:
    """Who was named most, and who said most; two different things."""
    said = statement_counts(session, week.ids)
    named = [item.value for item in week.facet("pejabat", limit=LOOKED_AT)]
    loud = sorted(said, key=lambda name: (-said[name], name))
    chosen = list(dict.fromkeys([*named[: PEOPLE - 2], *loud[:2], *named]))[:PEOPLE]
    lines = [_person_line(week, name, said[name]) for name in chosen]
    order = sorted(lines, key=lambda line: (-(line.count or 0), line.text))
    return Section(title=_("Pejabat dan narasumber"), lines=tuple(order), style="counts")


def programme_section(session: Session, week: Week) -> Section:
    """Programmes, and the region's own agencies."""
    names = [item.value for item in week.facet("program", limit=PROGRAMMES)]
    lines = [_counted_line(week, name, ("program", name)) for name in names]
    for name in _agencies(session, week):
        phrase = Week.of(week, query=f'({week.query}) "{name}"' if week.query else f'"{name}"')
        lines.append(_counted_line(phrase, name))
    return Section(title=_("Program dan OPD"), lines=tuple(lines), style="counts")


def outlet_section(week: Week) -> Section:
    """The outlets with most articles."""
    names = [item.value for item in week.facet("media", limit=1000)]
    left = len(names) - OUTLETS
    more = ngettext("dan %(num)s media lain", "dan %(num)s media lain", left) % {"num": left} if left > 0 else ""
    lines = tuple(_counted_line(week, name, ("media", name)) for name in names[:OUTLETS])
    return Section(title=_("Media teratas"), lines=lines, more=more, style="counts")


def release_section(session: Session, week: Week) -> Section:
    """Press releases that outlets ran in the week."""
    found = run_by(session, week.ids)
    lines = tuple(
        Line(
            text=told(title) or _("(tanpa judul)"),
            link=f"{week.base_url}/rilis/{number}",
            remark=f"{wording.outlets(many)} · {wording.articles(count)}",
        )
        for number, title, count, many in found[:RELEASES]
    )
    left = len(found) - RELEASES
    more = ngettext("dan %(num)s rilis lain", "dan %(num)s rilis lain", left) % {"num": left} if left > 0 else ""
    return Section(title=_("Rilis tayang"), lines=lines, more=more)


def article_line(week: Week, brief: Brief, remark: str) -> Line:
    """An article with its two addresses."""
    title = told(brief.title) or _("(tanpa judul)")
    return Line(text=title, link=week.article(brief.id), remark=remark, source=web_address(brief.url))


def _story_line(week: Week, story: LeadingStory) -> Line:
    parts = [wording.outlets(story.outlets), wording.articles(story.articles), compared(story.articles, story.before)]
    if story.first.kind in ("advertorial", "release", "hoax"):
        parts.append(wording.kind_label(story.first.kind))
    return article_line(week, story.first, " · ".join(parts))


def _person_line(week: Week, name: str, statements: int) -> Line:
    count = week.narrowed(("pejabat", name))
    said = ngettext("%(num)s pernyataan", "%(num)s pernyataan", statements) % {"num": wording.number(statements)}
    remark = _("disebut dalam %(articles)s, %(statements)s") % {"articles": wording.articles(count), "statements": said}
    return Line(text=told(name), link=week.link(("pejabat", name)), remark=remark, count=count)


def _counted_line(week: Week, name: str, *filters: tuple[str, str]) -> Line:
    count, before = week.narrowed(*filters), week.before.narrowed(*filters)
    remark = f"{wording.articles(count)} · {compared(count, before)}"
    return Line(text=told(name), link=week.link(*filters), remark=remark, count=count)


def _agencies(session: Session, week: Week) -> list[str]:
    """The names of the agencies that most articles name; of two that contain each other the more frequent one."""
    counts = [item for item in organisation_counts(session, week.ids).values() if AGENCY.match(item[0])]
    chosen: list[str] = []
    for raw, _count in sorted(counts, key=lambda item: (-item[1], item[0])):
        name = told(raw.replace('"', " ").replace("(", " ").replace(")", " "), limit=80)
        if not any(name in other or other in name for other in chosen):
            chosen.append(name)
        if len(chosen) == AGENCIES:
            break
    return chosen
