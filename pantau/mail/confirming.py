"""The mail that asks whether a subscription is wanted; without an answer nothing is ever sent."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from pantau.mail.bodies import html_body, text_body
from pantau.translations import gettext as _
from pantau.translations import use_language
from scraper.clock import now
from scraper.config import Config
from storage.database import Database
from storage.records.mailings import Mailing, address, save_mailing
from storage.records.subscriptions import Subscription

VALID = timedelta(days=7)


def address_confirmation(db: Database, config: Config, subscription: Subscription) -> None:
    """Ask the owner of the address, once an hour at most, in the language of the subscription."""
    with use_language(subscription.language):
        mailing = _mailing(config, subscription)
    with db.write(only=("mail",)) as session:
        save_mailing(session, mailing)
        address(session, mailing.id, [(subscription.email, subscription.token)])


def _mailing(config: Config, subscription: Subscription) -> Mailing:
    values = {"region": config.region, "query": subscription.query, "base_url": config.base_url}
    mark = sha256(subscription.token.encode()).hexdigest()[:12]
    return Mailing(
        id=f"confirm-{now():%Y%m%dT%H}-{mark}",
        kind="confirm",
        subject=_("Konfirmasi langganan kliping %(region)s") % {"region": config.region},
        html=html_body("confirm", **values),
        text=text_body("confirm.txt", **values),
        images={},
        built_at=now(),
        expires_at=now() + VALID,
        language=subscription.language,
    )
