"""``pantau users``: who may use the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import JsonOption, say, show_rows
from scraper.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

app = typer.Typer(help="Accounts of the web page: viewer, editor or admin.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the account.")]
RoleOption = Annotated[
    str, typer.Option("--role", help="viewer reads and exports, editor corrects and judges, admin does everything.")
]
FromStdin = Annotated[bool, typer.Option("--stdin", help="Read the password from the first line of stdin.")]


@app.command()
def add(
    name: Name,
    *,
    role: RoleOption = "viewer",
    email: Annotated[
        str | None, typer.Option(help="Mail address, by which an outside login finds the account.")
    ] = None,
    stdin: FromStdin = False,
    no_password: Annotated[bool, typer.Option("--no-password", help="Logs in by OIDC only.")] = False,
) -> None:
    """Make an account; from the first one on, everybody has to log in."""
    from pantau.cli.workspace import open_workspace
    from pantau.passwords import hash_password
    from storage.records.accounts import ROLES, account_name, add_account

    if role not in ROLES:
        raise typer.BadParameter(f"choose one of {', '.join(ROLES)}", param_hint="--role")
    db, name = open_workspace().db, account_name(name)
    hashed = None if no_password else hash_password(_password(stdin=stdin), name=name)
    with db.write() as session:
        add_account(session, name, role=role, password_hash=hashed, email=email)
    say(f"account {name} made ({role})")


@app.command("list")
def list_accounts(*, as_json: JsonOption = False) -> None:
    """Show all accounts."""
    from pantau.cli.workspace import open_workspace
    from storage.records.accounts import accounts

    with open_workspace().db.read() as session:
        rows = [
            {
                "name": account.name, "role": account.role, "email": account.email,
                "state": "disabled" if account.disabled_at else "active", "created": account.created_at.isoformat(),
            }
            for account in accounts(session)
        ]  # fmt: skip
    columns = ("name", "role", "email", "state", "created")
    show_rows(rows, as_json=as_json, columns=columns, empty="no accounts; nobody has to log in on this machine")


@app.command()
def password(name: Name, *, stdin: FromStdin = False) -> None:
    """Set a new password and end the logins of the account."""
    from pantau.cli.workspace import open_workspace
    from pantau.passwords import hash_password
    from storage.records.accounts import set_password

    db = open_workspace().db
    hashed = hash_password(_password(stdin=stdin), name=name)
    with db.write() as session:
        set_password(session, name, hashed)
    say(f"password of {name} changed; it is logged out everywhere")


@app.command()
def role(name: Name, role: Annotated[str, typer.Argument(help="viewer, editor or admin.")]) -> None:
    """Give an account another role; it is logged out everywhere."""
    from pantau.cli.workspace import open_workspace
    from storage.records.accounts import set_role

    with open_workspace().db.write() as session:
        set_role(session, name, role)
    say(f"{name} is {role} now")


@app.command()
def disable(name: Name) -> None:
    """Close an account at once: its logins and tokens end, its work keeps its name."""
    _set_disabled(name, disabled=True)


@app.command()
def enable(name: Name) -> None:
    """Open a closed account again."""
    _set_disabled(name, disabled=False)


@app.command()
def token(name: Name, label: Annotated[str, typer.Argument(help="What the token is for.")]) -> None:
    """Make a token for programs and print it, this once; it has the role of the account."""
    from pantau.cli.workspace import open_workspace
    from storage.records.logins import add_token

    with open_workspace().db.write() as session:
        secret = add_token(session, _account_id(session, name), label)
    print(secret)


@app.command()
def tokens(name: Name, *, as_json: JsonOption = False) -> None:
    """Show the tokens of an account."""
    from pantau.cli.workspace import open_workspace
    from storage.records.logins import tokens as stored_tokens

    with open_workspace().db.read() as session:
        rows = [
            {
                "id": token.id, "name": token.name, "created": token.created_at.isoformat(),
                "used": token.used_at.isoformat() if token.used_at else None,
                "state": "revoked" if token.revoked_at else "active",
            }
            for token in stored_tokens(session, _account_id(session, name))
        ]  # fmt: skip
    show_rows(rows, as_json=as_json, columns=("id", "name", "created", "used", "state"), empty="no tokens")


@app.command()
def revoke(name: Name, number: Annotated[int, typer.Argument(help="Id of the token.")]) -> None:
    """End a token at once."""
    from pantau.cli.workspace import open_workspace
    from storage.records.logins import revoke_token

    with open_workspace().db.write() as session:
        if not revoke_token(session, _account_id(session, name), number):
            raise InputError(f"{name} has no token {number}; see `pantau users tokens {name}`")
    say(f"token {number} of {name} is revoked")


def _account_id(session: Session, name: str) -> int:
    from storage.records.accounts import find_account

    account = find_account(session, name)
    if account is None:
        raise InputError(f"there is no account {name!r}; see `pantau users list`")
    return account.id


def _set_disabled(name: str, *, disabled: bool) -> None:
    from pantau.cli.workspace import open_workspace
    from storage.records.accounts import set_disabled

    with open_workspace().db.write() as session:
        set_disabled(session, name, disabled=disabled)
    say(f"{name} is {'disabled' if disabled else 'enabled'}")


def _password(*, stdin: bool) -> str:
    """Ask twice at a terminal, or take the first line of stdin. Raises InputError where there is neither."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputError("there is no terminal to ask for the password; give it on stdin and say --stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
