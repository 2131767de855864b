"""Faults of the articles themselves: hostile titles, pages that do not tell their time."""

from __future__ import annotations

from dataclasses import replace

from demo.faults.kind import rewriting
from demo.sites.pieces import Piece

HOSTILE = (
    "<script>alert(document.cookie)</script> {}",
    "\u202e{}\u202c",
    "{} \u200b\u200e\ufeff",
    '"><img src=x onerror=alert(1)> {}',
    "{} {{{{7*7}}}} ${{jndi:ldap://x}} %00",
    "'; DROP TABLE article; -- {}",
    "{} &lt;b&gt; &amp;amp; ]]> <!--",
    '=HYPERLINK("http://x") {}',
)
"""Headlines that attack whoever shows, stores or exports them."""
LONG = 3000


@rewriting("hostile-titles", share=0.2)
def hostile_titles(piece: Piece, chance: int) -> Piece:
    """Some headlines hold scripts, bidirectional marks, formulas, or three thousand characters."""
    place = chance % (len(HOSTILE) + 1)
    title = piece.version.title
    hostile = HOSTILE[place].format(title) if place < len(HOSTILE) else (f"{title} " * LONG)[:LONG].strip()
    return replace(piece, version=replace(piece.version, title=hostile))


@rewriting("undated", share=0.3)
def undated(piece: Piece, chance: int) -> Piece:
    """Some pages do not tell when they were published."""
    return replace(piece, dated=False)
