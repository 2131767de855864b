"""Which sources are not read, in one line for texts that leave the page: a blocked source must not be silent."""

from __future__ import annotations

from collections.abc import Sequence

from pantau import wording
from pantau.translations import gettext as _
from storage.health.checks import SourceHealth


def health_phrase(health: SourceHealth) -> str:
    """What is the matter with a source, and since when."""
    return wording.health_reason(health.reason, health.since) or wording.state_label(health.state)


def troubles_text(troubled: Sequence[SourceHealth]) -> str:
    """``Sumber bermasalah: x (diblokir sejak 3 Mei 14.27)``; empty where all are read."""
    told = ", ".join(f"{health.source} ({health_phrase(health)})" for health in troubled)
    return _("Sumber bermasalah: %(sources)s") % {"sources": told} if told else ""
