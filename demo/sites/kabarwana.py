"""KabarWana: a WordPress outlet with dated slugs, feed, core sitemaps, JSON-LD and much around the story."""

from __future__ import annotations

import json
from collections.abc import Sequence

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import XML, Answer, Handler, Request, Site, moved

PER_FEED = 10
CAMPAIGN = "?utm_source=rss&utm_medium=rss&utm_campaign=feed"


class KabarWana(Site):
    """WordPress as it comes, with a news theme."""

    key = "kabarwana"
    title = "KabarWana"
    robots = (
        "User-agent: *\nDisallow: /wp-admin/\nDisallow: /search\nDisallow: /?s=\n"
        "Allow: /wp-admin/admin-ajax.php\n\nSitemap: {origin}/wp-sitemap.xml\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Permalinks, archives, feed and sitemaps."""
        number, name = r"(?:page/(?P<page>\d+)/)?", r"[a-z0-9-]+"
        return {
            r"/feed/?": self.feed,
            r"/wp-sitemap\.xml": self.sitemap_index,
            r"/wp-sitemap-posts-post-1\.xml": self.sitemap_posts,
            r"/wp-sitemap-posts-page-1\.xml": self.sitemap_pages,
            r"/wp-content/uploads/(?P<number>\d+)\.svg": self.answer_picture,
            r"/search/?": self.answer_search,
            rf"/{number}": self.home,
            rf"/category/(?P<section>{name})/{number}": self.category,
            rf"/tag/(?P<tag>{name})/{number}": self.tag,
            r"/(?P<static>tentang-kami|pedoman-media-siber|kontak)/": self.answer_static,
            rf"/\d{{4}}/\d\d/\d\d/(?P<slug>{name})/?": self.permalink,
        }

    def path_of(self, piece: Piece) -> str:
        """``/YYYY/MM/DD/slug/``."""
        return f"/{piece.version.published:%Y/%m/%d}/{piece.slug}/"

    def home(self, request: Request) -> Answer | None:
        """The newest articles; ``?p=ID`` leads on to the permalink."""
        if "p" in request.query:
            piece = self.by_number(request.query["p"])
            return moved(self.url_of(piece)) if piece else None
        if "s" in request.query:
            return self.answer_search(Request(path=request.path, parts={}, query={"q": request.query["s"]}))
        return self.listing(self.pieces, request, heading="Berita Terbaru", base="/")

    def category(self, request: Request) -> Answer | None:
        """The articles of one section."""
        section = request.parts["section"]
        return self._archive(self.in_section(section), request, base=f"/category/{section}/")

    def tag(self, request: Request) -> Answer | None:
        """The articles with one tag."""
        return self._archive(
            self.with_tag(request.parts["tag"], slug_of), request, base=f"/tag/{request.parts['tag']}/"
        )

    def _archive(self, found: Sequence[Piece], request: Request, *, base: str) -> Answer | None:
        heading = base.strip("/").split("/")[1].replace("-", " ").title()
        return self.listing(found, request, heading=heading, base=base) if found else None

    def permalink(self, request: Request) -> Answer | None:
        """An article; a wrong date or a missing slash leads to the right address."""
        piece = next((piece for piece in self.pieces if piece.slug == request.parts["slug"]), None)
        if piece is None:
            return None
        if request.path != self.path_of(piece):
            return moved(self.url_of(piece))
        return self.article("article.html", piece, schema=self.schema_of(piece))

    def schema_of(self, piece: Piece) -> str:
        """The article as JSON-LD, safe inside a script element."""
        version = piece.version
        fields = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": self.url_of(piece),
            "headline": version.title,
            "datePublished": piece.stamp.isoformat(),
            "dateModified": piece.stamp.isoformat(),
            "author": {"@type": "Person", "name": version.author or "Redaksi"},
            "publisher": {"@type": "Organization", "name": self.title},
            "image": f"{self.origin}/wp-content/uploads/{piece.number}.svg",
            "articleSection": version.section.replace("-", " ").title(),
        }
        return json.dumps(fields, ensure_ascii=False).replace("<", "\\u003c")

    def feed(self, request: Request) -> Answer | None:
        """RSS 2.0 of the last ten; ``?paged=N`` goes further back."""
        raw = request.query.get("paged", "1")
        start = (int(raw) - 1) * PER_FEED if raw.isascii() and raw.isdigit() else -1
        pieces = self.pieces[start : start + PER_FEED] if start >= 0 else ()
        if not pieces:
            return None
        kind = "application/rss+xml; charset=UTF-8"
        return self.page("kabarwana/feed.xml.jinja", content_type=kind, pieces=pieces, campaign=CAMPAIGN)

    def sitemap_index(self, request: Request) -> Answer:
        """The sitemap of sitemaps."""
        return self.page("kabarwana/sitemap_index.xml.jinja", content_type=XML)

    def sitemap_posts(self, request: Request) -> Answer:
        """All articles."""
        pages = [(self.url_of(piece), piece.stamp.isoformat()) for piece in self.pieces]
        return self.page("shared/sitemap.xml.jinja", content_type=XML, pages=pages)

    def sitemap_pages(self, request: Request) -> Answer:
        """Pages that are no articles."""
        pages = [(f"{self.origin}/{slug}/", "") for slug in ("tentang-kami", "pedoman-media-siber", "kontak")]
        return self.page("shared/sitemap.xml.jinja", content_type=XML, pages=pages)
