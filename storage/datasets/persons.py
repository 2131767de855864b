"""The people of articles as exports may show them: by default only who has a public office or is in the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.datasets.columns import Column, Row, boolean, text
from storage.datasets.reading import as_read, belonging
from storage.datasets.snapshot import Snapshot
from storage.records.privacy import may_be_named
from storage.records.tables_tags import PersonRow

SPEAKER_COLUMNS: tuple[Column, ...] = (
    text("speaker_key", "Kode orang yang berbicara (people.person_key)", "Who speaks (people.person_key)"),
    text("speaker_id", "Kode orang itu di daftar pejabat", "Id of that person in the registry"),
    text("speaker", "Nama orang itu di dalam berita", "Name of that person in the article"),
    boolean("speaker_official", "Berita memberinya jabatan publik", "The article gives that person a public office"),
    boolean("speaker_withheld", "Nama tidak disertakan karena bukan pejabat publik",
            "The name is left out, because that person has no public office"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """The people of a batch of articles."""

    private: bool
    """Whether also those without an office are named."""
    by_key: dict[tuple[str, str], Any] = field(default_factory=dict)
    """(article, key in the article) -> row."""

    @classmethod
    def read(cls, snapshot: Snapshot, ids: Sequence[str]) -> People:
        """Everybody who is named in the articles; ``offices`` are to be read with ``strings``."""
        columns = (PersonRow.key, PersonRow.person_key, PersonRow.person_id, PersonRow.name, PersonRow.official)
        rows = belonging(snapshot.session, ids, PersonRow, *columns, as_read(PersonRow.offices), PersonRow.in_title)
        return cls(snapshot.private, {(row.article_id, row.key): row for found in rows.values() for row in found})

    def shown(self, article_id: str, key: str) -> Any | None:
        """The person with a key, if such may be shown."""
        person = self.by_key.get((article_id, key))
        return person if person is not None and (self.private or may_be_named(person)) else None

    def speaker(self, article_id: str, key: str | None) -> Row:
        """Values of SPEAKER_COLUMNS."""
        person = self.shown(article_id, key) if key else None
        return {
            "speaker_key": person and person.person_key,
            "speaker_id": person and person.person_id,
            "speaker": person and person.name,
            "speaker_official": person and person.official,
            "speaker_withheld": person is None and (article_id, key) in self.by_key,
        }
