"""The forms in which people correct tags: their fields, and what these say of a tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from pantau.translations import gettext as _
from pantau.web.refusals import Refusal
from storage.records.correction_values import WHOLE, Action, TagKind

TEXTS = {
    "person": {"nama": "name"},
    "program": {"nama": "name"},
    "figure": {"satuan": "unit", "ukuran": "measures", "periode": "period", "tempat": "place", "pembicara": "speaker"},
    "quote": {"pembicara": "speaker", "ragam": "kind"},
    "place": {"kode": "code"},
    "topic": {"topik": "topic"},
    "kind": {"sebagai": "kind"},
}
"""Kind -> field of its form -> what it says; an empty field takes back what was said."""
NUMBERS = {"nilai": "value", "nilai_maks": "value_max"}
NEEDED = ("name", "unit", "kind", "topic", "value")
"""What a tag cannot be without: an empty field leaves it as it is."""
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A correction that somebody asks for."""

    kind: TagKind
    action: Action
    start: int | None
    end: int | None
    values: dict[str, Any]
    text_version: str | None


def read_form(form: Form, text: str) -> Wanted:
    """What a form asks for on an article's text. Raises Refusal for what is no form of ours."""
    kind, action = form.get("jenis", ""), form.get("aksi", "")
    if kind not in get_args(TagKind) or action not in get_args(Action):
        raise Refusal(400, _("Formulir ini tidak dikenal; muat ulang artikelnya."))
    start, end = (None, None) if kind in WHOLE else _place(form, text)
    values = _values(kind, form) if action != "delete" or kind == "topic" else {}
    if action == "delete" and kind in ("person", "program"):
        values = {"whole": form.get("semua") == "1"}
    return Wanted(
        kind=cast(TagKind, kind), action=cast(Action, action), start=start, end=end, values=values,
        text_version=form.get("teks") or None,
    )  # fmt: skip


def number(text: str) -> float:
    """``90.128`` and ``5,98`` as people write them. Raises Refusal."""
    plain = text.strip().replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?", plain):
        return float(plain.replace(".", "").replace(",", "."))
    try:
        return float(plain)
    except ValueError as error:
        raise Refusal(400, _("“%(text)s” bukan angka; tulis misalnya 90.128 atau 5,98.") % {"text": text}) from error


def _values(kind: str, form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: form[field].strip() or None for field, name in TEXTS.get(kind, {}).items() if field in form
    }
    if kind == "figure":
        found |= {name: number(form[field]) if form[field].strip() else None
                  for field, name in NUMBERS.items() if field in form}  # fmt: skip
    if kind == "person" and "jabatan" in form:
        found["offices"] = [line.strip() for line in form["jabatan"].splitlines() if line.strip()]
        found["official"] = form.get("pejabat") == "1"
    return {name: value for name, value in found.items() if value is not None or name not in NEEDED}


def _place(form: Form, text: str) -> tuple[int, int]:
    """Where the tag stands: by its indices, or the words that were pasted and which of equal ones they are."""
    if words := form.get("kutipan", "").strip():
        found = [match.start() for match in re.finditer(re.escape(words), text)]
        at = min(max(_integer(form.get("ke", "1")), 1), len(found)) - 1
        if not found:
            raise Refusal(400, _("“%(words)s” tidak ada di dalam teks; salin persis.") % {"words": words[:80]})
        return found[at], found[at] + len(words)
    return _integer(form.get("awal", "")), _integer(form.get("akhir", ""))


def _integer(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Refusal(400, _("Formulir ini tidak dikenal; muat ulang artikelnya."))
    return int(text)
