"""What the unit and the words of a figure tell of its money: the currency, and the multiplier that was written."""

from __future__ import annotations

import re
from functools import lru_cache

CURRENCIES = frozenset({"IDR", "USD", "SGD", "EUR", "JPY", "CNY", "MYR", "SAR", "GBP", "AUD"})
_SCALES = {
    "ribu": 1e3,
    "rb": 1e3,
    "juta": 1e6,
    "jt": 1e6,
    "miliar": 1e9,
    "milyar": 1e9,
    "triliun": 1e12,
    "trilyun": 1e12,
}
_SCALE = re.compile(rf"\b({'|'.join(_SCALES)})\b", re.IGNORECASE)


def currency_of(unit: str) -> str | None:
    """``IDR`` of ``IDR`` and ``IDR/kg``; nothing for a unit that is no money."""
    head = unit.split("/", 1)[0]
    return head if head in CURRENCIES else None


@lru_cache(maxsize=4096)
def scale_of(surface: str) -> float | None:
    """The multiplier that a figure was written with: 1e9 of ``Rp2,5 miliar``; the greatest where there are several."""
    return max((_SCALES[word.lower()] for word in _SCALE.findall(surface)), default=None)
