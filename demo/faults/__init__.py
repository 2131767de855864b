"""What can go wrong at a site: kinds of faults that are switched on and off while it is on the air."""

from __future__ import annotations

from demo.faults import answers, lists, markup, pieces, refusals, traps
from demo.faults.desk import Faults
from demo.faults.kind import KINDS, Kind

__all__ = ["KINDS", "Faults", "Kind", "answers", "lists", "markup", "pieces", "refusals", "traps"]
