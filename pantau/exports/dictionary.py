"""The data dictionary, made from the columns themselves; ``docs/data-dictionary.md`` is this text."""

from __future__ import annotations

from collections.abc import Iterator

from storage.datasets.columns import Schema
from storage.datasets.tables import DESCRIBED

INTRODUCTION = """# Kamus data / Data dictionary

Dibuat dari kode dengan `pantau export --dictionary`; jangan disunting. Made from the code by
`pantau export --dictionary`; do not edit.

Tipe / types: `string` teks, `list` daftar teks (di CSV dipisah `|`), `integer` bilangan bulat, `number` bilangan,
`boolean` ya/tidak, `date` tanggal, `datetime` waktu WIB (UTC+7). Kolom kunci dicetak tebal; panah menunjuk ke tabel
yang digabungkan. Key columns are bold; an arrow points to the table that a column joins.
"""


def dictionary() -> str:
    """All tables and columns as Markdown, in Indonesian and English."""
    return "\n".join([INTRODUCTION, *(line for table in DESCRIBED.values() for line in _table(table))])


def _table(table: Schema) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.id}. *{table.en}.*\n"
    yield "| Kolom / column | Tipe / type | Arti | Meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.key else column.name
        if target := table.references.get(column.name):
            name += f" → {'.'.join(target)}"
        yield f"| {name} | {column.type} | {column.id} | {column.en} |"
    yield ""
