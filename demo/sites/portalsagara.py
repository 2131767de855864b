"""Portal Sagara: a national-style portal with dated ids, articles cut into pages, a news sitemap and a dated index."""

from __future__ import annotations

import json
from datetime import date, timedelta

from demo.sites.pieces import Piece, slug_of
from demo.sites.site import XML, Answer, Handler, Request, Site

WHOLE_UP_TO = 4
"""Paragraphs of the longest article that is not cut."""
PER_PART = 4


class PortalSagara(Site):
    """Kompas and detik in one: parts, ``?page=all``, video lines, a site-wide tag box, the editor as JSON-LD author."""

    key = "portalsagara"
    title = "Portal Sagara"
    robots = (
        "User-agent: *\nDisallow: /search\nDisallow: /akun/\nDisallow: /*?utm_\n\nSitemap: {origin}/sitemap-news.xml\n"
    )

    def routes(self) -> dict[str, Handler]:
        """Articles, channels, the dated index, the news sitemap."""
        stamp = r"(?P<stamp>\d{4}/\d\d/\d\d/\d{6})"
        return {
            r"/": self.home,
            r"/indeks": self.index,
            r"/search": self.answer_search,
            r"/sitemap-news\.xml": self.sitemap,
            rf"/read/{stamp}(?:/(?P<slug>[^/]*))?": self.read,
            r"/tag/(?P<tag>[a-z0-9-]+)": self.tag,
            r"/crops/(?P<number>\d+)\.svg": self.answer_picture,
            r"/(?P<static>tentang-kami|pedoman-media-siber|kontak)": self.answer_static,
            r"/(?P<section>[a-z-]+)": self.channel,
        }

    def path_of(self, piece: Piece) -> str:
        """``/read/YYYY/MM/DD/HHMMSS/slug``."""
        return f"/read/{piece.stamp:%Y/%m/%d/%H%M%S}/{piece.slug}"

    def home(self, request: Request) -> Answer | None:
        """The newest articles."""
        return self.listing(self.pieces, request, heading="Terkini", base="/")

    def channel(self, request: Request) -> Answer | None:
        """The articles of one section."""
        section = request.parts["section"]
        found = self.in_section(section)
        heading = section.replace("-", " ").title()
        return self.listing(found, request, heading=heading, base=f"/{section}") if found else None

    def tag(self, request: Request) -> Answer | None:
        """The articles with one tag."""
        found = self.with_tag(request.parts["tag"], slug_of)
        base = f"/tag/{request.parts['tag']}"
        return self.listing(found, request, heading="Topik", base=base) if found else None

    def index(self, request: Request) -> Answer | None:
        """The articles of one day, ``?date=YYYY-MM-DD&page=N``; without a date those of today."""
        try:
            day = date.fromisoformat(request.query.get("date") or self.today.isoformat())
        except ValueError:
            return None
        listed = self.cut([piece for piece in self.pieces if piece.version.published.date() == day], request.page)
        earlier = next(
            (piece.version.published.date() for piece in self.pieces if piece.version.published.date() < day), None
        )
        return self.page("portalsagara/index.html", listed=listed, day=day, earlier=earlier) if listed else None

    def sitemap(self, request: Request) -> Answer:
        """Google-News style sitemap of the last two days."""
        recent = [piece for piece in self.pieces if piece.version.published > self.now - timedelta(days=2)]
        return self.page("portalsagara/sitemap_news.xml.jinja", content_type=XML, recent=recent)

    def read(self, request: Request) -> Answer | None:
        """One part of an article; the time stamp is the id, the slug may be wrong."""
        found = [piece for piece in self.pieces if f"{piece.stamp:%Y/%m/%d/%H%M%S}" == request.parts["stamp"]]
        found.sort(key=lambda piece: piece.slug != request.parts.get("slug"))
        return self._part(found[0], request) if found else None

    def _part(self, piece: Piece, request: Request) -> Answer | None:
        parts = parts_of(piece)
        whole = request.query.get("page") == "all"
        if not whole and not 1 <= request.page <= len(parts):
            return None
        shown = piece.version.paragraphs if whole else parts[request.page - 1]
        number = 1 if whole else request.page
        last = 1 if whole else len(parts)
        return self.article("article.html", piece, shown=shown, number=number, last=last, schema=self.schema_of(piece))

    def schema_of(self, piece: Piece) -> str:
        """JSON-LD whose author is the editor, as some portals have it."""
        version = piece.version
        fields = {
            "@context": "http://schema.org",
            "@graph": [
                {"@type": "WebPage", "@id": self.url_of(piece)},
                {
                    "@type": "NewsArticle",
                    "headline": version.title,
                    "datePublished": piece.stamp.isoformat(),
                    "dateModified": piece.stamp.isoformat(),
                    "author": {"@type": "Person", "name": version.editor or "Tim Redaksi"},
                    "image": [f"{self.origin}/crops/{piece.number}.svg"],
                },
            ],
        }
        return json.dumps(fields, ensure_ascii=False).replace("<", "\\u003c")


def parts_of(piece: Piece) -> tuple[tuple[str, ...], ...]:
    """The paragraphs as the portal cuts them: whole when short, else two or three parts of like size."""
    paragraphs = piece.version.paragraphs
    if len(paragraphs) <= WHOLE_UP_TO:
        return (paragraphs,)
    count = 2 if len(paragraphs) <= 2 * PER_PART else 3
    size = -(-len(paragraphs) // count)
    return tuple(paragraphs[start : start + size] for start in range(0, len(paragraphs), size))
