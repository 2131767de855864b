"""The mailbox in which returned mail arrives, read by IMAP. Read by ``scraper.mail_settings``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from scraper.errors import ConfigError
from scraper.hosts import is_loopback
from scraper.setting_values import read_choice, read_number

Security = Literal["tls", "starttls", "none"]
PORTS: dict[str, int] = {"tls": 993, "starttls": 143, "none": 143}


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceMailbox:
    """What ``PANTAU_BOUNCES_*`` say; see ``docs/settings.md``."""

    host: str
    """Name of the IMAP server; empty where no mailbox is read."""
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str
    ca_file: Path | None
    """Certificates that are trusted beside the system's."""
    timeout: float
    """Seconds that the server may take to answer."""


def read_bounce_mailbox(values: Mapping[str, str]) -> BounceMailbox:
    """From settings by name, lower case and without prefix. Raises ConfigError with the name of the wrong one."""
    security = read_choice(values, "bounces_security", tuple(PORTS))
    host, user = values.get("bounces_host", "").strip(), values.get("bounces_user", "")
    if host and not user:
        raise ConfigError(f"PANTAU_BOUNCES_HOST={host!r} has no login; set PANTAU_BOUNCES_USER and _PASSWORD")
    if security == "none" and host and not is_loopback(host):
        raise ConfigError(
            "PANTAU_BOUNCES_SECURITY=none would send the password of PANTAU_BOUNCES_USER in the clear; "
            "use tls or starttls"
        )
    return BounceMailbox(
        host=host,
        port=read_number(values, "bounces_port", PORTS[security], least=1),
        security=security,  # type: ignore[arg-type]  # one of the keys of PORTS
        user=user,
        password=values.get("bounces_password", ""),
        folder=values.get("bounces_folder", "INBOX"),
        ca_file=Path(values["mail_ca"]).expanduser() if values.get("mail_ca") else None,
        timeout=read_number(values, "mail_timeout", 60, least=1),
    )
