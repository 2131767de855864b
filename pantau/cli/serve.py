"""``pantau serve``: the web page."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pantau.cli.output import complain, say
from scraper.errors import ConfigError
from scraper.hosts import is_loopback, is_wildcard

if TYPE_CHECKING:
    import uvicorn

    from pantau.cli.workspace import Workspace
    from scraper.config import Config

Host = Annotated[str, typer.Option(help="Address to listen on; one that others can reach asks for accounts first.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


def serve(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the web page; no scheduler runs beside it."""
    from pantau.cli.workspace import open_workspace

    serve_pages(open_workspace(), host=host, port=port)


def serve_pages(workspace: Workspace, *, host: str, port: int) -> None:
    """Serve until interrupted. Raises ConfigError for an address that cannot or must not be used."""
    server = web_server(workspace, host=host, port=port)
    say(f"Pantau serves on http://{host}:{port} (Ctrl-C stops it)")
    server.run()


def web_server(workspace: Workspace, *, host: str, port: int) -> uvicorn.Server:
    """The server of the page, not yet started. Raises ConfigError for an address that cannot or must not be used."""
    check_reach(workspace, host)
    check_address(host, port)
    import uvicorn

    from pantau.web.app import create_app

    app = create_app(workspace.config, bound=host)
    settings = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False,
        proxy_headers=True, forwarded_allow_ips=workspace.config.proxies,
    )  # fmt: skip
    return uvicorn.Server(settings)


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
