"""Sagara Post: WordPress as it comes, with REST, feeds, core sitemaps and dated permalinks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request, moved
from demo.styles.site import JSON, NAME, StyleSite

PER_SITEMAP = 2000
PER_FEED = 10


class SagaraPost(StyleSite):
    """The style for which every list exists."""

    key = "sagarapost"
    title = "Sagara Post"
    weight = 44
    per_page = 10
    odd = {  # noqa: RUF012  # constants of a class, as its routes are
        "tentang-kami": "/tentang-kami/",
        "redaksi": "/redaksi/",
        "kebijakan-cookie": "/kebijakan-privasi/",
        "masuk": "/wp-login.php",
    }
    robots = (
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /?s=\nDisallow: /search/\n\n"
        "Sitemap: {origin}/wp-sitemap.xml\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Permalinks, archives of every kind, feeds, REST, sitemaps."""
        number = r"(?:page/(?P<page>\d+)/)?"
        return {
            rf"/{number}": self.home,
            r"/feed/": self.feed,
            rf"/category/(?P<section>{NAME})/feed/": self.feed,
            rf"/category/(?P<section>{NAME})/{number}": self.category,
            rf"/tag/(?P<tag>{NAME})/{number}": self.tag,
            rf"/author/(?P<author>{NAME})/{number}": self.author,
            rf"/(?P<month>\d{{4}}/\d\d)/{number}": self.month,
            r"/wp-sitemap\.xml": self.sitemaps,
            r"/wp-sitemap-posts-post-(?P<page>\d+)\.xml": self.posts_map,
            r"/wp-sitemap-posts-page-1\.xml": self.pages_map,
            r"/wp-sitemap-taxonomies-category-1\.xml": self.categories_map,
            r"/wp-json/": self.rest_root,
            r"/wp-json/wp/v2/posts": self.rest_posts,
            rf"/\d{{4}}/\d\d/\d\d/(?P<slug>{NAME})/(?P<amp>amp/)?": self.permalink,
        }

    def path_of(self, piece: Piece) -> str:
        """``/YYYY/MM/DD/slug/``."""
        return f"/{piece.stamp:%Y/%m/%d}/{piece.slug}/"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """The permalink, the short link and the AMP page."""
        url = self.url_of(piece)
        return (url, f"{self.origin}/?p={piece.number}", f"{url}amp/")

    def home(self, request: Request) -> Answer | None:
        """The newest articles; ``?p=ID`` leads to the permalink, ``?s=`` searches."""
        if "p" in request.query:
            piece = self.by_number(request.query["p"])
            return moved(self.url_of(piece)) if piece else None
        if "s" in request.query:
            return self._list(self.pieces[:3], request, f"Hasil pencarian {request.query['s']}", "/")
        return self._list(self.pieces, request, "Berita Terbaru", "/")

    def category(self, request: Request) -> Answer | None:
        """A section's articles."""
        section = request.parts["section"]
        return self._list(self.in_section(section), request, section, f"/category/{section}/")

    def tag(self, request: Request) -> Answer | None:
        """The articles with a tag."""
        tag = request.parts["tag"]
        return self._list(self.with_tag(tag, slug_of), request, tag, f"/tag/{tag}/")

    def author(self, request: Request) -> Answer | None:
        """A reporter's articles."""
        author = request.parts["author"]
        return self._list(self.of_author(author), request, author, f"/author/{author}/")

    def month(self, request: Request) -> Answer | None:
        """A month's articles."""
        month = request.parts["month"]
        found = self.months.get(month.replace("/", "-"), ())
        return self._list(found, request, f"Arsip {month}", f"/{month}/")

    def _list(self, pieces: Sequence[Piece], request: Request, heading: str, base: str) -> Answer | None:
        def link(number: int) -> str:
            return f"{base}page/{number}/" if number > 1 else base

        return self.list_view(pieces, request.page, heading=heading.replace("-", " ").title(), link=link)

    def permalink(self, request: Request) -> Answer | None:
        """An article; a wrong date leads to the right address."""
        piece = self.by_slug(request.parts["slug"])
        if piece is None or request.path.removesuffix("amp/") == self.path_of(piece):
            return self.show(piece, kind="amp" if "amp" in request.parts else "article")
        return moved(self.url_of(piece))

    def feed(self, request: Request) -> Answer | None:
        """RSS of the last ten, of all or of a section; ``?paged=N`` goes back."""
        section = request.parts.get("section")
        found = self.in_section(section) if section else self.pieces
        raw = request.query.get("paged", "1")
        start = (int(raw) - 1) * PER_FEED if raw.isascii() and raw.isdigit() and len(raw) < 6 else -1
        chosen = found[start : start + PER_FEED] if start >= 0 else ()
        return self.rss(chosen, full=True, path=request.path) if chosen else None

    def sitemaps(self, request: Request) -> Answer:
        """The index: posts, pages, categories."""
        count = max(1, -(-len(self.pieces) // PER_SITEMAP))
        posts = [(f"/wp-sitemap-posts-post-{number}.xml", "") for number in range(1, count + 1)]
        return self.sitemap_index(
            [*posts, ("/wp-sitemap-posts-page-1.xml", ""), ("/wp-sitemap-taxonomies-category-1.xml", "")]
        )

    def posts_map(self, request: Request) -> Answer | None:
        """The oldest articles first, as WordPress has them."""
        start = (request.page - 1) * PER_SITEMAP
        found = tuple(reversed(self.pieces))[start : start + PER_SITEMAP] if start >= 0 else ()
        return self.urlset(found) if found else None

    def pages_map(self, request: Request) -> Answer:
        """Pages that are no articles."""
        return self.urlset((), more=["/", *self.odd.values()])

    def categories_map(self, request: Request) -> Answer:
        """Section pages."""
        return self.urlset((), more=[f"/category/{section}/" for section in self.sections])

    def rest_root(self, request: Request) -> Answer:
        """What REST offers."""
        body = {"name": self.title, "url": self.origin, "namespaces": ["wp/v2"], "routes": {"/wp/v2/posts": {}}}
        return Answer(body=json.dumps(body).encode(), content_type=JSON)

    def rest_posts(self, request: Request) -> Answer:
        """Posts, the newest first: ``per_page`` up to 100, ``page``, ``after``, ``before``, ``_fields``."""
        found = self._posts_between(request.query.get("after"), request.query.get("before"))
        raw = request.query.get("per_page", "10")
        size = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
        last = -(-len(found) // size) if size else 0
        if not 1 <= size <= 100 or request.page < 1 or request.page > max(1, last):
            error = {
                "code": "rest_post_invalid_page_number",
                "message": "Nomor halaman salah.",
                "data": {"status": 400},
            }
            return Answer(body=json.dumps(error).encode(), content_type=JSON, status=400)
        fields = set(filter(None, request.query.get("_fields", "").split(",")))
        rows = [self._post(piece) for piece in found[(request.page - 1) * size : request.page * size]]
        rows = [{name: value for name, value in row.items() if not fields or name in fields} for row in rows]
        headers = (("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(last)))
        return Answer(body=json.dumps(rows).encode(), content_type=JSON, headers=headers)

    def _posts_between(self, after: str | None, before: str | None) -> tuple[Piece, ...]:
        def local(raw: str) -> datetime:
            value = datetime.fromisoformat(raw)
            return value if value.tzinfo else value.replace(tzinfo=self.now.tzinfo)

        try:
            low, high = (local(raw) if raw else None for raw in (after, before))
        except ValueError:
            return ()
        return tuple(p for p in self.pieces if (not low or p.stamp > low) and (not high or p.stamp < high))

    def _post(self, piece: Piece) -> dict[str, object]:
        utc = replace(piece, modified=None).stamp.astimezone(UTC)
        text = "\n".join(f"<p>{paragraph}</p>" for paragraph in piece.version.paragraphs)
        return {
            "id": piece.number,
            "date": f"{piece.stamp:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{utc:%Y-%m-%dT%H:%M:%S}",
            "modified": f"{piece.changed:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{piece.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "slug": piece.slug,
            "status": "publish",
            "type": "post",
            "link": self.url_of(piece),
            "title": {"rendered": piece.version.title},
            "content": {"rendered": text, "protected": False},
        }
