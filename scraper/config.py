"""The settings of this installation: the only reader of ``os.environ`` and ``pantau.toml``.

Facts about a site stand in its profile, facts about the language in ``nlp/``; only what differs
from one installation to the next stands here.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from scraper.errors import ConfigError
from scraper.mail_settings import MailSettings, read_base_url, read_mail_settings
from scraper.oidc_settings import OidcSettings, read_oidc_settings
from scraper.work_settings import WorkSettings, read_work_settings

PREFIX = "PANTAU_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings, read once by :func:`load_config`; see ``docs/settings.md``."""

    data: Path
    """Folder of the database, raw pages, index and source files (``PANTAU_DATA``)."""
    database_url: str
    """SQLAlchemy URL; by default SQLite in ``data`` (``PANTAU_DATABASE_URL``)."""
    contact: str
    """Address that the user agent names, so that a site can complain (``PANTAU_CONTACT``)."""
    now: datetime | None
    """A fixed time for reproducible runs, aware (``PANTAU_NOW``)."""
    corpora: Path | None
    """Folder of evaluation corpora for benchmarks and training (``PANTAU_CORPORA``)."""
    region: str
    """What the office watches, as digests name it (``PANTAU_REGION``)."""
    office: str
    """The office as the head of a printed kliping names it (``PANTAU_OFFICE``)."""
    base_url: str
    """Where readers reach the page, as mails link to it and as its Host is known (``PANTAU_BASE_URL``)."""
    proxies: str
    """Addresses, with commas, whose word about the sender of a request is believed (``PANTAU_PROXIES``)."""
    oidc: OidcSettings | None
    """The provider of a login elsewhere (``PANTAU_OIDC_*``)."""
    mail: MailSettings
    """How mail is sent (``PANTAU_MAIL_*``)."""
    work: WorkSettings
    """What goes on by itself, and how often (``PANTAU_CRAWL_EVERY`` and its neighbours)."""


def load_config(*, environ: dict[str, str] | None = None, file: Path | None = None) -> Config:
    """Read ``pantau.toml`` (or ``file``) and then ``PANTAU_*``, which win.

    Raises ConfigError with the name of the setting that is wrong.
    """
    env = dict(os.environ) if environ is None else environ
    values = _file_values(file or Path(env.get(f"{PREFIX}CONFIG", "pantau.toml")))
    values |= {k[len(PREFIX) :].lower(): v for k, v in env.items() if k.startswith(PREFIX) and v}
    data = Path(values.get("data", "data")).expanduser()
    return Config(
        data=data,
        database_url=values.get("database_url", f"sqlite:///{data.resolve() / 'pantau.db'}"),
        contact=values.get("contact", ""),
        now=_time(values.get("now")),
        corpora=Path(values["corpora"]).expanduser() if values.get("corpora") else None,
        region=values.get("region", "Tangerang Raya"),
        office=values.get("office", ""),
        base_url=read_base_url(values),
        proxies=values.get("proxies", "127.0.0.1,::1"),
        oidc=read_oidc_settings(values),
        mail=read_mail_settings(values),
        work=read_work_settings(values),
    )


def fixed_now() -> datetime | None:
    """The time that ``PANTAU_NOW`` fixes; asked often, so the settings are read again only where they may differ."""
    return _fixed_now(os.environ.get(f"{PREFIX}NOW"), os.environ.get(f"{PREFIX}CONFIG"), os.getcwd())  # noqa: PTH109


@lru_cache(maxsize=4)
def _fixed_now(raw: str | None, file: str | None, folder: str) -> datetime | None:
    return load_config().now


def _file_values(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML ({error}); mend or remove it") from error


def _time(raw: str | None) -> datetime | None:
    if not raw:
        return None
    try:
        value = datetime.fromisoformat(raw)
    except ValueError as error:
        raise ConfigError(f"PANTAU_NOW={raw!r} is no ISO 8601 time; write e.g. 2026-03-02T07:00:00+07:00") from error
    return value if value.tzinfo else value.replace(tzinfo=UTC)
