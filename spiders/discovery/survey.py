"""Finds the lists of a site with few requests: what its pages and robots.txt name first, usual places after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urljoin

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from scraper.clock import today
from scraper.urls import host_of, normalise_url, without_variants
from spiders.discovery.anchors import Anchor, anchors, tree_of
from spiders.discovery.clues import Clues, ListedBy
from spiders.discovery.days import dated_forms, dated_lists
from spiders.discovery.embedded_links import embedded_links
from spiders.discovery.finds import NEVER, Finds, Found, moment_of
from spiders.discovery.names import domain_of
from spiders.discovery.places import (
    FEEDS,
    INDEXES,
    POSTS,
    SITEMAPS,
    WORDPRESS_SITEMAPS,
    declared_feeds,
    index_pages,
    is_wordpress,
    linked_sitemaps,
    map_kind,
    posts_api,
    section_pages,
)
from spiders.discovery.visitor import Visitor
from spiders.lists.candidates import Keys
from spiders.lists.dated import on_day
from spiders.lists.feeds import Entry, read_feed
from spiders.lists.listings import links, next_page
from spiders.lists.posts import posts_page, read_posts
from spiders.lists.sitemaps import read_sitemap

MAX_FEEDS = 2
MAX_ROOTS = 3
MAX_CHILDREN = 2
"""Sitemaps of an index that are looked into, the newest ones."""
GUESSES = 5
"""Usual places that are tried where nothing is named."""
FEW_LINKS = 5
HEADLINE = 4


class Survey:
    """One site being looked at: its lists, and all addresses seen on the way."""

    def __init__(self, visitor: Visitor, start: str) -> None:
        self.visitor = visitor
        self.finds = Finds(start=start)
        self.clues = Clues()
        self._links: dict[str, list[Anchor]] = {}
        self._stories: list[str] = []
        """Sample pages that were looked at."""
        self._elsewhere: Counter[str] = Counter()

    async def front(self, response: TextResponse) -> None:
        """The front page: what it is called, what it is made by, what it links to."""
        root = tree_of(response)
        if root is None:
            return
        links = self.read_links(root, response.url)
        header = (response.headers.get("Link") or b"").decode("latin-1")
        api = posts_api(root, header)
        self.finds.wordpress = is_wordpress(root, api)
        self.finds.scripted = len(anchors(root, response.url)) < FEW_LINKS
        await self._feeds(declared_feeds(root, response.url, links))
        await self._sitemaps(linked_sitemaps(links))
        if self.finds.wordpress and not self._has_whole_map:
            await self._posts(api or urljoin(self.finds.start, "/wp-json/"))

    def read_links(self, root: HtmlElement, url: str) -> list[Anchor]:
        """The site's own links on a page, kept as clues."""
        everywhere = [*anchors(root, url), *embedded_links(root, url)]
        links = [link for link in everywhere if not self.visitor.guard.refusal(link.url)]
        self._elsewhere.update(host for link in everywhere if (host := self._sister(link)))
        self._links[url] = links
        self.finds.day_forms += dated_forms(root, url)
        self.clues.add_page(links, page=url)
        return links

    def _sister(self, link: Anchor) -> str:
        """The other host of the same outlet that a headline leads to; empty for all else."""
        host = host_of(link.url)
        if len(link.words.split()) < HEADLINE or not self.visitor.guard.refusal(link.url):
            return ""
        return host if domain_of(host) and domain_of(host) == domain_of(host_of(self.finds.start)) else ""

    @property
    def elsewhere(self) -> str:
        """Another host of the outlet that more headlines lead to than to this one; empty where there is none."""
        own = sum(clue.headline for clue in self.clues)
        host, count = next(iter(self._elsewhere.most_common(1)), ("", 0))
        return host if count > max(own, FEW_LINKS) else ""

    def note(self, response: TextResponse) -> None:
        """The links of a page that was fetched for something else."""
        root = tree_of(response)
        if root is not None and response.url not in self._links:
            self.read_links(root, response.url)
            self._stories.append(response.url)

    async def list_page(self, url: str) -> list[Anchor] | None:
        """The links of an index or section page; None where it does not answer."""
        response = await self.visitor.html(url)
        root = tree_of(response) if response is not None else None
        if response is None or root is None:
            return None
        return self._links.get(response.url) or self.read_links(root, response.url)

    def menus(self) -> None:
        """Index and section pages that the front page names, in a menu or on every page of the site."""
        links = self._links.get(next(iter(self._links), ""), [])
        pages = [{link.url for link in self._links[url]} for url in self._stories]
        everywhere = set.intersection(*pages) if pages else set()
        allow = self.visitor.rules.allow
        home = normalise_url(self.finds.start)
        self.finds.indexes = _plain([*self.finds.indexes, *filter(allow, index_pages(links))], but=home)
        sections = _plain(filter(allow, section_pages(links, everywhere)), but=home)
        self.finds.sections = [url for url in sections if url not in self.finds.indexes]

    def was_read(self, url: str) -> bool:
        """Whether a page was fetched."""
        return url in self._links

    async def goes_on(self, url: str, keys: Keys) -> bool:
        """Whether a list has a next page."""
        page = await self.visitor.html(url)
        if page is None:
            return False
        linked = links(page.selector, page.url)
        return next_page(page.selector, page.url, linked, is_article=keys.is_article) is not None

    def days(self, keys: Keys) -> list[str]:
        """Lists by day that the pages lead to, with a place for the day."""
        linked = [clue.url for clue in self.clues if clue.pages and not keys.is_article(clue.url)]
        found = dict.fromkeys([*self.finds.day_forms, *dated_lists(linked, today=today().date())])
        return [url for url in found if self.visitor.rules.allow(on_day(url, today().date()))]

    async def given(self, url: str) -> None:
        """The address that a person gave beside the front page: a feed, a sitemap, or a page that lists articles."""
        await self._feed(url)
        if url in {found.url for found in self.finds.feeds}:
            return
        found = await self._sitemap(url)
        if found is not None:
            self.finds.sitemaps.append(found)
        elif await self.list_page(url):
            self.finds.indexes.append(url)

    async def guess_indexes(self) -> None:
        """Try the usual places of an index page where none is linked."""
        for path in INDEXES[:GUESSES]:
            url = urljoin(self.finds.start, path)
            if await self.list_page(url):
                self.finds.indexes = [url]
                return

    async def _feeds(self, named: list[str]) -> None:
        """Those that are named, else the usual places until one answers; a page about feeds names more."""
        tried = named[:MAX_FEEDS] or [urljoin(self.finds.start, path) for path in FEEDS[:GUESSES]]
        for url in tried:
            more = await self._feed(url)
            if self.finds.feeds and not named:
                return
            for further in more[:MAX_FEEDS]:
                await self._feed(further)

    async def _feed(self, url: str) -> list[str]:
        """Keep a feed; where there is a page instead, the feeds that it names."""
        response = await self.visitor.get(url)
        if response is None:
            return []
        entries = self._own(read_feed(response.body, url=response.url))
        if entries:
            self.finds.feeds.append(Found(url=url, entries=tuple(entries), total=len(entries), story=True))
            self.clues.add_entries(entries, listed="feed")
            return []
        root = tree_of(response) if isinstance(response, TextResponse) else None
        if root is None or response.url in self._links:
            return []
        return [feed for feed in declared_feeds(root, url, self.read_links(root, response.url)) if feed != url]

    async def _sitemaps(self, linked: list[str]) -> None:
        named = [urljoin(self.finds.start, url) for url in self.visitor.rules.sitemaps] or linked
        usual = WORDPRESS_SITEMAPS if self.finds.wordpress else SITEMAPS
        tried = named[:MAX_ROOTS] or [urljoin(self.finds.start, path) for path in usual[:GUESSES]]
        for url in tried:
            found = await self._sitemap(url)
            if found is not None:
                self.finds.sitemaps.append(found)
                if not named:
                    return

    async def _sitemap(self, url: str) -> Found | None:
        response = await self.visitor.get(url)
        sitemap = read_sitemap(response.body, url=response.url) if response else None
        if sitemap is None or not (sitemap.articles or sitemap.children):
            return None
        entries = self._own(sitemap.articles)
        self._note_map(url, entries)
        for child in self._newest(sitemap.children):
            answer = await self.visitor.get(child.url)
            below = self._own(read_sitemap(answer.body, url=answer.url).articles) if answer else []
            self._note_map(child.url, below)
            entries += below
        news = bool(entries) and all(entry.published for entry in entries)
        story = news or map_kind(url) == "story"
        total = len(entries) if len(sitemap.children) <= MAX_CHILDREN else 0
        return Found(url=url, entries=tuple(entries), total=total, news=news, story=story)

    def _newest(self, children: Iterable[Entry]) -> list[Entry]:
        """The sitemaps below an index that are worth a look: those for articles, changed last."""
        own = [
            entry for entry in children if not self.visitor.guard.refusal(entry.url) and map_kind(entry.url) != "other"
        ]
        own.sort(key=lambda entry: (map_kind(entry.url) == "story", moment_of(entry) or NEVER))
        return own[::-1][:MAX_CHILDREN]

    def _note_map(self, url: str, entries: Iterable[Entry]) -> None:
        entries = list(entries)
        kind: ListedBy = {"story": "story-map", "other": "other-map"}.get(map_kind(url), "map")  # type: ignore[assignment]
        news = bool(entries) and all(entry.published for entry in entries)
        self.clues.add_entries(entries, listed="news" if news else kind)

    async def _posts(self, api: str) -> None:
        url = urljoin(api if api.endswith("/") else f"{api}/", POSTS)
        response = await self.visitor.get(posts_page(url, 1))
        if response is None:
            return
        entries = self._own(read_posts(response.body, url=url))
        total = (response.headers.get("X-WP-Total") or b"").decode("latin-1")
        if entries:
            count = int(total) if total.isascii() and total.isdigit() else len(entries)
            self.finds.posts = Found(url=url, entries=tuple(entries), total=count, story=True)
            self.clues.add_entries(entries, listed="posts")

    def _own(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries of this site; a feed of several sites has others too."""
        return [entry for entry in entries if not self.visitor.guard.refusal(entry.url)]

    @property
    def _has_whole_map(self) -> bool:
        """Whether some sitemap names everything that feed and front page name."""
        wanted = {normalise_url(entry.url) for found in self.finds.feeds for entry in found.entries}
        return any(
            wanted and not found.news and wanted <= {normalise_url(entry.url) for entry in found.entries}
            for found in self.finds.sitemaps
        )


def _plain(urls: Iterable[str], *, but: str) -> list[str]:
    """Addresses without sessions and campaigns, each once, and not the front page."""
    plain = dict.fromkeys(without_variants(url) for url in urls)
    return [url for url in plain if normalise_url(url) != but]
