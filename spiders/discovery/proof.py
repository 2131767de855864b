"""Proves what a source may rely on: that the id alone names an article, and that a query shows a long one whole."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from parsel import Selector

from scraper.page.layout import fold
from scraper.urls import normalise_url
from spiders.articles.article_pages import find_parts, is_whole, own_addresses
from spiders.discovery.learn import Learner
from spiders.discovery.makes import Make
from spiders.discovery.samples import Sample, look
from spiders.discovery.shapes import take_apart
from spiders.discovery.visitor import Visitor


async def canonical_of(visitor: Visitor, learned: Learner, *, site: str) -> str:
    """The template of an article's key, where one request proves that its id says all; else empty.

    Asked is an address made of two: the id of one article with all the other words of another. Where that shows the
    first one, words are decoration.
    """
    if len(learned.makes) != 1 or not learned.makes[0].has_id:
        return ""
    make = learned.makes[0]
    first = next((sample for sample in learned.articles if _id(make, sample.url)), None)
    if first is None:
        return ""
    template, mixed = _template(make, first.url), _mixed(make, first.url)
    if not template or mixed is None:
        return ""
    seen = await look(visitor, mixed, site=site)
    return template if seen is not None and _same(seen, first) else ""


async def whole_query(visitor: Visitor, learned: Learner, *, site: str) -> str:
    """The query that shows a long article on one page, where a sample links to it and it does short ones no harm."""
    queries = {sample.url: query for sample in learned.articles if (query := _whole_link(sample))}
    short = next((sample for sample in learned.articles if sample.url not in queries), None)
    if not queries or short is None:
        return ""
    query = next(iter(queries.values()))
    url = f"{short.url}{'&' if '?' in short.url else '?'}{query}"
    seen = await look(visitor, url, site=site)
    return query if seen is not None and seen.response.url == url and _same(seen, short) else ""


def _mixed(make: Make, url: str) -> str | None:
    """This article's id with the words of another one that has as many other words as there are."""
    number = _id(make, url)
    mixed = [made for clue in make.good if (made := _with_id(make, clue.url, number)) is not None and made != url]
    return max(mixed, key=lambda made: _differing(made, url), default=None)


def _differing(one: str, other: str) -> int:
    first, second = re.split(r"[/?&]", one), re.split(r"[/?&]", other)
    return sum(part not in second for part in first)


def _id(make: Make, url: str) -> str:
    found = re.search(make.pattern, url)
    return found.group("id") if found else ""


def _with_id(make: Make, url: str, number: str) -> str | None:
    """Another article's address with this id in the place of its own."""
    found = re.search(make.pattern, url)
    if found is None or not number:
        return None
    start, end = found.span("id")
    return url[:start] + number + url[end:]


def _template(make: Make, url: str) -> str:
    """The key: what is fixed before the id, then the id; words that differ are left out."""
    parts = urlsplit(url)
    if make.form[2]:
        name = next((name for name, value in take_apart(url).query if value == _id(make, url)), "")
        return normalise_url(urlunsplit(parts._replace(query=f"{name}=0"))).removesuffix("0") + "{id}" if name else ""
    host = normalise_url(urlunsplit(parts._replace(path="/", query=""))).rstrip("/")
    return "/".join([host, *make.fixed, "{id}"])


def _same(one: Sample, other: Sample) -> bool:
    """Whether two answers show one article."""
    if one.article is None or other.article is None:
        return False
    titles = fold(one.article.title) == fold(other.article.title)
    return titles and one.article.text[:300] == other.article.text[:300]


def _whole_link(sample: Sample) -> str:
    """The query of the address that shows all of an article's pages; empty where its page names none."""
    page: Selector = sample.response.selector
    url = sample.response.url
    whole = find_parts(page, url, own_addresses(page, url, sample.url)).whole
    if whole is None or not is_whole(whole) or urlsplit(whole).path != urlsplit(url).path:
        return ""
    own = set(urlsplit(url).query.split("&"))
    return "&".join(pair for pair in urlsplit(whole).query.split("&") if pair not in own)
