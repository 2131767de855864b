"""A request that is not answered, and why: what the error page says."""

from __future__ import annotations

from collections.abc import Mapping

from scraper.errors import ConflictError, InputError, QueryError

THEIRS = (InputError, QueryError, ConflictError)
"""What the asker can mend by asking differently; a form shows it above itself."""


class Refusal(Exception):
    """Raised anywhere below a route; the page or JSON that tells of it is made in ``pantau/web/errors.py``."""

    def __init__(self, status: int, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        """In the reader's language."""
        self.headers = dict(headers or {})
