"""How fast and in how much memory one digest goes to many readers, and that nobody gets it twice or never.

``python -m benchmarks.mail --readers 2000`` fills an office, subscribes readers, and lets ``pantau digest send --due``
send to an SMTP server on this machine. With ``--kills N`` the sender is killed N times on the way (SIGKILL) and started
anew. ``--check`` exits with 1 where it is slower than 50 mails a second (without kills), where memory grows, where a
reader got none, or where there are more doubles than kills: only the one mail whose answer was lost may be sent again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks.memory import MemoryWatch
from scraper.config import load_config
from storage.database import Database
from storage.records.subscriptions import subscribe

LEAST_A_SECOND = 50.0
MOST_GROWTH = 1.1
ARTICLES = 40
SUBSCRIBED, SENT = "2026-03-08T12:00:00+07:00", "2026-03-09T06:30:00+07:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one run showed."""

    readers: int
    seconds: float
    """From the first mail that the server took to the last."""
    a_second: float
    peak_mb: float
    growth: float
    kills: int
    missing: int
    doubles: int

    def faults(self) -> list[str]:
        """What is worse than it has to be."""
        found = []
        if not self.kills and self.a_second < LEAST_A_SECOND:
            found.append(f"{self.a_second:.0f} mails a second, at least {LEAST_A_SECOND:.0f} wanted")
        if not self.kills and self.growth > MOST_GROWTH:
            found.append(f"memory grows {self.growth:.2f} times")
        if self.missing:
            found.append(f"{self.missing} readers got nothing")
        if self.doubles > self.kills:
            found.append(f"{self.doubles} doubles after {self.kills} kills")
        return found


class Counting:
    """An SMTP server's handler: takes every mail and counts it by reader."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.times: list[float] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail."""
        self.received.update(envelope.rcpt_tos)
        self.times.append(time.monotonic())
        return "250 taken"


def measure(folder: Path, *, readers: int, kills: int = 0, seed: int = 1) -> Result:
    """Fill an office in the folder and send its digest to so many readers."""
    handler = Counting()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        environ = _environment(folder, port)
        emails = _fill(folder, environ, readers)
        watches, killed = _send(environ, handler, readers=readers, kills=kills, chances=random.Random(seed))
    finally:
        controller.stop()
    seconds = handler.times[-1] - handler.times[0] if len(handler.times) > 1 else 0.0
    return Result(
        readers=readers,
        seconds=round(seconds, 2),
        a_second=round(len(handler.times) / seconds, 1) if seconds else 0.0,
        peak_mb=round(max(watch.peak for watch in watches), 1),
        growth=round(watches[-1].growth, 3),
        kills=killed,
        missing=sum(not handler.received[email] for email in emails),
        doubles=handler.received.total() - len(handler.received),
    )


def _send(
    environ: dict[str, str], handler: Counting, *, readers: int, kills: int, chances: random.Random
) -> tuple[list[MemoryWatch], int]:
    """Run the sender until it ends by itself, killing it so many times after some mails."""
    watches, killed = [], 0
    while True:
        process = subprocess.Popen([sys.executable, "-m", "pantau", "digest", "send", "--due"], env=environ)
        watches.append(MemoryWatch(process))
        if killed == kills:
            break
        goal = len(handler.times) + chances.randint(1, max(1, readers // (kills + 1)))
        while process.poll() is None and len(handler.times) < goal:
            time.sleep(0.001)
        killed += process.poll() is None
        process.kill()
        watches[-1].wait()
    watches[-1].wait()
    if process.returncode:
        raise SystemExit(f"the sender ended with {process.returncode}")
    return watches, killed


def _environment(folder: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "PANTAU_DATA": str(folder / "data"),
        "PANTAU_CONFIG": str(folder / "none.toml"),
        "PANTAU_NOW": SENT,
        "PANTAU_MAIL_HOST": "127.0.0.1",
        "PANTAU_MAIL_PORT": str(port),
        "PANTAU_MAIL_SECURITY": "none",
        "PANTAU_MAIL_SENDER": "Kliping <kliping@kantor.test>",
        "PANTAU_BASE_URL": "https://pantau.kantor.test",
    }


def _fill(folder: Path, environ: dict[str, str], readers: int) -> list[str]:
    """Articles of one week through the command that imports them, and the readers."""
    file = folder / "articles.jsonl"
    rows = [
        {
            "url": f"https://media{number % 4}.test/{number}",
            "site": f"media{number % 4}",
            "title": f"Harga beras di pasar nomor {number}",
            "text": f"Harga beras di pasar nomor {number} turun, kata warga. Stok di gudang aman.",
            "published": f"2026-03-0{2 + number % 7}",
        }
        for number in range(ARTICLES)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pantau", "import", str(file)], env=environ, check=True, capture_output=True)
    emails = [f"pembaca{number}@kantor.test" for number in range(readers)]
    os.environ["PANTAU_NOW"] = SUBSCRIBED
    db = Database.open(load_config(environ=environ))
    try:
        with db.write() as session:
            for email in emails:
                subscribe(session, email, added_by="benchmark")
    finally:
        db.close()
        del os.environ["PANTAU_NOW"]
    return emails


def main() -> None:
    """Measure, print, and judge where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=0, help="kill the sender so many times on the way")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="exit with 1 where something is worse than it has to be")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), readers=options.readers, kills=options.kills)
    if options.json:
        print(json.dumps(asdict(result)))
    else:
        for name, value in asdict(result).items():
            print(f"{name:10} {value}")
    faults = result.faults()
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if options.check and faults else 0)


if __name__ == "__main__":
    main()
