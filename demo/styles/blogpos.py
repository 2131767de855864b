"""Blog Pos Kidul: Blogger, whose older pages lie below ``/search``, which its robots.txt forbids."""

from __future__ import annotations

from dataclasses import replace

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite

PER_SITEMAP = 150


class BlogPos(StyleSite):
    """Feeds that can be paged, a sitemap in numbered pages and month archives make up for the forbidden lists."""

    key = "blogpos"
    title = "Blog Pos Kidul"
    weight = 34
    per_page = 7
    odd = {"tentang-kami": "/p/tentang-kami.html", "kontak": "/p/kontak.html", "kebijakan-cookie": "/p/privasi.html"}  # noqa: RUF012
    robots = (
        "User-agent: Mediapartners-Google\nDisallow:\n\nUser-agent: *\nDisallow: /search\nAllow: /\n\n"
        "Sitemap: {origin}/sitemap.xml\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Posts, months, feeds, the sitemap; searches for those who do not ask robots.txt."""
        return {
            r"/": self.front,
            r"/search": self.front,
            rf"/search/label/(?P<tag>{NAME})": self.label,
            r"/sitemap\.xml": self.sitemaps,
            r"/feeds/posts/(?:default|summary)": self.feed,
            r"/(?P<month>\d{4}/\d\d)/": self.month,
            rf"/\d{{4}}/\d\d/(?P<slug>{NAME})\.html": self.read,
        }

    def path_of(self, piece: Piece) -> str:
        """``/2024/05/slug.html``."""
        return f"/{piece.stamp:%Y/%m}/{piece.slug}.html"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """The post, and its page for telephones."""
        return (self.url_of(piece), f"{self.url_of(piece)}?m=1", f"{self.url_of(piece)}?m=0")

    def front(self, request: Request) -> Answer | None:
        """The newest posts; ``/search?updated-max=`` shows those before a time."""
        before = request.query.get("updated-max")
        found = tuple(piece for piece in self.pieces if not before or piece.stamp.isoformat() < before)
        return self._list(found, "Beranda")

    def label(self, request: Request) -> Answer | None:
        """The posts with a label."""
        return self._list(self.with_tag(request.parts["tag"], slug_of), request.parts["tag"])

    def month(self, request: Request) -> Answer | None:
        """A month's posts on one page."""
        found = self.months.get(request.parts["month"].replace("/", "-"), ())
        return self.view("month", heading=request.parts["month"], found=found) if found else None

    def _list(self, pieces: tuple[Piece, ...], heading: str) -> Answer | None:
        shown = pieces[: self.per_page]
        older = f"/search?updated-max={shown[-1].stamp:%Y-%m-%dT%H:%M:%S}%2B07:00&max-results=7" if shown else ""
        return self.list_view(shown, 1, heading=heading, link=lambda number: older)

    def feed(self, request: Request) -> Answer | None:
        """Atom, or RSS with ``alt=rss``; ``start-index`` and ``max-results`` page through all."""
        numbers = [request.query.get(name, least) for name, least in (("start-index", "1"), ("max-results", "25"))]
        if not all(raw.isascii() and raw.isdigit() and len(raw) < 6 for raw in numbers):
            return None
        start, count = max(1, int(numbers[0])), min(150, int(numbers[1]))
        chosen = self.pieces[start - 1 : start - 1 + count]
        if request.query.get("alt") == "rss":
            return self.rss(chosen, full=True, path=request.path)
        page = self.atom(chosen, path=request.path)
        if start - 1 + count < len(self.pieces):
            following = f"{self.origin}{request.path}?start-index={start + count}&amp;max-results={count}"
            link = f'<link rel="next" type="application/atom+xml" href="{following}"/>\n<updated>'
            page = replace(page, body=page.body.replace(b"<updated>", link.encode(), 1))
        return page

    def sitemaps(self, request: Request) -> Answer | None:
        """The index, and with ``?page=N`` the posts of a page."""
        if "page" not in request.query:
            count = max(1, -(-len(self.pieces) // PER_SITEMAP))
            return self.sitemap_index([(f"/sitemap.xml?page={number}", "") for number in range(1, count + 1)])
        start = (request.page - 1) * PER_SITEMAP
        found = self.pieces[start : start + PER_SITEMAP] if start >= 0 else ()
        return self.urlset(found) if found else None

    def read(self, request: Request) -> Answer | None:
        """A post."""
        return self.show(self.by_slug(request.parts["slug"]))
