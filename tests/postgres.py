"""A PostgreSQL server for the tests: a running one, or one of our own that lives as long as they do."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from scraper.config import load_config
from storage.database import Database

ASKED = os.environ.get("PANTAU_TEST_POSTGRES", "")
"""Address of a server to test with; ``start`` makes the tests fail where none can be started here."""
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
MEMORY, ROOM = Path("/dev/shm"), 2 * 10**9
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "128MB",
    "max_connections": "50",
    "timezone": "America/New_York",  # far from ours and from UTC, so that nothing depends on it unseen
}


@dataclass
class Server:
    """Makes databases with all tables, each from one template."""

    url: URL
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None
    _made: list[str] = field(default_factory=list)
    _template: str = ""

    def __post_init__(self) -> None:
        self._engine = create_engine(self.url, isolation_level="AUTOCOMMIT")

    @classmethod
    def start(cls) -> Server:
        """The server that was asked for, or a new one; skips the test where there is none."""
        if ASKED and ASKED != "start":
            return cls(make_url(ASKED))
        programs = _programs()
        if programs is None:
            missing = "PostgreSQL's server programs are not installed and PANTAU_TEST_POSTGRES names no server"
            pytest.fail(missing) if ASKED else pytest.skip(missing)
        folder = Path(tempfile.mkdtemp(prefix="pantau-pg-", dir=_fast_folder()))
        owner = _owner(folder)
        create = [programs / "initdb", "-D", folder / "data", "-U", "pantau", "-A", "trust", "-E", "UTF8", "-N"]
        locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=id"]  # an order unlike SQLite's
        subprocess.run([*create, *locale], check=True, capture_output=True, **owner)
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        serve = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(serve, stdout=log, stderr=log, **owner)
        address = URL.create("postgresql", "pantau", database="postgres", query={"host": str(folder)})
        return cls(address, process, folder)

    def make(self, *, empty: bool = False) -> URL:
        """The address of a new database."""
        if empty:
            return self._create("template0")
        self._template = self._template or self._filled()
        url = self._create(self._template)
        made = create_engine(url, isolation_level="AUTOCOMMIT")
        _run(made, f"UPDATE change_counter SET database = '{uuid4().hex}'")
        made.dispose()
        return url

    def drop(self) -> None:
        """Remove the databases that were made for a test."""
        while self._made:
            _run(self._engine, f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    def stop(self) -> None:
        """Remove everything."""
        if self._template and self.process is None:
            _run(self._engine, f"DROP DATABASE {self._template} WITH (FORCE)")
        self._engine.dispose()
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
        if self.folder is not None:
            shutil.rmtree(self.folder)

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(200):
            try:
                return _run(self._engine, "SELECT 1")
            except OperationalError:
                if self.process is None or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
        raise TimeoutError("PostgreSQL does not answer after ten seconds")

    def _create(self, template: str) -> URL:
        name = f"pantau_{uuid4().hex}"
        _run(self._engine, f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        return self.url.set(database=name)

    def _filled(self) -> str:
        url = self._create("template0")
        with tempfile.TemporaryDirectory() as folder:
            environ = {"PANTAU_DATA": folder, "PANTAU_DATABASE_URL": url.render_as_string(hide_password=False)}
            Database.open(load_config(environ=environ, file=Path(folder, "none.toml"))).close()
        return self._made.pop()


def _fast_folder() -> Path | None:
    """Memory, where there is enough: ext4 makes hundreds of files slowly where as many were removed just before."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


def _programs() -> Path | None:
    found = [path for pattern in FOLDERS for path in Path("/").glob(f"{pattern[1:]}/initdb")]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else max(found).parent if found else None


def _owner(folder: Path) -> dict[str, Any]:
    """Who runs the server: never the administrator, it refuses that."""
    if os.getuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder}


def _run(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))
