"""The query language: words, "phrases", -not, OR, (groups) and field:value, as a tree.

``query := all``; ``all := any*``; ``any := unit (OR unit)*``; ``unit := [-] (word | "phrase" | field:value | (all))``.
OR binds its two neighbours, so ``inflasi OR deflasi banten`` means (inflasi or deflasi) and banten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.errors import QueryError
from storage.search.lexer import Lexeme, lex
from storage.search.values import check_value
from storage.search.words import plain

MAX_DEPTH = 30
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which no text in UTF-8 has."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or a phrase if ``quoted``."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """``name:value``; ``name`` is the English one."""

    name: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that belong together."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one is enough."""

    children: tuple[Node, ...]


Node = Text | Field | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, and what it means."""

    text: str
    root: AllOf

    @property
    def empty(self) -> bool:
        """True where nothing was asked, so that everything matches."""
        return not self.root.children


def parse_query(text: str) -> Query:
    """Read a query; raises QueryError (in Indonesian, with the position) where it cannot be understood."""
    text = _HALF.sub("\ufffd", text)  # neither the index nor an answer can hold it; positions stay
    lexemes = lex(text)
    parser = _Parser(lexemes, end=len(text))
    root = parser.all_of(depth=0)
    parser.expect_end()
    if text.strip() and not root.children:
        raise QueryError("tidak ada kata yang bisa dicari; tulis minimal satu kata", 0)
    return Query(text, root)


class _Parser:
    def __init__(self, lexemes: list[Lexeme], *, end: int) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._end = end

    def all_of(self, *, depth: int) -> AllOf:
        if depth > MAX_DEPTH:
            raise QueryError("tanda kurung terlalu dalam; sederhanakan kueri", self._position())
        children: list[Node] = []
        while self._kind() not in ("end", "close"):
            node = self._any_of(depth=depth)
            if node is not None:
                children.append(node)
        return AllOf(tuple(children))

    def expect_end(self) -> None:
        if self._kind() == "close":
            raise QueryError("kurung tutup tanpa kurung buka", self._position())

    def _any_of(self, *, depth: int) -> Node | None:
        first = self._unit(depth=depth)
        parts = [first]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._unit(depth=depth))
        known = tuple(part for part in parts if part is not None)
        if len(known) > 1:
            return AnyOf(known)
        return known[0] if known else None

    def _unit(self, *, depth: int) -> Node | None:
        if self._kind() in ("end", "close", "or"):
            raise QueryError("OR perlu kata di kiri dan di kanannya", self._position())
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind == "not":
            return self._negated(lexeme, depth=depth)
        if lexeme.kind == "open":
            return self._group(lexeme, depth=depth)
        if lexeme.kind == "field":
            value = check_value(lexeme.name, lexeme.text, position=lexeme.position)
            return Field(lexeme.name, value, lexeme.quoted)
        return Text(lexeme.text, lexeme.quoted) if plain(lexeme.text) else None

    def _negated(self, lexeme: Lexeme, *, depth: int) -> Node | None:
        if self._kind() not in ("word", "phrase", "field", "open"):
            raise QueryError("tanda minus perlu kata sesudahnya, misalnya -iklan", lexeme.position)
        child = self._unit(depth=depth)
        return Not(child) if child is not None else None

    def _group(self, lexeme: Lexeme, *, depth: int) -> Node | None:
        group = self.all_of(depth=depth + 1)
        if self._kind() != "close":
            raise QueryError("kurung buka tidak ditutup", lexeme.position)
        self._at += 1
        return group if group.children else None

    def _kind(self) -> str:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else "end"

    def _position(self) -> int:
        return self._lexemes[self._at].position if self._at < len(self._lexemes) else self._end
