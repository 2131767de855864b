"""From what is new to one mail for each reader, kept together with what it tells, so that nothing is told twice."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from pantau import wording
from pantau.alerts.looking import FIRST_LOOK, is_due, is_quiet, look
from pantau.alerts.model import Alert, News
from pantau.digests.phrases import told
from pantau.mail.bodies import html_body, text_body
from pantau.translations import gettext as _
from pantau.translations import language, ngettext, use_language
from scraper.clock import now
from scraper.config import Config
from scraper.errors import QueryError
from storage.database import Database
from storage.health.checks import SourceHealth
from storage.health.telling import note_troubles_told, untold_troubles
from storage.records.alerts import Watch, is_unchanged, note_looked, note_told, watches
from storage.records.bounces import given_up
from storage.records.mailings import Kind, Mailing, address, save_mailing
from storage.records.saved_searches import SavedSearch
from storage.search.engine import SearchIndex

VALID = timedelta(days=2)
"""An alert that could not be sent by then is no news any more."""
SHOWN = 30
"""Stories of a mail; of the rest the number is told."""
NAMES = 3
"""Searches that the subject names."""
MAIL = ("mail",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What one run found."""

    mails: int = 0
    stories: int = 0
    faults: tuple[str, ...] = ()
    """Searches that could not be looked at, and addresses that take no mail any more."""


def address_alerts(db: Database, index: SearchIndex, config: Config) -> Addressed:
    """Look at the searches that are due and not in their quiet hours, and address what is new, one mail a reader."""
    upto, moment = index.reach(), now()
    with db.write(only=MAIL) as session:
        awake = [watch for watch in watches(session) if not is_quiet(config, moment, watch.quiet)]
        due = [watch for watch in awake if watch.spike or is_due(watch, config, moment)]
        deaf = given_up(session, {watch.email for watch in due})
    faults = [f"{email}: the last mails to it were refused" for email in sorted(deaf)]
    desk, mails, stories = _Desk(db, index, config), 0, 0
    for _email, group in groupby((watch for watch in due if watch.email not in deaf), key=lambda watch: watch.email):
        searches = list(group)
        with use_language(searches[0].language):
            alert = desk.gather(searches, upto=upto, faults=faults)
            is_told = _store(db, alert)
        if is_told:
            mails, stories = mails + 1, stories + alert.count
    return Addressed(mails=mails, stories=stories, faults=tuple(faults))


def preview_alert(db: Database, index: SearchIndex, config: Config, search: SavedSearch) -> Mailing | None:
    """The mail that a search would send if it were looked at for the first time now; ``None`` where nothing is new.

    Nothing is kept, and nothing that was told before is left out. Raises QueryError.
    """
    watch = Watch(
        id=0, name=search.name, query=search.query, email=search.email or "", rhythm="now", spike=search.spike,
        since=now() - FIRST_LOOK, change=0, quiet=None, spiked_day=None, language=search.language,
    )  # fmt: skip
    with use_language(search.language), db.read() as session:
        news = look(session, index, config, watch, upto=index.reach(), shown=set())
        alert = Alert(email=watch.email, news=tuple(_cut([news])), base_url=config.base_url, region=config.region)
        return _mailing(alert) if news.says_something else None


def address_troubles(db: Database, config: Config) -> int:
    """Tell the admins of sources that fell silent or failed, and of those that are well again; gives how many."""
    if config.mail.admin is None:
        return 0
    with db.write(only=MAIL) as session:
        new, over = untold_troubles(session)
        if not new and not over:
            return 0
        mailing = _trouble_mailing(config, new, over)
        save_mailing(session, mailing)
        address(session, mailing.id, [(config.mail.admin.addr_spec, None)])
        note_troubles_told(session, new, over)
    return len(new) + len(over)


@dataclass(frozen=True, slots=True)
class _Desk:
    db: Database
    index: SearchIndex
    config: Config

    def gather(self, group: Sequence[Watch], *, upto: int, faults: list[str]) -> Alert:
        """What the searches of one reader have to tell."""
        found: list[News] = []
        shown: set[str] = set()
        with self.db.read() as session:
            for watch in group:
                try:
                    found.append(look(session, self.index, self.config, watch, upto=upto, shown=shown))
                except QueryError as error:
                    faults.append(f"{watch.email}: {watch.name}: {watch.query!r}: {error}")
        return Alert(
            email=group[0].email,
            news=tuple(_cut(found)),
            base_url=self.config.base_url,
            region=self.config.region,
        )


def _cut(news: Sequence[News]) -> Iterator[News]:
    """No more than SHOWN stories in all."""
    room = SHOWN
    for item in news:
        yield replace(item, lines=item.lines[:room])
        room -= min(room, len(item.lines))


def _store(db: Database, alert: Alert) -> bool:
    """Keep the mail and what it tells in one transaction; ``False`` where nothing is to tell, or somebody else did."""
    told_now = tuple(item for item in alert.news if item.says_something)
    with db.write(only=MAIL) as session:
        if not all(is_unchanged(session, item.watch) for item in alert.news):
            return False
        for item in alert.news:
            note_looked(session, item.watch.id, upto=item.upto, spiked=item.spiked)
            note_told(session, item.watch.id, item.stories)
        if told_now:
            mailing = _mailing(replace(alert, news=told_now))
            save_mailing(session, mailing)
            address(session, mailing.id, [(alert.email, secrets.token_urlsafe(32))])
    return bool(told_now)


def _mailing(alert: Alert) -> Mailing:
    values = {"alert": alert, "subject": _subject(alert.news, alert.count)}
    content = f"{alert.email} {[(item.watch.id, item.stories, item.spiked) for item in alert.news]}"
    mailing = _built("alert", content, f"[{_('Pemberitahuan')} {alert.region}] {values['subject']}", values)
    return replace(mailing, language=language())


def _built(kind: Kind, content: str, subject: str, values: dict[str, Any]) -> Mailing:
    """A mail that is made now; its id says when, and what it tells of."""
    moment = now()
    return Mailing(
        id=f"{kind}-{moment:%Y%m%dT%H%M%S}-{sha256(content.encode()).hexdigest()[:16]}",
        kind=kind,
        subject=subject,
        html=html_body(kind, **values),
        text=text_body(f"{kind}.txt", **values),
        images={},
        built_at=moment,
        expires_at=moment + VALID,
    )


def _subject(news: Sequence[News], count: int) -> str:
    """``3 cerita baru · lonjakan · UMKM, Banjir +1``."""
    stories = ngettext("%(num)s cerita baru", "%(num)s cerita baru", count) % {"num": wording.number(count)}
    spike = _("lonjakan") if any(item.spike for item in news) else ""
    names = [told(item.watch.name, limit=40) for item in news]
    listed = ", ".join(names[:NAMES]) + (f" +{len(names) - NAMES}" if len(names) > NAMES else "")
    return " · ".join(filter(None, [stories if count else "", spike, listed]))


def _trouble_mailing(config: Config, new: Sequence[SourceHealth], over: Sequence[SourceHealth]) -> Mailing:
    values = {
        "new": [(told(health.source), _why(health)) for health in new],
        "over": [told(health.source) for health in over],
        "base_url": config.base_url,
        "subject": " · ".join(_parts(new, over)),
    }
    content = f"{[(h.source, h.since) for h in new]} {[(h.source, h.since) for h in over]}"
    return _built("notice", content, f"[Pantau {config.region}] {values['subject']}", values)


def _parts(new: Sequence[SourceHealth], over: Sequence[SourceHealth]) -> Iterator[str]:
    for health in new:
        yield f"{told(health.source, limit=40)} {wording.state_label(health.state)}"
    for health in over:
        yield _("%(source)s kembali normal") % {"source": told(health.source, limit=40)}


def _why(health: SourceHealth) -> str:
    reason = wording.health_reason(health.reason, health.since)
    return f"{wording.state_label(health.state)}: {reason}" if reason else wording.state_label(health.state)
