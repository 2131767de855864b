"""Logging in elsewhere by OpenID Connect: the code flow with PKCE, its answer checked by authlib and joserfc.

Nothing is stored between the two halves: state, nonce and verifier are made from the cookie of the visit, which the
provider never sees, and a login replaces it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from dataclasses import dataclass, field
from typing import Any, cast

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException, Session

from pantau.translations import gettext as _
from pantau.web.refusals import Refusal
from scraper.oidc_settings import OidcSettings

SCOPE = "openid profile email"
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
KEPT = 3600
"""Seconds for which what the provider says of itself is believed."""
TIMEOUT = 10
LEEWAY = 60
"""Seconds by which clocks may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who logged in elsewhere."""

    subject: str
    """``issuer subject``."""
    name: str
    email: str | None
    """Only where the provider has verified it."""


@dataclass(slots=True)
class Provider:
    """The provider of the settings; safe to share between threads."""

    settings: OidcSettings
    _described: tuple[float, dict[str, Any], KeySet] | None = field(default=None, repr=False)

    def start(self, visit: str, *, callback: str, back: str) -> str:
        """The provider's address to send a visit to; ``back`` is where it goes afterwards. Raises Refusal."""
        described, _keys = self._description()
        client = self._client(callback)
        address, _state = client.create_authorization_url(
            described["authorization_endpoint"], state=_state_of(visit, back), nonce=_derived(visit, "nonce"),
            code_verifier=_derived(visit, "verifier"),
        )  # fmt: skip
        return str(address)

    def finish(self, visit: str, *, callback: str, code: str) -> Known:
        """Who came back with a code. Raises Refusal where the provider does not vouch for it."""
        described, keys = self._description()
        try:
            token = self._client(callback).fetch_token(
                described["token_endpoint"], code=code, code_verifier=_derived(visit, "verifier"), timeout=TIMEOUT
            )
            claims = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS).claims
            self._checks(visit).validate(claims)
        except (OAuthError, RequestException, JoseError, KeyError, ValueError) as error:
            raise Refusal(403, self._told(error)) from error
        verified = claims.get("email_verified") is True
        email = str(claims["email"]) if verified and claims.get("email") else None
        name = str(claims.get("preferred_username") or claims.get("name") or email or claims["sub"])
        return Known(subject=f"{claims['iss']} {claims['sub']}", name=name, email=email)

    def _checks(self, visit: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": self.settings.client_id},
            nonce={"essential": True, "value": _derived(visit, "nonce")},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    def _client(self, callback: str) -> Any:
        return OAuth2Session(
            self.settings.client_id, self.settings.client_secret, scope=SCOPE, redirect_uri=callback,
            code_challenge_method="S256",
        )  # fmt: skip

    def _description(self) -> tuple[dict[str, Any], KeySet]:
        """What the provider says of itself, and its keys; read anew after an hour."""
        if self._described is None or time.monotonic() - self._described[0] > KEPT:
            self._described = (time.monotonic(), *self._read_description())
        return self._described[1], self._described[2]

    def _read_description(self) -> tuple[dict[str, Any], KeySet]:
        try:
            with Session() as session:
                described = _json(session, f"{self.settings.issuer}/.well-known/openid-configuration")
                if described["issuer"].rstrip("/") != self.settings.issuer:
                    raise ValueError(f"it calls itself {described['issuer']}")
                return described, KeySet.import_key_set(cast(Any, _json(session, described["jwks_uri"])))
        except (RequestException, JoseError, KeyError, ValueError) as error:
            raise Refusal(503, self._told(error)) from error

    def _told(self, error: Exception) -> str:
        values = {"label": self.settings.label, "reason": f"{type(error).__name__}: {error}"[:200]}
        return _("Masuk lewat %(label)s gagal (%(reason)s).") % values


def came_from(visit: str, state: str) -> str | None:
    """Where a visit goes after its login; ``None`` where the state is not the one that it was sent away with."""
    signature, _dot, encoded = state.partition(".")
    try:
        back = base64.urlsafe_b64decode(encoded.encode()).decode()
    except (binascii.Error, ValueError):
        return None
    return back if visit and hmac.compare_digest(_state_of(visit, back).partition(".")[0], signature) else None


def _state_of(visit: str, back: str) -> str:
    return f"{_derived(visit, f'state {back}')}.{base64.urlsafe_b64encode(back.encode()).decode()}"


def _derived(visit: str, use: str) -> str:
    return hmac.new(visit.encode(), f"oidc {use}".encode(), "sha256").hexdigest()


def _json(session: Session, address: str) -> dict[str, Any]:
    answer = session.get(address, timeout=TIMEOUT, allow_redirects=False)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
