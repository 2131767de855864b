"""Long work as child processes: each is a ``pantau`` command, so a crash there harms nothing here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from scraper.errors import PantauError


class ChildFailed(PantauError):
    """A command run as a child process ended with an error; its own output says why."""


def run_command(*arguments: str, environ: Mapping[str, str] | None = None) -> None:
    """Run ``pantau ARGUMENTS`` and wait; its output goes where ours goes. Raises ChildFailed."""
    code = subprocess.run(
        [sys.executable, "-m", "pantau", *arguments], env={**os.environ, **(environ or {})}, check=False
    ).returncode
    if code:
        raise ChildFailed(f"`pantau {' '.join(arguments)}` ended with exit code {code}; see its message above")
