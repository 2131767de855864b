"""The process of :mod:`imap_server`: Twisted's IMAP server over the files of a folder."""

from __future__ import annotations

import sys
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

from twisted.cred import checkers, portal
from twisted.internet import protocol, reactor
from twisted.mail import imap4
from zope.interface import implementer


@implementer(imap4.IMessage)
class Mail:
    """One file."""

    def __init__(self, path: Path, number: int) -> None:
        self.number, self.flags = number, set()
        self.raw = path.read_bytes()
        self.headers = {name.lower(): str(value) for name, value in message_from_bytes(self.raw).items()}

    def getUID(self):
        return self.number + 1

    def getFlags(self):
        return self.flags

    def getInternalDate(self):
        return "09-Mar-2026 06:30:00 +0700"

    def getHeaders(self, negate, *names):
        wanted = {(name.decode() if isinstance(name, bytes) else name).lower() for name in names}
        return {name: value for name, value in self.headers.items() if (name in wanted) != negate}

    def getBodyFile(self):
        return BytesIO(self.raw.partition(b"\n\n")[2])

    def getSize(self):
        return len(self.raw)

    def isMultipart(self):
        return False


@implementer(imap4.IMailbox)
class Inbox:
    """All files; which of them are read is written down after each change."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.mails = folder, [Mail(folder / f"{number}.eml", number) for number in range(count)]

    def fetch(self, numbers, uid):
        numbers.last = len(self.mails)
        return [(mail.number + 1, mail) for mail in self.mails if mail.number + 1 in numbers]

    def store(self, numbers, flags, mode, uid):
        chosen = self.fetch(numbers, uid)
        for _, mail in chosen:
            mail.flags |= set(flags)
        read = [str(mail.number) for mail in self.mails if "\\Seen" in mail.flags]
        (self.folder / "seen").write_text(" ".join(read))
        return {number: mail.flags for number, mail in chosen}

    def getFlags(self):
        return ["\\Seen"]

    def getHierarchicalDelimiter(self):
        return "/"

    def getUIDValidity(self):
        return 1

    def getUIDNext(self):
        return len(self.mails) + 1

    def getMessageCount(self):
        return len(self.mails)

    def getRecentCount(self):
        return 0

    def isWriteable(self):
        return True

    def addListener(self, listener):
        """Nobody is told of anything."""

    removeListener = addListener

    def requestStatus(self, names):
        return imap4.statusRequestHelper(self, names)

    def destroy(self):
        """Nothing is kept."""


def serve(folder: Path, count: int, login: str, password: str) -> None:
    """Serve until killed; prints the port."""
    account = imap4.MemoryAccount(login)
    account.addMailbox("INBOX", Inbox(folder, count))
    checker = checkers.InMemoryUsernamePasswordDatabaseDontUse()
    checker.addUser(login.encode(), password.encode())

    class Realm:
        def requestAvatar(self, avatar, mind, *interfaces):
            return imap4.IAccount, account, lambda: None

    class Factory(protocol.Factory):
        def buildProtocol(self, address):
            server = imap4.IMAP4Server()
            server.portal = portal.Portal(Realm(), [checker])
            return server

    port = reactor.listenTCP(0, Factory(), interface="127.0.0.1")
    print(port.getHost().port, flush=True)
    reactor.run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
