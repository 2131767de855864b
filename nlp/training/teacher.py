"""A large recogniser that learns the gold sentences and labels news for the small one that ships."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from spacy.vocab import Vocab
from torch import nn
from torch.nn import functional

from nlp.tokenizer import NewsTokenizer
from nlp.training.bio import TAGS, Labelled, Word, decode, to_tags
from nlp.training.corpus import Sentence
from nlp.training.encoder import Encoder, Floats, Pieces, Weights, find_weights

log = logging.getLogger(__name__)
EPOCHS = 6
BATCH, LABEL_BATCH = 16, 64
RATE, HEAD_RATE, WARMUP = 1.5e-4, 1e-3, 0.1
DROPOUT = 0.1
LONGEST = 200
"""Pieces of a sentence; the rest is not seen."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as numbers: its pieces, the first piece and the place of each word, the tag of each word."""

    pieces: list[int]
    firsts: list[int]
    words: list[Word]
    tags: list[int]


class Teacher(nn.Module):  # type: ignore[misc]
    """The encoder with one score for each tag, and one more input: which corpus's habits to label by."""

    def __init__(self, corpora: int) -> None:
        super().__init__()
        weights = Weights(find_weights())
        self.encoder = Encoder(weights)
        self.pieces = Pieces(weights)
        self.tokenizer = NewsTokenizer(Vocab())
        self.habits = nn.Embedding(corpora, weights.width)
        nn.init.normal_(self.habits.weight, std=0.02)
        self.scores = nn.Linear(weights.width, len(TAGS))

    def encode(self, sentence: Sentence) -> Encoded:
        """The sentence on the tokens of our own tokenizer."""
        pieces, firsts, words = [self.encoder.weights.first], [], []
        spaced = True
        for token in self.tokenizer(sentence.text):
            if not token.is_space and len(pieces) < LONGEST:
                firsts.append(len(pieces))
                words.append((token.idx, token.idx + len(token)))
                pieces += self.pieces.cut(token.text, spaced=spaced)
            spaced = bool(token.whitespace_) or token.is_space
        return Encoded([*pieces, self.encoder.weights.last], firsts, words, to_tags(sentence, words))

    def forward(self, items: Sequence[Encoded], corpora: Sequence[int]) -> torch.Tensor:
        """Scores (texts, pieces, tags)."""
        longest = max(len(item.pieces) for item in items)
        rows = np.zeros((len(items), longest, self.encoder.weights.width), np.float32)
        mask = torch.zeros(len(items), longest, dtype=torch.bool)
        for at, item in enumerate(items):
            rows[at, : len(item.pieces)] = self.encoder.look_up(item.pieces)
            mask[at, : len(item.pieces)] = True
        table = torch.from_numpy(rows)
        opening = (torch.arange(longest) == 0).float()[None, :, None]
        states = self.encoder(table + self.habits(torch.tensor(corpora))[:, None] * opening, mask, DROPOUT)
        return self.scores(functional.dropout(states, DROPOUT, self.training))

    def label(self, texts: Sequence[str]) -> Iterator[Labelled]:
        """The names in each text, by the mean of all corpora's habits; short texts come first."""
        self.eval()
        items = [(self.encode(Sentence(text, ())), text) for text in texts]
        items.sort(key=lambda pair: len(pair[0].pieces))
        for at in range(0, len(items), LABEL_BATCH):
            part = items[at : at + LABEL_BATCH]
            table = self._probabilities([item for item, _ in part])
            for (item, text), row in zip(part, table, strict=True):
                if item.words:
                    yield decode(row[item.firsts], item.words, text)

    def _probabilities(self, items: Sequence[Encoded]) -> Floats:
        count = self.habits.num_embeddings
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            views = [self(items, [corpus] * len(items)).float().softmax(-1) for corpus in range(count)]
        mean: Floats = torch.stack(views).mean(0).numpy()
        return mean


def train_teacher(corpora: Sequence[Sequence[Sentence]], *, seed: int) -> Teacher:
    """A teacher of the sentences of each corpus; the rate rises for a tenth of the steps, then falls to nothing."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    teacher = Teacher(len(corpora))
    teacher.train()
    items = [(teacher.encode(item), at) for at, corpus in enumerate(corpora) for item in corpus]
    head = [*teacher.scores.parameters(), *teacher.habits.parameters()]
    groups = [
        {"params": list(teacher.encoder.parameters()), "lr": RATE},
        {"params": head, "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = [batch for _ in range(EPOCHS) for batch in _batches(items, chance)]
    rising = WARMUP * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rising, (len(batches) - step) / (len(batches) - rising))
    )
    started = time.monotonic()
    for step, batch in enumerate(batches, 1):
        loss = _loss(teacher, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0 or step == len(batches):
            left = (time.monotonic() - started) / step * (len(batches) - step)
            log.info("teacher step %d of %d: loss %.3f, %.0f s left", step, len(batches), loss.item(), left)
    return teacher


def _batches(items: Sequence[tuple[Encoded, int]], chance: random.Random) -> list[list[tuple[Encoded, int]]]:
    """One round in batches of sentences of like length, in random order."""
    order = list(items)
    chance.shuffle(order)
    batches = []
    for at in range(0, len(order), BATCH * 20):
        block = sorted(order[at : at + BATCH * 20], key=lambda item: len(item[0].pieces))
        batches += [block[start : start + BATCH] for start in range(0, len(block), BATCH)]
    chance.shuffle(batches)
    return batches


def _loss(teacher: Teacher, batch: Sequence[tuple[Encoded, int]]) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        scores = teacher([item for item, _ in batch], [corpus for _, corpus in batch]).float()
    places = [(at, first) for at, (item, _) in enumerate(batch) for first in item.firsts]
    found = torch.stack([scores[place] for place in places])
    return functional.cross_entropy(found, torch.tensor([tag for item, _ in batch for tag in item.tags]))
