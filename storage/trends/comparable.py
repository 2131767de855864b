"""Figures made comparable: one unit for each measure, what exactly is measured, and how exact a value is. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from storage.search.stems import stems
from storage.search.words import plain

FACTORS: dict[str, tuple[str, float]] = {
    "g": ("kg", 0.001), "kuintal": ("kg", 100.0), "ton": ("kg", 1000.0), "mg": ("kg", 1e-6),
    "ml": ("l", 0.001), "kl": ("l", 1000.0), "m3": ("l", 1000.0),
    "mm": ("m", 0.001), "cm": ("m", 0.01), "km": ("m", 1000.0),
    "ha": ("m2", 10_000.0), "km2": ("m2", 1e6),
    "MW": ("kW", 1000.0), "MWh": ("kWh", 1000.0),
}  # fmt: skip
"""Unit -> the one of its measure, and how many of these it is. Currencies are never converted."""
SAME: dict[str, str] = {
    **dict.fromkeys(("jiwa", "warga", "penduduk", "orang penduduk"), "orang"),
    **dict.fromkeys(("kk", "kepala keluarga", "rumah tangga"), "keluarga"),
    **dict.fromkeys(("pelaku", "pelaku usaha", "pelaku umkm", "umkm", "unit umkm", "unit usaha", "ukm"), "pelaku umkm"),
    "keluarga penerima manfaat": "kpm",
}
"""Counted nouns that count the same things."""
GENERIC = (
    "jumlah jumlahnya total nilai besaran besar besarnya angka tingkat laju persentase realisasi target capaian "
    "sebesar sebanyak mencapai rata-rata rata data tercatat terdaftar terdata pada di dan yang untuk dari kota "
    "kabupaten provinsi daerah wilayah tahun bulan triwulan semester ini itu lalu sekarang saat baru harga"
)
"""Words that do not tell one thing measured from another."""
NEGATIVE = "deflasi kontraksi terkontraksi defisit minus"
"""Words in what is measured that turn a positive number into a negative one."""
INDICATOR_WORDS: dict[str, str] = {
    "umkm": "umkm ukm ikm usaha mikro kecil menengah pelaku unit",
    "inflasi": "inflasi deflasi",
    "pdrb": "pdrb pertumbuhan ekonomi perekonomian lpe kontraksi",
    "ketenagakerjaan": "pengangguran tpt terbuka penganggur",
    "kemiskinan": "kemiskinan miskin penduduk warga",
    "upah-minimum": "upah minimum ump umk umr",
    "pad": "pad pendapatan asli",
    "apbd": "apbd rapbd",
    "investasi": "investasi penanaman modal",
}
"""Indicator -> words that only name it."""
VAGUE = "anggaran belanja pajak bantuan dana biaya modal setara andalan target pagu"
"""Words that alone do not say what is measured."""
ROUGH = {"exact": 0.01, "approx": 0.05, "min": 0.05, "max": 0.05}
"""How far from its value a figure may be meant at most, as a share of it, by its modifier."""


def in_one_unit(value: float, unit: str) -> tuple[float, str]:
    """A value in the unit to which all of its measure are brought: ``1,5 ton`` is ``1500 kg``."""
    head, slash, per = unit.partition("/")
    head = SAME.get(head, head)
    name, factor = FACTORS.get(head, (head, 1.0))
    if per in FACTORS:
        per, by = FACTORS[per]
        factor /= by
    return value * factor, f"{name}{slash}{per}"


def signed(value: float, measures: str | None) -> float:
    """``deflasi 0,02`` as ``-0,02``."""
    return -value if value > 0 and _stems(NEGATIVE) & _stems(measures or "") else value


def subject(
    indicator: str | None, measures: str | None, unit: str = "", *, areas: Iterable[str] = ()
) -> frozenset[str] | None:
    """What tells one thing measured from others of its indicator; empty for the indicator itself.

    ``None`` where neither ``measures`` nor the unit says what is measured.
    """
    words, names = _stems(measures or ""), _stems(INDICATOR_WORDS.get(indicator or "", indicator or ""))
    told = words - _stems(GENERIC).union(names, *map(_stems, areas))
    if told - _stems(VAGUE) or names & (words | _stems(unit)):
        return told
    return None


def exactness(value: float, modifier: str) -> float:
    """How far the number meant may be from the number written: half of its last digit, at most a small share."""
    if not value:
        return 0.0
    digits = Decimal(repr(abs(value))).normalize().as_tuple()
    rounded = 0.5 * 10.0 ** int(digits.exponent)
    share = ROUGH.get(modifier, ROUGH["exact"]) * abs(value)
    return min(rounded, share) if modifier == "exact" else share


def bounds(value: float, value_max: float | None, modifier: str) -> tuple[float, float]:
    """The least and the greatest number that may be meant."""
    room = exactness(value, modifier)
    low, high = value - room, (value if value_max is None else value_max) + room
    if modifier == "min":
        high = math.inf
    return (-math.inf if modifier == "max" else low), high


@lru_cache(maxsize=10_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(stems(plain(words)))
