"""A correction in words, for the history of an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pantau import wording
from pantau.translations import N_
from pantau.translations import gettext as _
from pantau.web.tag_entries import KINDS
from storage.records.correcting import Correction

ACTIONS = {"add": N_("ditambahkan"), "change": N_("diubah"), "delete": N_("dihapus")}
FACTS = {
    "name": N_("nama"),
    "official": N_("pejabat"),
    "offices": N_("jabatan"),
    "person_id": N_("kode di daftar"),
    "program_id": N_("kode di daftar"),
    "value": N_("nilai"),
    "value_max": N_("nilai tertinggi"),
    "unit": N_("satuan"),
    "modifier": N_("ketepatan"),
    "measures": N_("yang diukur"),
    "period": N_("periode"),
    "place": N_("wilayah"),
    "speaker": N_("pembicara"),
    "indicator": N_("indikator"),
    "direction": N_("arah"),
    "base": N_("nilai sebelumnya"),
    "role": N_("target atau realisasi"),
    "kind": N_("jenis"),
    "verb": N_("kata kerja"),
    "code": N_("kode wilayah"),
    "flags": N_("catatan mesin"),
}
LONGEST = 80


def correction_phrase(made: Correction) -> str:
    """``Angka “12 kios” diubah: nilai 12 → 13``."""
    if made.kind == "topic":
        label = wording.topic_label(str(made.values.get("topic", "")))
        return f"{_('Topik')} “{label}” {_(ACTIONS[made.action])}"
    if made.kind == "kind":
        return f"{_('Jenis')} {_(ACTIONS[made.action])}: {wording.kind_label(str(made.values.get('kind', '')))}"
    said = f"{_(KINDS[made.kind])} “{_shown(made.anchor.quoted)}” {_(ACTIONS[made.action])}"
    changes = "; ".join(_changes(made.values, made.was)) if made.action != "delete" else ""
    return f"{said}: {changes}" if changes else said


def _changes(values: Mapping[str, Any], was: Mapping[str, Any]) -> list[str]:
    """What was said anew, beside what it was."""
    told = []
    for name, value in values.items():
        if name == "whole" or (name in was and was[name] == value):
            continue
        old = f"{_shown(was[name])} → " if was.get(name) not in (None, "", []) else ""
        told.append(f"{_(FACTS.get(name, name))} {old}{_shown(value)}")
    return told


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, float | int):
        return wording.number(value)
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
