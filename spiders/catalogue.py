"""The catalogue as a table for people. ``python -m spiders.catalogue`` writes it into ``docs/sources.md``."""

from __future__ import annotations

from pathlib import Path

from scraper.page.rules import GENERIC
from spiders.base import SiteSpider
from spiders.sources import shipped

PAGE = Path(__file__).parent.parent / "docs" / "sources.md"
TIERS = {
    "local": "Local: Tangerang Raya",
    "regional": "Regional: the province of Banten",
    "national": "National: what they file under the region",
    "government": "Governments and statistics",
}
_BEGIN, _END = "<!-- table: python -m spiders.catalogue -->", "<!-- end of table -->"
_COLUMNS = ("name", "outlet", "area", "system", "selectors", "evidence", "verified", "a week")


def tables() -> str:
    """One Markdown table a tier, sources by name."""
    return "\n\n".join(f"### {heading}\n\n{_table(tier)}" for tier, heading in TIERS.items())


def with_tables(page: str) -> str:
    """The page with its tables made anew; raises ValueError where the marks around them are missing."""
    before, _, rest = page.partition(_BEGIN)
    _, found, after = rest.partition(_END)
    if not found:
        raise ValueError(f"no {_BEGIN!r} ... {_END!r} on the page; put both lines where the tables belong")
    return f"{before}{_BEGIN}\n\n{tables()}\n\n{_END}{after}"


def family(source: type[SiteSpider]) -> str:
    """The system that a source shares with others (``wordpress``), empty for one of its own."""
    modules = (kind.__module__ for kind in source.__mro__)
    return next((name.rpartition(".")[2] for name in modules if name.startswith("spiders.networks.")), "")


def _table(tier: str) -> str:
    rows = [_cells(source) for source in shipped() if source.tier == tier]
    return "\n".join(f"| {' | '.join(row)} |" for row in (_COLUMNS, ("---",) * len(_COLUMNS), *rows))


def _cells(source: type[SiteSpider]) -> tuple[str, ...]:
    return (
        f"`{source.name}`",
        f"[{source.title}]({source.start})",
        source.region,
        family(source),
        "" if source.rules is GENERIC else "yes",
        source.evidence,
        source.verified,
        str(source.expect.articles_per_week or ""),
    )


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
