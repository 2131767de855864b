"""The ``pantau`` command: registers the verbs and turns errors into one line and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pantau.cli import (
    alerts,
    articles,
    crawl,
    database,
    datasette,
    demo,
    digest,
    export,
    extract,
    figures,
    health,
    imports,
    job_mode,
    jobs,
    mail,
    reextract,
    releases,
    run,
    search,
    serve,
    sources,
    tag,
    trends,
    users,
)
from pantau.cli.output import complain
from scraper.errors import PantauError

app = typer.Typer(
    name="pantau",
    help="Monitor the news of a region: crawl, tag, search, digest, export. Settings: pantau.toml and PANTAU_*.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


@app.callback()
def options(
    *,
    job: Annotated[int | None, typer.Option("--job", hidden=True)] = None,
    silence: Annotated[float | None, typer.Option("--silence", hidden=True)] = None,
) -> None:
    """Set how every command runs; as a job only where a runner says so."""
    if job is not None:
        job_mode.enter(silence)


app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("worker")(run.worker)
app.command("crawl")(crawl.crawl)
app.command("import")(imports.import_files)
app.command("extract")(extract.extract)
app.command("tag")(tag.tag)
app.command("search")(search.search)
app.command("trends")(trends.trends)
app.command("figures")(figures.figures)
app.command("export")(export.export)
app.command("datasette")(datasette.datasette)
app.command("serve")(serve.serve)
app.command("health")(health.health)
app.command("reextract")(reextract.reextract)
app.command("reindex")(database.reindex)
app.add_typer(sources.app, name="sources")
app.add_typer(users.app, name="users")
app.add_typer(digest.app, name="digest")
app.add_typer(alerts.app, name="alerts")
app.add_typer(mail.app, name="mail")
app.add_typer(releases.app, name="releases")
app.add_typer(articles.app, name="articles")
app.add_typer(jobs.app, name="jobs")
app.add_typer(database.app, name="db")


def run_app() -> None:
    """Run one command. Exit codes: 0 done, 1 failed with a one-line reason, 2 wrong usage."""
    try:
        app()
    except PantauError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
