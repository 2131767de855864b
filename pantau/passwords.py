"""Passwords: what makes one acceptable, and how it is kept (argon2id with the library's parameters)."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scraper.errors import InputError

SHORTEST = 10
LONGEST = 1000
_hasher = PasswordHasher()
_room = threading.Semaphore(2)
"""A hash takes 64 MiB; more than two at a time would let a crowd at the door eat the memory."""


def hash_password(password: str, *, name: str = "") -> str:
    """The hash of a new password. Raises InputError for one that is too short, too long or the account's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            "the password has %(count)s letters; write %(shortest)s to %(longest)s, a sentence is fine",
            count=len(password),
            shortest=SHORTEST,
            longest=LONGEST,
        )
    if name and password.casefold().strip() == name.casefold():
        raise InputError("the password is the account's name; choose another one")
    with _room:
        return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one; takes as long where there is none."""
    with _room:
        try:
            return _hasher.verify(stored or _nobody(), password[:LONGEST]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_renewal(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@lru_cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
