"""``pantau sources``: which sites this office follows."""

from __future__ import annotations

from typing import Annotated

import typer

from pantau.cli.output import JsonOption, complain, say, show_rows

app = typer.Typer(help="List, add, check, enable and pause the sites that are crawled.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Source name, as `pantau sources list` shows it.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Ask nothing.")]
COLUMNS = ("name", "title", "state", "tier", "region", "evidence", "verified", "start")


@app.command("list")
def list_sources(*, as_json: JsonOption = False) -> None:
    """Show the shipped catalogue and this office's own sources.

    State: on (crawled), off (in the catalogue only), paused. Evidence: what the profile was written from, seen
    (a page of the site), reported (a named source) or none. Verified: the day on which `sources check` last found it
    right.
    """
    from pantau.cli.source_rows import source_row
    from scraper.config import load_config
    from spiders.sources import every_source

    rows = [source_row(listed) for listed in every_source(load_config().data)]
    shown = rows if as_json else [{**row, "state": f"{row['state']}{' (own)' if row['own'] else ''}"} for row in rows]
    show_rows(shown, as_json=as_json, columns=COLUMNS, empty="no sources")


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of the site, or of a page that lists its articles.")],
    *,
    yes: YesOption = False,
    paused: Annotated[bool, typer.Option("--paused", help="Write it down, but leave it off; asks nothing.")] = False,
    name: Annotated[str | None, typer.Option(help="Source name; by default made from the host.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Look at a site, learn where it lists its articles and how their addresses look, and follow it.

    About 25 requests at the pace of every crawl; robots.txt is obeyed. Where the site is in the catalogue, that
    profile is turned on instead.
    """
    from pantau.cli.source_rows import show_probe
    from scraper.config import load_config
    from spiders.discovery.probe import probe, whole_address
    from spiders.sources import add as add_source

    config = load_config()
    address = whole_address(url)
    if _follow_known(address, yes=yes, paused=paused, as_json=as_json):
        return
    found = probe(address, config=config, name=name, tell=say)
    show_probe(found, as_json=as_json)
    if not yes and not paused and not typer.confirm(f"Follow it as {found.name!r}?", err=True):
        say("nothing was added")
        return
    add_source(config.data, found.name, found.fields | ({"paused": True} if paused else {}))
    say(_state_of(found.name, paused=paused))


def _state_of(name: str, *, paused: bool) -> str:
    if paused:
        return f"{name} is paused; `pantau sources enable {name}` turns it on"
    return f"{name} is on; `pantau crawl {name}` fetches it"


def _follow_known(address: str, *, yes: bool, paused: bool, as_json: bool) -> bool:
    """Turn on a source that knows this site already; False where none does. Raises ProfileError where it is on."""
    from pantau.cli.source_rows import source_row
    from scraper.config import load_config
    from scraper.errors import ProfileError
    from spiders.sources import enable as enable_source
    from spiders.sources import every_source, sources_of_site

    data = load_config().data
    known = sources_of_site(data, address)
    if not known:
        return False
    name = known[0].source.name
    if known[0].state == "on":
        raise ProfileError(f"{address} is followed already, as {name!r}; `pantau sources check {name}` tries it")
    kept = "paused" if known[0].state == "paused" else "in the catalogue"
    if not yes and not paused and not typer.confirm(f"{name!r} ({known[0].source.title}) is {kept}. On?", err=True):
        say("nothing was added")
        return True
    enable_source(data, name, paused=paused)
    turned = [listed for listed in every_source(data) if listed.source.name == name]
    if as_json:
        show_rows([source_row(listed) for listed in turned], as_json=True, columns=COLUMNS, empty="")
    say(_state_of(name, paused=paused))
    return True


@app.command()
def check(name: Name, *, as_json: JsonOption = False) -> None:
    """Try a source at its live site in one go: robots.txt, lists, address pattern, a few articles and their dates.

    About 25 requests at the pace of every crawl. Where all is right the day is noted as `verified` in the source's
    file; else the exit code is 1.
    """
    from scraper.clock import today
    from scraper.config import load_config
    from spiders.discovery.check import check as check_source
    from spiders.sources import mark_verified, source_named

    config = load_config()
    checked = check_source(source_named(config.data, name), config=config, tell=say)
    rows = [
        {"source": name, "what": found.what, "state": found.state, "detail": found.detail} for found in checked.findings
    ]
    show_rows(rows, as_json=as_json, columns=("state", "what", "detail"), empty="nothing was looked at")
    if not checked.right:
        wrong = sum(found.state == "wrong" for found in checked.findings)
        complain(f"{name} is not right: {wrong} of {len(checked.findings)} points are wrong")
        raise typer.Exit(1)
    noted = mark_verified(config.data, name, today().date())
    say(f"{name} is right{'' if noted else '; it is not enabled, so no file says so'}")


@app.command("record")
def record_pages(name: Name) -> None:
    """Save pages of a source, to write and test its profile with.

    The pages that `sources check` would look at go to PANTAU_DATA/recorded/NAME/DAY/, one gzip file each, with
    robots.txt and pages.jsonl, which has path, url, status and content type of each; `pantau extract --manifest` reads
    it. They are the outlet's and stay on this machine; a test of the catalogue has text of our own in their markup.
    """
    from scraper.clock import today
    from scraper.config import load_config
    from spiders.discovery.check import check as check_source
    from spiders.discovery.record import record
    from spiders.sources import source_named

    config = load_config()
    checked = check_source(source_named(config.data, name), config=config, tell=say)
    folder = record(checked, data=config.data, name=name, day=today().date())
    say(f"{len(checked.pages)} pages are in {folder}")


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


@app.command()
def remove(name: Name) -> None:
    """Follow a paused source no more; what was read of it stays."""
    from scraper.config import load_config
    from spiders.sources import remove as remove_source

    remove_source(load_config().data, name)
    say(f"{name} is gone from the list; its articles stay")
