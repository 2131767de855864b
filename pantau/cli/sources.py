"""``pantau sources``: which sites this office follows."""

from __future__ import annotations

from typing import Annotated

import typer

from pantau.cli.output import JsonOption, say, show_rows

app = typer.Typer(help="List, enable and pause the sites that are crawled.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Source name, as `pantau sources list` shows it.")]


@app.command("list")
def list_sources(*, as_json: JsonOption = False) -> None:
    """Show the shipped catalogue and this office's own sources."""
    from scraper.config import load_config
    from spiders.sources import load_sources, shipped

    enabled = {source.name: source for source in load_sources(load_config().data)}
    catalogue = {source.name: source for source in shipped()} | enabled
    rows = [
        {"name": name, "title": source.title, "state": "on" if name in enabled else "off", "start": source.start}
        for name, source in sorted(catalogue.items())
    ]
    show_rows(rows, as_json=as_json, columns=("name", "title", "state", "start"), empty="no sources")


@app.command()
def enable(name: Name) -> None:
    """Turn a source of the catalogue on."""
    from scraper.config import load_config
    from spiders.sources import enable as enable_source

    enable_source(load_config().data, name)
    say(f"{name} is on; `pantau crawl {name}` fetches it")


@app.command()
def pause(name: Name) -> None:
    """Stop crawling a source; what is stored stays."""
    from scraper.config import load_config
    from spiders.sources import pause as pause_source

    pause_source(load_config().data, name)
    say(f"{name} is paused")
