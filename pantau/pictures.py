"""A chart as a PNG picture, drawn in a child process: the drawing library grows by 180 MB and would stay in ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from scraper.errors import DeliveryError

SCALE = 2
"""Pixels for each point, for sharp screens."""
SECONDS = 60


def draw(chart: Mapping[str, Any]) -> bytes:
    """The PNG of a Vega-Lite specification; raises DeliveryError where it cannot be drawn."""
    command = [sys.executable, "-m", "pantau.pictures"]
    try:
        done = subprocess.run(
            command, input=json.dumps(chart).encode(), capture_output=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeliveryError("the chart could not be drawn (%(error)s)", error=error) from error
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise DeliveryError("the chart could not be drawn (%(reason).200s)", reason=reason[0])
    return done.stdout


def _draw_stdin() -> None:
    import vl_convert

    png = vl_convert.vegalite_to_png(sys.stdin.read(), scale=SCALE, allowed_base_urls=[])
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    _draw_stdin()
