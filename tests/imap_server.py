"""A real IMAP server (Twisted's) with one folder, in a process of its own: ``imap_server(folder, mails)``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LOGIN, PASSWORD = "pantul", "rahasia"
PROGRAM = Path(__file__).with_name("imap_process.py")


@contextmanager
def imap_server(folder: Path, mails: Sequence[bytes]) -> Iterator[int]:
    """Serve the mails on a free port of this machine, gone at the end."""
    folder.mkdir()
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    arguments = [str(folder), str(len(mails)), LOGIN, PASSWORD]
    with subprocess.Popen([sys.executable, str(PROGRAM), *arguments], stdout=subprocess.PIPE) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else b"")
        finally:
            process.kill()


def seen(folder: Path) -> set[int]:
    """Numbers of the mails that are marked as read."""
    path = folder / "seen"
    return {int(number) for number in path.read_text().split()} if path.is_file() else set()
