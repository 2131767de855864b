"""Train the named-entity recogniser that config.cfg describes, keeping the state that is best on the dev parts."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Span
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Optimizer, fix_random_seed

from nlp.pipeline import build_blank, get_ner
from nlp.training.capitals import vary
from nlp.training.corpus import Sentence
from nlp.training.swaps import NamePool

log = logging.getLogger(__name__)
LABELS = ("PER", "ORG", "LOC")
DROPOUT = 0.3
SWAPPED = 0.35
"""Share of the sentences that get other names in each round."""
SMALL_BATCH, LARGE_BATCH, BATCH_GROWTH = 16.0, 64.0, 1.001
"""Texts in the first and the later batches, and how one becomes the other."""
CHECK_EVERY = 300
"""Steps between two looks at the dev parts."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact-span F1, all labels and each."""

    f1: float
    by_label: dict[str, float]

    def __str__(self) -> str:
        return f"{self.f1:.3f} ({', '.join(f'{label} {value:.3f}' for label, value in self.by_label.items())})"


def train_ner(
    train: Sequence[Sentence], dev: Sequence[Sentence], vectors: Vectors, *, minutes: float, seed: int = 7
) -> Language:
    """A pipeline with the one component ``ner``, trained for at most ``minutes`` or until dev stops rising."""
    fix_random_seed(seed)
    pipeline = build_blank(names=["ner"])
    pipeline.vocab.vectors = vectors
    ner = get_ner(pipeline)
    checks = to_examples(pipeline, dev)
    optimizer = pipeline.initialize(lambda: to_examples(pipeline, train))
    rounds = _batches(train, seed=seed)
    best, kept, stale = 0.0, pipeline.get_pipe("ner").to_bytes(), 0  # type: ignore[attr-defined]
    stop = time.monotonic() + minutes * 60
    step = 0
    while stale < 12 and time.monotonic() < stop:
        step += 1
        _update(pipeline, optimizer, next(rounds))
        if step % CHECK_EVERY:
            continue
        with pipeline.use_params(optimizer.averages):
            scores = evaluate(pipeline, checks)
            stale = 0 if scores.f1 > best else stale + 1
            if not stale:
                best, kept = scores.f1, ner.to_bytes(exclude=["vocab"])
        log.info("step %d: dev %s", step, scores)
    ner.from_bytes(kept, exclude=["vocab"])
    return pipeline


def to_examples(pipeline: Language, items: Iterable[Sentence]) -> list[Example]:
    """Gold examples on the tokens of our own tokenizer; a span off its bounds grows to them."""
    examples = []
    for item in items:
        gold = pipeline.make_doc(item.text)
        spans = [gold.char_span(*span[:2], label=span[2], alignment_mode="expand") for span in item.spans]
        gold.ents = _disjoint([span for span in spans if span is not None])
        examples.append(Example(pipeline.make_doc(item.text), gold))
    return examples


def evaluate(pipeline: Language, examples: Sequence[Example]) -> Scores:
    """Exact-span scores of the pipeline's ``ner`` on gold examples."""
    found = pipeline.pipe(pipeline.make_doc(example.text) for example in examples)
    counts = {label: [0, 0, 0] for label in LABELS}
    for example, doc in zip(examples, found, strict=True):
        gold = {(ent.start_char, ent.end_char, ent.label_) for ent in example.reference.ents}
        ours = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}
        for label, count in counts.items():
            for place, spans in enumerate((gold & ours, gold, ours)):
                count[place] += sum(span[2] == label for span in spans)
    totals = [sum(count[place] for count in counts.values()) for place in range(3)]
    return Scores(_f1(totals), {label: _f1(count) for label, count in counts.items()})


def _update(pipeline: Language, optimizer: Optimizer, batch: Sequence[Sentence]) -> None:
    pipeline.update(to_examples(pipeline, batch), drop=DROPOUT, sgd=optimizer, losses={})


def _batches(train: Sequence[Sentence], *, seed: int) -> Iterator[list[Sentence]]:
    """Endless batches; each round shuffles, varies and sometimes joins sentences into paragraphs."""

    pool = NamePool(train)

    def rounds() -> Iterable[Sentence]:
        turn = seed
        while True:
            turn += 1
            chance = random.Random(turn)
            swapped = [pool.swap(item, chance) if chance.random() < SWAPPED else item for item in train]
            items = list(vary(swapped, seed=turn))
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
