"""Warta Kidul: WordPress with REST and sitemaps shut off, and articles at the root beside ``/tentang-kami/``."""

from __future__ import annotations

import json

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request, moved
from demo.styles.site import JSON, NAME, StyleSite

CAMPAIGN = "?utm_source=rss&utm_medium=rss&utm_campaign=warta"


class WartaKidul(StyleSite):
    """Only the pages themselves tell which of the addresses at the root are articles."""

    key = "warta_kidul"
    title = "Warta Kidul"
    weight = 40
    per_page = 9
    sends_modified = False
    odd = {  # noqa: RUF012
        "tentang-kami": "/tentang-kami/",
        "pedoman-media-siber": "/pedoman-media-siber/",
        "iklan": "/pasang-iklan/",
        "kebijakan-cookie": "/kebijakan-cookie/",
        "redaksi": "/susunan-redaksi-warta-kidul/",
    }
    robots = "User-agent: *\nDisallow: /wp-admin/\nDisallow: /wp-json/\nDisallow: /*?s=\n"

    def routes(self) -> dict[str, Handler]:
        """Root slugs, the blog's pages, categories, tags, the feed."""
        number = r"(?:page/(?P<page>\d+)/)?"
        return {
            rf"/{number}": self.home,
            r"/feed/": self.feed,
            r"/wp-json(?:/.*)?": self.refused,
            rf"/category/(?P<section>{NAME})/{number}": self.category,
            rf"/tag/(?P<tag>{NAME})/{number}": self.tag,
            rf"/(?P<slug>{NAME})/": self.permalink,
            rf"/(?P<slug>{NAME})": self.slashless,
        }

    def path_of(self, piece: Piece) -> str:
        """``/slug/``."""
        return f"/{piece.slug}/"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """The permalink, also without its slash and as the feed has it, and the short link."""
        url = self.url_of(piece)
        return (url, url.rstrip("/"), url + CAMPAIGN, f"{self.origin}/?p={piece.number}")

    def home(self, request: Request) -> Answer | None:
        """The newest articles; ``?p=ID`` leads to the permalink."""
        if "p" in request.query:
            piece = self.by_number(request.query["p"])
            return moved(self.url_of(piece)) if piece else None
        return self.list_view(self.pieces, request.page, heading="Warta Kidul", link=_pages("/"))

    def category(self, request: Request) -> Answer | None:
        """A section's articles."""
        section = request.parts["section"]
        link = _pages(f"/category/{section}/")
        return self.list_view(self.in_section(section), request.page, heading=section.title(), link=link)

    def tag(self, request: Request) -> Answer | None:
        """The articles with a tag."""
        tag = request.parts["tag"]
        found = self.with_tag(tag, slug_of)
        return self.list_view(found, request.page, heading=tag.title(), link=_pages(f"/tag/{tag}/"))

    def feed(self, request: Request) -> Answer:
        """RSS of the last ten."""
        return self.rss(self.pieces[:10], campaign=CAMPAIGN)

    def refused(self, request: Request) -> Answer:
        """REST is for those who have logged in."""
        body = {"code": "rest_not_logged_in", "message": "Anda belum masuk.", "data": {"status": 401}}
        return Answer(body=json.dumps(body).encode(), content_type=JSON, status=401)

    def permalink(self, request: Request) -> Answer | None:
        """An article."""
        return self.show(self.by_slug(request.parts["slug"]))

    def slashless(self, request: Request) -> Answer | None:
        """An article's address without its slash."""
        piece = self.by_slug(request.parts["slug"])
        return moved(self.url_of(piece)) if piece else None


class _pages:
    """Addresses of a blog's pages below a path."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __call__(self, number: int) -> str:
        return f"{self._base}page/{number}/" if number > 1 else self._base
