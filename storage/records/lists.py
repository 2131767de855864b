"""What the last crawl saw of each list of a source."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.crawl.store import ListState, Validators
from storage.records.cleaning import clean_string
from storage.records.tables_crawl import ListRow


def list_states(session: Session, source: str) -> dict[str, ListState]:
    """Address -> state of each list of a source."""
    query = select(ListRow).where(ListRow.source == source).order_by(ListRow.url)
    return {row.url: _state(row) for row in session.scalars(query)}


def save_list_states(session: Session, source: str, states: Iterable[ListState]) -> None:
    """Keep the state of lists; those not named stay as they are."""
    for state in states:
        session.merge(
            ListRow(
                source=source,
                url=clean_string(state.url),
                etag=state.validators.etag,
                last_modified=state.validators.last_modified,
                seen_at=state.seen_at,
                front=[clean_string(key) for key in state.front],
                pulse=state.pulse,
            )
        )


def _state(row: ListRow) -> ListState:
    return ListState(
        url=row.url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        seen_at=row.seen_at,
        front=tuple(row.front),
        pulse=row.pulse,
    )
