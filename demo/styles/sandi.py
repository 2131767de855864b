"""Sandi Berita: addresses that say nothing, ``/b/k3x9q2``, a "muat lagi" button, and a sitemap that nobody names."""

from __future__ import annotations

import hashlib
from functools import cached_property

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class SandiBerita(StyleSite):
    """Neither slug nor number; more of a list comes as a piece of HTML."""

    key = "sandi"
    title = "Sandi Berita"
    weight = 34
    per_page = 9
    odd = {"tentang-kami": "/h/tentang", "kebijakan-cookie": "/h/cookie", "iklan": "/h/iklan", "masuk": "/akun/masuk"}  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /akun/\nDisallow: /q\n"

    def routes(self) -> dict[str, Handler]:
        """Articles by their code, topics, the button, the sitemap."""
        return {
            r"/": self.front,
            rf"/topik/(?P<section>{NAME})": self.front,
            r"/muat": self.more,
            r"/sitemap\.xml": self.sitemap,
            r"/b/(?P<code>[a-z0-9]{6,})": self.read,
        }

    def path_of(self, piece: Piece) -> str:
        """``/b/k3x9q2``."""
        return f"/b/{code_of(piece)}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its only address."""
        return (self.url_of(piece),)

    def _shown(self, section: str) -> tuple[Piece, ...]:
        return self.in_section(section) if section else self.pieces

    def front(self, request: Request) -> Answer | None:
        """The newest articles and the button for more."""
        section = request.parts.get("section", "")

        def link(number: int) -> str:
            return f"/muat?topik={section}&page={number}"

        return self.list_view(self._shown(section), 1, heading=section or "Terbaru", link=link)

    def more(self, request: Request) -> Answer | None:
        """The next articles as a piece of HTML with the next button."""
        section = request.query.get("topik", "")

        def link(number: int) -> str:
            return f"/muat?topik={section}&page={number}"

        return self.list_view(self._shown(section), request.page, heading="", link=link, kind="piece")

    def sitemap(self, request: Request) -> Answer:
        """All addresses without a word about them, the oldest first, other pages among them."""
        return self.urlset(tuple(reversed(self.pieces)), more=[*self.odd.values(), "/"])

    def read(self, request: Request) -> Answer | None:
        """An article."""
        return self.show(self._codes.get(request.parts["code"]))

    @cached_property
    def _codes(self) -> dict[str, Piece]:
        return {code_of(piece): piece for piece in self._numbers.values()}


def code_of(piece: Piece) -> str:
    """Seven letters and digits that stay the same."""
    number = int.from_bytes(hashlib.sha256(f"sandi{piece.number}".encode()).digest()[:5], "big")
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(letters[number // len(letters) ** place % len(letters)] for place in range(7))
