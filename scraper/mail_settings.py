"""The settings of mail: which server sends it, in whose name, and when it stays silent. Read by ``scraper.config``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from scraper.bounce_settings import BounceMailbox, read_bounce_mailbox
from scraper.errors import ConfigError
from scraper.hosts import is_loopback
from scraper.setting_values import read_clock

Security = Literal["starttls", "tls", "none"]
PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}
MARK = 32
"""Characters of what names one mail."""
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddress:
    """An address with or without a name; unlike the standard library's it can be hashed, as all settings must be."""

    display_name: str
    addr_spec: str

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.addr_spec.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """What ``PANTAU_MAIL_*`` and its neighbours say; see ``docs/settings.md``."""

    host: str
    """Name of the SMTP server; empty where no mail is sent."""
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: MailAddress | None
    """In whose name mail is sent, with or without a display name."""
    reply_to: MailAddress | None
    admin: MailAddress | None
    """Who is told of silent sources."""
    ca_file: Path | None
    """Certificates that are trusted beside the system's, for a server with one of its own."""
    timeout: float
    """Seconds that the server may take to answer a command; for the text of a mail ten times as many."""
    quiet: tuple[time, time] | None
    """From when until when (WIB) no alert is sent."""
    digest_weekday: int
    """Monday is 0."""
    digest_time: time
    alert_time: time
    """When (WIB) daily alerts are sent."""
    bounces_to: str
    """The address that undeliverable mail goes back to, a ``*`` standing for what names one mail; empty: the sender."""
    mailbox: BounceMailbox
    """Where that mail is read."""

    @property
    def is_set_up(self) -> bool:
        """Whether mail can be sent at all."""
        return bool(self.host) and self.sender is not None


def read_mail_settings(values: Mapping[str, str]) -> MailSettings:
    """From settings by name, lower case and without prefix. Raises ConfigError with the name of the wrong one."""
    security = _security(values.get("mail_security", "starttls"))
    host, user = values.get("mail_host", "").strip(), values.get("mail_user", "")
    if security == "none" and user and not is_loopback(host):
        raise ConfigError(
            "PANTAU_MAIL_SECURITY=none would send the password of PANTAU_MAIL_USER in the clear; use starttls or tls"
        )
    return MailSettings(
        host=host,
        port=_number("mail_port", values.get("mail_port", str(PORTS[security])), most=65_535),
        security=security,
        user=user,
        password=values.get("mail_password", ""),
        sender=_address("mail_sender", values.get("mail_sender")),
        reply_to=_address("mail_reply_to", values.get("mail_reply_to")),
        admin=_address("admin_mail", values.get("admin_mail")),
        ca_file=Path(values["mail_ca"]).expanduser() if values.get("mail_ca") else None,
        timeout=_number("mail_timeout", values.get("mail_timeout", "60"), most=3600),
        quiet=read_hours(values.get("quiet_hours") or ""),
        digest_weekday=_weekday(values.get("digest_day", "senin")),
        digest_time=read_clock("digest_time", values.get("digest_time", "06.30")),
        alert_time=read_clock("alert_time", values.get("alert_time", "07.00")),
        bounces_to=_bounces(values.get("mail_bounces", "").strip()),
        mailbox=read_bounce_mailbox(values),
    )


def read_base_url(values: Mapping[str, str]) -> str:
    """The address under which readers of a mail reach the page, without a slash at its end."""
    raw = values.get("base_url", "http://127.0.0.1:8000").strip().rstrip("/")
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or " " in raw:
        raise ConfigError(f"PANTAU_BASE_URL={raw!r} is no web address; write e.g. https://pantau.kantor.go.id")
    return raw


def mail_address(raw: str) -> MailAddress:
    """``Nama <a@b.test>`` or ``a@b.test``; raises ValueError for anything else, line breaks above all."""
    name, address = parseaddr(raw)
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not raw.isprintable() or not address.isascii() or raw.count("@") != 1:
        raise ValueError(f"{raw!r} is no mail address")
    if any(c.isspace() or c in '<>()[],;:\\"' for c in address) or domain.startswith(".") or ".." in address:
        raise ValueError(f"{raw!r} is no mail address")
    if len(address) > 254 or len(local) > 64:
        raise ValueError(f"{raw!r} is too long for a mail address")
    try:
        parsed = Address(display_name=name, addr_spec=address)
    except HeaderParseError as error:
        raise ValueError(f"{raw!r} is no mail address") from error
    return MailAddress(display_name=parsed.display_name, addr_spec=parsed.addr_spec)


def _address(name: str, raw: str | None) -> MailAddress | None:
    if not raw:
        return None
    try:
        return mail_address(raw)
    except ValueError as error:
        raise ConfigError(f"PANTAU_{name.upper()}={raw!r} is no mail address; write Nama <a@kantor.go.id>") from error


def _bounces(raw: str) -> str:
    if not raw:
        return ""
    try:
        mail_address(raw.replace("*", "0" * MARK))
    except ValueError as error:
        raise ConfigError(
            f"PANTAU_MAIL_BOUNCES={raw!r} is no mail address; write pantul@kantor.go.id or pantul+*@kantor.go.id"
        ) from error
    if raw.count("*") > 1 or "*" in raw.rpartition("@")[2] or "<" in raw:
        raise ConfigError(f"PANTAU_MAIL_BOUNCES={raw!r} may have one * before its @, and no name")
    return raw


def _security(raw: str) -> Security:
    for known in get_args(Security):
        if raw.strip().lower() == known:
            return known  # type: ignore[no-any-return]
    raise ConfigError(f"PANTAU_MAIL_SECURITY={raw!r} is unknown; choose starttls, tls or none")


def _number(name: str, raw: str, *, most: int) -> int:
    if raw.strip().isascii() and raw.strip().isdigit() and 0 < int(raw) <= most:
        return int(raw)
    raise ConfigError(f"PANTAU_{name.upper()}={raw!r} is no number from 1 to {most}")


def read_hours(raw: str) -> tuple[time, time] | None:
    """A span of hours, such as 21.00-06.00; ``None`` for none. Raises ConfigError."""
    if not raw.strip():
        return None
    start, dash, end = raw.partition("-")
    if not dash:
        raise ConfigError(f"PANTAU_QUIET_HOURS={raw!r} is no span of hours; write e.g. 21.00-06.00")
    span = read_clock("quiet_hours", start), read_clock("quiet_hours", end)
    return span if span[0] != span[1] else None


def _weekday(raw: str) -> int:
    name = raw.strip().lower()
    if name not in WEEKDAYS:
        raise ConfigError(f"PANTAU_DIGEST_DAY={raw!r} is no weekday; choose {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)
