"""Mimbar Today: Joomla, with ``/today/123-slug.html``, lists by ``?start=N`` and feeds that can be paged."""

from __future__ import annotations

from collections.abc import Sequence

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class MimbarToday(StyleSite):
    """The same article answers below every menu item; the number is the key."""

    key = "mimbar"
    title = "Mimbar Today"
    weight = 40
    per_page = 8
    odd = {  # noqa: RUF012
        "tentang-kami": "/tentang-kami.html",
        "redaksi": "/box-redaksi.html",
        "kontak": "/hubungi-kami.html",
        "masuk": "/component/users/login.html",
    }
    robots = "User-agent: *\nDisallow: /administrator/\nDisallow: /component/search/\nDisallow: /tmp/\n"

    def routes(self) -> dict[str, Handler]:
        """Articles below menu items, lists, feeds."""
        return {
            r"/": self.front,
            r"/component/search/": self.front,
            rf"/(?P<menu>{NAME})/(?P<number>\d+)-(?P<slug>{NAME})\.html": self.read,
            r"/today\.html": self.all,
            rf"/(?P<section>{NAME})\.html": self.section,
        }

    def path_of(self, piece: Piece) -> str:
        """``/today/123-slug.html``."""
        return f"/today/{piece.number}-{piece.slug}.html"

    def misspelt_path(self, piece: Piece, turn: int) -> str:
        """The same id behind other words."""
        menu = (piece.version.section, "today", "today")[turn]
        return f"/{menu}/{piece.number}-{(piece.slug, 'judul-lama', 'x')[turn]}.html"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Below the section's menu item too, and the print page."""
        return (
            self.url_of(piece),
            f"{self.origin}/{piece.version.section}/{piece.number}-{piece.slug}.html",
            f"{self.url_of(piece)}?tmpl=component&print=1&layout=default",
        )

    def front(self, request: Request) -> Answer | None:
        """The newest articles; ``?format=feed`` is a feed."""
        return self._list(self.pieces, request, "Berita Terkini", "/")

    def all(self, request: Request) -> Answer | None:
        """All articles."""
        return self._list(self.pieces, request, "Today", "/today.html")

    def section(self, request: Request) -> Answer | None:
        """A section's articles."""
        return self._list(self.in_section(request.parts["section"]), request, request.parts["section"], request.path)

    def _list(self, pieces: Sequence[Piece], request: Request, heading: str, base: str) -> Answer | None:
        raw = request.query.get("start", "0")
        start = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 6 else -1
        if request.query.get("format") == "feed":
            chosen = pieces[start : start + 10] if start >= 0 else ()
            if request.query.get("type") == "atom":
                return self.atom(chosen, path=base) if chosen else None
            return self.rss(chosen, path=base) if chosen else None
        if start % self.per_page:
            return None

        def link(number: int) -> str:
            return f"{base}?start={(number - 1) * self.per_page}" if number > 1 else base

        return self.list_view(pieces, start // self.per_page + 1, heading=heading, link=link)

    def read(self, request: Request) -> Answer | None:
        """An article below any menu item that exists."""
        if request.parts["menu"] not in ("today", *self.sections):
            return None
        kind = "print" if request.query.get("print") else "article"
        return self.show(self.by_number(request.parts["number"]), kind=kind)
