"""A mailing and a reader as one message (RFC 5322), the same bytes whenever it is composed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from pantau.translations import N_, use_language
from pantau.translations import gettext as _
from scraper.clock import WIB
from scraper.config import Config
from scraper.errors import ConfigError
from scraper.mail_settings import MailAddress
from storage.records.mailings import Mailing

SLOT = "@@pantau-token@@"
"""Stands for the reader's token in the links of a stored mail; templates keep it out of every text they show."""
EXAMPLE = "contoh"
"""The token in a mail that unsubscribes nobody, such as a preview."""
LISTS = {"digest": (N_("Kliping pekanan"), "kliping"), "alert": (N_("Pemberitahuan"), "pemberitahuan")}
"""Kinds that a reader can end, with the name and the label of their list."""
_LONG_LINES = SMTP.clone(max_line_length=998)
"""A shorter limit would break long links in headers into encoded words that no mail program follows."""
_ODD = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What every mail of an installation carries."""

    sender: MailAddress
    reply_to: MailAddress | None
    base_url: str

    @classmethod
    def of(cls, config: Config) -> Letterhead:
        """From the settings; raises ConfigError where no sender is set."""
        if config.mail.sender is None:
            raise ConfigError("no sender is set; set PANTAU_MAIL_SENDER, e.g. Kliping Humas <kliping@kantor.go.id>")
        return cls(sender=config.mail.sender, reply_to=config.mail.reply_to, base_url=config.base_url)


def compose(
    mailing: Mailing, email: str, *, token: str | None, letterhead: Letterhead, mark: str | None = None
) -> bytes:
    """The message to one reader, ready for SMTP (CRLF line ends); ``mark`` names it in its Message-ID."""
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(mailing, email, letterhead, mark).items():
        message[name] = value
    if mailing.kind in LISTS and token:
        _add_list_headers(message, mailing, token, letterhead)
    _add_body(message, mailing, token or EXAMPLE)
    message["Content-Language"] = mailing.language  # the body takes away all headers of content that stood before it
    _set_boundaries(message, mailing)
    return message.as_bytes(policy=_LONG_LINES)


def message_id(mailing_id: str, email: str, domain: str, *, mark: str | None = None) -> str:
    """The same for every attempt, so that a mail server or program can drop a double."""
    return f"<{mark or sha256(f'{mailing_id} {email}'.encode()).hexdigest()[:32]}@{domain}>"


def one_line(text: str) -> str:
    """Text from anywhere as the value of a header."""
    return " ".join(_ODD.sub(" ", text).split())


def _headers(mailing: Mailing, email: str, letterhead: Letterhead, mark: str | None) -> dict[str, Any]:
    reply = {"Reply-To": _named(letterhead.reply_to)} if letterhead.reply_to else {}
    return {
        "From": _named(letterhead.sender),
        "To": Address(addr_spec=email),
        **reply,
        "Subject": one_line(mailing.subject),
        "Date": format_datetime(mailing.built_at.astimezone(WIB)),
        "Message-ID": message_id(mailing.id, email, letterhead.sender.domain, mark=mark),
        "Auto-Submitted": "auto-generated",
    }


def _named(address: MailAddress) -> Address:
    return Address(display_name=address.display_name, addr_spec=address.addr_spec)


def _add_list_headers(message: EmailMessage, mailing: Mailing, token: str, letterhead: Letterhead) -> None:
    name, label = LISTS[mailing.kind]
    person = (letterhead.reply_to or letterhead.sender).addr_spec
    with use_language(mailing.language):
        message["List-Id"] = f"{_(name)} <{label}.{letterhead.sender.domain}>"
    link = f"{letterhead.base_url}/berhenti/{token}"
    message["List-Unsubscribe"] = f"<{link}>, <mailto:{person}?subject=berhenti>"
    if link.startswith("https://"):  # RFC 8058 wants nothing less
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_body(message: EmailMessage, mailing: Mailing, token: str) -> None:
    message.set_content(mailing.text.replace(SLOT, token), cte="quoted-printable")
    if not mailing.html:
        return
    message.add_alternative(mailing.html.replace(SLOT, token), subtype="html", cte="quoted-printable")
    page = message.get_payload()[1]  # type: ignore[index]  # the second alternative, just added
    for name, png in mailing.images.items():
        page.add_related(png, "image", "png", cid=f"<{name}>", filename=f"{name}.png", disposition="inline")  # type: ignore[union-attr]


def _set_boundaries(message: EmailMessage, mailing: Mailing) -> None:
    """Ones that the text itself decides, so that composing again gives the same bytes."""
    mark = sha256(f"{message['Message-ID']} {mailing.text} {mailing.html}".encode()).hexdigest()[:32]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"{mark}-{number}")
