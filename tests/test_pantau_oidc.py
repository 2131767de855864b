"""Logging in elsewhere, with a real provider on loopback: who is let in as whom, and what is not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import HERE, Browser, office_app, office_config

pytest.importorskip("authlib", reason="the extra 'oidc' is not installed")
from oidc_provider import CLIENT, SECRET, Provider, new_key, running

from scraper.errors import ConfigError
from storage.records.accounts import accounts, add_account, set_disabled

Enter = Callable[..., Browser]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def open_page(provider: Provider, prepared_office: Path, tmp_path: Path) -> Iterator[Enter]:
    opened = []

    def make(**settings: str) -> Browser:
        oidc = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        app = office_app(prepared_office, tmp_path / "office", base_url=HERE, **oidc, **settings)
        opened.append(Browser(app))
        opened[-1].__enter__()
        with opened[-1].db.write() as session:
            add_account(session, "admin", role="admin")
        return opened[-1]

    yield make
    for client in opened:
        client.__exit__(None, None, None)


def go_and_return(client: Browser, provider: Provider) -> object:
    """Press the button, log in there, come back."""
    leaving = client.get("/masuk/luar?kembali=/cari%3Fq%3Dberas")
    assert leaving.status_code == 303
    return client.get(provider.authorize(leaving.headers["location"]))


def test_a_verified_address_finds_its_account_once_and_the_id_from_then_on(
    open_page: Enter, provider: Provider
) -> None:
    client = open_page(oidc_label="Kantor")
    with client.db.write() as session:
        add_account(session, "Siti Aminah", role="editor", email="siti@kantor.test")
    assert "Masuk lewat Kantor" in client.get("/masuk").text
    provider.claims["email_verified"] = True
    back = go_and_return(client, provider)
    assert back.headers["location"] == "/cari?q=beras"
    assert "Siti Aminah" in client.get("/").text
    provider.claims |= {"email": "lain@kantor.test"}
    assert go_and_return(Browser(client.app), provider).status_code == 303


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({}, "Belum ada akun"),
        ({"email_verified": False}, "Belum ada akun"),
        ({"iss": "http://lain.test"}, "gagal"),
        ({"aud": "aplikasi-lain"}, "gagal"),
        ({"nonce": "lama"}, "gagal"),
        ({"exp": 1}, "gagal"),
        ({"sub": None}, "gagal"),
    ],
)
def test_what_is_not_vouched_for_is_refused(
    open_page: Enter, provider: Provider, claims: dict[str, object], told: str
) -> None:
    client = open_page()
    with client.db.write() as session:
        add_account(session, "Siti Aminah", role="editor", email="siti@kantor.test")
    provider.claims |= claims
    back = go_and_return(client, provider)
    assert back.status_code == 403
    assert told in back.text
    assert client.get("/").status_code == 303


def test_a_token_of_another_key_is_refused(open_page: Enter, provider: Provider) -> None:
    client = open_page(oidc_role="viewer")
    provider.key = new_key("of somebody else")
    assert go_and_return(client, provider).status_code == 403


def test_strangers_become_what_the_settings_say_and_stay_closed_out_once_disabled(
    open_page: Enter, provider: Provider
) -> None:
    client = open_page(oidc_role="viewer")
    assert go_and_return(client, provider).status_code == 303
    with client.db.write() as session:
        assert [(one.name, one.role) for one in accounts(session)] == [("Siti", "viewer"), ("admin", "admin")]
        set_disabled(session, "Siti")
    assert client.get("/").status_code == 303
    assert go_and_return(Browser(client.app), provider).status_code == 403


def test_an_answer_for_another_browser_or_another_time_is_refused(open_page: Enter, provider: Provider) -> None:
    client = open_page(oidc_role="viewer")
    returning = provider.authorize(client.get("/masuk/luar").headers["location"])
    assert Browser(client.app).get(returning).status_code == 400
    assert client.get(returning).status_code == 303
    assert client.get(returning).status_code == 400, "the login replaced the cookie that it was made from"
    assert client.get("/masuk/luar/kembali?state=x.y&code=z").status_code == 400


def test_a_provider_that_is_down_is_told_of(open_page: Enter, provider: Provider) -> None:
    client = open_page()
    provider.issuer += "x"
    assert client.get("/masuk/luar").status_code == 503


def test_without_settings_there_is_no_such_login(client: Browser) -> None:
    assert client.get("/masuk/luar").status_code == 404


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": "http://kantor.test", "oidc_client_id": "a", "oidc_client_secret": "b"},
        {"oidc_issuer": "https://kantor.test", "oidc_client_id": "a"},
        {"oidc_issuer": "https://kantor.test", "oidc_client_id": "a", "oidc_client_secret": "b", "oidc_role": "admin"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path, settings: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="PANTAU_OIDC"):
        office_config(tmp_path, **settings)
