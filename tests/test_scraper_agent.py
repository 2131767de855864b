"""Who we say we are."""

from __future__ import annotations

import pytest

from scraper.crawl.agent import user_agent
from scraper.errors import ConfigError


@pytest.mark.parametrize("contact", ["redaksi@kantor.example", "https://kantor.example/robot"])
def test_the_contact_is_named(contact: str) -> None:
    agent = user_agent(contact)
    assert agent.startswith("Pantau/")
    assert agent.endswith(f" (+{contact})")


def test_without_a_contact() -> None:
    assert user_agent("").partition("/")[0] == "Pantau"
    assert "(" not in user_agent(" ")


@pytest.mark.parametrize("contact", ["a@b.example\r\nCookie: x", "kantor (a@b.example)", "kantor\u00e9"])
def test_what_cannot_stand_in_a_header(contact: str) -> None:
    with pytest.raises(ConfigError, match="PANTAU_CONTACT"):
        user_agent(contact)
