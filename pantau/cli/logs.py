"""Logs of the processes that stay: one event a line, for people on a terminal or as JSON for programs."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import structlog
import typer

from pantau.cli.output import plain
from scraper.clock import WIB
from scraper.config import Config

Event = MutableMapping[str, Any]
QUIET = ("alembic", "apscheduler", "asyncio", "procrastinate", "uvicorn")
"""Libraries whose everyday news nobody reads."""


class Format(StrEnum):
    """How logs look."""

    console = "console"
    json = "json"


LogFormat = Annotated[Format | None, typer.Option("--log-format", help="By default PANTAU_LOG_FORMAT, else console.")]


def set_up_logs(config: Config, log_format: Format | None) -> None:
    """Log as the command's option says, else as the settings do."""
    start_logs(log_format=log_format.value if log_format else config.work.log_format, level=config.work.log_level)


def start_logs(*, log_format: str, level: str) -> None:
    """Send what this process and its libraries have to say to stderr, from ``level`` on."""
    shared = [structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level, _add_time]
    rendered = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last(log_format)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(rendered)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level, *shared, structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )  # fmt: skip


def _last(log_format: str) -> list[Any]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [_harmless, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]


def _add_time(_logger: Any, _method: str, event: Event) -> Event:
    """The real time, whatever PANTAU_NOW says: a log tells when something happened."""
    return {**event, "timestamp": datetime.now(WIB).isoformat(timespec="milliseconds")}


def _harmless(_logger: Any, _method: str, event: Event) -> Event:
    """Text from the web must not steer the terminal."""
    return {name: plain(value) if isinstance(value, str) else value for name, value in event.items()}
