"""A query string to lexemes: words, phrases, fields, minus, OR and parentheses, each with its position."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.errors import QueryError

MAX_LENGTH = 2_000
QUOTES = '"“”„‟«»＂'

FIELDS = {
    "title": "title",
    "judul": "title",
    "official": "official",
    "pejabat": "official",
    "speaker": "speaker",
    "narasumber": "speaker",
    "program": "program",
    "programme": "program",
    "outlet": "outlet",
    "media": "outlet",
    "place": "place",
    "wilayah": "place",
    "topic": "topic",
    "topik": "topic",
    "kind": "kind",
    "jenis": "kind",
    "tone": "tone",
    "nada": "tone",
    "tindak": "follow_up",
    "followup": "follow_up",
    "section": "section",
    "kanal": "section",
    "after": "after",
    "dari": "after",
    "before": "before",
    "sampai": "before",
}
"""Every field's names, Indonesian and English -> the English one."""

_FIELD = re.compile(r"([^\W\d_]+):", re.UNICODE)
_WORD = re.compile(rf"[^\s{QUOTES}()]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query."""

    kind: str
    """``word``, ``phrase``, ``field``, ``not``, ``or``, ``open`` or ``close``."""
    text: str
    position: int
    name: str = ""
    """The field's English name."""
    quoted: bool = False


def lex(text: str) -> list[Lexeme]:
    """Split a query; raises QueryError for a lone quote, a field without a value or an endless query."""
    if len(text) > MAX_LENGTH:
        raise QueryError("kueri terlalu panjang; paling banyak %(most)s huruf", MAX_LENGTH, most=MAX_LENGTH)
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        lexeme, at = _next(text, at)
        if lexeme is not None:
            lexemes.append(lexeme)
    return lexemes


def _next(text: str, at: int) -> tuple[Lexeme | None, int]:
    char = text[at]
    if char in "()":
        return Lexeme("open" if char == "(" else "close", char, at), at + 1
    if char in QUOTES:
        phrase, end = _quoted(text, at)
        return Lexeme("phrase", phrase, at, quoted=True), end
    if char == "-" and _is_minus(text, at):
        return Lexeme("not", char, at), at + 1
    field = _FIELD.match(text, at)
    if field and field.group(1).casefold() in FIELDS:
        return _field(text, at, field)
    return _word(text, at)


def _is_minus(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return bool(following) and not following.isspace() and following != "-"


def _word(text: str, at: int) -> tuple[Lexeme | None, int]:
    match = _WORD.match(text, at)
    if match is None:  # every other character was handled before
        return None, at + 1
    word = match.group()
    if word in ("OR", "ATAU"):
        return Lexeme("or", word, at), match.end()
    if word == "NOT":
        return Lexeme("not", word, at), match.end()
    if word == "AND":
        return None, match.end()
    return Lexeme("word", word, at), match.end()


def _field(text: str, at: int, field: re.Match[str]) -> tuple[Lexeme, int]:
    name, start = FIELDS[field.group(1).casefold()], field.end()
    if text[start : start + 1] and text[start] in QUOTES:
        value, end = _quoted(text, start)
        quoted = True
    else:
        match = _WORD.match(text, start)
        value, end, quoted = (match.group(), match.end(), False) if match else ("", start, False)
    if not value.strip():
        raise QueryError(
            "isi sesudah '%(field)s' kosong; tulis tanpa spasi, misalnya %(field)skata", at, field=field.group()
        )
    return Lexeme("field", value, at, name=name, quoted=quoted), end


def _quoted(text: str, at: int) -> tuple[str, int]:
    for end in range(at + 1, len(text)):
        if text[end] in QUOTES:
            return text[at + 1 : end], end + 1
    raise QueryError("tanda kutip tidak ditutup", at)
