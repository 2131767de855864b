"""Sites on WordPress with its usual addresses."""

from __future__ import annotations

from typing import ClassVar

from spiders.base import SiteSpider

SLUG = r"(?:[a-z0-9%]+-){2,}[a-z0-9%]+"
"""A headline in an address: three words at least, which a section's name seldom has."""
LISTS = r"(?!(?:category|kategori|tag|topik|author|penulis|page|feed|search|wp-[a-z]+)/)"
"""First parts of addresses that are lists, for sites with a section before the headline."""
STATIC = (
    r"(?!(?:pedoman-(?:pemberitaan-)?media-siber|kode-etik-(?:jurnalistik|internal|perusahaan|wartawan)[a-z0-9-]*"
    r"|standar-(?:operasional|perlindungan)-[a-z-]+|hak-jawab-dan-[a-z-]+|syarat-dan-ketentuan[a-z-]*"
    r"|terms-(?:and-conditions|of-(?:use|service))|tentang-kami-[a-z0-9-]+|hubungi-kami-[a-z0-9-]+)/?(?:[?#]|$))"
)
"""Pages of more than two words that every outlet has and that are no articles."""
END = r"(?:/amp|/[2-9])?/?(?:[?#]|$)"
"""What may follow the headline: the amp rendering, a later page."""


class WordPressSpider(SiteSpider):
    """Feed, REST posts and front page at their usual places; articles live at ``/slug`` or ``/2026/01/31/slug``."""

    start: ClassVar[str] = ""
    feeds: ClassVar[tuple[str, ...]] = ("/feed/",)
    posts: ClassVar[tuple[str, ...]] = ("/wp-json/wp/v2/posts",)
    listings: ClassVar[tuple[str, ...]] = ("/",)
    article_url = rf"^https?://[^/]+/{STATIC}(?:\d{{4}}/\d{{2}}/(?:\d{{2}}/)?)?{SLUG}{END}"
