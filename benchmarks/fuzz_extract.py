"""Broken, hostile and absurd pages for the extractor: each must give an article or a reason, in bounded time.

``python -m benchmarks.fuzz_extract --minutes 30`` changes the pages under ``tests/pages`` at random and reads them.
What fails or is slow is kept (``--keep``) and makes the exit code 1; ``--seed`` repeats a run. With ``--atheris`` the
changes are led by coverage (extra ``fuzz``).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scraper.errors import ExtractionError
from scraper.page.extract import extract_article

PAGES = Path(__file__).parents[1] / "tests" / "pages"
SLOW = 20.0
"""Seconds of processor time that no page may take."""

_LONGEST = 400_000
_REPEATS = (2, 10, 300, 5000)
_STRANGE = ("\0", "\x1f", "\u200b", "\u202e", "\ufeff", "\ufffe")
_WRITTEN = r"""<div>|</div>|<p>|<br>|<table><tr><td>|<ul><li>|<blockquote>|<h1>|<h2 class='judul'>|<a href='/x'>|<form>
    |<svg>|</html>|<time datetime='2021-04-07T10:34'>|<script type='application/ld+json'>{|<!--|-->|<![CDATA[
    |<base href='//['>|<meta charset='utf-16'>|<meta charset='shift_jis'>|<article class='related'>|&amp;amp;quot;|&#0;
    |&#31;|&#x110000;|&#xd800;|Baca juga: |Penulis: |Tags: a, b|Jakarta - |((((
    |A A A A A A A |7/4/21 |#a #b |___|(Foto: |â€œ|Ã|Rabu, 31 Februari 2021 &#124; 25:61 WIB"""
_TOKENS = (*_STRANGE, *_WRITTEN.replace("\n    ", "").split("|"))
Change = Callable[[bytes, random.Random], bytes]


def main(argv: list[str] | None = None) -> int:
    """Fuzz for the minutes given; 1 where a page failed or was slow."""
    options = _options(argv)
    seeds = [path.read_bytes() for path in sorted(PAGES.glob("*/*/page.html"))]
    if not seeds:
        print(f"skipped: no pages under {PAGES}")
        return 0
    if options.atheris:
        return _with_atheris(seeds, options)
    chance = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    failed = 0
    end = time.monotonic() + 60 * options.minutes
    while outcomes.total() < options.pages if options.pages else time.monotonic() < end:
        page = changed(seeds, chance)
        outcome, seconds = read(page)
        outcomes[outcome] += 1
        if outcome.startswith("failed") or seconds > SLOW:
            failed += 1
            print(f"{outcome} in {seconds:.1f} s: {_kept(page, options.keep)}")
    print(f"{outcomes.total()} pages, seed {options.seed}: " + ", ".join(f"{n} {k}" for k, n in outcomes.most_common()))
    return 1 if failed else 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_extract", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long to go on")
    parser.add_argument("--pages", type=int, default=0, metavar="N", help="read N pages instead, however long it takes")
    parser.add_argument("--seed", type=int, default=0, help="start of the random numbers")
    parser.add_argument(
        "--keep", type=Path, default=Path("fuzz"), metavar="DIR", help="where failing pages are written"
    )
    parser.add_argument("--atheris", action="store_true", help="let coverage lead the changes")
    return parser.parse_args(argv)


def read(page: bytes) -> tuple[str, float]:
    """What came of a page (``article``, a skip reason, ``failed: ...``), and the seconds of processor time."""
    started = time.process_time()
    try:
        article = extract_article(page, url="https://kabar.test/ekonomi/1/tekan-harga")
        outcome = "article" if article.text and article.title is not None else "failed: an article without text"
    except ExtractionError as error:
        outcome = error.reason
    except Exception as error:  # whatever else is raised is what we look for
        outcome = f"failed: {type(error).__name__}: {error}"
    return outcome, time.process_time() - started


def changed(seeds: list[bytes], chance: random.Random) -> bytes:
    """A page with one to six changes."""
    page = chance.choice(seeds)
    for _ in range(chance.randint(1, 6)):
        page = chance.choice(_CHANGES)(page, chance)[:_LONGEST]
    return page


def _cut(page: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(page, chance)
    return page[:start] + page[end:]


def _repeat(page: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(page, chance)
    times = min(chance.choice(_REPEATS), _LONGEST // max(1, end - start))
    return page[:start] + page[start:end] * times + page[end:]


def _move(page: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(page, chance)
    place = chance.randrange(len(page) + 1)
    return page[:place] + page[start:end] + page[place:]


def _insert(page: bytes, chance: random.Random) -> bytes:
    token = chance.choice(_TOKENS).encode("utf-8", "replace") * chance.choice((1, 1, 1, *_REPEATS))
    place = chance.randrange(len(page) + 1)
    return page[:place] + token + page[place:]


def _flip(page: bytes, chance: random.Random) -> bytes:
    out = bytearray(page)
    for _ in range(chance.randint(1, 50) if out else 0):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _recode(page: bytes, chance: random.Random) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "cp1252", "utf-7", "shift_jis", "utf-32")), "replace")


def _misread(page: bytes, chance: random.Random) -> bytes:
    return page.decode(chance.choice(("latin-1", "cp1252")), "replace").encode()


def _stretch(page: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(page) + 1)
    return start, min(len(page), start + int(chance.paretovariate(0.6)))


_CHANGES: tuple[Change, ...] = (_cut, _repeat, _move, _insert, _insert, _flip, _recode, _misread)


def _kept(page: bytes, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(page).hexdigest()[:16]}.html"
    path.write_bytes(page)
    return path


def _with_atheris(seeds: list[bytes], options: argparse.Namespace) -> int:
    try:
        import atheris
    except ImportError:
        print("skipped: atheris is not installed; pip install 'pantau[fuzz]'")
        return 0
    corpus = options.keep / "corpus"
    for page in seeds:
        _kept(page, corpus)

    def one(page: bytes) -> None:
        with suppress(ExtractionError):
            extract_article(page, url=None)

    atheris.instrument_all()
    limits = (f"-max_total_time={int(60 * options.minutes)}", f"-timeout={int(SLOW)}", f"-seed={options.seed + 1}")
    atheris.Setup([sys.argv[0], str(corpus), f"-artifact_prefix={options.keep}/", *limits], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
