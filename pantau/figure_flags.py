"""What the tagger noted beside a figure, in words: what it is compared with, and what to look at twice."""

from __future__ import annotations

from collections.abc import Iterable

from pantau.translations import N_
from pantau.translations import gettext as _

COMPARED = {"yoy": N_("dibanding setahun sebelumnya"), "mtm": N_("dibanding sebulan sebelumnya")}
"""Notes that are no doubt: they tell what a change is measured against."""
DOUBTS = {
    "implausible-scale": N_("skala tidak masuk akal"),
    "ambiguous-separator": N_("titik atau koma dapat dibaca dua cara"),
    "points-not-percent": N_("mungkin poin persen"),
    "hoax": N_("dari pesan yang dibantah"),
}


def is_doubtful(flags: Iterable[str]) -> bool:
    """Whether somebody should look at the figure before it is used."""
    return any(flag not in COMPARED for flag in flags)


def flag_phrase(flag: str) -> str:
    """One note as a reader is told it; a new one as it is written."""
    if flag in COMPARED:
        return _(COMPARED[flag])
    doubt = _(DOUBTS[flag]) if flag in DOUBTS else flag
    return _("periksa: %(doubt)s") % {"doubt": doubt}
