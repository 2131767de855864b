"""Bytes of a page to text: byte order marks, declared, undeclared and lying charsets, NULs, what is no page at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from html import unescape

from charset_normalizer import from_bytes

from scraper.errors import ExtractionError

MAX_BYTES = 10 * 1024 * 1024
"""Larger pages are refused; no news page comes near it."""

_SAMPLE = 64 * 1024
_ESCAPED = 3
_LATIN = 256
_DIGITS = 10
_NO_CHARACTER = 0x110000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00\x18ftyp")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,200}?encoding=["']([\w.:-]+)""", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_OTHER_TYPE = re.compile(r"^\s*(?:image|audio|video|font)/|^\s*application/(?:pdf|zip|json|rss|atom|msword)", re.I)
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|br|table|article|section|main|span|h[1-6]|a)\b", re.I
)
_FEED = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Controls, zero-width and direction marks: nothing a reader sees, and a way to hide or turn text."""
_MOJIBAKE = re.compile(r"â€[\u0080-\u2122]|Ã[\u0080-¿]|Â[\u00a0-¿]")
_HIGH = "\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TWICE = re.compile(rf"[ÂÃ][{_HIGH}]|â[{_HIGH}]{{2}}")
"""UTF-8 that was once read as Windows-1252, letter by letter."""
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{2,5}|#x[0-9a-f]{2,5}|quot|apos|nbsp|amp|[lr][sd]quo|[nm]dash|hellip|middot|bull|[lr]aquo);", re.I
)
"""What is left of an entity that was escaped twice; angle brackets stay, they would make tags."""


def decode(body: bytes, *, content_type: str | None = None) -> str:
    """The text of a page.

    Raises ExtractionError ``empty``, ``too-large`` (over 10 MB) or ``not-html``.
    """
    if not body.strip(b" \t\r\n\0"):
        raise ExtractionError("empty", "the page has no content; the site may have answered with an empty body")
    if len(body) > MAX_BYTES:
        raise ExtractionError(
            "too-large",
            "the page has %(count)s bytes, the limit is %(max_bytes)s; it is skipped",
            count=len(body),
            max_bytes=MAX_BYTES,
        )
    if body.startswith(_MAGIC) or _OTHER_TYPE.match(content_type or ""):
        raise ExtractionError(
            "not-html", "the page is no HTML (type %(value)s); only HTML can be read", value=content_type or "binary"
        )
    text = _REFERENCE.sub(_allowed, _CONTROLS.sub("", _to_text(body, content_type or "")))
    if _FEED.match(text[:2000]) or not _TAG.search(text):
        raise ExtractionError("not-html", "the page holds no HTML element; a feed, a plain text or a broken answer")
    return text


def _allowed(match: re.Match[str]) -> str:
    """A character reference, empty where no tree may hold what it names: a control, half a character, none at all."""
    digits = match["hex"] or match["decimal"]
    code = int(digits, 16 if match["hex"] else 10) if len(digits) <= _DIGITS else _NO_CHARACTER
    return "" if code >= _NO_CHARACTER or (code and _CONTROLS.match(chr(code))) or not code else match[0]


def tidy(text: str) -> str:
    """One string of a page without invisible characters, in NFC, its white space folded to single blanks."""
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _repair(text))
    return " ".join(text.split())


def _unescaped(match: re.Match[str]) -> str:
    found = match[0]
    for _ in range(_ESCAPED):
        found = unescape(found)
    return match[0] if found in "<>" else found


def _repair(text: str) -> str:
    """Text with UTF-8 that was once read as Windows-1252 (``â€œ``) put right."""
    return _TWICE.sub(_once, text) if _MOJIBAKE.search(text) else text


def _once(match: re.Match[str]) -> str:
    raw = b"".join(_byte(char) for char in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> bytes:
    """The byte that a character of Windows-1252 came from, its five unused ones included."""
    return char.encode("latin-1" if ord(char) < _LATIN else "cp1252", "replace")


def _to_text(body: bytes, content_type: str) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(body, content_type, error)


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark shows as a NUL at every second byte."""
    sample = body[:400]
    if len(sample) < 20 or sample.count(0) < len(sample) // 3:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _not_utf8(body: bytes, content_type: str, error: UnicodeDecodeError) -> str:
    declared = _declared(body, content_type)
    if declared not in ("", "utf-8", "ascii"):
        return body.decode(declared, "replace")
    if declared == "utf-8":
        mixed = body.decode("utf-8", "surrogateescape")
        broken = sum("\udc80" <= char <= "\udcff" for char in mixed)
        good = sum(char > "\x7f" for char in mixed) - broken
        if broken <= good or error.start >= len(body) - 4:
            return _escaped_as_cp1252(mixed)
    guess = from_bytes(body[:_SAMPLE]).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _escaped_as_cp1252(text: str) -> str:
    """Single stray bytes in a UTF-8 page are Windows-1252 as a rule (a quotation mark pasted in)."""
    return re.sub("[\udc80-\udcff]", lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _declared(body: bytes, content_type: str) -> str:
    in_header = _HEADER.search(content_type)
    in_page = _DECLARED.search(body[:4096])
    label = in_header[1] if in_header else (in_page[1] or in_page[2]).decode("ascii", "replace") if in_page else ""
    try:
        name = codecs.lookup(label).name if label else ""
    except LookupError:
        return ""
    return "cp1252" if name in ("iso8859-1", "latin-1") else name
