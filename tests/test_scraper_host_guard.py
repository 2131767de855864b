"""What may be fetched: the source's own host and port, on a public address."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError

from scraper.crawl import addresses
from scraper.crawl.addresses import PinnedResolver, addresses_of, is_public
from scraper.crawl.host_guard import HostGuard


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.kabar.example/a", None),
        ("http://kabar.example/a", None),
        ("https://kabar.example:443/a", None),
        ("https://KABAR.example./a", None),
        ("https://amp.kabar.example/a", "offsite"),
        ("https://foto.kabar.example/a", None),
        ("https://kabar.example:8443/a", "offsite"),
        ("https://kabar.example:80/a", "offsite"),
        ("http://kabar.example:443/a", "offsite"),
        ("https://kabar.example.jahat.example/a", "offsite"),
        ("https://kabar.example@jahat.example/a", "offsite"),
        ("https://kabar.example\\@jahat.example/a", "offsite"),
        ("https://redaksi:rahasia@kabar.example/a", "userinfo"),
        ("http://127.0.0.1/a", "offsite"),
        ("http://2130706433/a", "offsite"),
        ("http://0x7f.1/a", "offsite"),
        ("http://0177.0.0.1/a", "offsite"),
        ("http://localhost./a", "offsite"),
        ("http://[::1]/a", "offsite"),
        ("http://[::ffff:127.0.0.1]/a", "offsite"),
        ("ftp://kabar.example/a", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("data:text/html,<p>x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https://[kabar", "scheme"),
        ("https://kabar.example:99999/a", "scheme"),
        ("https://kabar.example:0/a", "scheme"),
        ("https:///a", "scheme"),
    ],
)
def test_refusal(url: str, reason: str | None) -> None:
    assert HostGuard("https://kabar.example/", ("foto.kabar.example",)).refusal(url) == reason


@pytest.mark.parametrize(
    "url", ["https://bérita.example/a", "https://xn--brita-bsa.example/a", "https://BÉRITA.example/a"]
)
def test_a_host_in_letters_of_its_own(url: str) -> None:
    assert HostGuard("https://bérita.example/").refusal(url) is None
    assert HostGuard("https://berita.example/").refusal(url) == "offsite"


@pytest.mark.parametrize(
    ("start", "url", "expected"),
    [
        ("https://kabar.example/", "http://www.kabar.example/a?b=c", "https://www.kabar.example/a?b=c"),
        ("https://kabar.example/", "http://kabar.example:80/a", "https://kabar.example/a"),
        ("https://kabar.example/", "https://kabar.example/a", "https://kabar.example/a"),
        ("http://kabar.example/", "http://kabar.example/a", "http://kabar.example/a"),
        ("https://kabar.example:8443/", "http://kabar.example:8443/a", "http://kabar.example:8443/a"),
    ],
)
def test_https_stays_https(start: str, url: str, expected: str) -> None:
    assert HostGuard(start).upgraded(url) == expected


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::5db8:d822", True),
        ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.0.9", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b:1::1", False),
        ("2002:a00:1::1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("host", "address", "reason"),
    [
        ("kabar.example", "93.184.216.34", None),
        ("kabar.example", "127.0.0.1", "private-address"),
        ("127.0.0.1", "127.0.0.1", None),
        ("localhost", "127.0.0.1", None),
        ("localhost", "::1", None),
        ("localhost", "10.0.0.1", "private-address"),
        ("192.168.1.5", "192.168.1.5", None),
        ("192.168.1.5", "192.168.1.6", "private-address"),
        ("2130706433", "127.0.0.1", "private-address"),
    ],
)
def test_a_private_address_must_be_written_out(host: str, address: str, reason: str | None) -> None:
    guard = HostGuard("https://kabar.example/", ("http://127.0.0.1:8101",))
    assert guard.address_refusal(ipaddress.ip_address(address), host=host) == reason


@pytest.mark.parametrize(
    ("start", "loopback"),
    [
        ("http://127.0.0.1:1/", True),
        ("http://[::1]:1/", True),
        ("http://localhost.:1/", True),
        ("https://kabar.example/", False),
        ("http://192.168.1.5/", False),
    ],
)
def test_loopback(start: str, loopback: bool) -> None:
    assert HostGuard(start).on_loopback is loopback


class _Receiver:
    """What Twisted gives a resolver to answer to."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def resolutionBegan(self, resolution: object) -> None: ...

    def addressResolved(self, address: Any) -> None:
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None: ...


def test_what_was_checked_is_what_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, *_: object, **__: object) -> list[tuple[Any, ...]]:
        answers.append(host)
        ip = "93.184.216.34" if len(answers) == 1 else "127.0.0.1"
        return [(socket.AF_INET, 1, 6, "", (ip, 0)), (socket.AF_INET6, 1, 6, "", ("2606:2800:220:1::1", 0, 0, 0))]

    answers: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(addresses, "_pinned", {})
    first = asyncio.run(addresses_of("Ganti.example."))
    assert asyncio.run(addresses_of("ganti.example")) == first
    resolver, receiver = PinnedResolver(None), _Receiver()  # type: ignore[arg-type]
    resolver.resolveHostName(receiver, "ganti.example", 443)
    resolver.resolveHostName(receiver, "lain.example", 443)
    assert (receiver.hosts, answers) == (["93.184.216.34", "2606:2800:220:1::1"], ["ganti.example"])


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(CannotResolveHostError):
        asyncio.run(addresses_of("tidak-ada.invalid"))
