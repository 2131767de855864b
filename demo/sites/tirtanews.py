"""TirtaNews: a local daily with numeric ids, decorative slugs, amp and print renderings; no feed, no sitemap."""

from __future__ import annotations

from collections.abc import Callable

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import Answer, Handler, Request, Site


class TirtaNews(Site):
    """Old-style local portal; its amp and print pages show the visitor's date and not the article's."""

    key = "tirtanews"
    title = "TirtaNews"
    robots = "User-agent: *\nDisallow: /search\nDisallow: /admin/\n"

    def routes(self) -> dict[str, Handler]:
        """Sections, articles with two more renderings, tags, pictures."""
        return {
            r"/": self.home,
            r"/indeks": self.index,
            r"/search": self.answer_search,
            r"/tag/(?P<tag>[a-z0-9-]+)": self.tag,
            r"/gambar/(?P<number>\d+)\.svg": self.answer_picture,
            r"/(?P<static>tentang-kami|pedoman-media-siber|kontak)": self.answer_static,
            r"/(?P<kanal>[a-z-]+)": self.section,
            r"/[a-z-]+/read/(?P<number>\d+)(?:/[^/]*)?": self.rendering("article.html"),
            r"/amp/[a-z-]+/read/(?P<number>\d+)(?:/[^/]*)?": self.rendering("amp.html"),
            r"/print/(?P<number>\d+)(?:/[^/]*)?": self.rendering("print.html"),
        }

    def slug(self, piece: Piece) -> str:
        """The title in the address, with its capitals."""
        return slug_of(piece.version.title, lower=False)

    def path_of(self, piece: Piece) -> str:
        """``/{kanal}/read/{id}/{Title-Words}``."""
        return f"/{piece.version.section or 'tirtasari'}/read/{piece.number}/{self.slug(piece)}"

    def home(self, request: Request) -> Answer:
        """The newest articles of each section."""
        sections = {section: self.in_section(section)[:3] for section in self.sections}
        return self.page("tirtanews/home.html", sections=sections)

    def index(self, request: Request) -> Answer | None:
        """All articles."""
        return self.listing(self.pieces, request, heading="Indeks Berita", base="/indeks")

    def section(self, request: Request) -> Answer | None:
        """The articles of one section."""
        kanal = request.parts["kanal"]
        if kanal not in self.sections:
            return None
        heading = kanal.replace("-", " ").upper()
        return self.listing(self.in_section(kanal), request, heading=heading, base=f"/{kanal}")

    def tag(self, request: Request) -> Answer | None:
        """The articles with one tag."""
        found = self.with_tag(request.parts["tag"], slug_of)
        base = f"/tag/{request.parts['tag']}"
        return self.listing(found, request, heading="Tag", base=base) if found else None

    def rendering(self, template: str) -> Callable[[Request], Answer | None]:
        """A handler for article pages: the id alone decides, whatever slug stands behind it."""

        def answer(request: Request) -> Answer | None:
            piece = self.by_number(request.parts["number"])
            return self.article(template, piece) if piece else None

        return answer
