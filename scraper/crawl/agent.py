"""Who we say we are: our name, our version, and whom a site's owner can reach."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from scraper.errors import ConfigError

NAME = "Pantau"
"""The name that robots.txt knows us by."""
HINT = (
    "PANTAU_CONTACT is not set: sites see a robot that nobody answers for, and block it sooner. "
    "Set it to a mail or web address of your office."
)


def user_agent(contact: str) -> str:
    """The ``User-Agent`` header: ``Pantau/0.1.0 (+redaksi@kantor.example)``.

    Raises ConfigError for a contact that cannot stand in a header.
    """
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()<>\\"):
        raise ConfigError(f"PANTAU_CONTACT={contact!r} cannot be sent; write one mail or web address")
    name = f"{NAME}/{_version()}"
    return f"{name} (+{contact.strip()})" if contact.strip() else name


def _version() -> str:
    try:
        return version("pantau")
    except PackageNotFoundError:
        return "0"
