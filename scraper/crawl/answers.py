"""Whether an answer is whole: torn, empty and wrongly packed ones are asked for again, and never read as pages."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from scraper.crawl.compression import BadEncoding, TornBody, decompress
from scraper.crawl.faults import BadAnswer

LAYERS = 3
"""Encodings that may lie over each other."""
_ENDS = (b"</html", b"</body", b"</rss", b"</feed", b"</rdf", b"</urlset", b"</sitemapindex")


class AnswerMiddleware(HttpCompressionMiddleware):
    """Downloader middleware in the place of Scrapy's decompression."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to build it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The answer unpacked, or the request once more; raises BadAnswer when that was tried enough, or TooLarge."""
        good = 200 <= response.status < 300
        try:
            response = super().process_response(request, response)  # type: ignore[assignment]
            reason = _flaw(request, response) if good else None
        except TornBody:
            reason = "truncated"
        except BadEncoding:
            reason = "bad-encoding"
        if reason is None or not good:
            return response
        spider = self._crawler.spider
        again = get_retry_request(request, spider=spider, reason=reason) if spider else None
        if again is None:
            raise BadAnswer(reason, request.url)
        again.meta["cut_at"] = len(response.body)
        return again

    @staticmethod
    def _split_encodings(content_encoding: list[bytes]) -> tuple[list[bytes], list[bytes]]:
        to_decode, to_keep = HttpCompressionMiddleware._split_encodings(content_encoding)
        if len(to_decode) > LAYERS:
            raise BadEncoding(f"{len(to_decode)} encodings over each other")
        return to_decode, to_keep

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return decompress(body, encoding, max_size)


def _flaw(request: Request, response: Response) -> str | None:
    """What is wrong with an answer that came without an error: ``partial``, ``empty`` or ``truncated``."""
    if response.status == 206:
        return "partial"
    if request.meta.get("robots"):
        return None
    if not response.body:
        return "empty"
    if "partial" in response.flags and not _has_end(response.body):
        return None if request.meta.get("cut_at") == len(response.body) else "truncated"
    return None


def _has_end(body: bytes) -> bool:
    """Whether a body whose length nobody told shows its end; one that never does is whole when it comes twice alike."""
    body = body.strip()
    if body.startswith(b"<"):
        tail = body[-4096:].lower()
        return any(end in tail for end in _ENDS)
    return body.endswith((b"}", b"]")) if body.startswith((b"{", b"[")) else True
