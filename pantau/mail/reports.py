"""Reports of mail that could not be delivered (RFC 3464), as they come back; anybody may have written them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from pantau.mail.answers import CODE, POLICY, UNKNOWN
from pantau.mail.compose import one_line

LARGEST = 1_000_000
"""Bytes of a report that are read; what is cut off is the end of the mail that came back."""
_MARK = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_MARKS = 5
"""So many marks of one report are looked at: it is about one mail."""
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "In-Reply-To", "References")
"""Headers of the report in which our mark may stand."""
_GENERAL = re.compile(r"[45]\.0\.0")
"""Says nothing but that it failed; the server's own words may say more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A mail that will not be delivered."""

    marks: tuple[str, ...]
    """What may name a mail of ours."""
    recipients: frozenset[str]
    """To whom it could not be delivered, lower case; empty where the report does not say."""
    status: str
    """The enhanced status code, ``5.0.0`` where there is none."""
    diagnostic: str
    """The words of the server, on one line."""

    @property
    def gone(self) -> bool:
        """Whether the address does not exist."""
        return bool(UNKNOWN.match(self.status))

    @property
    def is_policy(self) -> bool:
        """Whether the mail was refused for what it is or where it came from, rather than for the address."""
        return bool(POLICY.match(self.status))


def read_report(raw: bytes) -> Report | None:
    """The report in a mail; ``None`` for any other mail, and for one that only tells of a delay."""
    try:
        message = message_from_bytes(raw[:LARGEST])
        parts = list(message.walk())
    except (RecursionError, ValueError, LookupError):  # built to break a reader
        return None
    if message.get_content_type() != "multipart/report":
        return None
    failed = [block for block in _blocks(parts) if _field(block, "Action").lower() == "failed"]
    if not failed:
        return None
    diagnostic = _diagnostic(failed[0])
    return Report(
        marks=tuple(dict.fromkeys(_marks(message, parts)))[:_MARKS],
        recipients=frozenset(filter(None, map(_recipient, failed))),
        status=_status(_field(failed[0], "Status"), diagnostic),
        diagnostic=diagnostic,
    )


def _blocks(parts: list[Message]) -> Iterator[Message]:
    """The blocks of fields of the first delivery-status part."""
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = status.get_payload() if status is not None else []
    yield from (block for block in blocks if isinstance(block, Message))


def _marks(message: Message, parts: list[Message]) -> Iterator[str]:
    """Of the address that the report came to, and of the mail that it brings back."""
    for name in _ADDRESSED:
        for value in message.get_all(name, []):
            yield from _MARK.findall(str(value)[:2000])
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            part = message_from_string(body.decode("utf-8", "replace") if isinstance(body, bytes) else "")
        for value in part.get_all("Message-ID", []):
            yield from _MARK.findall(str(value)[:2000])


def _recipient(block: Message) -> str:
    """``rfc822; Ani@Kantor.test`` as the bare address."""
    return _field(block, "Final-Recipient").rpartition(";")[2].strip(" <>").lower()


def _status(status: str, diagnostic: str) -> str:
    code = CODE.search(status)
    if code is None or _GENERAL.fullmatch(code[0]):
        code = CODE.search(diagnostic) or code
    return code[0] if code else "5.0.0"


def _diagnostic(block: Message) -> str:
    return one_line(_field(block, "Diagnostic-Code"))[:500]


def _field(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()
