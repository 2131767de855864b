"""What the commands that send mail share: send what waits, and tell what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pantau.cli.output import progress, say
from scraper.errors import ConfigError, DeliveryError

if TYPE_CHECKING:
    from scraper.config import Config
    from storage.database import Database


UNSET_ID = "isi PANTAU_MAIL_HOST dan PANTAU_MAIL_SENDER (docs/mail.md)"


def need_mail(config: Config) -> None:
    """Raise ConfigError where no mail can be sent."""
    if not config.mail.is_set_up:
        raise ConfigError(
            "mail is not set up; set PANTAU_MAIL_HOST and PANTAU_MAIL_SENDER (docs/mail.md), "
            "or write files with --dry-run FOLDER"
        )


def send_mail(db: Database, config: Config) -> None:
    """Send everything that is due; raises DeliveryError where the server could not be used.

    Where no mail server is set what waits goes on waiting, until it is too old: no failure, and nothing to try again.
    """
    from pantau import wording
    from pantau.mail.outbox import not_set_up, send_waiting
    from storage.records.deliveries import next_attempt

    if not config.mail.is_set_up:
        say(not_set_up(_waiting(db)))
        return

    with progress("Mengirim surel") as advance:
        report = send_waiting(db, config, progress=advance)
    with db.read() as session:
        again = next_attempt(session)
    told = {"sent": report.sent, "postponed": report.postponed, "refused": report.refused, "unsure": report.lost}
    say(", ".join(f"{count} {name}" for name, count in told.items() if count or name == "sent"))
    if again is not None:
        say(f"next attempt {wording.short_moment(again)} WIB")
    if report.trouble:
        raise DeliveryError(f"{report.trouble}; what was not sent waits for the next time")


def _waiting(db: Database) -> int:
    from storage.records.deliveries import delivery_counts

    with db.read() as session:
        return delivery_counts(session).get("waiting", 0)
