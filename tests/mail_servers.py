"""Real SMTP servers for tests: one that works, and ones that refuse, hang, greylist, hang up or want a login."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """Takes every mail, and does before what a test asks for; answers are the server's own words."""

    rcpt: dict[str, list[str]] = field(default_factory=dict)
    """Address -> answers to RCPT before it is accepted."""
    data: dict[str, list[str]] = field(default_factory=dict)
    """Address -> what happens to its text before one is taken: an answer, ``hang``, ``drop``, ``take and drop``."""
    mail: list[str] = field(default_factory=list)
    """Answers to MAIL before a sender is accepted."""
    messages: list[tuple[str, bytes]] = field(default_factory=list)
    """Address and text of what was taken, in order."""
    senders: list[str] = field(default_factory=list)
    """Where bounces of what was taken go."""
    logins: list[str] = field(default_factory=list)

    async def handle_MAIL(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.rcpt.get(address):
            answer = self.rcpt[address].pop(0)
            if answer == "drop":
                server.transport.abort()
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        fault = self.data[address].pop(0) if self.data.get(address) else ""
        if fault in ("", "take and drop"):
            self.messages.append((address, envelope.original_content))
            self.senders.append(envelope.mail_from)
        if "drop" in fault:
            server.transport.abort()
        if fault == "hang":
            await asyncio.sleep(60)
        return fault if fault[:1].isdigit() else "250 taken"

    def parsed(self) -> list[EmailMessage]:
        """The messages as the standard library reads them."""
        return [message_from_bytes(raw, policy=default) for _, raw in self.messages]  # type: ignore[misc]

    @property
    def received(self) -> Counter[str]:
        """How many mails each address got."""
        return Counter(address for address, _ in self.messages)


@contextmanager
def mail_server(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None
) -> Iterator[int]:
    """A server on a free port of this machine, gone at the end."""
    port = free_port()

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        mailbox.logins.append(str(given))
        return AuthResult(success=given == login, handled=False)

    wanted: dict[str, Any] = {"authenticator": authenticate, "auth_required": True} if login else {}
    if tls is not None:
        wanted |= {"tls_context": tls, "require_starttls": True}
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **wanted)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
