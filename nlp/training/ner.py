"""Train the named-entity recogniser that config.cfg describes, keeping the state that is best on the dev parts."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Model, Optimizer, fix_random_seed

from nlp.pipeline import build_blank, get_ner
from nlp.training.capitals import vary
from nlp.training.corpus import LABELS as LABELS_OF
from nlp.training.corpus import Block, Sentence
from nlp.training.swaps import NamePool

log = logging.getLogger(__name__)
LABELS = ("PER", "ORG", "LOC")
DROPOUT = 0.3
SWAPPED = 0.35
"""Share of the sentences that get other names in each round."""
SILVER_SHARE, LATE_SHARE = 6.0, 2.5
"""Silver sentences for one gold sentence in each round: at first, and when training goes on (see :func:`settle`)."""
LATE_WEIGHT = 0.3
"""Weight of what was learned late in the mean of both."""
SMALL_BATCH, LARGE_BATCH, BATCH_GROWTH = 16.0, 32.0, 1.001
"""Texts in the first and the later batches, and how one becomes the other."""
CHECK_EVERY = 300
"""Steps between two looks at the dev parts."""
PATIENCE = 8
"""Looks without a rise after which training ends."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact-span F1, all labels and each."""

    f1: float
    by_label: dict[str, float]

    def __str__(self) -> str:
        return f"{self.f1:.3f} ({', '.join(f'{label} {value:.3f}' for label, value in self.by_label.items())})"


def train_ner(
    gold: Sequence[Sentence],
    silver: Sequence[Sentence],
    dev: Sequence[Sequence[Sentence]],
    vectors: Vectors,
    *,
    minutes: float,
    seed: int,
    share: float = SILVER_SHARE,
    start: Path | None = None,
) -> tuple[Language, float]:
    """A pipeline with the one component ``ner``, trained for at most ``minutes`` or until dev stops rising; its dev F1.

    Dev is the mean over its corpora, so that the larger one does not decide alone. ``start`` is a folder that holds a
    recogniser to go on from; ``share`` is how many silver sentences each gold one has beside it in a round.
    """
    fix_random_seed(seed)
    pipeline = _blank(vectors)
    ner = get_ner(pipeline)
    checks = [to_examples(pipeline, part) for part in dev]
    optimizer = pipeline.initialize(lambda: to_examples(pipeline, gold))
    if start is not None:
        ner.from_disk(start, exclude=["vocab"])
    rounds = _batches(gold, silver, share=share, seed=seed)
    best, kept, stale = 0.0, ner.to_bytes(exclude=["vocab"]), 0
    stop = time.monotonic() + minutes * 60
    step = 0
    while stale < PATIENCE and time.monotonic() < stop:
        step += 1
        _update(pipeline, optimizer, next(rounds))
        if step % CHECK_EVERY:
            continue
        with pipeline.use_params(optimizer.averages):
            mean, scores = _mean(pipeline, checks)
            stale = 0 if mean > best else stale + 1
            if not stale:
                best, kept = mean, ner.to_bytes(exclude=["vocab"])
        log.info("seed %d, step %d: dev %.3f = %s", seed, step, mean, " | ".join(map(str, scores)))
    ner.from_bytes(kept, exclude=["vocab"])
    return pipeline, best


def settle(
    folder: Path,
    gold: Sequence[Sentence],
    silver: Sequence[Sentence],
    dev: Sequence[Sequence[Sentence]],
    vectors: Vectors,
    *,
    minutes: float,
    seed: int,
) -> tuple[Language, float]:
    """Go on from the recogniser in ``folder`` with less silver, and take the weighted mean of before and after,
    where that is better; its dev F1. The late part brings in the gold's habits, the mean keeps what the silver taught.
    """
    late, _ = train_ner(gold, silver, dev, vectors, minutes=minutes, seed=seed, share=LATE_SHARE, start=folder)
    pipeline = _blank(vectors)  # only now: the vectors belong to the last pipeline that got them
    pipeline.initialize(lambda: to_examples(pipeline, gold))
    ner, checks = get_ner(pipeline), [to_examples(pipeline, part) for part in dev]
    ner.from_disk(folder, exclude=["vocab"])
    best = _mean(pipeline, checks)[0]
    mix_weights(ner.model, get_ner(late).model, LATE_WEIGHT)
    mean = _mean(pipeline, checks)[0]
    if mean < best:
        ner.from_disk(folder, exclude=["vocab"])
    return pipeline, max(mean, best)


def mix_weights(model: Model[Any, Any], other: Model[Any, Any], weight: float) -> None:
    """Move every weight of ``model`` towards that of ``other``, a model of the same shape; 1.0 is all the way."""
    for node, like in zip(model.walk(), other.walk(), strict=True):
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, (1 - weight) * node.get_param(name) + weight * like.get_param(name))


def to_examples(pipeline: Language, items: Iterable[Sentence]) -> list[Example]:
    """Gold examples on the tokens of our own tokenizer; a span off its bounds grows to them."""
    examples = []
    for item in items:
        gold = pipeline.make_doc(item.text)
        spans = [gold.char_span(*span[:2], label=span[2], alignment_mode="expand") for span in item.spans]
        gold.ents = _disjoint([span for span in spans if span is not None])
        examples.append(Example(pipeline.make_doc(item.text), gold))
    return examples


def to_corpus_examples(pipeline: Language, blocks: Iterable[Block]) -> list[Example]:
    """Gold examples on the corpus's own tokens, a blank between any two: how others score these corpora."""
    examples = []
    for block in blocks:
        words = [word for word, _ in block]
        tags = [tag if tag == "O" else f"{tag[:2]}{LABELS_OF[tag[2:]]}" for _, tag in block]
        gold = Doc(pipeline.vocab, words=words, ents=tags)
        examples.append(Example(Doc(pipeline.vocab, words=words), gold))
    return examples


def evaluate(pipeline: Language, examples: Sequence[Example]) -> Scores:
    """Exact-span scores of the pipeline's ``ner`` on gold examples."""
    found = pipeline.pipe(example.predicted.copy() for example in examples)
    counts = {label: [0, 0, 0] for label in LABELS}
    for example, doc in zip(examples, found, strict=True):
        gold = {(ent.start_char, ent.end_char, ent.label_) for ent in example.reference.ents}
        ours = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}
        for label, count in counts.items():
            for place, spans in enumerate((gold & ours, gold, ours)):
                count[place] += sum(span[2] == label for span in spans)
    totals = [sum(count[place] for count in counts.values()) for place in range(3)]
    return Scores(_f1(totals), {label: _f1(count) for label, count in counts.items()})


def _blank(vectors: Vectors) -> Language:
    pipeline = build_blank(names=["ner"])
    pipeline.vocab.vectors = vectors
    return pipeline


def _mean(pipeline: Language, checks: Sequence[Sequence[Example]]) -> tuple[float, list[Scores]]:
    """F1 as the mean over corpora, and the scores of each."""
    scores = [evaluate(pipeline, part) for part in checks]
    return sum(score.f1 for score in scores) / len(scores), scores


def _update(pipeline: Language, optimizer: Optimizer, batch: Sequence[Sentence]) -> None:
    pipeline.update(to_examples(pipeline, batch), drop=DROPOUT, sgd=optimizer, losses={})


def _batches(
    gold: Sequence[Sentence], silver: Sequence[Sentence], *, share: float, seed: int
) -> Iterator[list[Sentence]]:
    """Endless batches; each round holds all gold and ``share`` times as much silver, shuffled and varied."""

    pool = NamePool(gold)
    count = min(len(silver), int(share * len(gold)))

    def rounds() -> Iterable[Sentence]:
        turn = seed
        while True:
            turn += 1
            chance = random.Random(turn)
            swapped = [pool.swap(item, chance) if chance.random() < SWAPPED else item for item in gold]
            items = list(vary([*swapped, *chance.sample(silver, count)], seed=turn))
            chance.shuffle(items)
            yield from _paragraphs(items, chance)

    stream = iter(rounds())
    size = SMALL_BATCH
    while True:
        yield list(islice(stream, int(size)))
        size = min(LARGE_BATCH, size * BATCH_GROWTH)


def _paragraphs(items: Sequence[Sentence], chance: random.Random) -> Iterable[Sentence]:
    at = 0
    while at < len(items):
        size = chance.choice((1, 1, 2, 3))
        yield join_sentences(items[at : at + size], gap=chance.choice((" ", "\n\n")))
        at += size


def join_sentences(items: Sequence[Sentence], *, gap: str) -> Sentence:
    """One text of several sentences, since articles are tagged whole."""
    text, spans = "", []
    for item in items:
        text += gap if text else ""
        spans += [(start + len(text), end + len(text), label) for start, end, label in item.spans]
        text += item.text
    return Sentence(text, tuple(spans))


def _disjoint(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _f1(counts: Sequence[int]) -> float:
    right, gold, found = counts
    return 2 * right / (gold + found) if gold + found else 0.0
