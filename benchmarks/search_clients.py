"""Many who ask at once, and the memory of one who answers."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

CLIENTS = 8
_SPAWN = multiprocessing.get_context("spawn")


def many_clients(
    engine: Callable[[Path], Any], path: Path, questions: Sequence[tuple[Any, ...]], *, seconds: float
) -> dict[str, float]:
    """Questions (method and arguments) put by eight processes, each with its own engine.

    Gives how many were answered in a second, and the milliseconds of a processor that one took.
    """
    ready, go = _SPAWN.Barrier(CLIENTS + 1), _SPAWN.Queue()
    workers = [
        _SPAWN.Process(target=_client, args=(engine, path, list(questions), seconds, number, ready, go))
        for number in range(CLIENTS)
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    answered, busy = (sum(numbers) for numbers in zip(*(go.get() for _ in workers), strict=True))
    for worker in workers:
        worker.join()
    return {"questions_a_second": round(answered / seconds, 1), "cpu_milliseconds": round(1000 * busy / answered, 2)}


def private_megabytes(folder: Path, words: Sequence[str]) -> float:
    """Memory of a process that has answered as the web page does: its own, without the index that it maps."""
    answer = _SPAWN.Queue()
    worker = _SPAWN.Process(target=_page_process, args=(folder, list(words), answer))
    worker.start()
    worker.join()
    if worker.exitcode:
        raise RuntimeError(f"the process that answers as the page ended with exit code {worker.exitcode}; see above")
    megabytes: float = answer.get()
    return megabytes


def _client(
    engine: Callable[[Path], Any],
    path: Path,
    questions: list[tuple[Any, ...]],
    seconds: float,
    number: int,
    ready: Any,
    answers: Any,
) -> None:
    asked = engine(path)
    questions = [question for question in questions if hasattr(asked, question[0])]
    random.Random(number).shuffle(questions)
    for method, *arguments in questions[:20]:
        getattr(asked, method)(*arguments)
    ready.wait()
    answered, end, busy = 0, time.perf_counter() + seconds, time.process_time()
    while time.perf_counter() < end:
        method, *arguments = questions[answered % len(questions)]
        getattr(asked, method)(*arguments)
        answered += 1
    answers.put((answered, time.process_time() - busy))


def _page_process(folder: Path, words: list[str], answer: Any) -> None:
    from fastapi.testclient import TestClient

    from pantau.web.app import create_app
    from scraper.config import load_config

    config = load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml")
    with TestClient(create_app(config), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        for word in words * 3:
            client.get("/cari", params={"q": word}).raise_for_status()
        answer.put(_private(index=str(folder / "index")))


def _private(*, index: str) -> float:
    """Megabytes of this process alone, without the files of the index; 0 where the system does not tell."""
    smaps = Path("/proc/self/smaps")
    if not smaps.exists():
        return 0.0
    kilobytes, mapped = 0, ""
    for line in smaps.read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.partition(" ")
        if not name.endswith(":"):
            mapped = line
        elif name in ("Private_Clean:", "Private_Dirty:") and index not in mapped:
            kilobytes += int(value.split()[0])
    return round(kilobytes / 1024, 1)
