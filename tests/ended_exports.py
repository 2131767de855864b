"""Exports in processes that are killed, or have no room; a module of its own, for those processes import it."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from pantau.exports.manifest import Asked, Manifest
from pantau.exports.run import open_export, write_export
from scraper.config import Config, load_config
from scraper.errors import DeliveryError
from storage.database import Database
from storage.search.engine import SearchIndex

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["ended_exports"])


def settings(data: Path) -> Config:
    return load_config(environ={"PANTAU_DATA": str(data)}, file=data / "none.toml")


def export(data: Path, path: Path, asked: Asked, *, room: int | None = None) -> Manifest:
    config = settings(data)
    db = Database.open(config)
    with open_export(db, asked=asked, index=lambda: SearchIndex.open(db, config.data)) as opened:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        manifest = write_export(opened, path)
    db.close()
    return manifest


def killed(data: Path, path: Path, asked: Asked, step: int) -> None:
    """Export, and die before so many renames and removals."""
    left = [step]

    def hook(event: str, arguments: Any) -> None:
        if event in {"os.rename", "shutil.rmtree"} or (event == "os.remove" and arguments[1] == -1):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    export(data, path, asked)


def cramped(data: Path, path: Path, asked: Asked, room: int) -> None:
    """Export where no file may be larger than ``room``; ends with 3 where that is said as it should be."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        export(data, path, asked, room=room)
    except DeliveryError as error:
        sys.exit(3 if "cannot be written" in str(error) else 4)


def run(target: Any, *arguments: Any) -> int:
    process = FORKED.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode
