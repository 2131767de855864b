"""Serves one demo site over HTTP, notes what is asked for, and misbehaves when a test tells it to."""

from __future__ import annotations

import errno
import hashlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.faults import Faults
from demo.faults.kind import Call
from demo.faults.markup import without_session
from demo.sites.site import TEXT, Answer, Site
from scraper.errors import ConfigError

CONDITIONS = ("If-None-Match", "If-Modified-Since")
UNHEARD = ("utm_", "fbclid")
"""Beginnings of parameters that no site looks at."""
DROP = 64
"""Bytes of a drop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request and what was sent back."""

    method: str
    target: str
    """Path with its query."""
    begun: float
    """When it was read, by ``time.monotonic``."""
    ended: float
    """When the answer was ready to be sent."""
    agent: str
    """The user agent as it named itself."""
    conditions: dict[str, str]
    """The conditional headers that it carried."""
    status: int
    sent: int
    """Bytes of the body; of one that is repeated or dripped, those of the whole."""


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
    _count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, target: str) -> tuple[int, bool]:
        """Count a request; its number, and False when it has to fail with 503."""
        with self._lock:
            self._count += 1
            self.requests[target] += 1
            if self.faults.unavailable > 0:
                self.faults.unavailable -= 1
                return self._count, False
            return self._count, True

    def answer(self, target: str, number: int) -> Answer:
        """What the site says to a request, as its faults leave it."""
        heard = without_session(target)
        address = urlsplit(heard)
        if address.path == "/robots.txt" and (self.faults.robots is not None or self.faults.robots_status != 200):
            robots = (self.faults.robots or "").encode()
            return Answer(status=self.faults.robots_status, body=robots, content_type=TEXT)
        pairs = parse_qsl(address.query, keep_blank_values=True, max_num_fields=50)
        query = {name: value for name, value in reversed(pairs) if not name.startswith(UNHEARD)}
        site = self.site
        call = Call(site=site, path=address.path, query=query, target=heard, count=number)
        return self.faults.spoil(call, site.answer(address.path, query))


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
    server_version = "nginx"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True
    timeout = 30
    _begun = 0.0

    def do_GET(self) -> None:
        self._begun = time.monotonic()
        desk = self.server.desk
        number, available = desk.count(self.path)
        if desk.faults.delay:
            desk.closing.wait(desk.faults.delay)
        if available:
            self._send(desk.answer(self.path, number))
        else:
            self._send(Answer(status=503, body=b"sibuk", content_type=TEXT, headers=(("Retry-After", "1"),)))

    do_HEAD = do_GET

    def _send(self, answer: Answer) -> None:
        if answer.delivery in ("never", "reset"):
            self._note(0, 0)
            self._refuse(answer)
            return
        known = self._send_head(answer)
        body = b"" if known or self.command == "HEAD" else answer.body
        self._note(304 if known else answer.status, len(body) * (answer.repeat or 1))
        self._send_body(answer, body)

    def _send_head(self, answer: Answer) -> bool:
        """Status and headers; True where the visitor has this very page, so that no body follows."""
        validates = answer.validates and answer.status == 200
        tag = ""
        if validates and self.server.desk.site.sends_etag:
            tag = '"' + hashlib.sha256(answer.body).hexdigest()[:20] + '"'
        known = validates and self._known(answer, tag)
        self.send_response(304 if known else answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if tag:
            self.send_header("ETag", tag)
        if answer.repeat == 0:
            self.send_header("Connection", "close")
        elif not known:
            self.send_header("Content-Length", str(len(answer.body) * answer.repeat))
        if not known:
            self.send_header("Content-Type", answer.content_type)
        self.end_headers()
        return known

    def _send_body(self, answer: Answer, body: bytes) -> None:
        closing = self.server.desk.closing
        if (answer.delivery == "half" or self.server.desk.faults.truncate) and len(body) > 1:
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif answer.delivery == "drip" and body:
            pause = answer.seconds / (len(body) / DROP)
            for start in range(0, len(body), DROP):
                self.wfile.write(body[start : start + DROP])
                self.wfile.flush()
                if closing.wait(pause):
                    break
        elif answer.repeat != 1 and body:
            sent = 0
            while not closing.is_set() and (answer.repeat == 0 or sent < answer.repeat):
                self.wfile.write(body)
                sent += 1
            self.close_connection = True
        else:
            self.wfile.write(body)

    def _refuse(self, answer: Answer) -> None:
        """Nothing at all: a reset, or silence until the visitor gives up."""
        self.close_connection = True
        if answer.delivery == "never":
            self.connection.settimeout(0.1)
            while not self.server.desk.closing.is_set() and not self._hung_up():
                self.server.desk.closing.wait(0.05)
        else:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def _hung_up(self) -> bool:
        try:
            return not self.connection.recv(1)
        except TimeoutError:
            return False
        except OSError:
            return True

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
        """The visits are the log."""
