"""``pantau serve``: the web page."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from pantau.cli.output import say
from scraper.errors import ConfigError

if TYPE_CHECKING:
    from pantau.cli.workspace import Workspace

Host = Annotated[str, typer.Option(help="Loopback address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


def serve(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the web page on this machine; no scheduler runs beside it."""
    from pantau.cli.workspace import open_workspace

    serve_pages(open_workspace(), host=host, port=port)


def serve_pages(workspace: Workspace, *, host: str, port: int) -> None:
    """Serve until interrupted. Raises ConfigError for an address that others can reach or a port in use."""
    check_address(host, port)
    import uvicorn

    from pantau.web.app import create_app

    say(f"Pantau serves on http://{host}:{port} (Ctrl-C stops it)")
    uvicorn.run(create_app(workspace.config), host=host, port=port, log_level="warning")


def check_address(host: str, port: int) -> None:
    """Raise ConfigError where the page cannot or must not be served."""
    if not _is_loopback(host):
        raise ConfigError(f"host {host!r} can be reached by others and there is no login yet; serve on 127.0.0.1")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(f"{host}:{port} cannot be used ({error}); choose another --port") from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
