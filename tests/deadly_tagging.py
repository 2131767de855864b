"""What tagging processes run in tests that kill them: a stand-in for the tagger that a word in a text ends."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from scraper.items import Article, TaggedArticle, Tags


def tag_or_die(local: bytes, articles: Sequence[Article]) -> list[TaggedArticle]:
    """Tags that name the process; ``MATI`` in a text ends it, ``SEKALI:file`` only the first time."""
    for article in articles:
        word, _, file = article.text.partition(":")
        if word == "MATI" or (word == "SEKALI" and not Path(file).exists()):
            Path(file or os.devnull).touch()
            os._exit(1)
        if word == "MACET":
            time.sleep(60)
    tags = Tags(topics=(str(os.getpid()),))
    return [TaggedArticle(article=article, tags=tags, tag_version="v") for article in articles]
