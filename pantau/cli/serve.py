"""``pantau serve``: the web page."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pantau.cli.logs import LogFormat, set_up_logs
from pantau.cli.output import complain, say
from scraper.errors import ConfigError
from scraper.hosts import is_loopback, is_wildcard

if TYPE_CHECKING:
    import uvicorn

    from pantau.cli.workspace import Workspace
    from scraper.config import Config

LAST_ANSWERS = 10
"""Seconds that a stop waits for answers which are on their way."""
Host = Annotated[str, typer.Option(help="Address to listen on; one that others can reach asks for accounts first.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


def serve(*, host: Host = "127.0.0.1", port: Port = 8000, log_format: LogFormat = None) -> None:
    """Serve the web page; no scheduler runs beside it, so nothing is crawled or sent."""
    from pantau.cli.workspace import open_workspace
    from storage.records.processes import scheduler_runs

    workspace = open_workspace()
    set_up_logs(workspace.config, log_format)
    with workspace.db.read() as session:
        if not scheduler_runs(session):
            say("no scheduler runs beside it: nothing is crawled, tagged or sent; `pantau run` does it all")
    serve_pages(workspace, host=host, port=port)


def serve_pages(workspace: Workspace, *, host: str, port: int) -> None:
    """Serve until interrupted. Raises ConfigError for an address that cannot or must not be used."""
    import uvicorn

    settings = server_settings(workspace, host=host, port=port)
    say(f"Pantau serves on http://{host}:{port} (Ctrl-C stops it)")
    uvicorn.Server(settings).run()


def server_settings(workspace: Workspace, *, host: str, port: int) -> uvicorn.Config:
    """How the page is served. Raises ConfigError for an address that cannot or must not be used."""
    check_reach(workspace, host)
    check_address(host, port)
    import uvicorn

    from nlp.version import tag_version
    from pantau.web.app import create_app

    app = create_app(workspace.config, bound=host, tag_version=tag_version())
    return uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=LAST_ANSWERS,
        proxy_headers=True, forwarded_allow_ips=workspace.config.proxies,
    )  # fmt: skip


def check_reach(workspace: Workspace, host: str) -> None:
    """Raise ConfigError where others could reach the page and nobody has to log in."""
    from storage.records.accounts import has_accounts

    if is_loopback(host):
        return
    with workspace.db.read() as session:
        closed = has_accounts(session)
    if not closed:
        raise ConfigError(
            f"host {host!r} can be reached by others and there is no account yet; "
            "make one: pantau users add NAME --role admin"
        )
    _check_public_name(workspace.config, host)


def _check_public_name(config: Config, host: str) -> None:
    """The page answers only to names that it knows, so it must be told the one that people type."""
    if is_wildcard(host) and is_loopback(urlsplit(config.base_url).hostname or ""):
        raise ConfigError(
            f"host {host!r} has no name of its own; set PANTAU_BASE_URL to the address that people type, "
            "such as https://pantau.kantor.go.id"
        )
    if not config.base_url.startswith("https:"):
        complain("passwords travel in the clear here; put a proxy with https in front, see docs/web.md")


def check_address(host: str, port: int) -> None:
    """Raise ConfigError where nothing can listen."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise ConfigError(f"{host}:{port} cannot be used ({error}); choose another --port") from error
