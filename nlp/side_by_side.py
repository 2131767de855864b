"""Tagging on several cores: the calling process reads and writes, processes beside it tag, each with its own model."""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nlp.registry_data import Registry, Row
from scraper.crawl.workers import WorkerDied, WorkerPool
from scraper.items import Article, TaggedArticle

if TYPE_CHECKING:
    from nlp.tagger import Tagger

LocalRows = Mapping[str, Sequence[Row]]
log = logging.getLogger(__name__)

MOST_MB = 900
"""Memory after which a process is replaced; it begins with about 400 MB."""
SECONDS = 900.0
"""A batch that takes longer is given up and tagged article by article."""
SECONDS_ALONE = 120.0


def load_tagger(local: LocalRows | None) -> Tagger:
    """The tagger of an archive, with its ``local`` registry rows by the name of the registry; None: with none at all.

    Raises LexiconError. spaCy is imported here: a process that leaves tagging to others does without.
    """
    from nlp.tagger import Tagger

    return Tagger.load(registry=None if local is None else Registry.from_rows(**local))


class TaggingProcesses:
    """So many processes that tag; their tags are those that :class:`~nlp.tagger.Tagger` gives in one process."""

    def __init__(self, jobs: int, *, local: LocalRows | None) -> None:
        """``local`` is as for :func:`load_tagger`."""
        self._jobs = jobs
        self._local = pickle.dumps(local)
        self._pool = WorkerPool(jobs, most_mb=MOST_MB)

    def tag(self, batches: Iterable[Sequence[Article]]) -> Generator[list[TaggedArticle | None]]:
        """The tagged articles of each batch, in order; None for one that brought its process down, which is logged.

        A batch more than there are processes is read ahead, so that none waits for the caller to write. Close it before
        the processes where it is left early.
        """
        rest, ahead = iter(batches), deque[asyncio.Task[list[TaggedArticle | None]]]()
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            loop.set_exception_handler(_tell_of_faults)
            while True:
                while len(ahead) <= self._jobs and (batch := next(rest, None)) is not None:
                    ahead.append(loop.create_task(self._tag(batch)))
                if not ahead:
                    return
                yield runner.run(_result(ahead.popleft()))

    def close(self) -> None:
        """End the processes; what they have not finished is lost."""
        self._pool.close()

    async def _tag(self, batch: Sequence[Article]) -> list[TaggedArticle | None]:
        try:
            return [*await self._pool.run(SECONDS, tag_articles, self._local, batch)]
        except (WorkerDied, TimeoutError) as error:
            if len(batch) > 1:
                log.warning("a tagging process ended (%r); its %d articles are tagged one by one", error, len(batch))
        return [await self._alone(article) for article in batch]

    async def _alone(self, article: Article) -> TaggedArticle | None:
        try:
            return (await self._pool.run(SECONDS_ALONE, tag_articles, self._local, [article]))[0]
        except (WorkerDied, TimeoutError) as error:
            log.error("article %s (%r) brought its tagging process down: %r", article.id, article.title, error)
            return None


def tag_articles(local: bytes, articles: Sequence[Article]) -> list[TaggedArticle]:
    """Tag in the process that calls it, which keeps its model for the next call."""
    return list(_tagger(local).tag(articles))


@lru_cache(maxsize=1)
def _tagger(local: bytes) -> Tagger:
    return load_tagger(pickle.loads(local))


def _tell_of_faults(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What asyncio does with an exception that nobody awaits, but Ctrl-C is no fault."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


async def _result(task: asyncio.Task[list[TaggedArticle | None]]) -> list[TaggedArticle | None]:
    return await task
