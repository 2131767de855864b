"""Accounts at the command line, and what serving to others asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pantau.cli.main import app
from pantau.passwords import hash_password, matches
from scraper.errors import ConfigError, InputError, PantauError, StorageError

PASSWORD = "beras merah di pasar lama"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))


def run(*arguments: str, stdin: str = "") -> str:
    result = CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_account_is_made_listed_changed_and_closed() -> None:
    run("users", "add", "Siti  Aminah", "--role", "admin", "--email", "Siti@Kantor.test", "--stdin", stdin=PASSWORD)
    run("users", "add", "budi", "--no-password")
    run("users", "role", "BUDI", "editor")
    run("users", "password", "budi", "--stdin", stdin=PASSWORD + "\n")
    run("users", "disable", "budi")
    rows = [json.loads(line) for line in run("users", "list", "--json").splitlines()]
    assert [(row["name"], row["role"], row["email"], row["state"]) for row in rows] == [
        ("Siti Aminah", "admin", "siti@kantor.test", "active"),
        ("budi", "editor", None, "disabled"),
    ]
    run("users", "enable", "budi")


def test_a_token_is_shown_once_listed_and_revoked() -> None:
    run("users", "add", "siti", "--role", "admin", "--no-password")
    assert run("users", "token", "siti", "R di kantor").startswith("pantau_")
    run("users", "revoke", "siti", "1")
    (row,) = [json.loads(line) for line in run("users", "tokens", "siti", "--json").splitlines()]
    assert (row["id"], row["name"], row["used"], row["state"]) == (1, "R di kantor", None, "revoked")
    with pytest.raises(InputError, match="no token 9"):
        run("users", "revoke", "siti", "9")


@pytest.mark.parametrize(
    ("arguments", "stdin", "error", "told"),
    [
        (("add", "siti", "--stdin"), PASSWORD, StorageError, "exists"),
        (("add", "budi", "--stdin"), "pendek", InputError, "has 6 letters"),
        (("add", "budi-santoso", "--stdin"), "Budi-Santoso", InputError, "is the account's name"),
        (("add", "budi"), PASSWORD, InputError, "--stdin"),
        (("add", "\x1b[2J", "--no-password"), "", InputError, "no account name"),
        (("password", "budi", "--stdin"), PASSWORD, StorageError, "no account 'budi'"),
        (("disable", "siti"), "", StorageError, "last admin"),
        (("role", "siti", "viewer"), "", StorageError, "last admin"),
        (("role", "siti", "raja"), "", InputError, "unknown"),
    ],
)
def test_what_cannot_be_done_says_why(
    arguments: tuple[str, ...], stdin: str, error: type[PantauError], told: str
) -> None:
    run("users", "add", "siti", "--role", "admin", "--no-password")
    with pytest.raises(error, match=told):
        run("users", *arguments, stdin=stdin)


def test_serving_to_others_asks_for_an_account_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="pantau users add"):
        run("serve", "--host", "0.0.0.0")
    run("users", "add", "siti", "--role", "admin", "--no-password")
    with pytest.raises(ConfigError, match="PANTAU_BASE_URL"):
        run("serve", "--host", "0.0.0.0")


def test_a_password_is_known_again_and_nothing_else_is() -> None:
    stored = hash_password(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert matches(PASSWORD, stored)
    assert not matches(PASSWORD + "!", stored)
    assert not matches(PASSWORD, None)
    assert not matches(PASSWORD, "no hash")
