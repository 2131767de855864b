"""Undoes a body's Content-Encoding within a size, and tells a whole body from a torn one."""

from __future__ import annotations

import re
import sys
import zlib
from typing import Any

import brotli
from scrapy.exceptions import IgnoreRequest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEMBERS = 64
"""Pieces that a body may be compressed in, one behind the other."""
ZSTD_WINDOW = 23
"""Logarithm of the window that a browser grants (RFC 9659: 8 MB)."""
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1f]")
_ZSTD_LIMIT: dict[Any, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW}


class TooLarge(IgnoreRequest):
    """Raised for a body that grows beyond what is taken; ``reason`` is the slug for counting."""

    reason = "too-large"


class TornBody(Exception):
    """Raised for a compressed body that ends before its end."""


class BadEncoding(Exception):
    """Raised for a body that is not compressed the way its header says."""


def decompress(body: bytes, encoding: bytes, limit: int) -> bytes:
    """A body without one layer of ``gzip``, ``x-gzip``, ``deflate``, ``br`` or ``zstd``.

    A text that was never compressed, whatever its header says, comes back as it is.
    Raises TooLarge above ``limit`` bytes, TornBody and BadEncoding.
    """
    if not body or not _BINARY.search(body[:1024]):
        return body
    try:
        if encoding == b"br":
            return _brotli(body, limit)
        return _members(body, encoding, limit)
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise BadEncoding(str(error)) from error


def _members(body: bytes, encoding: bytes, limit: int) -> bytes:
    whole, rest = b"", body
    for _ in range(MEMBERS):
        decoder = _decoder(encoding, rest)
        whole += _checked(decoder.decompress(rest, limit + 1 - len(whole)), limit - len(whole))
        if not decoder.eof:
            raise TornBody(f"{len(whole)} bytes came, and no end")
        rest = decoder.unused_data
        if encoding == b"deflate" or not rest.startswith(body[:4] if encoding == b"zstd" else body[:2]):
            return whole  # what follows is no further piece
    raise BadEncoding(f"more than {MEMBERS} pieces")


def _decoder(encoding: bytes, body: bytes) -> Any:
    if encoding == b"zstd":
        return zstd.ZstdDecompressor(options=_ZSTD_LIMIT)
    if encoding == b"deflate":
        has_header = body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0  # some servers send it without
        return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _brotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    whole = _checked(decoder.process(body, output_buffer_limit=limit + 1), limit)
    while not decoder.is_finished():
        more = decoder.process(b"", output_buffer_limit=limit + 1)
        if not more:
            raise TornBody(f"{len(whole)} bytes came, and no end")
        whole = _checked(whole + more, limit)
    return whole


def _checked(piece: bytes, limit: int) -> bytes:
    if len(piece) > limit:
        raise TooLarge(f"a body of more than {limit} bytes")
    return piece
