"""The release site of the city government: nested tables, numeric ids, an Atom feed, and no author or schema."""

from __future__ import annotations

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request, Site

PER_FEED = 10


class RilisTirtasari(Site):
    """A plain office page, the source of the releases that the outlets pick up."""

    key = "rilis_tirtasari"
    title = "Pemerintah Kota Tirtasari"
    robots = "User-agent: *\nCrawl-delay: 0.2\nDisallow: /search\nDisallow: /admin/\n"

    def routes(self) -> dict[str, Handler]:
        """Releases, their list and feed, office pages."""
        return {
            r"/": self.home,
            r"/berita": self.releases,
            r"/search": self.answer_search,
            r"/feed\.atom": self.feed,
            r"/berita/detail/(?P<number>\d+)(?:/[^/]*)?": self.detail,
            r"/uploads/(?P<number>\d+)\.svg": self.answer_picture,
            r"/(?P<static>tentang-kami|kontak)": self.answer_static,
        }

    def path_of(self, piece: Piece) -> str:
        """``/berita/detail/{id}/{slug}``."""
        return f"/berita/detail/{piece.number}/{piece.slug}"

    def home(self, request: Request) -> Answer | None:
        """The front page with the newest releases."""
        return self.listing(self.pieces[: self.per_page], request, heading="Beranda", base="/berita")

    def releases(self, request: Request) -> Answer | None:
        """All releases."""
        return self.listing(self.pieces, request, heading="Siaran Pers", base="/berita")

    def detail(self, request: Request) -> Answer | None:
        """One release; the id alone decides."""
        piece = self.by_number(request.parts["number"])
        return self.article("article.html", piece) if piece else None

    def feed(self, request: Request) -> Answer:
        """Atom feed of the last ten."""
        kind = "application/atom+xml; charset=utf-8"
        return self.page("rilis_tirtasari/feed.atom.jinja", content_type=kind, pieces=self.pieces[:PER_FEED])
