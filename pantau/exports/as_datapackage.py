"""A Frictionless Data Package: tables as CSV beside their dictionary, checksums and rights."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pantau.exports.manifest import Written
from storage.datasets.columns import Column, Row, Schema

DESCRIPTOR, ABOUT = "datapackage.json", "README.md"
TYPES = {"list": "string"}
"""Types of ours that a Table Schema has under another name."""
RIGHTS = "Judul, cuplikan dan teks berita adalah milik penerbitnya (UU 28/2014); kutip dengan menyebut sumber"
README = f"""# Data Pantau

- `{DESCRIPTOR}`: kamus data (nama, tipe, arti tiap kolom dalam bahasa Indonesia dan Inggris), jumlah baris dan sidik
  jari SHA-256 tiap berkas; periksa dengan `frictionless validate`.
- CSV: UTF-8, koma, tanggal ISO 8601 (waktu Jakarta), titik desimal, isi daftar dipisah `|`. Teks yang berawalan
  `=` `+` `-` `@` diberi tanda petik (') di depan agar tidak dijalankan sebagai rumus; `pantau.data.read_csv`
  melepasnya kembali.
- {RIGHTS}.
"""


def descriptor(tables: Mapping[str, Schema], files: Iterable[Written]) -> str:
    """What ``datapackage.json`` says of the files."""
    written = list(files)
    beside = {file.table for file in written}
    package = {
        "profile": "tabular-data-package",
        "name": "pantau",
        "licenses": [{"name": "other-closed", "title": RIGHTS}],
        "resources": [_resource(tables[file.table], file, beside) for file in written],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def table_schema(table: Schema, *, beside: Collection[str]) -> Row:
    """The dictionary of a table as a Table Schema; references only to tables that are ``beside`` it."""
    links = [
        {"fields": [name], "reference": {"resource": other, "fields": [field]}}
        for name, (other, field) in table.references.items()
        if other in beside
    ]
    schema: Row = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    return schema | ({"foreignKeys": links} if links else {})


def _field(column: Column) -> Row:
    described = {"description": column.en, "keterangan": column.id}
    form = {"format": column.format} if column.format else {}
    return {"name": column.name, "type": TYPES.get(column.type, column.type)} | form | described


def _resource(table: Schema, file: Written, beside: Collection[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": file.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.en,
        "keterangan": table.id,
        "rows": file.rows,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": table_schema(table, beside=beside),
    }
