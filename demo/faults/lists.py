"""Faults of feeds and sitemaps: broken XML, strangers, redirects, wrong dates, nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from urllib.parse import quote, urlsplit

from demo.faults.kind import Call, fault
from demo.sites.site import Answer, moved

_LINK = re.compile(r'(<item>.*?<link>)([^<]+)(</link>)|(<link rel="alternate" type="text/html" href=")([^"]+)(")', re.S)
_DATE = re.compile(r"(<(?:pubDate|published|updated)>)[^<]*(</)")


@fault("feed-redirects", pages={"feed", "missing", "list"})
def feed_redirects(call: Call, answer: Answer) -> Answer:
    """Feeds link through ``/redirect?u=``, which leads on to the article (and to nobody else)."""
    if call.path == "/redirect":
        wanted = call.query.get("u", "")
        inside = urlsplit(wanted).netloc == urlsplit(call.site.origin).netloc
        return replace(moved(wanted), status=302) if inside else answer
    if b"<rss" not in answer.body[:400] and b"<feed" not in answer.body[:400]:
        return answer

    def changed(match: re.Match[str]) -> str:
        start, url, end = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        return f"{start}{call.site.origin}/redirect?u={quote(url.replace('&amp;', '&'), safe='')}{end}"

    return _with_text(answer, _LINK.sub(changed, answer.body.decode()))


@fault("broken-feed", pages={"feed"})
def broken_feed(call: Call, answer: Answer) -> Answer:
    """The feed is no well-formed XML: a bare ampersand, a control character, tags that do not close."""
    text = answer.body.decode()
    for tag in ("</title>", "</id>"):
        text = text.replace(tag, f" & \x0b<b>{tag}", 1)
    return _with_text(answer, "\n\n" + text)


@fault("empty-feed", pages={"feed"})
def empty_feed(call: Call, answer: Answer) -> Answer:
    """The feed has no entries."""
    return _with_text(answer, re.sub(r"<(item|entry)>.*?</\1>\s*", "", answer.body.decode(), flags=re.DOTALL))


@fault("blank-feed", pages={"feed"})
def blank_feed(call: Call, answer: Answer) -> Answer:
    """The feed is an empty body with 200."""
    return replace(answer, body=b"")


@fault("feed-dates", pages={"feed"})
def feed_dates(call: Call, answer: Answer) -> Answer:
    """The dates of a feed are those of its making, of 1970, of another century, or no dates."""
    lies = ("Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 31 Dec 2099 23:59:59 +0700", "kemarin", "", "0000-00-00T00:00:00Z")
    places = iter(range(10_000))
    return _with_text(
        answer, _DATE.sub(lambda match: f"{match[1]}{lies[next(places) % len(lies)]}{match[2]}", answer.body.decode())
    )


@fault("strange-sitemap", pages={"sitemap"})
def strange_sitemap(call: Call, answer: Answer) -> Answer:
    """Sitemaps name strangers, private addresses, other schemes, themselves and what cannot be read."""
    if b"</urlset>" not in answer.body and b"</sitemapindex>" not in answer.body:
        return answer
    urls = (
        f"{call.outside}/berita/1/curian", "http://169.254.169.254/berita/1/x", "file:///etc/passwd", "http://[", "",
        f"{call.site.origin}{call.target}", "http://127.0.0.1:9/sitemap.xml", "javascript:alert(1)",
    )  # fmt: skip
    body = answer.body
    for name, entry in ((b"urlset", "url"), (b"sitemapindex", "sitemap")):
        entries = "".join(f"<{entry}><loc>{escape(url)}</loc><lastmod>kemarin</lastmod></{entry}>" for url in urls)
        body = body.replace(b"</" + name + b">", entries.encode() + b"</" + name + b">")
    return replace(answer, body=body)


@fault("broken-sitemap", pages={"sitemap"})
def broken_sitemap(call: Call, answer: Answer) -> Answer:
    """Sitemaps begin with blank lines and a mark, and their last tag is missing."""
    if answer.body[:2] == b"\x1f\x8b":
        return answer
    body = answer.body.rstrip()
    return replace(answer, body=b"\n \n" + body[: body.rfind(b"</")])


def _with_text(answer: Answer, text: str) -> Answer:
    return replace(answer, body=text.encode())
