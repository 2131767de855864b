"""How people and programs prove who they are: sessions, tokens, and how often a login failed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import InputError
from storage.records.accounts import Account, account_of
from storage.records.tables_people import ApiTokenRow, LoginFailureRow, SessionRow, UserRow

LONGEST = timedelta(days=30)
"""A login ends after this, whatever happens."""
IDLE = timedelta(days=7)
"""A login that is not used ends after this."""
SEEN_EVERY = timedelta(minutes=10)
"""How often the use of a session or token is written down."""
WINDOW = timedelta(minutes=15)
"""Failed logins older than this are forgiven."""
MOST_BY_ACCOUNT = 10
MOST_BY_ADDRESS = 30
TOKEN_PREFIX = "pantau_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token for programs, without its secret."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose session or token it is; ``stale`` asks for :func:`touch_session` or :func:`touch_token`."""

    account: Account
    stale: bool


def digest(secret: str) -> str:
    """What is stored of a secret: 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()


def open_session(session: Session, account_id: int) -> str:
    """Log an account in; gives the secret that its cookie holds."""
    moment, secret = now(), secrets.token_urlsafe(32)
    session.execute(delete(SessionRow).where(SessionRow.expires_at < moment))
    session.add(
        SessionRow(
            id=digest(secret), user_id=account_id, created_at=moment, seen_at=moment, expires_at=moment + LONGEST
        )
    )
    return secret


def close_session(session: Session, secret: str) -> None:
    """Log out; safe to repeat."""
    session.execute(delete(SessionRow).where(SessionRow.id == digest(secret)))


def session_account(session: Session, secret: str) -> Proven | None:
    """Whose login a cookie's secret is; ``None`` where it is none, has ended, or its account is closed."""
    query = select(SessionRow, UserRow).join(UserRow).where(SessionRow.id == digest(secret))
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, user = found
    moment = now()
    if user.disabled_at is not None or moment >= row.expires_at or moment >= row.seen_at + IDLE:
        return None
    return Proven(account_of(user), stale=moment >= row.seen_at + SEEN_EVERY)


def touch_session(session: Session, secret: str) -> None:
    """Note that a login was used just now."""
    row = session.get(SessionRow, digest(secret))
    if row is not None:
        row.seen_at = now()


def add_token(session: Session, account_id: int, name: str) -> str:
    """Give an account a token; its secret is shown this once. Raises InputError for a token without a name."""
    label = " ".join(name.split())[:100]
    if not label.isprintable() or not label:
        raise InputError("token name %(name)r cannot be used; say what the token is for", name=name[:100])
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    session.add(ApiTokenRow(user_id=account_id, name=label, token_hash=digest(secret), created_at=now()))
    return secret


def tokens(session: Session, account_id: int) -> list[Token]:
    """The tokens of an account, the newest first."""
    query = select(ApiTokenRow).where(ApiTokenRow.user_id == account_id).order_by(ApiTokenRow.id.desc())
    return [
        Token(id=row.id, name=row.name, created_at=row.created_at, used_at=row.used_at, revoked_at=row.revoked_at)
        for row in session.scalars(query)
    ]


def revoke_token(session: Session, account_id: int, token_id: int) -> bool:
    """End a token of an account; ``False`` where the account has no such token."""
    row = session.get(ApiTokenRow, token_id)
    if row is None or row.user_id != account_id:
        return False
    row.revoked_at = row.revoked_at or now()
    return True


def token_account(session: Session, secret: str) -> Proven | None:
    """Whose token it is; ``None`` where it is none, was revoked, or its account is closed."""
    query = select(ApiTokenRow, UserRow).join(UserRow).where(ApiTokenRow.token_hash == digest(secret))
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, user = found
    if row.revoked_at is not None or user.disabled_at is not None:
        return None
    return Proven(account_of(user), stale=row.used_at is None or now() >= row.used_at + SEEN_EVERY)


def touch_token(session: Session, secret: str) -> None:
    """Note that a token was used just now."""
    row = session.scalars(select(ApiTokenRow).where(ApiTokenRow.token_hash == digest(secret))).one_or_none()
    if row is not None:
        row.used_at = now()


def claim_attempt(session: Session, *, name: str, address: str) -> timedelta | None:
    """Count an attempt to log in as failed before it is tried, so that no two at once slip through.

    Gives how long the door stays closed where there were too many; :func:`forgive` takes the count back.
    """
    moment = now()
    session.execute(delete(LoginFailureRow).where(LoginFailureRow.failed_at < moment - WINDOW))
    for key, most in ((_name_key(name), MOST_BY_ACCOUNT), (_address_key(address), MOST_BY_ADDRESS)):
        count, first = session.execute(
            select(func.count(), func.min(LoginFailureRow.failed_at)).where(LoginFailureRow.key == key)
        ).one()
        if count >= most:
            return max(first + WINDOW - moment, timedelta(seconds=1)) if first else WINDOW
    for key in (_name_key(name), _address_key(address)):
        session.add(LoginFailureRow(key=key, failed_at=moment))
    return None


def forgive(session: Session, *, name: str, address: str) -> None:
    """Forget the failures of an account that has logged in, and the last one of its address."""
    session.execute(delete(LoginFailureRow).where(LoginFailureRow.key == _name_key(name)))
    last = select(func.max(LoginFailureRow.id)).where(LoginFailureRow.key == _address_key(address)).scalar_subquery()
    session.execute(delete(LoginFailureRow).where(LoginFailureRow.id == last))


def _name_key(name: str) -> str:
    return f"name {digest(name.casefold().strip())}"


def _address_key(address: str) -> str:
    return f"address {address[:100]}"
