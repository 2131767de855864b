"""Everything that waits to be sent: claim, hand over, note; safe to kill at any point and to run again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pantau.mail.compose import Letterhead, compose
from pantau.mail.connection import AnswerLost, Postman, Postponed, Refused, ServerTrouble
from scraper.clock import now
from scraper.config import Config
from scraper.errors import sentence
from storage.database import Database
from storage.leases import Lease, holder_is_dead
from storage.records import deliveries
from storage.records.deliveries import Delivery
from storage.records.mailings import Mailing, find_mailing

BATCH = 100
"""Mails that are claimed at a time."""
TROUBLES = 3
"""After so many failed connections in a row the server is left alone until the next run."""
MAIL = ("mail",)
"""What these transactions touch: other writers need not wait for them."""
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What became of the mails of one run."""

    sent: int = 0
    postponed: int = 0
    refused: int = 0
    lost: int = 0
    """The server had the text, its answer did not come."""
    trouble: str = ""
    """Why the run ended before its time; empty where it did not."""


def send_waiting(db: Database, config: Config, *, progress: Progress | None = None) -> SendReport:
    """Send all mails that are due, one after the other over one connection.

    Raises ConfigError where server or sender are not set, DeliveryError where the server refuses sender or login;
    what was not sent waits for the next run.
    """
    postman = Postman(config.mail, sender=_sender(config))
    settle(db, config)
    with db.read() as session:
        waiting = deliveries.delivery_counts(session).get("waiting", 0)
    if not waiting:
        return SendReport()
    lease = Lease(config.data)
    run = _Run(db, postman, config, lease.token, progress, waiting)
    try:
        return asyncio.run(run.all())
    finally:
        with db.write(only=MAIL) as session:
            deliveries.release(session, lease=lease.token)
        lease.release()


def not_set_up(waiting: int) -> str:
    """What a job says where no mail can be sent, and ``waiting`` mails go on waiting."""
    return sentence(
        "mail is not set up, so %(number)s mails wait; set PANTAU_MAIL_HOST and PANTAU_MAIL_SENDER (docs/mail.md)",
        number=waiting,
    )


def settle(db: Database, config: Config) -> int:
    """Take up what killed senders left behind; gives the number of mails that are unsure for good."""
    is_dead = partial(_is_dead, config)
    with db.write(only=MAIL) as session:
        return deliveries.settle(session, is_dead)


class _Run:
    def __init__(
        self, db: Database, postman: Postman, config: Config, lease: str, progress: Progress | None, total: int
    ) -> None:
        self._db, self._postman, self._config, self._lease = db, postman, config, lease
        self._letterhead = Letterhead.of(config)
        self._progress, self._total = progress, total
        self._counts: Counter[str] = Counter()
        self._mailing: Mailing | None = None

    async def all(self) -> SendReport:
        troubles, trouble = 0, ""
        try:
            while troubles < TROUBLES and (claimed := self._claim()):
                for delivery in claimed:
                    await self._postman.connect()
                    trouble = await self._one(delivery)
                    troubles = troubles + 1 if trouble else 0
                    if troubles == TROUBLES:
                        break
                    if self._progress:
                        self._progress(self._counts.total(), self._total)
        except ServerTrouble as error:  # no connection: nobody's mail was tried
            return SendReport(**self._counts, trouble=str(error))
        finally:
            await self._postman.close()
        return SendReport(**self._counts, trouble=trouble if troubles == TROUBLES else "")

    async def _one(self, delivery: Delivery) -> str:
        """Send one mail and note what came of it; gives what was wrong with the server, or nothing."""
        message = self._message(delivery)
        try:
            await self._postman.announce(delivery.email, bounces=self._bounces(delivery))
            self._note(deliveries.begin_handing, delivery)
            await self._postman.hand_over(message)
        except Refused as error:
            self._note(partial(deliveries.note_refused, error=str(error), unknown=error.unknown), delivery, "refused")
        except Postponed as error:
            self._note(partial(deliveries.note_postponed, error=str(error)), delivery, "postponed")
        except AnswerLost as error:
            self._note(partial(deliveries.note_lost, error=str(error)), delivery, "lost")
        except ServerTrouble as error:
            self._note(partial(deliveries.note_postponed, error=str(error)), delivery, "postponed")
            return str(error)
        else:
            self._note(deliveries.note_sent, delivery, "sent")
        return ""

    def _claim(self) -> list[Delivery]:
        with self._db.write(only=MAIL) as session:
            return deliveries.claim_deliveries(session, lease=self._lease, limit=BATCH)

    def _note(self, step: Callable[..., None], delivery: Delivery, count: str = "") -> None:
        with self._db.write(only=MAIL) as session:
            step(session, delivery, lease=self._lease)
        if count:
            self._counts[count] += 1

    def _message(self, delivery: Delivery) -> bytes:
        """The text for one reader; the mailing is read once for all who get it."""
        if self._mailing is None or self._mailing.id != delivery.mailing:
            with self._db.read() as session:
                self._mailing = find_mailing(session, delivery.mailing)
        if self._mailing is None:
            raise RuntimeError(f"mailing {delivery.mailing} was claimed and is gone")
        return compose(
            self._mailing, delivery.email, token=delivery.token, letterhead=self._letterhead, mark=delivery.mark
        )

    def _bounces(self, delivery: Delivery) -> str:
        """Where this mail comes back to when it cannot be delivered; its own address where the settings give one."""
        address = self._config.mail.bounces_to
        return address.replace("*", delivery.mark or "0") if address else self._letterhead.sender.addr_spec


def _sender(config: Config) -> str:
    return Letterhead.of(config).sender.addr_spec


def _is_dead(config: Config, token: str | None, since: datetime) -> bool:
    return holder_is_dead(config.data, token, since=since, now=now())
