"""What a crawl of the style newsroom found and how it behaved: rows and logs against what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from demo.server import Visit
from demo.styles.newsroom import Expected
from scraper.items import Article

AGENT = "Pantau"
DELAY_SHARE = 0.9
"""A delay counts as kept when several requests together take this share of it; clocks and networks jitter."""
WINDOW = 6
SIGN = 70
"""Letters and digits by which a paragraph is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What was stored of one site."""

    reachable: int
    found: int
    """Of the reachable ones."""
    rows: int
    twice: int
    """Rows of an article that another row holds already."""
    junk: int
    """Rows that are no article of the site."""
    whole: int
    """Found ones with every paragraph."""
    cut: int
    """Reachable ones that the site shows on more than one page."""
    cut_whole: int
    """Of these, stored with every paragraph."""
    missed: tuple[str, ...]
    """Addresses of reachable articles that were not found."""
    strays: tuple[str, ...]
    """Addresses of junk and second rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a crawl behaved at one site."""

    forbidden: int
    """Requests against robots.txt, before it was asked for, or under another name."""
    hasty: int
    """Runs of requests that took less time than Crawl-delay allows."""
    at_once: int
    """Most requests that were on their way together."""


def harvest(expected: Sequence[Expected], stored: Sequence[Article]) -> Yield:
    """Compare rows of a site with its articles; a row is the article whose paragraphs or title it has."""
    signs = _signs(expected)
    titles = {_letters(article.title): article.number for article in expected}
    held: dict[int, list[Article]] = {}
    junk: list[Article] = []
    for row in stored:
        text = _letters(row.text)
        hits = Counter(number for sign, number in signs.items() if sign in text)
        number = hits.most_common(1)[0][0] if hits else titles.get(_letters(row.title))
        junk.append(row) if number is None else held.setdefault(number, []).append(row)
    reachable = [article for article in expected if article.reachable]
    found = [article for article in reachable if article.number in held]
    whole = {a.number for a in found if any(_is_whole(a, row) for row in held[a.number])}
    cut = [article for article in reachable if article.pages > 1]
    second = [row for rows in held.values() for row in rows[1:]]
    return Yield(
        reachable=len(reachable),
        found=len(found),
        rows=len(stored),
        twice=len(second),
        junk=len(junk),
        whole=len(whole),
        cut=len(cut),
        cut_whole=sum(article.number in whole for article in cut),
        missed=tuple(article.url for article in reachable if article.number not in held),
        strays=tuple(row.url or row.canonical_url for row in (*junk, *second)),
    )


def _signs(expected: Sequence[Expected]) -> dict[str, int]:
    """Beginnings of long paragraphs that one article alone has."""
    found: dict[str, set[int]] = {}
    for article in expected:
        for paragraph in article.text.split("\n\n"):
            if len(sign := _letters(paragraph)[:SIGN]) == SIGN:
                found.setdefault(sign, set()).add(article.number)
    return {sign: numbers.pop() for sign, numbers in found.items() if len(numbers) == 1}


def _is_whole(article: Expected, row: Article) -> bool:
    text = _letters(row.text)
    return all(_letters(paragraph) in text for paragraph in article.text.split("\n\n"))


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def manners(visits: Sequence[Visit], *, origin: str, robots: str) -> Manners:
    """Hold a site's log against its robots.txt."""
    rules = Protego.parse(robots)
    delay = rules.crawl_delay(AGENT)
    asked = False
    forbidden = 0
    for visit in visits:
        path = urlsplit(visit.target).path
        asked = asked or path == "/robots.txt"
        allowed = path == "/robots.txt" or rules.can_fetch(origin + visit.target, AGENT)
        forbidden += not (asked and allowed and visit.agent.startswith(AGENT))
    # before robots.txt is read nobody knows the delay
    times = sorted(visit.begun for visit in visits if not urlsplit(visit.target).path.endswith("/robots.txt"))
    least = float(delay or 0) * (WINDOW - 1) * DELAY_SHARE
    spans = (late - early for early, late in zip(times, times[WINDOW - 1 :], strict=False))
    return Manners(forbidden=forbidden, hasty=sum(span < least for span in spans), at_once=_most_at_once(visits))


def _most_at_once(visits: Iterable[Visit]) -> int:
    marks = sorted([(visit.begun, 1) for visit in visits] + [(visit.ended, -1) for visit in visits])
    running = most = 0
    for _, step in marks:
        running += step
        most = max(most, running)
    return most


def list_requests(visits: Sequence[Visit], *, origin: str, expected: Sequence[Expected]) -> int:
    """Requests for anything but an article that is known: robots.txt, feeds, lists, sitemaps."""
    known = {url for article in expected for url in article.urls}
    return sum(origin + visit.target not in known for visit in visits)
