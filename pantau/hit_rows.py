"""A search hit as the row that the command line and the JSON interface give."""

from __future__ import annotations

from typing import Any

from storage.search.results import SearchHit


def hit_row(hit: SearchHit) -> dict[str, Any]:
    """JSON-ready; missing values are ``None``."""
    return {
        "id": hit.id,
        "url": hit.url,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "kind": hit.kind,
        "score": hit.score,
        "snippet": hit.snippet_text,
        "cluster": hit.cluster,
        "others": hit.others,
    }
