"""``python -m nlp.docbin IN.jsonl OUT.spacy``: texts with their spans as spaCy's own training file.

IN holds rows as ``pantau tag --jsonl`` prints them: ``text`` with ``people``, ``orgs``, ``places`` and ``programs``.
``doc.ents`` gets the longest of spans that overlap, ``doc.spans["all"]`` every one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from nlp.pipeline import build_blank
from scraper.errors import InputError, PantauError

Row = dict[str, Any]
NAMED = {"people": "PER", "programs": "PROGRAM"}
"""Fields whose items have mentions, with the label of these."""
PLAIN = {"orgs": "ORG", "places": "LOC"}
"""Fields whose items are spans themselves."""


def main(arguments: list[str] | None = None) -> int:
    """Write the file and say how many texts it has; exit 1 with one line where a row is wrong."""
    parser = argparse.ArgumentParser(prog="python -m nlp.docbin", description=__doc__)
    parser.add_argument("source", type=Path, help="tagged rows, one JSON object a line")
    parser.add_argument("target", type=Path, help="file to write, e.g. news.spacy")
    options = parser.parse_args(arguments)
    try:
        store = to_docbin(_rows(options.source))
        options.target.write_bytes(store.to_bytes())
    except (PantauError, OSError) as error:
        print(f"nlp.docbin: {error}", file=sys.stderr)
        return 1
    print(f"{len(store)} texts written to {options.target}", file=sys.stderr)
    return 0


def to_docbin(rows: Iterable[Row]) -> DocBin:
    """The rows on the tokens of our own tokenizer; a span off their bounds grows to them."""
    pipeline = build_blank(names=[])
    store = DocBin(store_user_data=True)
    for row in rows:
        store.add(_doc(pipeline, row))
    return store


def _doc(pipeline: Language, row: Row) -> Doc:
    doc = pipeline.make_doc(row["text"])
    doc.user_data["id"] = row.get("id")
    spans = [span for start, end, label in _labelled(row) if (span := _span(doc, start, end, label)) is not None]
    doc.spans["all"] = spans
    doc.ents = filter_spans(spans)
    return doc


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def _labelled(row: Row) -> Iterator[tuple[int, int, str]]:
    try:
        for field, label in NAMED.items():
            yield from ((at["start"], at["end"], label) for item in row.get(field) or () for at in item["mentions"])
        for field, label in PLAIN.items():
            yield from ((item["start"], item["end"], label) for item in row.get(field) or ())
    except (KeyError, TypeError) as error:
        raise InputError(f"row {row.get('id')!r} has tags of another shape ({error!r}); see pantau tag") from error


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, where=f"{path}:{number}")


def _row(line: str, *, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is no JSON ({error}); give one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError(f'{where} has no text; export with --full-text, or write {{"text": "..."}}')
    return row


if __name__ == "__main__":
    sys.exit(main())
