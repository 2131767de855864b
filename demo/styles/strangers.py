"""A server that is of no site: whoever comes here followed a link, a redirect or a lie too far."""

from __future__ import annotations

from datetime import datetime

from demo.server import Desk, SiteServer, Visit, listen
from demo.sites.pieces import Piece
from demo.sites.site import HTML, Answer, Handler, Request, Site

NETWORK = "127.0.12.{}"


class _Elsewhere(Site):
    """Answers everything with something like an article."""

    key = "elsewhere"
    title = "Orang Lain"
    robots = "User-agent: *\nAllow: /\n"

    def routes(self) -> dict[str, Handler]:
        """Any path."""
        return {r".*": self.stolen}

    def path_of(self, piece: Piece) -> str:
        """It has no articles of its own."""
        return "/"

    def stolen(self, request: Request) -> Answer:
        """A page that must not be stored."""
        text = "Tulisan curian ini tidak boleh tersimpan karena bukan milik situs yang sedang dibaca. " * 8
        title = "Berita Curian dari Situs Orang Lain"
        body = (
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p><p>{text}</p></body></html>"
        )
        return Answer(body=body.encode(), content_type=HTML)


class Strangers:
    """The server on the air."""

    def __init__(self) -> None:
        self._server: SiteServer = listen(NETWORK, ("elsewhere",), 0)["elsewhere"]
        self.origin = self._server.origin
        self._desk = Desk(site=_Elsewhere((), now=datetime.now().astimezone(), origin=self.origin))
        self._server.serve(self._desk)
        self._stopped = False

    @property
    def log(self) -> list[Visit]:
        """Whoever came; empty is right."""
        return self._desk.log

    def stop(self) -> None:
        """Take it off the air; harmless when done twice."""
        if not self._stopped:
            self._stopped = True
            self._server.stop()
