"""Lawas Pos: a site of the query-string age, ``/index.php?id=123``, in windows-1252 and without validators."""

from __future__ import annotations

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.odd_pages import ODD_PAGES
from demo.styles.site import StyleSite


class LawasPos(StyleSite):
    """Everything is ``index.php``; only the parameters tell an article from a list or a page about the paper."""

    key = "lawas"
    title = "Lawas Pos"
    weight = 32
    per_page = 10
    charset = "windows-1252"
    sends_etag = False
    sends_modified = False
    odd = {}  # noqa: RUF012
    pages = ("tentang-kami", "redaksi", "iklan", "masuk")
    robots = "User-agent: *\nDisallow: /admin/\nDisallow: /index.php?cari=\n"

    def routes(self) -> dict[str, Handler]:
        """One script, and what is left of an older one."""
        return {r"/(?:index\.php)?": self.script, r"/berita\.php": self.older_script}

    def path_of(self, piece: Piece) -> str:
        """``/index.php?id=123``."""
        return f"/index.php?id={piece.number}"

    def urls_of(self, piece: Piece) -> tuple[str, ...]:
        """Also with the section, as its lists have it, and by the older script."""
        number = piece.number
        return (
            self.url_of(piece),
            f"{self.origin}/index.php?kat={piece.version.section}&id={number}",
            f"{self.origin}/berita.php?p={number}",
            f"{self.origin}/index.php?id={number}&cetak=1",
        )

    def script(self, request: Request) -> Answer | None:
        """An article, a list or another page, as the parameters say."""
        query = request.query
        if "id" in query:
            return self.show(self.by_number(query["id"]), kind="print" if "cetak" in query else "article")
        if "hal" in query:
            name = query["hal"]
            return self.view("odd", odd=ODD_PAGES[name]) if name in self.pages else None
        if "cari" in query:
            return self.list_view(self.pieces[:2], 1, heading="Hasil", link=lambda number: "/index.php?cari=")
        section = query.get("kat", "")
        found = self.in_section(section) if section else self.pieces
        start = query.get("mulai", "0")
        number = int(start) // self.per_page + 1 if start.isascii() and start.isdigit() and len(start) < 6 else 0

        def link(number: int) -> str:
            kat = f"kat={section}&" if section else ""
            return f"/index.php?{kat}mulai={(number - 1) * self.per_page}"

        return self.list_view(found, number, heading=section or "Beranda", link=link)

    def older_script(self, request: Request) -> Answer | None:
        """``/berita.php?p=123`` of the years before, still answered."""
        return self.show(self.by_number(request.query.get("p", "")))
