"""The tables of the data dictionary: every column explained in both languages, keys and joins that are there."""

from __future__ import annotations

import pytest

from pantau.exports.denominators import DENOMINATORS
from pantau.exports.tables import TABLES
from storage.datasets.columns import Schema

ALL: dict[str, Schema] = {**TABLES, **DENOMINATORS}


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_every_table_and_column_is_explained_in_both_languages(table: Schema) -> None:
    for what, thing in [(table.name, table), *((f"{table.name}.{c.name}", c) for c in table.columns)]:
        assert len(thing.id.split()) > 0, f"{what} lacks its Indonesian description"
        assert len(thing.en.split()) > 0, f"{what} lacks its English description"


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_keys_and_joins_name_columns_that_are_there(table: Schema) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) | set(table.references) <= set(names)
    for other, column in table.references.values():
        assert column in [c.name for c in ALL[other].columns]
