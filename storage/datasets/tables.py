"""The registry of tables for analysts: a further one is one entry."""

from __future__ import annotations

from storage.datasets.articles import ARTICLES
from storage.datasets.columns import Table
from storage.datasets.denominators import COVERAGE, OUTAGES
from storage.datasets.figures import FIGURES, INDICATOR_CLAIMS
from storage.datasets.named import OFFICES, ORGANISATIONS, PLACES, PROGRAMME_MENTIONS
from storage.datasets.registers import OCCUPANCIES, PEOPLE, PROGRAMMES
from storage.datasets.releases import PICKUPS, RELEASES
from storage.datasets.sayings import MENTIONS, STATEMENTS
from storage.datasets.stories import CLUSTERS
from storage.datasets.withdrawals import CHANGES, WITHDRAWALS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ARTICLES, MENTIONS, OFFICES, STATEMENTS, FIGURES, INDICATOR_CLAIMS, PROGRAMME_MENTIONS, ORGANISATIONS, PLACES,
        PEOPLE, OCCUPANCIES, PROGRAMMES, CLUSTERS, RELEASES, PICKUPS, COVERAGE, OUTAGES, WITHDRAWALS,
    )
}  # fmt: skip
"""Every table that can be asked for, by name."""
DESCRIBED: dict[str, Table] = TABLES | {CHANGES.name: CHANGES}
"""Every table that a file may hold."""
