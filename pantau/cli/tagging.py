"""The way of stored articles to their tags: read in batches, tagged here or in processes beside, written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pantau.cli.output import progress

if TYPE_CHECKING:
    from nlp.side_by_side import LocalRows
    from pantau.cli.workspace import Workspace
    from scraper.items import Article, TaggedArticle

    TagBatches = Callable[[Iterable[Sequence[Article]]], Generator[list[TaggedArticle | None]]]

BATCH = 100
"""Articles tagged and written together; a crash loses at most these, of each process."""


def tag_archive(workspace: Workspace, *, jobs: int = 1, again: bool = False, counts: Counter[str]) -> str:
    """Tag the stored articles that lack the current version, or all; gives that version.

    ``counts`` goes along: ``tagged`` are written, ``failed`` brought the process down that tagged them.
    """
    from nlp.version import tag_version
    from pantau.cli.registry_edits import take_up_edits
    from storage.records.bulk import save_all_tags
    from storage.records.registry import registry_rows
    from storage.records.tags import outdate_tags, untagged_ids

    version = tag_version()
    with workspace.db.write() as session:
        if again:
            outdate_tags(session, version=version)
        local = registry_rows(session, layer="local")
    take_up_edits(workspace, local, version=version)
    with workspace.db.read() as session:
        ids = untagged_ids(session, version=version)
    if not ids:
        return version
    batches = -(-len(ids) // BATCH)
    with tagging(min(jobs, batches), local=local) as tag, progress("Menandai") as advance:
        advance(0, len(ids))
        with closing(tag(_batches(workspace, ids))) as batches_of_tags:  # closed before the processes end
            for found in batches_of_tags:
                tagged = [item for item in found if item]
                with workspace.db.write() as session:
                    save_all_tags(session, tagged)
                counts.update(tagged=len(tagged), failed=len(found) - len(tagged))
                advance(counts.total(), len(ids))
    return version


@contextmanager
def tagging(jobs: int, *, local: LocalRows | None) -> Iterator[TagBatches]:
    """What tags batch after batch: here, or in ``jobs`` processes beside where there are more than one."""
    from nlp.side_by_side import TaggingProcesses, load_tagger

    if jobs == 1:
        tagger = load_tagger(local)
        yield lambda batches: (list(tagger.tag(batch)) for batch in batches)
        return
    processes = TaggingProcesses(jobs, local=local)
    try:
        yield processes.tag
    finally:
        processes.close()


def _batches(workspace: Workspace, ids: Sequence[str]) -> Iterator[list[Article]]:
    from storage.records.changes import chunks
    from storage.records.tags import articles_to_tag

    for part in chunks(ids, BATCH):
        with workspace.db.read() as session:
            articles = articles_to_tag(session, part)
        yield articles
