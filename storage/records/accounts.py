"""Who may use the page: accounts with a role. What an account may do is asked anew at every request."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scraper.clock import now
from scraper.errors import ConflictError, InputError
from storage.records.tables_people import SessionRow, UserRow

Role = Literal["viewer", "editor", "admin"]
"""Each may do what the ones before it may."""
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account, without its password."""

    id: int
    name: str
    email: str | None
    role: Role
    language: str | None
    subject: str | None
    """``issuer subject`` of the outside login that it belongs to."""
    has_password: bool
    created_at: datetime
    disabled_at: datetime | None


def add_account(
    session: Session,
    name: str,
    *,
    role: str,
    password_hash: str | None = None,
    email: str | None = None,
    subject: str | None = None,
) -> Account:
    """Add an account; ``subject`` is that of a login elsewhere.

    Raises ConflictError for a name that is taken, InputError for one that cannot be used and for an unknown role.
    """
    wanted = account_name(name)
    if find_account(session, wanted) is not None:
        raise ConflictError(
            "account %(wanted)r exists; choose another name, or change its password or role", wanted=wanted
        )
    row = UserRow(
        name=wanted,
        email=(email or "").strip().lower() or None,
        role=_role(role),
        password_hash=password_hash,
        subject=subject,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    return account_of(row)


def accounts(session: Session) -> list[Account]:
    """All accounts by name, the disabled ones too."""
    return [account_of(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]


def has_accounts(session: Session) -> bool:
    """Whether there is any account, disabled or not: from the first one on, everybody has to log in."""
    return session.scalar(select(UserRow.id).limit(1)) is not None


def find_account(session: Session, name: str) -> Account | None:
    """The account of a name, whatever its capitals; ``None`` where there is none."""
    row = _find(session, name)
    return account_of(row) if row else None


def stored_password(session: Session, name: str) -> str | None:
    """The password hash of an account that may log in with one; ``None`` for an unknown or disabled one."""
    row = _find(session, name)
    return row.password_hash if row and row.disabled_at is None else None


def set_password(session: Session, name: str, password_hash: str, *, keep: str | None = None) -> None:
    """Change a password and end the logins of the account, except the session id ``keep``."""
    row = _known(session, name)
    row.password_hash = password_hash
    end_sessions(session, row.id, keep=keep)


def renew_hash(session: Session, name: str, password_hash: str) -> None:
    """Store the same password hashed in a newer way; nobody is logged out."""
    _known(session, name).password_hash = password_hash


def set_role(session: Session, name: str, role: str) -> None:
    """Change a role and end the logins of the account. Raises ConflictError where no admin would be left."""
    row, wanted = _known(session, name), _role(role)
    if wanted != "admin":
        _keep_an_admin(session, row)
    row.role = wanted
    end_sessions(session, row.id)


def set_disabled(session: Session, name: str, *, disabled: bool = True) -> None:
    """Close an account and end its logins and tokens, or open it again.

    Raises ConflictError where no admin would be left.
    """
    row = _known(session, name)
    if disabled:
        _keep_an_admin(session, row)
    row.disabled_at = (row.disabled_at or now()) if disabled else None
    end_sessions(session, row.id)


def set_language(session: Session, account_id: int, language: str) -> None:
    """Remember which language an account reads."""
    row = session.get(UserRow, account_id)
    if row is not None:
        row.language = language


def account_of_subject(session: Session, subject: str, *, email: str | None) -> Account | None:
    """The account of an outside login; ``None`` where it belongs to nobody.

    ``email`` is an address that the outside has verified: an account with it and without an outside login is bound to
    this one.
    """
    row = session.scalars(select(UserRow).where(UserRow.subject == subject)).one_or_none()
    if row is None and email:
        matching = select(UserRow).where(UserRow.email == email.strip().lower(), UserRow.subject.is_(None))
        found = session.scalars(matching).all()
        if len(found) == 1:
            row = found[0]
            row.subject = subject
    return account_of(row) if row else None


def end_sessions(session: Session, account_id: int, *, keep: str | None = None) -> None:
    """End all logins of an account except one."""
    session.execute(delete(SessionRow).where(SessionRow.user_id == account_id, SessionRow.id != (keep or "")))


def account_name(name: str) -> str:
    """A name as it is stored. Raises InputError for one that is empty, too long or holds what nobody can see."""
    plain = unicodedata.normalize("NFKC", " ".join(name.split()))
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise InputError(
            "%(name)r is no account name; write up to %(longest_name)s letters, such as siti.aminah",
            name=name[:LONGEST_NAME],
            longest_name=LONGEST_NAME,
        )
    return plain


def _role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise InputError("role %(role)r is unknown; choose one of %(known)s", role=role, known=", ".join(ROLES))


def _keep_an_admin(session: Session, row: UserRow) -> None:
    others = select(func.count()).where(UserRow.role == "admin", UserRow.disabled_at.is_(None), UserRow.id != row.id)
    if row.role == "admin" and row.disabled_at is None and not session.scalar(others):
        raise ConflictError("%(name)r is the last admin; make somebody else admin first", name=row.name)


def _find(session: Session, name: str) -> UserRow | None:
    wanted = unicodedata.normalize("NFKC", " ".join(name.split()))[:LONGEST_NAME]
    rows = session.scalars(select(UserRow).where(func.lower(UserRow.name) == wanted.lower()).limit(1))
    return rows.one_or_none()


def _known(session: Session, name: str) -> UserRow:
    row = _find(session, name)
    if row is None:
        raise ConflictError("there is no account %(name)r; see `pantau users list`", name=name)
    return row


def account_of(row: UserRow) -> Account:
    """What others may know of a stored account."""
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        role=_role(row.role),
        language=row.language,
        subject=row.subject,
        has_password=row.password_hash is not None,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
