"""The digest that is due: built once for all who share a query, addressed to each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from logging import getLogger

from pantau.digests.build import build_digest
from pantau.digests.chart import days_chart
from pantau.digests.model import Digest
from pantau.digests.render import CHART, fit, render_html, render_text, subject
from pantau.jobs.rhythm import Rhythm
from pantau.mail.compose import Letterhead, compose
from pantau.pictures import draw
from pantau.translations import DEFAULT, language, use_language
from scraper.clock import WIB, now
from scraper.config import Config
from scraper.errors import DeliveryError, QueryError
from storage.database import Database
from storage.records.mailings import PREVIEW, Mailing, address, addressed, find_mailing, save_mailing
from storage.records.subscriptions import Subscription, subscribers
from storage.search.engine import SearchIndex

WEEK = timedelta(days=7)
MAIL = ("mail",)
logger = getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The digest of one query in one language at one appointment, and who gets it; maybe nobody."""

    mailing: Mailing
    readers: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What digests are made from."""

    db: Database
    index: SearchIndex
    config: Config

    def digest(self, *, query: str = "", until: date | None = None) -> Digest:
        """The digest of the seven days up to ``until`` or yesterday; raises QueryError."""
        with self.db.read() as session:
            found = build_digest(
                session,
                self.index,
                region=self.config.region,
                base_url=self.config.base_url,
                query=query,
                until=until,
            )
        return fit(found)

    def mailing(self, digest: Digest, mailing_id: str, *, expires_at: datetime) -> Mailing:
        """The digest as a mail; where the chart cannot be drawn, its table has to do."""
        images = {}
        try:
            if digest.count:
                images[CHART] = draw(days_chart(digest.days))
        except DeliveryError as error:
            logger.warning("digest goes without its chart: %s", error)
        return Mailing(
            id=mailing_id,
            kind="digest",
            subject=subject(digest),
            html=render_html(digest, chart=bool(images)),
            text=render_text(digest),
            images=images,
            built_at=now(),
            expires_at=expires_at,
            language=language(),
        )


def address_due(desk: Desk) -> tuple[int, list[str]]:
    """Build what the last appointment owes, and address it; gives the number of mails, and what could not be built.

    An appointment that was missed is made up for once, however many were; who subscribed after it waits for the next.
    The digest of everything is built also where nobody gets it, so that it can be looked at.
    """
    planned = Rhythm.from_config(desk.config).digest.latest(now())
    with desk.db.read() as session:
        known = addressed(session, prefix=_prefix(planned))
        readers = [reader for reader in subscribers(session, active=True) if reader.since <= planned]
    count, faults = 0, list[str]()
    for edition in editions(desk, (reader for reader in readers if reader.email not in known), planned, faults=faults):
        with desk.db.write(only=MAIL) as session:
            save_mailing(session, edition.mailing)
            pairs = [(reader.email, reader.token) for reader in edition.readers]
            count += address(session, edition.mailing.id, pairs)
    _keep_edition(desk, planned)
    return count, faults


def _keep_edition(desk: Desk, planned: datetime) -> None:
    """Build the digest of everything unless there is one."""
    with desk.db.read() as session:
        if find_mailing(session, _edition_id(planned, "", DEFAULT)) is not None:
            return
    mailing = _edition(desk, "", DEFAULT, planned)
    with desk.db.write(only=MAIL) as session:
        save_mailing(session, mailing)


def editions(desk: Desk, readers: Iterable[Subscription], planned: datetime, *, faults: list[str]) -> Iterator[Edition]:
    """The digests of an appointment, one for each query and language; a query that cannot be read is a fault."""
    ordered = sorted(readers, key=lambda reader: (reader.query, reader.language, reader.email))
    for (query, spoken), group in groupby(ordered, key=lambda reader: (reader.query, reader.language)):
        members = tuple(group)
        try:
            mailing = _edition(desk, query, spoken, planned)
        except QueryError as error:
            faults.append(f"{', '.join(reader.email for reader in members)}: {query!r}: {error}")
            continue
        yield Edition(mailing=mailing, readers=members)


def _edition(desk: Desk, query: str, spoken: str, planned: datetime) -> Mailing:
    with use_language(spoken):
        digest = desk.digest(query=query, until=planned.astimezone(WIB).date() - timedelta(days=1))
        return desk.mailing(digest, _edition_id(planned, query, spoken), expires_at=planned + WEEK)


def _edition_id(planned: datetime, query: str, spoken: str) -> str:
    mark = sha256(query.encode()).hexdigest()[:8]
    return f"{_prefix(planned)}{mark}" + (f"-{spoken}" if spoken != DEFAULT else "")


def address_preview(desk: Desk, email: str, *, query: str = "") -> str:
    """Address the digest of the last seven days to one person who wants to see it first; gives the mail's id.

    It is in the language in use.
    """
    digest = desk.digest(query=query)
    mailing_id = f"{PREVIEW}{now():%Y%m%dT%H%M%S}-{sha256(f'{email} {query}'.encode()).hexdigest()[:8]}"
    mailing = desk.mailing(digest, mailing_id, expires_at=now() + timedelta(days=1))
    with desk.db.write(only=MAIL) as session:
        save_mailing(session, mailing)
        address(session, mailing_id, [(email, None)])
    return mailing_id


def example_messages(desk: Desk, *, to: str | None = None, query: str = "") -> Iterator[tuple[str, bytes]]:
    """Address and message of what ``--due`` (or ``--to``) would send; nothing is noted."""
    letterhead = Letterhead.of(desk.config)
    if to is not None:
        mailing = desk.mailing(desk.digest(query=query), "digest-preview", expires_at=now() + WEEK)
        yield to, compose(mailing, to, token=None, letterhead=letterhead)
        return
    planned = Rhythm.from_config(desk.config).digest.latest(now())
    with desk.db.read() as session:
        readers = subscribers(session, active=True)
    for edition in editions(desk, readers, planned, faults=[]):
        for reader in edition.readers:
            yield reader.email, compose(edition.mailing, reader.email, token=reader.token, letterhead=letterhead)


def _prefix(planned: datetime) -> str:
    return f"digest-{planned.astimezone(WIB):%Y-%m-%d}-"
