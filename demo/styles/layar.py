"""Layar Sagara: a shell of scripts, with articles and lists as JSON in the page; only the sitemap is plain."""

from __future__ import annotations

import json
from typing import Any

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class LayarSagara(StyleSite):
    """A page without its scripts shows the outlet's name and no word of the news."""

    key = "layar"
    title = "Layar Sagara"
    weight = 36
    per_page = 12
    odd = {"tentang-kami": "/tentang", "kebijakan-cookie": "/privasi"}  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /api/\nDisallow: /search\n\nSitemap: {origin}/sitemap.xml\n"

    def routes(self) -> dict[str, Handler]:
        """Pages of the application."""
        return {
            r"/": self.home,
            r"/sitemap\.xml": self.sitemap,
            r"/api/articles": self.api,
            rf"/artikel/(?P<slug>{NAME})-(?P<number>\d+)": self.read,
            rf"/kanal/(?P<section>{NAME})": self.channel,
        }

    def path_of(self, piece: Piece) -> str:
        """``/artikel/slug-123``."""
        return f"/artikel/{piece.slug}-{piece.number}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its address, also with another slug."""
        return (self.url_of(piece), f"{self.origin}/artikel/apa-saja-{piece.number}")

    def home(self, request: Request) -> Answer | None:
        """The newest articles."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Beranda", link=lambda number: "/")

    def channel(self, request: Request) -> Answer | None:
        """A section's articles, ``?page=N``."""
        section = request.parts["section"]

        def link(number: int) -> str:
            return f"/kanal/{section}?page={number}"

        return self.list_view(self.in_section(section), request.page, heading=section, link=link)

    def sitemap(self, request: Request) -> Answer:
        """All articles, and the application's other pages."""
        sections = [f"/kanal/{section}" for section in self.sections]
        return self.urlset(self.pieces, more=["/", *sections, *self.odd.values()])

    def read(self, request: Request) -> Answer | None:
        """An article; the number at the end decides."""
        return self.show(self.by_number(request.parts["number"]))

    def api(self, request: Request) -> Answer:
        """What its scripts load; robots must not."""
        return Answer(body=json.dumps([self.card(piece) for piece in self.pieces[:5]]).encode())

    def card(self, piece: Piece) -> dict[str, Any]:
        """An article in a list."""
        return {"id": piece.number, "title": piece.version.title, "slug": f"{piece.slug}-{piece.number}"}

    def data(self, view: str, **values: Any) -> str:
        """The page's ``__NEXT_DATA__``, safe inside a script element."""
        props: dict[str, Any] = {}
        if view == "article":
            props["article"] = self._article(values["piece"])
        elif view == "list":
            props["articles"] = [self.card(piece) for piece in values["listed"].pieces]
            props["page"] = {"current": values["listed"].number, "last": values["listed"].last}
        else:
            props["page"] = {"title": values["odd"].title, "body": "\n".join(values["odd"].paragraphs)}
        body = {"props": {"pageProps": props}, "page": f"/{view}", "buildId": "w7Kx20", "isFallback": False}
        return json.dumps(body, ensure_ascii=False).replace("<", "\\u003c")

    def _article(self, piece: Piece) -> dict[str, Any]:
        version = piece.version
        return self.card(piece) | {
            "content": "".join(f"<p>{_escaped(paragraph)}</p>" for paragraph in version.paragraphs),
            "publishedAt": piece.stamp.isoformat() if piece.dated else None,
            "updatedAt": piece.changed.isoformat() if piece.dated else None,
            "author": {"name": version.author},
            "editor": {"name": version.editor},
            "category": {"name": version.section.title(), "slug": version.section},
            "tags": [{"name": tag} for tag in version.tags],
            "related": [self.card(other) for other in self.others(piece, 3)],
        }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
