"""Harian Kota: archives by day in the path, ``/2024/05/02/``, that a calendar leads to."""

from __future__ import annotations

from datetime import date

from demo.sites.pieces import Piece
from demo.sites.site import Answer, Handler, Request
from demo.styles.site import NAME, StyleSite


class HarianKota(StyleSite):
    """Each day of the calendar is one page; only days with news have a link."""

    key = "hariankota"
    title = "Harian Kota"
    weight = 36
    days = 8
    odd = {"tentang-kami": "/tentang", "redaksi": "/redaksi", "kontak": "/kontak"}  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /cari\n"

    def routes(self) -> dict[str, Handler]:
        """Articles below their month, days, months."""
        return {
            r"/": self.front,
            r"/(?P<day>\d{4}/\d\d/\d\d)/": self.day,
            r"/(?P<month>\d{4}/\d\d)/": self.month,
            rf"/\d{{4}}/\d\d/(?P<slug>{NAME})\.shtml": self.read,
            rf"/rubrik/(?P<section>{NAME})/": self.section,
        }

    def path_of(self, piece: Piece) -> str:
        """``/2024/05/slug.shtml``."""
        return f"/{piece.stamp:%Y/%m}/{piece.slug}.shtml"

    def front(self, request: Request) -> Answer | None:
        """The newest articles and the calendar."""
        return self.list_view(self.pieces[: self.per_page], 1, heading="Hari Ini", link=lambda number: "/")

    def section(self, request: Request) -> Answer | None:
        """A section's newest articles."""
        found = self.in_section(request.parts["section"])[: self.per_page]
        return self.list_view(found, 1, heading=request.parts["section"], link=lambda number: request.path)

    def day(self, request: Request) -> Answer | None:
        """All articles of one day."""
        found = tuple(piece for piece in self.pieces if f"{piece.stamp:%Y/%m/%d}" == request.parts["day"])
        return self.view("day", found=found, heading=request.parts["day"]) if found else None

    def month(self, request: Request) -> Answer | None:
        """The calendar of a month."""
        year, month = (int(part) for part in request.parts["month"].split("/"))
        held = self.days_with_news(year, month)
        return self.view("month", heading=request.parts["month"], held=held) if held else None

    def days_with_news(self, year: int, month: int) -> list[date]:
        """The days of a month on which something appeared, the first day first."""
        return sorted({piece.stamp.date() for piece in self.months.get(f"{year:04d}-{month:02d}", ())})

    def read(self, request: Request) -> Answer | None:
        """An article."""
        return self.show(self.by_slug(request.parts["slug"]))
