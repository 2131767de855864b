"""Addresses that pages link to: only our own paths, and only the web outside."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from fastapi import Request


def web_link(url: str | None) -> str:
    """The address if it is http or https, else nothing: a ``javascript:`` link from a page never gets through."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def path_part(name: str) -> str:
    """A name as the rest of a path; a slash in it stays one."""
    return quote(name)


def local(address: str) -> str:
    """The address where it is a path on this site, else the front page: nobody is sent elsewhere by a form."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"


def local_address(request: Request) -> str:
    """Path and query of a request, as a link to come back to; a write cannot be come back to, so the front page."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def shared_address(request: Request, base_url: str, path: str) -> str:
    """A path of ours as others can open it: below the public address where the reader uses it, else as it was asked."""
    public, here = urlsplit(base_url), request.url
    origin = base_url if public.netloc == here.netloc else f"{here.scheme}://{here.netloc}"
    return origin.rstrip("/") + path
