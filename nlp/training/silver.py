"""Silver sentences: news that the teacher labels, for the recogniser that ships to learn from beside the gold."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from nlp.pipeline import build_blank
from nlp.training.corpus import Sentence
from nlp.training.vectors import read_news

log = logging.getLogger(__name__)
SENTENCES = 48_000
SHORTEST, LONGEST = 30, 400
"""Characters of a sentence."""
SHARE = 0.6
"""Of the sentences of an article, so that more articles have a part."""
CERTAIN = 0.5
"""Lowest probability of any word's tag; what the teacher doubts is left out."""
FIRST_PART = 6000
"""Characters of an article that are looked at."""


def choose_sentences(folder: Path, held: str, *, seed: int, count: int = SENTENCES) -> list[str]:
    """Sentences of the news in ``folder``, each once, none whose key (letters and digits) stands in ``held``."""
    chance = random.Random(seed)
    articles = list(read_news(folder))
    chance.shuffle(articles)
    return list(islice(_fresh(articles, held, chance), count))


def _fresh(articles: Iterable[str], held: str, chance: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    splitter = build_blank(names=["pantau_sentences"])
    for doc in splitter.pipe(text[:FIRST_PART] for text in articles):
        for part in doc.sents:
            text = part.text.strip()
            key = Sentence(text, ()).key
            fits = "\n" not in text and SHORTEST <= len(text) <= LONGEST
            if not fits or key in seen or key in held or chance.random() > SHARE:
                continue
            seen.add(key)
            yield text


def label_sentences(texts: list[str], gold: list[list[Sentence]], *, seed: int) -> list[Sentence]:
    """The texts as the teacher labels them, without those where it is not certain."""
    from nlp.training.teacher import train_teacher  # torch; the rest of the training does without

    teacher = train_teacher(gold, seed=seed)
    kept = []
    for done, labelled in enumerate(teacher.label(texts), 1):
        if labelled.certainty >= CERTAIN:
            kept.append(labelled.sentence)
        if done % 2000 == 0:
            log.info("teacher labelled %d of %d sentences", done, len(texts))
    return kept


def write_silver(items: Iterable[Sentence], path: Path) -> None:
    """Keep labelled sentences as JSON lines: they are publishers' text, for this machine only."""
    rows = (json.dumps({"text": item.text, "spans": item.spans}, ensure_ascii=False) + "\n" for item in items)
    path.write_text("".join(rows), encoding="utf-8")


def read_silver(path: Path) -> list[Sentence]:
    """What :func:`write_silver` kept."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Sentence(row["text"], tuple((start, end, label) for start, end, label in row["spans"])) for row in rows]
