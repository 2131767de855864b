"""A release, and who ran it, as JSON rows: one shape for the command line, the API and exports."""

from __future__ import annotations

from typing import Any

from storage.stories.pickups import Pickup, Report
from storage.stories.releases import Release


def release_row(release: Release) -> dict[str, Any]:
    """A release without its text."""
    return {
        "id": release.id,
        "title": release.title,
        "agency": release.agency,
        "released": release.released.isoformat() if release.released else None,
        "articles": release.articles,
        "outlets": release.outlets,
        "article_id": release.article_id,
        "added_by": release.added_by or None,
    }


def pickup_row(pickup: Pickup) -> dict[str, Any]:
    """An article that ran a release; ``share`` is of the release's words, sentences are counted from 0."""
    kept = pickup.survival
    return {
        "article_id": pickup.article_id,
        "url": pickup.url,
        "title": pickup.title,
        "outlet": pickup.outlet,
        "published": pickup.published.isoformat() if pickup.published else None,
        "delay_seconds": None if pickup.delay is None else int(pickup.delay.total_seconds()),
        "share": kept.share,
        "sentences_kept": list(kept.kept),
        "sentences_reworded": list(kept.reworded),
        "sentences_dropped": list(kept.dropped),
        "quotes_kept": list(kept.quotes_kept),
        "quotes_changed": [{"release": change.release, "article": change.article} for change in kept.quotes_changed],
        "quotes_dropped": list(kept.quotes_dropped),
        "figures_changed": [{"release": change.release, "article": change.article} for change in kept.figures_changed],
        "voices": list(kept.voices),
    }


def report_row(report: Report) -> dict[str, Any]:
    """A report: the release, its sentences with the number of articles that kept each, and the articles."""
    sentences = zip(report.sentences, report.survived_in, strict=True)
    return release_row(report.release) | {
        "sentences": [{"text": text, "kept_by": count} for text, count in sentences],
        "pickups": [pickup_row(pickup) for pickup in report.pickups],
    }
