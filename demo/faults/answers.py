"""Faults of the answer as a stream of bytes: resets, halves, drips, endless and packed bodies, wrong charsets."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from functools import cache
from importlib import import_module

from demo.faults.kind import ANYWHERE, HTML_PAGES, Call, fault
from demo.sites.site import HTML, Answer

_BLOCK = b"<p>Baris rekaan yang diulang tanpa henti supaya halaman ini tidak pernah selesai dibaca.</p>\n" * 100
MEGABYTE = 2**20


@fault("reset", pages=HTML_PAGES, share=0.1, times=1)
def reset(call: Call, answer: Answer) -> Answer:
    """The connection is reset before the first byte."""
    return replace(answer, delivery="reset")


@fault("half", pages=HTML_PAGES, share=0.1, times=1)
def half(call: Call, answer: Answer) -> Answer:
    """Half of the promised body comes, then the connection ends."""
    return replace(answer, delivery="half")


@fault("slow", pages=HTML_PAGES, share=0.05, times=1, seconds=2)
def slow(call: Call, answer: Answer) -> Answer:
    """The body comes in small drops, for so many seconds together."""
    return replace(answer, delivery="drip", seconds=float(call.options["seconds"]))


@fault("drip", baits=1, seconds=86_400)
def drip(call: Call, answer: Answer) -> Answer:
    """A body that drips for a day."""
    return replace(page("Menetes"), delivery="drip", seconds=float(call.options["seconds"]))


@fault("endless", baits=1)
def endless(call: Call, answer: Answer) -> Answer:
    """A body without end."""
    return Answer(body=_BLOCK, repeat=0)


@fault("huge", baits=1, megabytes=200)
def huge(call: Call, answer: Answer) -> Answer:
    """A body of many megabytes, with its length."""
    return Answer(body=_BLOCK, repeat=int(float(call.options["megabytes"]) * MEGABYTE / len(_BLOCK)))


@fault("gzip-bomb", baits=1, megabytes=200)
def gzip_bomb(call: Call, answer: Answer) -> Answer:
    """A small gzip body that unpacks to many megabytes."""
    body = _gzip_bomb(int(call.options["megabytes"]))
    return Answer(body=body, headers=(("Content-Encoding", "gzip"),))


@fault("br-bomb", baits=1, megabytes=200)
def br_bomb(call: Call, answer: Answer) -> Answer:
    """A small brotli body that unpacks to many megabytes."""
    return Answer(body=_br_bomb(int(call.options["megabytes"])), headers=(("Content-Encoding", "br"),))


@fault("broken-gzip", pages=HTML_PAGES, share=0.05, times=1)
def broken_gzip(call: Call, answer: Answer) -> Answer:
    """A gzip body whose last third is missing, with the length that it has."""
    packed = gzip.compress(answer.body, mtime=0)
    return replace(answer, body=packed[: len(packed) * 2 // 3], headers=(*answer.headers, ("Content-Encoding", "gzip")))


@fault("charset", pages=HTML_PAGES, share=0.3)
def charset(call: Call, answer: Answer) -> Answer:
    """The charset is not the declared one, is unknown, or is not declared; some bytes are no text at all."""
    text = answer.body.decode("windows-1252" if "1252" in answer.content_type else "utf-8", "replace")
    bare = text.replace("charset", "rekaan")
    match call.chance % 6:
        case 0:
            return replace(answer, body=text.encode(), content_type="text/html; charset=iso-8859-1")
        case 1:
            body = text.encode("windows-1252", "xmlcharrefreplace")
            return replace(answer, body=body, content_type="text/html; charset=utf-8")
        case 2:
            return replace(answer, body=bare.encode(), content_type="text/html")
        case 3:
            return replace(answer, body=bare.encode(), content_type="text/html; charset=x-rekaan")
        case 4:
            return replace(answer, body=b"\xef\xbb\xbf" + text.encode(), content_type="text/html; charset=utf-16")
        case _:
            return replace(answer, body=text.encode().replace(b"</head>", b"<!-- \xff\xfe\x00\xc3( --></head>", 1))


@fault("content-type", pages=HTML_PAGES | {"feed", "sitemap"}, share=0.4)
def content_type(call: Call, answer: Answer) -> Answer:
    """Pages, feeds and sitemaps are called plain text, HTML, bytes or nothing."""
    charset = "; charset=windows-1252" if "1252" in answer.content_type else "; charset=utf-8"
    names = (f"text/plain{charset}", f"TEXT/HTML{charset.upper()}", "application/octet-stream", "", "text/html")
    return replace(answer, content_type=names[call.chance % len(names)])


@fault("blank-page", pages=HTML_PAGES, share=0.05, times=1)
def blank_page(call: Call, answer: Answer) -> Answer:
    """200 without a body at the first visit."""
    return replace(answer, body=b"", headers=(), validates=False)


@fault("no-validators", pages=ANYWHERE)
def no_validators(call: Call, answer: Answer) -> Answer:
    """Neither ETag nor Last-Modified, and conditions are not looked at."""
    headers = tuple(pair for pair in answer.headers if pair[0] != "Last-Modified")
    return replace(answer, headers=headers, validates=False)


@fault("restless", pages=HTML_PAGES)
def restless(call: Call, answer: Answer) -> Answer:
    """Every answer differs in a comment, so that no validator ever fits."""
    mark = f"<!-- rendered {call.count} --></body>".encode()
    headers = tuple(pair for pair in answer.headers if pair[0] != "Last-Modified")
    return replace(answer, body=answer.body.replace(b"</body>", mark, 1), headers=headers)


def page(title: str, *, body: str = "", status: int = 200) -> Answer:
    """A small page that is no article."""
    text = f"<!DOCTYPE html><html lang=id><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body>"
    return Answer(body=f"{text}</html>".encode(), content_type=HTML, status=status)


@cache
def _gzip_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)), packer.flush()])


@cache
def _br_bomb(megabytes: int) -> bytes:
    packer = import_module("brotli").Compressor(quality=5)
    return b"".join([*(packer.process(bytes(MEGABYTE)) for _ in range(megabytes)), packer.finish()])
