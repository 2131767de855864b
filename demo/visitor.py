"""Asks a site of the newsroom for one page as it is: nothing is followed, unpacked or tried again."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def links(self) -> list[str]:
        """The addresses of its anchors, as they stand there."""
        return [link for anchor in html.fromstring(self.body).iter("a") if (link := anchor.get("href")) is not None]


def get(url: str, *, most: int | None = None, timeout: float = 5, **headers: str) -> Reply:
    """One GET on a connection of its own, with at most so many bytes read; ``If_None_Match=`` is a header.

    Raises what ``http.client`` raises where the answer breaks off, and TimeoutError after ``timeout`` seconds.
    """
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=timeout)
    try:
        target = url.partition(address.netloc)[2].partition("#")[0] or "/"
        connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read() if most is None else response.read(most))
    finally:
        connection.close()
