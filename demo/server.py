"""Serves one demo site over HTTP, counts what is asked for, and misbehaves when a test tells it to."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.sites.site import TEXT, Answer, Site


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


@dataclass(slots=True, kw_only=True)
class Desk:
    """A site on the air: what it publishes now, who asked for what, and what goes wrong."""

    site: Site
    faults: Faults = field(default_factory=Faults)
    requests: Counter[str] = field(default_factory=Counter)
    """Requests per path with its query, robots.txt included."""
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

    def do_GET(self) -> None:
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
        tag = '"' + hashlib.sha256(answer.body).hexdigest()[:20] + '"'
        fresh = answer.status == 200 and self._known(answer, tag)
        body = b"" if fresh else answer.body
        self.send_response(304 if fresh else answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status == 200:
            self.send_header("ETag", tag)
        if not fresh:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.server.desk.faults.truncate and len(body) > 1:
            body = body[: len(body) // 2]
            self.close_connection = True
        self.wfile.write(body)

    def _known(self, answer: Answer, tag: str) -> bool:
        """Whether the visitor already has this very page."""
        wanted = self.headers.get("If-None-Match")
        if wanted is not None:
            return tag in wanted or wanted.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == dict(answer.headers).get("Last-Modified")

    def log_message(self, format: str, *args: Any) -> None:
        """The counters are the log."""
