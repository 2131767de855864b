"""What the quality benchmarks share: the corpora's own scorer, and floors under which no figure may fall."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

FLOORS = Path(__file__).with_name("floors.json")
Figures = Mapping[str, Mapping[str, float]]


def load_scorer(path: Path) -> ModuleType:
    """The scorer that lies beside a gold file; raises ImportError where it is no Python module."""
    spec = importlib.util.spec_from_file_location(f"corpora_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check_floors(name: str, figures: Figures, *, floors: Path = FLOORS) -> int:
    """Print each figure of benchmark ``name`` that lies under its floor; 1 where there is one, else 0.

    ``figures`` holds figures by set and name; one that is missing counts as 0. Speed has no floor, since it depends
    on the machine. What should be small (tags given where none belongs) has a ceiling: ``ceilings`` of the file.
    """
    limits = json.loads(floors.read_text(encoding="utf-8"))
    held: Figures = limits.get(name, {})
    drops = [
        f"{part} {key}: {figures.get(part, {}).get(key, 0.0):.4f} is under its floor {floor}"
        for part, wanted in held.items()
        for key, floor in wanted.items()
        if figures.get(part, {}).get(key, 0.0) < floor
    ]
    drops += [
        f"{part} {key}: {figures.get(part, {}).get(key, math.inf):g} is over its ceiling {ceiling}"
        for part, wanted in limits.get("ceilings", {}).get(name, {}).items()
        for key, ceiling in wanted.items()
        if figures.get(part, {}).get(key, math.inf) > ceiling
    ]
    print("\n".join(drops) or f"{name}: no figure under its floor", file=sys.stderr)
    return 1 if drops else 0
