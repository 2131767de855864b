"""Memory of a process with all its children, sampled while it runs."""

from __future__ import annotations

import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

EVERY = 0.25
_PROC = Path("/proc")


class MemoryWatch:
    """Samples the proportional memory (PSS) of a process tree; memory that processes share is counted once."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.samples: list[float] = []
        """Megabytes, one every quarter of a second; empty where the system does not tell."""
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def peak(self) -> float:
        """Megabytes at most."""
        return max(self.samples, default=0.0)

    @property
    def growth(self) -> float:
        """How many times the mean of the second quarter of the run the mean of its last quarter is."""
        quarter = len(self.samples) // 4
        early, late = self.samples[quarter : 2 * quarter], self.samples[3 * quarter :]
        return (sum(late) / len(late)) / (sum(early) / len(early)) if early and late else 1.0

    def wait(self) -> None:
        """Wait for the process and the last sample."""
        self._process.wait()
        self._thread.join()

    def _watch(self) -> None:
        while self._process.poll() is None:
            if megabytes := sum(_pss(process) for process in tree(self._process.pid)) / 1024:
                self.samples.append(megabytes)
            time.sleep(EVERY)


def tree(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for process in found:
        with suppress(OSError):
            for task in (_PROC / str(process) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _pss(process: int) -> int:
    """Kilobytes; 0 where the process has ended or nobody tells."""
    with suppress(OSError, StopIteration):
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0
