"""The query under which a site shows long articles whole: stated by its profile, else learned in a run."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from spiders.articles.article_pages import whole_query

ENOUGH = 2
"""So many articles must have come whole under a query before it is asked at once."""
SHARE = 0.5
"""And so many of those read: where few articles are long, the plain address costs less."""

PLAIN_MAY_DO = frozenset(
    {"robots", "http-400", "http-404", "redirects", "redirect-loop", "redirected", "soft-404", "not-found", "no-text"}
)
"""Why the view of all pages is refused where the plain address may not be."""


class WholeView:
    """Saves the first page's request of articles that are asked whole anyway."""

    def __init__(self, stated: str = "") -> None:
        self._stated = stated
        self._wholes: Counter[str] = Counter()
        self._read = 0
        self._refused = 0

    @property
    def query(self) -> str:
        """Such as ``page=all``; empty where the plain address is asked."""
        if self._refused >= ENOUGH:
            return ""
        if self._stated or not self._wholes:
            return self._stated
        query, count = self._wholes.most_common(1)[0]
        return query if count >= max(ENOUGH, SHARE * self._read) else ""

    def address(self, url: str) -> str:
        """The address to ask for an article; as it is where it has that query or no view is known."""
        query = self.query
        if not query or query in urlsplit(url).query.split("&"):
            return url
        return f"{url}{'&' if '?' in url else '?'}{query}"

    def note(self, url: str, *, whole: bool) -> None:
        """An article was read; ``whole`` where a view that its page named brought it, at ``url``."""
        self._read += 1
        if whole and (query := whole_query(url)):
            self._wholes[query] += 1

    def refuse(self) -> None:
        """An article was not to be had under the query, but without it; so often, it is not asked any more."""
        self._refused += 1
