"""Serves one demo site over HTTP, counts what is asked for, and misbehaves when a test tells it to."""

from __future__ import annotations

import errno
import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.sites.site import TEXT, Answer, Site
from scraper.errors import ConfigError

CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass(slots=True, kw_only=True)
class Faults:
    """What goes wrong at a site; tests and the demonstration set these while it runs."""

    unavailable: int = 0
    """Answer 503 to that many requests more."""
    delay: float = 0.0
    """Seconds before each answer."""
    robots: str | None = None
    """Another robots.txt, sent as it is."""
    robots_status: int = 200
    """Status of robots.txt."""
    truncate: bool = False
    """Promise the whole body and close the connection halfway through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request and what was sent back."""

    method: str
    target: str
    """Path with its query."""
    begun: float
    """When it was read, by ``time.monotonic``."""
    ended: float
    """When the answer had been sent."""
    agent: str
    """The user agent as it named itself."""
    conditions: dict[str, str]
    """The conditional headers that it carried."""
    status: int
    sent: int
    """Bytes of the body."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """A site on the air: what it publishes now, who asked for what, and what goes wrong."""

    site: Site
    faults: Faults = field(default_factory=Faults)
    requests: Counter[str] = field(default_factory=Counter)
    """Requests per path with its query, robots.txt included."""
    log: list[Visit] = field(default_factory=list)
    """Everything that was answered, in the order of the answers."""
    closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, target: str) -> bool:
        """Count a request; False when it has to fail with 503."""
        with self._lock:
            self.requests[target] += 1
            if self.faults.unavailable > 0:
                self.faults.unavailable -= 1
                return False
            return True


class SiteServer(ThreadingTCPServer):
    """One listening address for one site; a thread per connection."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int]) -> None:
        self.desk: Desk
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    @property
    def origin(self) -> str:
        """``http://host:port``."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def serve(self, desk: Desk) -> None:
        """Start answering in a thread of its own."""
        self.desk = desk
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Stop listening, end open connections and wait for their threads."""
        self.desk.closing.set()
        self.shutdown()
        for connection in tuple(self._open):
            _hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be ended at the stop."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget an ended connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is no event."""


def listen(network: str, names: Sequence[str], port: int) -> dict[str, SiteServer]:
    """One server a name, each on an address of its own in ``network`` (``127.0.10.{}``); ``port`` 0 takes any free.

    Where only 127.0.0.1 exists (macOS) they get consecutive ports. Raises ConfigError where a port is taken.
    """
    servers: dict[str, SiteServer] = {}
    try:
        for place, name in enumerate(names):
            servers[name] = _bind(network, place, port)
    except OSError as error:
        for server in servers.values():
            server.server_close()
        raise ConfigError(
            f"the demo sites cannot listen on port {port} ({error}); free it or choose another"
        ) from error
    return servers


def _bind(network: str, place: int, port: int) -> SiteServer:
    try:
        return SiteServer((network.format(place + 1), port))
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:
            raise
    return SiteServer(("127.0.0.1", port + place if port else 0))


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended by itself
        return


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    _begun = 0.0
    server_version = "nginx"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        self._begun = time.monotonic()
        desk = self.server.desk
        available = desk.count(self.path)
        if desk.faults.delay:
            desk.closing.wait(desk.faults.delay)
        if available:
            self._send(self._answer(desk))
        else:
            self._send(Answer(status=503, body=b"sibuk", content_type=TEXT, headers=(("Retry-After", "1"),)))

    do_HEAD = do_GET

    def _answer(self, desk: Desk) -> Answer:
        address = urlsplit(self.path)
        if address.path == "/robots.txt" and (desk.faults.robots is not None or desk.faults.robots_status != 200):
            robots = (desk.faults.robots or "").encode()
            return Answer(status=desk.faults.robots_status, body=robots, content_type=TEXT)
        query = dict(reversed(parse_qsl(address.query, keep_blank_values=True, max_num_fields=50)))
        return desk.site.answer(address.path, query)

    def _send(self, answer: Answer) -> None:
        tag = '"' + hashlib.sha256(answer.body).hexdigest()[:20] + '"' if self.server.desk.site.sends_etag else ""
        fresh = answer.status == 200 and self._known(answer, tag)
        body = b"" if fresh else answer.body
        self.send_response(304 if fresh else answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status == 200 and tag:
            self.send_header("ETag", tag)
        if not fresh:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.desk.faults.truncate and len(body) > 1:
            body = body[: len(body) // 2]
            self.close_connection = True
        body = b"" if self.command == "HEAD" else body
        self._note(304 if fresh else answer.status, len(body))
        self.wfile.write(body)

    def _note(self, status: int, sent: int) -> None:
        conditions = {name: value for name in CONDITIONS if (value := self.headers.get(name)) is not None}
        visit = Visit(
            method=self.command,
            target=self.path,
            begun=self._begun,
            ended=time.monotonic(),
            agent=self.headers.get("User-Agent", ""),
            conditions=conditions,
            status=status,
            sent=sent,
        )
        self.server.desk.log.append(visit)

    def _known(self, answer: Answer, tag: str) -> bool:
        """Whether the visitor already has this very page."""
        wanted = self.headers.get("If-None-Match")
        if wanted is not None and tag:
            return tag in wanted or wanted.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == dict(answer.headers).get("Last-Modified")

    def log_message(self, format: str, *args: Any) -> None:
        """The counters are the log."""
