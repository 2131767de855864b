"""What may be fetched: the source's own host and port, on a public address."""

from __future__ import annotations

import pytest

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
        ("https://kabar.example.jahat.example/a", "offsite"),
        ("https://kabar.example@jahat.example/a", "offsite"),
        ("http://127.0.0.1/a", "offsite"),
        ("ftp://kabar.example/a", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https://[kabar", "scheme"),
    ],
)
def test_refusal(url: str, reason: str | None) -> None:
    assert HostGuard("https://kabar.example/", ("foto.kabar.example",)).refusal(url) == reason


@pytest.mark.parametrize(
    ("start", "address", "reason"),
    [
        ("https://kabar.example/", "93.184.216.34", None),
        ("https://kabar.example/", "127.0.0.1", "private-address"),
        ("https://kabar.example/", "10.1.2.3", "private-address"),
        ("https://kabar.example/", "169.254.169.254", "private-address"),
        ("https://kabar.example/", "::ffff:10.0.0.1", "private-address"),
        ("https://kabar.example/", "fe80::1%eth0", "private-address"),
        ("https://kabar.example/", "0.0.0.0", "private-address"),
        ("http://127.0.0.1:8101/", "127.0.0.1", None),
        ("http://localhost:8101/", "127.0.0.1", None),
        ("http://192.168.1.5/", "192.168.1.5", None),
        ("http://192.168.1.5/", "192.168.1.6", "private-address"),
    ],
)
def test_address_refusal(start: str, address: str, reason: str | None) -> None:
    assert HostGuard(start).address_refusal(address) == reason


@pytest.mark.parametrize(
    ("start", "loopback"), [("http://127.0.0.1:1/", True), ("http://[::1]:1/", True), ("https://kabar.example/", False)]
)
def test_loopback(start: str, loopback: bool) -> None:
    assert HostGuard(start).on_loopback is loopback
