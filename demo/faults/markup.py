"""Faults of links and heads in HTML: malformed addresses, session ids, campaigns, wrong slugs, canonical lies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

from demo.faults.kind import HTML_PAGES, Call, PageKind, fault
from demo.sites.site import Answer

MALFORMED = (
    "http://[", "http://[::1", "http://", "//", "///", "http:///berita", "javascript:void(0)", "JavaScript:alert(1)",
    "mailto:redaksi@rekaan.invalid", "tel:+62210000", "data:text/html,<h1>x</h1>", "vbscript:x", "#", "", " ", "?",
    "http://user:sandi@:99999/", "http://127.0.0.1:99999/berita/1/x", "http://a b/c", " /berita /1/ dua kata ",
    "/%zz/%", "/berita/\x00/1", "\\\\server\\berita\\1", "http://xn--\u00ff.invalid/", "ht!tp://x", "berita/\u202e1",
    "http://" + "a" * 300 + ".invalid/", "/" + "panjang/" * 400, "blob:http://x/1", "about:blank", "{{ url }}",
    "<?php echo $url ?>", "http://256.256.256.256/", "http://0x7f.1/", "https://[v1.x]/",
)  # fmt: skip
"""Addresses that break parsers or lead nowhere."""
_HREF = re.compile(r"""(<a\b[^>]*?\bhref=")([^"]*)(")""")
_CANONICAL = re.compile(r'<link rel="canonical" href="[^"]*"\s*/?>')
_SESSION = re.compile(r"(?:;jsessionid=\w+)|(?:(?<=[?&])PHPSESSID=\w+&?)")


@fault("malformed-links", pages=HTML_PAGES)
def malformed_links(call: Call, answer: Answer) -> Answer:
    """Every page holds links that are none."""
    anchors = "".join(f'<a href="{html.escape(link)}">{place}</a> ' for place, link in enumerate(MALFORMED))
    return before_end(after_start(answer, anchors), anchors)


@fault("session-ids", pages=HTML_PAGES)
def session_ids(call: Call, answer: Answer) -> Answer:
    """Every link within the site carries a session id that differs from page to page."""
    return with_links(call, answer, lambda url: _joined(url, f"PHPSESSID={call.count * 7919:032x}"))


@fault("campaigns", pages=HTML_PAGES)
def campaigns(call: Call, answer: Answer) -> Answer:
    """Every link within the site carries the marks of a campaign."""
    source = ("beranda", "populer", "terkait", "wa")[call.count % 4]
    return with_links(
        call, answer, lambda url: _joined(url, f"utm_source={source}&utm_medium=web&fbclid=Iw{call.count}")
    )


@fault("wrong-slugs", pages=HTML_PAGES)
def wrong_slugs(call: Call, answer: Answer) -> Answer:
    """Lists link articles by other slugs than their own, where the site looks at the id only."""
    text = _text(answer)
    for piece in call.site.pieces:
        path = call.site.path_of(piece)
        if path in text and (other := call.site.misspelt_path(piece, call.count % 3)) != path:
            text = text.replace(f'{path}"', f'{other}"')
    return _with_text(answer, text)


@fault("mixed-hosts", pages=HTML_PAGES)
def mixed_hosts(call: Call, answer: Answer) -> Answer:
    """Links within the site are written as ``//host/path``, with a fragment, or with doubled slashes."""

    def change(url: str) -> str:
        full = url if url.startswith("http") else call.site.origin + "/" + url.lstrip("/")
        return (full.removeprefix("http:"), f"{full}#isi", full + "#komentar")[len(url) % 3]

    return with_links(call, answer, change)


@fault("doubled-lists", pages={"list"})
def doubled_lists(call: Call, answer: Answer) -> Answer:
    """Lists show everything twice, with fragments and in other words."""
    links = [match[2] for match in _HREF.finditer(_text(answer)) if _inside(call, match[2])]
    return before_end(
        answer, " ".join(f'<a href="{link}#komentar">{place} komentar</a>' for place, link in enumerate(links))
    )


@fault("canonical-lies", pages={"article"}, share=0.5)
def canonical_lies(call: Call, answer: Answer) -> Answer:
    """The canonical link names the front page, another article, a stranger, nothing, or what cannot be read."""
    site = call.site
    other = next((piece for piece in site.pieces if answer.piece and piece.number != answer.piece.number), None)
    lies = (
        f"{site.origin}/",
        site.url_of(other) if other else site.origin,
        f"{call.outside}/berita/1/curian",
        "",
        "http://[",
        "/",
        "javascript:alert(1)",
        "https://localhost/berita",
        "#",
        f"{site.origin}/berita/tidak-ada-999999",
    )
    link = f'<link rel="canonical" href="{lies[call.chance % len(lies)]}">'
    text = _CANONICAL.sub("", _text(answer))
    return _with_text(answer, text.replace("</head>", f"{link}</head>", 1))


@fault("base-lie", pages=HTML_PAGES)
def base_lie(call: Call, answer: Answer) -> Answer:
    """The page names a stranger as the base of its links, and links absolutely all the same."""
    text = _text(with_links(call, answer, lambda url: url if "//" in url else f"{call.site.origin}/{url.lstrip('/')}"))
    return _with_text(answer, text.replace("<head>", f'<head><base href="{call.outside}/">', 1))


def without_session(target: str) -> str:
    """A request's target without the session id that ``session-ids`` gave it."""
    return _SESSION.sub("", target).rstrip("?&") if "sess" in target.lower() else target


def with_baits(call: Call, answer: Answer, page: PageKind, baits: tuple[str, ...]) -> Answer:
    """Lists and sitemaps name the baits; one each, so that no list is flooded."""
    if answer.delivery != "whole" or answer.status != 200:
        return answer
    if page == "list":
        links = "".join(f'<div class="daftar"><a href="{html.escape(bait)}">{_name(bait)}</a></div>' for bait in baits)
        return before_end(answer, links)
    if page == "sitemap" and b"</urlset>" in answer.body:
        entries = "".join(f"<url><loc>{html.escape(call.site.origin + bait)}</loc></url>" for bait in baits)
        return replace(answer, body=answer.body.replace(b"</urlset>", f"{entries}</urlset>".encode()))
    return answer


def _name(bait: str) -> str:
    words = re.search(r"kabar[-_][\w-]+", bait, re.IGNORECASE)
    return html.escape(words[0].replace("-", " ").replace("_", " ").title() if words else "Kabar Lain Hari Ini di Sini")


def with_links(call: Call, answer: Answer, change: Callable[[str], str]) -> Answer:
    """The page with its links within the site changed."""

    def changed(match: re.Match[str]) -> str:
        url = html.unescape(match[2])
        return f"{match[1]}{html.escape(change(url)) if _inside(call, url) else match[2]}{match[3]}"

    return _with_text(answer, _HREF.sub(changed, _text(answer)))


def _inside(call: Call, url: str) -> bool:
    if url.startswith(call.site.origin + "/"):
        return True
    return bool(url) and not url.startswith(("#", "//")) and not re.match(r"[A-Za-z][\w+.-]*:", url)


def _joined(url: str, query: str) -> str:
    bare, mark, fragment = url.partition("#")
    return f"{bare}{'&' if '?' in bare else '?'}{query}{mark}{fragment}"


def before_end(answer: Answer, markup: str) -> Answer:
    """The page with markup before its end."""
    return replace(answer, body=_inserted(answer, rb"</body>", markup))


def after_start(answer: Answer, markup: str) -> Answer:
    """The page with markup after its start."""
    start = re.search(rb"<body[^>]*>", answer.body)
    if start is None:
        return answer
    added = markup.encode("utf-8" if "1252" not in answer.content_type else "ascii", "xmlcharrefreplace")
    return replace(answer, body=answer.body[: start.end()] + added + answer.body[start.end() :])


def _inserted(answer: Answer, before: bytes, markup: str) -> bytes:
    place = answer.body.rfind(before)
    added = markup.encode("utf-8" if "1252" not in answer.content_type else "ascii", "xmlcharrefreplace")
    return answer.body if place < 0 else answer.body[:place] + added + answer.body[place:]


def _text(answer: Answer) -> str:
    return answer.body.decode("windows-1252" if "1252" in answer.content_type else "utf-8", "surrogateescape")


def _with_text(answer: Answer, text: str) -> Answer:
    charset = "windows-1252" if "1252" in answer.content_type else "utf-8"
    return replace(answer, body=text.encode(charset, "surrogateescape"))
