"""Codes of areas: what BPS calls an area that Kemendagri calls by another number."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def bps_codes() -> dict[str, str]:
    """Kemendagri code -> BPS code, of provinces, of regencies on Java and of districts of Banten.

    The digits are the same for most of Java and differ elsewhere, so what is not listed is not guessed.
    """
    with files("storage.datasets").joinpath("bps_codes.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["bps_code"] for row in csv.DictReader(file)}


def bps_code(code: str | None) -> str | None:
    """The BPS code of an area, where it is known."""
    return bps_codes().get(code) if code else None
