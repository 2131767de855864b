"""The long forms of tests and benchmarks, one after the other; what they print goes to ``docs/measurements.md``.

``make soak`` takes a night. A step that fails does not stop the others; the exit code is then 1. What was broken off
goes on with ``python -m benchmarks.soak --resume``, and ``python -m benchmarks.soak MODULE`` runs one part.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scraper.clock import now

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "measurements.md"
FAILED = "Ended with exit code"
HEAD = (
    "# Measurements\n\nWhat `make soak` printed, the newest last. Times belong to the machine; ratios are of one run.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One long measurement: its heading, and the module of ``benchmarks`` with its arguments."""

    title: str
    module: str
    arguments: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """As it is typed."""
        return " ".join(("python -m", f"benchmarks.{self.module}", *self.arguments))


STEPS = (
    Step(title="Extraction", module="extraction"),
    Step(title="Tagging", module="tagging"),
    Step(title="Stories and releases", module="stories", arguments=("--stories", "5000")),
    Step(title="Crawls of sites that nobody described", module="crawl"),
    Step(title="The same with faults", module="crawl", arguments=("--faults", "--no-rivals")),
    Step(title="Memory over 5,000 pages", module="crawl", arguments=("--memory",)),
    Step(title="Killed crawls", module="soak_kill", arguments=("--rounds", "100")),
    Step(title="Killed while the index follows", module="soak_index", arguments=("--rounds", "100")),
    Step(title="The whole of it killed", module="soak_run", arguments=("--rounds", "50")),
    Step(title="The digest of a week with far too much in it", module="busy_week", arguments=("--articles", "5000")),
    Step(title="A digest to 2,000 readers", module="mail", arguments=("--readers", "2000", "--check")),
    Step(title="The same with a sender that is killed", module="mail", arguments=("--kills", "20", "--check")),
    Step(title="Broken and hostile pages", module="fuzz_extract", arguments=("--minutes", "30")),
    Step(title="Order of search hits", module="relevance"),
    Step(title="Search in 1,000,000 articles", module="search", arguments=("--articles", "1000000", "--check")),
    Step(title="Pages over 200,000 articles", module="web", arguments=("--articles", "200000", "--check")),
    Step(title="Export of 200,000 articles", module="export", arguments=("--articles", "200000", "--check")),
)


def main() -> int:
    """Run the steps, or those that are named, and write down what they print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("modules", nargs="*", help="only the steps of these modules of benchmarks")
    parser.add_argument("--page", type=Path, default=PAGE, help="file to write to (default: docs/measurements.md)")
    parser.add_argument("--resume", action="store_true", help="leave out what the file has of this commit already")
    options = parser.parse_args()
    known = {step.module for step in STEPS}
    if wrong := sorted(set(options.modules) - known):
        parser.error(f"there is no step {wrong[0]!r}; choose from {', '.join(sorted(known))}")
    commit = _commit()
    done = finished(options.page, commit) if options.resume else frozenset()
    chosen = [step for step in STEPS if not options.modules or step.module in options.modules]
    heading = f"\n## {now():%Y-%m-%d}, commit {commit}\n"
    _append(options.page, heading if options.page.exists() else HEAD + heading)
    return max((_run(step, page=options.page) for step in chosen if step.command not in done), default=0)


def finished(page: Path, commit: str) -> frozenset[str]:
    """The commands that ended well at a commit, as far as a file of measurements tells."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    runs = [run for run in text.split("\n## ")[1:] if run.partition("\n")[0].endswith(f"commit {commit}")]
    steps = [step for run in runs for step in run.split("\n### ")[1:]]
    return frozenset(step.split("`")[1] for step in steps if FAILED not in step)


def _run(step: Step, *, page: Path) -> int:
    """Run one step beside this process; its output is written down whether or not it reached its figures."""
    print(f"== {step.title}: {step.command}", flush=True)
    arguments = [sys.executable, "-m", f"benchmarks.{step.module}", *step.arguments]
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, flush=True)
    ending = "" if done.returncode == 0 else f"\n{FAILED} {done.returncode}.\n"
    _append(page, f"\n### {step.title}\n\n`{step.command}`\n\n```text\n{done.stdout.rstrip()}\n```\n{ending}")
    return min(done.returncode, 1) if done.returncode >= 0 else 1


def _append(page: Path, text: str) -> None:
    with page.open("a", encoding="utf-8") as file:
        file.write(text)


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
