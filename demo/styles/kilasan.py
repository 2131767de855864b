"""Kilasan: a portal with ``/d-{id}/slug``, a news sitemap of two days and an index by day for what is older."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import XML, Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class Kilasan(StyleSite):
    """The index writes its day as MM/DD/YYYY; long articles go on at ``/slug/2`` or whole at ``?single=1``."""

    key = "kilasan"
    title = "Kilasan"
    weight = 44
    days = 9
    per_page = 8
    way = "single"
    sends_etag = False
    odd = {  # noqa: RUF012
        "redaksi": "/redaksi",
        "pedoman-media-siber": "/pedoman-media",
        "iklan": "/kotak-pos",
        "foto": "/foto",
    }
    robots = (
        "User-agent: *\nDisallow: /search/\nDisallow: /*?tag_from=\nCrawl-delay: 0.15\n\n"
        "Sitemap: {origin}/sitemap_news.xml\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Articles, the index, channels, tags, the news sitemap."""
        return {
            r"/": self.home,
            r"/indeks": self.index,
            r"/sitemap_news\.xml": self.news_map,
            r"/search/": self.search,
            rf"/tag/(?P<tag>{NAME})/?": self.tag,
            rf"/(?P<section>{NAME})/indeks": self.index,
            rf"/(?P<section>{NAME})/d-(?P<number>\d+)/(?P<slug>[^/]+)(?:/(?P<page>\d+))?": self.read,
            rf"/(?P<section>{NAME})": self.channel,
        }

    def path_of(self, piece: Piece) -> str:
        """``/{section}/d-{id}/slug``."""
        return f"/{piece.version.section}/d-{piece.number}/{piece.slug}"

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """The same id behind other words."""
        return f"/{piece.version.section}/d-{piece.number}/{('judul-lama', f'{piece.slug}-2', 'x')[turn]}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """The article, its parts, and the addresses of other channels and slugs."""
        wrong = f"{self.origin}/berita/d-{piece.number}/{piece.slug}"
        return (*super().urls_of(piece), wrong, f"{self.url_of(piece)}?tag_from=wp_nhl")

    def home(self, request: Request) -> Answer | None:
        """The newest articles, without further pages."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Kilasan", link=lambda number: "/")

    def channel(self, request: Request) -> Answer | None:
        """The newest articles of a section."""
        found = self.in_section(request.parts["section"])[: self.per_page]
        return self.list_view(found, 1, heading=request.parts["section"], link=lambda number: request.path)

    def search(self, request: Request) -> Answer | None:
        """Search results, forbidden to robots."""
        return self.list_view(self.pieces[:2], 1, heading="Cari", link=lambda number: "/search/")

    def tag(self, request: Request) -> Answer | None:
        """The articles with a tag."""
        found = self.with_tag(request.parts["tag"], slug_of)[: self.per_page]
        return self.list_view(found, 1, heading=request.parts["tag"], link=lambda number: request.path)

    def index(self, request: Request) -> Answer | None:
        """One day's articles, of all or of a section; its head leads to the days before."""
        section = request.parts.get("section")
        raw = request.query.get("date")
        try:
            day = datetime.strptime(raw, "%m/%d/%Y").date() if raw else self.today
        except ValueError:
            return None
        found = [p for p in self.pieces if p.stamp.date() == day and (not section or p.version.section == section)]
        listed = self.cut(found, request.page)
        if listed is None:
            return None
        days = [day - timedelta(days=back) for back in range(1, 4) if day - timedelta(days=back) >= self.first_day]
        return self.view("index", listed=listed, base=request.path, day=day, days=days, heading="Indeks")

    @property
    def first_day(self) -> date:
        """The day of its oldest article."""
        return self.pieces[-1].stamp.date() if self.pieces else self.today

    def news_map(self, request: Request) -> Answer:
        """Google's kind of sitemap: the last two days."""
        recent = [piece for piece in self.pieces if piece.stamp > self.now - timedelta(days=2)]
        return self.page("news_sitemap.xml.jinja", content_type=XML, pieces=recent)

    def read(self, request: Request) -> Answer | None:
        """An article, one of its parts, or with ``?single=1`` all of it; the id alone decides."""
        piece = self.by_number(request.parts["number"])
        if request.query.get("single"):
            return self.show(piece, whole=True)
        return self.show(piece, number=request.page)
