"""The settings of a login elsewhere (OpenID Connect). Read by ``scraper.config``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scraper.errors import ConfigError
from scraper.hosts import is_loopback

ROLES = ("viewer", "editor")
"""What somebody may become by logging in elsewhere; admins are made by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """What ``PANTAU_OIDC_*`` says; see ``docs/web.md``."""

    issuer: str
    """Address of the provider, below which its ``/.well-known/openid-configuration`` lies."""
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    """What the button of the login page calls it."""
    role: str
    """Role of people who have no account yet; empty where they are refused."""


def read_oidc_settings(values: Mapping[str, str]) -> OidcSettings | None:
    """From settings by name, lower case and without prefix; ``None`` without an issuer. Raises ConfigError."""
    issuer = values.get("oidc_issuer", "").strip().rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname))):
        raise ConfigError(f"PANTAU_OIDC_ISSUER={issuer!r} is no https address; write it as the provider does")
    client_id, secret = values.get("oidc_client_id", ""), values.get("oidc_client_secret", "")
    if not client_id or not secret:
        raise ConfigError("PANTAU_OIDC_ISSUER needs PANTAU_OIDC_CLIENT_ID and PANTAU_OIDC_CLIENT_SECRET as well")
    role = values.get("oidc_role", "")
    if role and role not in ROLES:
        raise ConfigError(f"PANTAU_OIDC_ROLE={role!r} is none of {', '.join(ROLES)}; leave it out to refuse strangers")
    label = values.get("oidc_label", parts.hostname)
    return OidcSettings(issuer=issuer, client_id=client_id, client_secret=secret, label=label, role=role)
