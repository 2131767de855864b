"""A small OpenID Connect provider on loopback: discovery, keys, codes that are good once and for the right verifier."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "pantau-kantor", "rahasia klien"


@cache
def new_key(whose: str) -> RSAKey:
    """A key that signs; ``whose`` tells apart those that share an id."""
    return RSAKey.generate_key(2048, {"kid": "satu"})


class Provider:
    """Who it says that everybody is can be changed in ``claims``; ``key`` signs."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = self.published = new_key("ours")
        self.claims: dict[str, Any] = {"sub": "4711", "preferred_username": "Siti", "email": "siti@kantor.test"}
        self._asked: dict[str, dict[str, str]] = {}

    def authorize(self, address: str) -> str:
        """What a browser does there: follow the address and come back with a code. Gives the address to return to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"kode-{len(self._asked)}"
        self._asked[code] = asked
        returned = urlsplit(asked["redirect_uri"])
        return f"{returned.path}?code={code}&state={asked['state'].replace('=', '%3D')}"

    def answer(self, path: str) -> dict[str, Any] | None:
        """What a GET gives."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            }  # fmt: skip
        return {"keys": [self.published.as_dict(private=False)]} if path == "/keys" else None

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code; nothing for a code used before, a wrong secret or a wrong verifier."""
        asked = self._asked.pop(form.get("code", ""), None)
        told = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or told != f"{CLIENT}:{SECRET}" or challenge != asked["code_challenge"]:
            return None
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": moment, "exp": moment + 300, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "satu"}, claims | self.claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        self._send(self.provider.answer(self.path), 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._send(self.provider.token(form, self.headers.get("Authorization", "")), 400)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _send(self, found: dict[str, Any] | None, otherwise: int) -> None:
        body = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
        self.send_response(otherwise if found is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(server.server_address[1])
    server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
