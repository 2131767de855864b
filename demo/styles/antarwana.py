"""Antar Wana: an agency's bureau, ``/berita/{id}/{slug}``, an Atom feed, and ``?page=2`` beside ``?page=all``."""

from __future__ import annotations

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class AntarWana(StyleSite):
    """The feed knows the last fifteen, ``/terkini`` everything."""

    key = "antarwana"
    title = "Antar Wana"
    weight = 40
    per_page = 10
    way = "page-all"
    odd = {"tentang-kami": "/tentang-kami", "pedoman-media-siber": "/pedoman", "kebijakan-cookie": "/privasi"}  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /search\nDisallow: /login\n\nUser-agent: BadBot\nDisallow: /\n"

    def routes(self) -> dict[str, Handler]:
        """Articles, AMP, lists, tags, the feed."""
        return {
            r"/": self.front,
            r"/terkini": self.latest,
            r"/rss/terkini\.xml": self.feed,
            r"/search": self.search,
            rf"/tag/(?P<tag>{NAME})(?:/(?P<page>\d+))?": self.tag,
            rf"/kanal/(?P<section>{NAME})(?:/(?P<page>\d+))?": self.section,
            r"/berita/(?P<number>\d+)(?:/[^/]*)?": self.read,
            r"/amp/berita/(?P<number>\d+)(?:/[^/]*)?": self.amp,
        }

    def path_of(self, piece: Piece) -> str:
        """``/berita/{id}/{slug}``."""
        return f"/berita/{piece.number}/{piece.slug}"

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """The same id behind other words."""
        return f"/berita/{piece.number}/{('judul-lama', f'{piece.slug}-2', 'twitter.com')[turn]}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Its parts, AMP, and the id alone."""
        amp = f"{self.origin}/amp{self.path_of(piece)}"
        return (*super().urls_of(piece), amp, f"{self.origin}/berita/{piece.number}")

    def front(self, request: Request) -> Answer | None:
        """The newest articles."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Beranda", link=lambda number: "/")

    def latest(self, request: Request) -> Answer | None:
        """All articles, ``?page=N``."""
        return self.list_view(self.pieces, request.page, heading="Terkini", link=lambda n: f"/terkini?page={n}")

    def section(self, request: Request) -> Answer | None:
        """A section's articles, ``/N``."""
        section = request.parts["section"]
        found = self.in_section(section)
        return self.list_view(found, request.page, heading=section, link=lambda n: f"/kanal/{section}/{n}")

    def tag(self, request: Request) -> Answer | None:
        """The articles with a tag, ``/N``."""
        tag = request.parts["tag"]
        found = self.with_tag(tag, slug_of)
        return self.list_view(found, request.page, heading=tag, link=lambda n: f"/tag/{tag}/{n}")

    def search(self, request: Request) -> Answer | None:
        """Search results, forbidden to robots."""
        return self.list_view(self.pieces[:3], 1, heading="Cari", link=lambda number: "/search")

    def feed(self, request: Request) -> Answer:
        """Atom of the last fifteen."""
        return self.atom(self.pieces[:15], path="/rss/terkini.xml")

    def read(self, request: Request) -> Answer | None:
        """An article, a part of it, or all of it; the id alone decides."""
        return self.show_queried(self.by_number(request.parts["number"]), request)

    def amp(self, request: Request) -> Answer | None:
        """The AMP page, whole."""
        return self.show(self.by_number(request.parts["number"]), whole=True, kind="amp")
