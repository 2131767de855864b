"""What tests share: storage on SQLite and on PostgreSQL, and the page of a small office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings
from office import Browser, office_app, open_office
from postgres import Server

from scraper.config import Config, load_config
from storage.database import Database
from storage.search.engine import SearchIndex

pytest_plugins = ["browser", "newsdesk"]
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # how long an example takes says how busy the machine is


class NewConfig(Protocol):
    """Makes the settings of a new installation with a database of its own."""

    def __call__(self, *, empty: bool = False) -> Config: ...


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this test run."""
    server = Server.start()
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def new_config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewConfig]:
    """New installations on either database; ``empty`` has no table yet."""
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made: list[Path] = []

    def make(*, empty: bool = False) -> Config:
        made.append(tmp_path / f"office{len(made)}")
        environ = {"PANTAU_DATA": str(made[-1])}
        if server is not None:
            environ["PANTAU_DATABASE_URL"] = server.make(empty=empty).render_as_string(hide_password=False)
        return load_config(environ=environ, file=tmp_path / "none.toml")

    yield make
    if server is not None:
        server.drop()


@pytest.fixture
def config(new_config: NewConfig) -> Config:
    """The settings of an installation on either database."""
    return new_config()


@pytest.fixture
def sqlite(tmp_path: Path) -> Config:
    """The settings of an installation on SQLite, for what only that does."""
    return load_config(environ={"PANTAU_DATA": str(tmp_path / "office")}, file=tmp_path / "none.toml")


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    """The database of that installation, set up and empty."""
    database = Database.open(config)
    yield database
    database.close()


@pytest.fixture(scope="session")
def prepared_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small office, made once; each test that shows it works on a copy."""
    folder = tmp_path_factory.mktemp("office")
    config, database = open_office(folder)
    SearchIndex.open(database, config.data).catch_up()
    database.close()
    return folder


@pytest.fixture
def client(prepared_office: Path, tmp_path: Path) -> Iterator[Browser]:
    """A reader before the page of a small office."""
    with Browser(office_app(prepared_office, tmp_path / "office")) as web:
        yield web
