"""Simpul Sagara: Drupal, with ``/node/123`` behind every article and lists whose pages are counted from 0."""

from __future__ import annotations

from collections.abc import Sequence

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class SimpulSagara(StyleSite):
    """Terms are numbers, and each has a feed of its own."""

    key = "simpul"
    title = "Simpul Sagara"
    weight = 34
    per_page = 10
    odd = {"tentang-kami": "/tentang-kami", "kontak": "/contact", "masuk": "/user/login", "redaksi": "/node/7"}  # noqa: RUF012
    robots = (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\nDisallow: /user/login\nDisallow: /comment/reply/\n"
        "Disallow: /print/\nDisallow: /filter/tips\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Articles by alias and by node, the list, terms, feeds."""
        return {
            r"/(?:node)?": self.front,
            r"/rss\.xml": self.feed,
            r"/berita": self.all,
            r"/taxonomy/term/(?P<term>\d+)(?P<feed>/feed)?": self.term,
            r"/node/(?P<number>\d+)": self.node,
            rf"/berita/(?P<section>{NAME})/(?P<slug>{NAME})": self.alias,
        }

    def path_of(self, piece: Piece) -> str:
        """``/berita/{section}/slug``."""
        return f"/berita/{piece.version.section}/{piece.slug}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its alias and its node."""
        return (self.url_of(piece), f"{self.origin}/node/{piece.number}")

    def term_of(self, section: str) -> int:
        """The number of a section."""
        return sum(section.encode()) % 89 + 3

    def front(self, request: Request) -> Answer | None:
        """The newest articles, ``?page=0`` the first."""
        return self._list(self.pieces, request, "Simpul Sagara", "/node")

    def all(self, request: Request) -> Answer | None:
        """All articles."""
        return self._list(self.pieces, request, "Berita", "/berita")

    def term(self, request: Request) -> Answer | None:
        """A section's articles or its feed."""
        section = next((name for name in self.sections if str(self.term_of(name)) == request.parts["term"]), "")
        found = self.in_section(section)
        if request.parts.get("feed"):
            return self.rss(found[:10], path=request.path) if found else None
        return self._list(found, request, section, request.path)

    def _list(self, pieces: Sequence[Piece], request: Request, heading: str, base: str) -> Answer | None:
        raw = request.query.get("page", "0")
        number = int(raw) + 1 if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0

        def link(number: int) -> str:
            return f"{base}?page={number - 1}" if number > 1 else base

        return self.list_view(pieces, number, heading=heading, link=link)

    def feed(self, request: Request) -> Answer:
        """RSS of the last ten."""
        return self.rss(self.pieces[:10], path="/rss.xml")

    def node(self, request: Request) -> Answer | None:
        """An article by its number."""
        return self.show(self.by_number(request.parts["number"]))

    def alias(self, request: Request) -> Answer | None:
        """An article by its alias."""
        piece = self.by_slug(request.parts["slug"])
        return self.show(piece) if piece and piece.version.section == request.parts["section"] else None
