"""One connection to the mail server, and its answers told apart by what they mean for a delivery."""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPTimeoutError

from pantau.mail.answers import POLICY, UNKNOWN
from pantau.mail.compose import one_line
from scraper.errors import ConfigError, DeliveryError
from scraper.mail_settings import MailSettings

READY, ACCEPTED, CLOSING = 354, range(200, 300), 421
PATIENCE = 10
"""So many times longer a server may take over a text than over a command (RFC 5321, 4.5.3.2)."""
_LINE_START_DOT = re.compile(rb"(?m)^\.")


class Postponed(DeliveryError):
    """The server cannot take this mail now; raised before or instead of taking it."""


class Refused(DeliveryError):
    """The server will never take this mail; ``unknown`` where it does not know the address."""

    def __init__(self, message: str, *, unknown: bool) -> None:
        super().__init__(message)
        self.unknown = unknown


class ServerTrouble(DeliveryError):
    """The connection or the server failed, which says nothing about the recipient; the text was not handed over."""


class AnswerLost(DeliveryError):
    """The connection failed after the server had the text, before it answered."""


class Postman:
    """Hands mails to one server over one connection, which is opened when needed and opened anew when it broke."""

    def __init__(self, settings: MailSettings, *, sender: str) -> None:
        """``sender`` is the bare address in whose name mail is sent. Raises ConfigError where no server is set."""
        if not settings.host:
            raise ConfigError("no mail server is set; set PANTAU_MAIL_HOST, or write files with --dry-run FOLDER")
        self._settings, self._sender = settings, sender
        self._client: SMTP | None = None

    async def connect(self) -> None:
        """Open the connection unless it is; raises ServerTrouble, and DeliveryError where the login is refused."""
        settings = self._settings
        if self._client is not None and self._client.is_connected:
            return
        self._client = client = SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.user or None,
            password=settings.password if settings.user else None,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=settings.timeout,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=_tls(settings),
        )
        where = f"mail server {settings.host}:{settings.port}"
        try:
            await client.connect()
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
        except SMTPResponseException as error:
            if 500 <= error.code < 600:
                raise DeliveryError(
                    f"{where} refuses us ({_reason(error)}); check PANTAU_MAIL_USER and password"
                ) from error
            raise ServerTrouble(f"{where} is not ready ({_reason(error)})") from error
        except (SMTPException, OSError) as error:
            raise ServerTrouble(
                f"{where} cannot be used ({_reason(error)}); check PANTAU_MAIL_HOST, _PORT and _SECURITY"
            ) from error

    async def announce(self, recipient: str, *, bounces: str) -> None:
        """Name the recipient, and the address that bounces go to, until the server waits for the text.

        Raises Postponed, Refused or ServerTrouble; DeliveryError where it refuses this sender.
        """
        client = self._client
        if client is None:
            raise ServerTrouble("not connected")
        try:
            await self._ask(client, f"MAIL FROM:<{bounces}>", of_recipient=False)
            await self._ask(client, f"RCPT TO:<{recipient}>")
            await self._ask(client, "DATA", wanted=READY)
        except (Postponed, Refused):
            await self._reset(client)
            raise

    async def hand_over(self, message: bytes) -> None:
        """Give the text that was announced; raises Postponed, Refused, AnswerLost or ServerTrouble."""
        client = self._client
        try:
            if client is None or client.protocol is None:
                raise ServerTrouble("the connection broke before the text")
            client.protocol.write(_LINE_START_DOT.sub(b"..", message) + b".\r\n")
        except (SMTPException, OSError) as error:
            raise ServerTrouble(f"the connection broke before the text ({_reason(error)})") from error
        try:
            answer = await client.protocol.read_response(timeout=self._settings.timeout * PATIENCE)
        except (SMTPException, OSError) as error:
            client.close()
            raise AnswerLost(f"the server's answer to the text was lost ({_reason(error)})") from error
        if answer.code not in ACCEPTED:
            if answer.code == CLOSING:
                client.close()
            raise _refusal(answer.code, answer.message, has_text=True)

    async def close(self) -> None:
        """Say goodbye; safe to repeat."""
        if self._client is not None:
            with suppress(SMTPException, OSError):
                await self._client.quit(timeout=min(self._settings.timeout, 5))
            self._client.close()
            self._client = None
            await asyncio.sleep(0.05)  # the loop closes the socket in its next rounds

    async def _ask(self, client: SMTP, command: str, *, wanted: int | None = None, of_recipient: bool = True) -> None:
        try:
            answer = await client.execute_command(command.encode("ascii"))
        except (SMTPException, OSError) as error:
            raise ServerTrouble(f"the connection broke at {command.split()[0]} ({_reason(error)})") from error
        if answer.code == wanted or (wanted is None and answer.code in ACCEPTED):
            return
        text = f"{answer.code} {one_line(answer.message)}"
        if answer.code == CLOSING or (not of_recipient and answer.code < 500):
            client.close()
            raise ServerTrouble(f"the server cannot go on ({text})")
        if not of_recipient:
            raise DeliveryError(
                f"the server refuses the sender {self._sender} ({text}); check PANTAU_MAIL_SENDER and _BOUNCES"
            )
        raise _refusal(answer.code, answer.message, has_text=False)

    async def _reset(self, client: SMTP) -> None:
        """Forget the mail that was begun; where that fails, the next one gets a new connection."""
        try:
            await client.rset()
        except (SMTPException, OSError):
            client.close()


def _refusal(code: int, message: str, *, has_text: bool) -> Postponed | Refused:
    text = f"{code} {one_line(message)}"[:500]
    status = text[4:]
    if not 500 <= code < 600 or (not has_text and (code == 530 or POLICY.match(status))):
        return Postponed(text)
    return Refused(text, unknown=bool(UNKNOWN.match(status)))


def _tls(settings: MailSettings) -> ssl.SSLContext | None:
    if settings.security == "none":
        return None
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(settings.ca_file)
        except OSError as error:
            raise ConfigError(f"PANTAU_MAIL_CA={settings.ca_file} cannot be read ({error})") from error
    return context


def _reason(error: BaseException) -> str:
    if isinstance(error, SMTPTimeoutError):
        return "no answer in time"
    return one_line(str(error)) or type(error).__name__
