"""Which articles tell one story, and which ran a release: precision and recall on texts that were changed on purpose.

``python -m benchmarks.stories`` makes up an archive, changes its texts as outlets do (paragraphs replaced, dropped,
moved and reworded, other figures, the outlet's own words around, other typography; 10 to 40 % of the paragraphs), adds
forms that one outlet fills in every day, and lets the real database group them. Releases are run whole, in part, in
other words, or by one quote. ``--check`` compares with ``benchmarks/floors.json`` and exits with 1 on a drop.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import combinations, count, islice
from pathlib import Path
from random import Random

from benchmarks.relevance import demo_articles
from benchmarks.rewrites import Rewriter
from benchmarks.scoring import check_floors
from benchmarks.synthetic import Archive
from scraper.clock import WIB
from scraper.config import load_config
from scraper.items import Article, DatedBy
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.bulk import save_articles
from storage.stories.clusters import update_clusters
from storage.stories.pickups import pickup_report, update_pickups
from storage.stories.releases import add_release

SHARES = (0.1, 0.2, 0.3, 0.4)
"""Of the paragraphs that are changed."""
VARIANTS = 3
"""Changed copies of a story."""
FORM_DAYS = 10
DAYS = 45
"""In which all made-up stories are published."""
FOOTER = (
    "Redaksi {outlet} menerima hak jawab dan hak koreksi dari pembaca melalui surat elektronik yang tercantum pada "
    "laman kontak kami setiap hari kerja."
)
KEPT = (1.0, 0.6, 0.4, 0.2)
"""Of a release's paragraphs that an outlet runs."""
Figures = dict[str, dict[str, float]]


@dataclass(slots=True)
class Case:
    """Articles with what is true of them."""

    articles: list[Article] = field(default_factory=list)
    story: dict[str, str] = field(default_factory=dict)
    """Article id -> the story that it tells."""
    edit: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Article id -> how it was changed, and by how much."""

    def add(self, article: Article, story: str, edit: str = "", share: float = 0.0) -> None:
        """Put an article in."""
        self.articles.append(article)
        self.story[article.id] = story
        if edit:
            self.edit[article.id] = (edit, share)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a drop."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stories", description=__doc__)
    parser.add_argument("--stories", type=int, default=1_500, help="stories that are made up (default: %(default)s)")
    parser.add_argument("--releases", type=int, default=300, help="releases that are made up (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=5, help="of all that is made up (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="compare with the floors; exit 1 on a drop")
    options = parser.parse_args(argv)
    figures = measure(stories=options.stories, releases=options.releases, seed=options.seed)
    print(json.dumps(figures, indent=1)) if options.json else _print(figures)
    return check_floors("stories", figures) if options.check else 0


def measure(*, stories: int, releases: int, seed: int) -> Figures:
    """All figures, by what is measured."""
    return {
        **_clusters(changed_stories(stories, seed=seed)),
        "demo": _pairs(demo_case())[0],
        **_pickups(releases, seed=seed),
    }


def changed_stories(stories: int, *, seed: int) -> Case:
    """Made-up stories, each with changed copies in other outlets, and forms that are filled in every day."""
    rng, case = Random(seed), Case()
    originals = [_crowded(article, rng) for article, _ in Archive(stories, seed=seed)]
    rewriter = Rewriter(rng, _strangers(seed))
    for number, original in enumerate(originals):
        story = f"s{number}"
        case.add(original, story)
        for copy in range(VARIANTS):
            edit, change = rng.choice(list(rewriter.edits().items()))
            share = rng.choice(SHARES)
            text = "\n\n".join(change(original.text.split("\n\n"), share))
            case.add(_copy(original, text, outlet=f"salinan{copy}", hours=rng.randint(0, 48)), story, edit, share)
    for number in range(max(1, stories // 50)):
        for article in _forms(rng, number):
            case.add(article, article.id)
    return case


def _strangers(seed: int) -> Iterator[str]:
    """Paragraphs that stand in no other article, without end."""
    for number in count():
        for article, _ in Archive(1_000, seed=seed + 1_000 + number):
            yield from article.text.split("\n\n")


def with_figures(text: str, rng: Random) -> str:
    """The text with a few numbers in it."""
    words = text.split(" ")
    for at in range(7, len(words), 40):
        words[at] = f"{rng.randint(2, 9)}.{rng.randint(100, 999)}"
    return " ".join(words)


def demo_case() -> Case:
    """The demo newsroom: the versions of a story are written anew by each outlet, sharing little but the quotes."""
    case = Case()
    for key, article in demo_articles().items():
        case.add(article, key.partition("@")[0])
    return case


def _crowded(article: Article, rng: Random) -> Article:
    """Within a few weeks of all others, some cut short, some with the lines that their outlet puts under everything."""
    moment = datetime(2026, 1, 1, 6, tzinfo=WIB) + timedelta(hours=rng.randint(0, DAYS * 24))
    parts = with_figures(article.text, rng).split("\n\n")
    parts = parts[: rng.randint(4, len(parts))] if rng.random() < 0.3 else parts
    parts += [FOOTER.format(outlet=article.site)] if rng.random() < 0.3 else []
    dated = DatedBy(value=moment, evidence="given", raw="")
    return replace(article, text="\n\n".join(parts), published=dated)


def _copy(original: Article, text: str, *, outlet: str, hours: int) -> Article:
    assert original.published is not None
    moment = original.published.value
    assert isinstance(moment, datetime)
    dated = DatedBy(value=moment + timedelta(hours=hours), evidence="given", raw="")
    url = f"{original.canonical_url}/{outlet}"
    return Article(canonical_url=url, title=f"{outlet} {original.title}", text=text, site=outlet, published=dated)


def _forms(rng: Random, number: int) -> Iterator[Article]:
    """Prices of one market, day after day."""
    goods = ("beras medium", "gula pasir", "minyak goreng curah", "telur ayam ras", "daging sapi", "cabai rawit merah")
    for day in range(FORM_DAYS):
        prices = ", ".join(f"{name} Rp{rng.randint(10, 140)}.{rng.randint(1, 9)}00 per kilogram" for name in goods)
        dated = DatedBy(value=date(2026, 1, 5) + timedelta(days=day), evidence="given", raw="")
        url = f"https://pasar{number}.example/{day}"
        text = f"Harga bahan pokok di Pasar {number} hari ini: {prices}. Data dihimpun petugas dari sepuluh pedagang."
        yield Article(canonical_url=url, title=f"Harga {day}", text=text, site=f"pasar{number}", published=dated)


def _clusters(case: Case) -> Figures:
    """Of all, and recall by share and by kind of change."""
    whole, found = _pairs(case)
    parts: dict[str, list[bool]] = defaultdict(list)
    for original, copies in _by_original(case).items():
        for copy in copies:
            edit, share = case.edit[copy]
            same = found[copy] == found[original]
            parts[f"clusters {share:.0%}"].append(same)
            parts[f"clusters {edit}"].append(same)
    recalls = {name: {"recall": round(sum(hits) / len(hits), 4)} for name, hits in sorted(parts.items())}
    return {"clusters": whole, **recalls}


def _by_original(case: Case) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for article in case.articles:
        groups[case.story[article.id]].append(article.id)
    return {ids[0]: [copy for copy in ids[1:] if copy in case.edit] for ids in groups.values()}


def _pairs(case: Case) -> tuple[dict[str, float], dict[str, str]]:
    """Pairs that stand together against pairs that should; and what each article was grouped under."""
    with tempfile.TemporaryDirectory(prefix="pantau-stories-") as folder:
        db = _stored(Path(folder), case.articles)
        started = time.process_time()
        update_clusters(db)
        seconds = time.process_time() - started
        with db.read() as session:
            found = {stored.id: stored.cluster for stored in iter_articles(session)}
        db.close()
    together, true = _groups(found), _groups(case.story)
    right = len(together & true)
    figures = {
        "precision": round(right / (len(together) or 1), 4),
        "recall": round(right / (len(true) or 1), 4),
        "articles": len(case.articles),
        "articles/cpu-s": round(len(case.articles) / max(seconds, 1e-6)),
    }
    return figures, found


def _groups(by_article: dict[str, str]) -> set[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for article, group in by_article.items():
        groups[group].append(article)
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def _stored(folder: Path, articles: Iterable[Article]) -> Database:
    db = Database.open(load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml"))
    with db.write() as session:
        save_articles(session, list(articles))
    return db


def _pickups(releases: int, *, seed: int) -> Figures:
    """Who is found to have run a release, by how much of it was run and how it was changed."""
    rng = Random(seed + 1)
    texts = [article.text for article, _ in Archive(2 * releases, seed=seed + 1)]
    rewriter = Rewriter(rng, _strangers(seed + 1))
    made = [_release_text(text, number, rng) for number, text in enumerate(texts[:releases])]
    articles: dict[str, tuple[Article, int | None, str]] = {}
    for number, text in enumerate(made):
        for name, changed in _runs(text.split("\n\n"), rewriter):
            article = _published(f"{number}/{name}", changed, rng)
            articles[article.id] = (article, number, name)
    for number, text in enumerate(texts[releases:]):
        article = _published(f"sendiri/{number}", with_figures(text, rng), rng)
        articles[article.id] = (article, None, "")
    found, seconds = _found(made, [article for article, _, _ in articles.values()])
    right = {(number, key) for key, (_, number, _) in articles.items() if number is not None}
    parts: dict[str, list[bool]] = defaultdict(list)
    for number, key in right:
        parts[f"pick-ups {articles[key][2]}"].append((number, key) in found)
    whole = {
        "precision": round(len(found & right) / (len(found) or 1), 4),
        "recall": round(len(found & right) / (len(right) or 1), 4),
        "articles": len(articles),
        "articles/cpu-s": round(len(articles) / max(seconds, 1e-6)),
    }
    return {
        "pick-ups": whole,
        **{name: {"recall": round(sum(hits) / len(hits), 4)} for name, hits in sorted(parts.items())},
    }


def _release_text(text: str, number: int, rng: Random) -> str:
    """A text with numbers and two quotes."""
    paragraphs = with_figures(text, rng).split("\n\n")
    for at in (1, 4):
        said = " ".join(paragraphs[at % len(paragraphs)].split()[:14]).rstrip(".,")
        paragraphs.insert(at, f'"{said}," kata juru bicara nomor {number}.')
    return "\n\n".join(paragraphs)


def _runs(paragraphs: list[str], rewriter: Rewriter) -> Iterator[tuple[str, list[str]]]:
    """What outlets make of a release, by name."""
    for kept in KEPT:
        yield f"{kept:.0%} kept", rewriter.frame(rewriter.drop(paragraphs, 1 - kept), 0.0)
    for name, edit in rewriter.edits().items():
        yield name, edit(paragraphs, 0.4)
    own = list(islice(rewriter.strangers, 6))
    quote = next(paragraph for paragraph in paragraphs if paragraph.startswith('"'))
    yield "quote only", [*own[:3], quote.replace('"', "”"), *own[3:]]


def _published(name: str, paragraphs: list[str] | str, rng: Random) -> Article:
    moment = datetime(2026, 3, 2, 9, tzinfo=WIB) + timedelta(hours=rng.randint(0, 72))
    text = paragraphs if isinstance(paragraphs, str) else "\n\n".join(paragraphs)
    url = f"https://media.example/{name.replace(' ', '-')}"
    dated = DatedBy(value=moment, evidence="given", raw="")
    return Article(canonical_url=url, title=name, text=text, site=f"media{rng.randint(0, 30)}", published=dated)


def _found(releases: Sequence[str], articles: Sequence[Article]) -> tuple[set[tuple[int, str]], float]:
    """Pairs of a release and an article that ran it, and the processor's seconds."""
    with tempfile.TemporaryDirectory(prefix="pantau-stories-") as folder:
        db = _stored(Path(folder), articles)
        with db.write() as session:
            ids = [
                add_release(session, text=text, title=f"Rilis {number}", by="", released=date(2026, 3, 2)).id
                for number, text in enumerate(releases)
            ]
        started = time.process_time()
        update_pickups(db)
        seconds = time.process_time() - started
        with db.read() as session:
            found = {
                (number, pickup.article_id)
                for number, release in enumerate(ids)
                for pickup in pickup_report(session, release).pickups
            }
        db.close()
    return found, seconds


def _print(figures: Figures) -> None:
    print(f"{'':24}{'precision':>10}{'recall':>10}{'articles':>10}{'per cpu-s':>10}")
    for name, values in figures.items():
        cells = [values.get(key) for key in ("precision", "recall", "articles", "articles/cpu-s")]
        shown = ["" if cell is None else f"{cell:.4f}" if at < 2 else f"{cell:,.0f}" for at, cell in enumerate(cells)]
        print(f"{name:24}" + "".join(f"{cell:>10}" for cell in shown))


if __name__ == "__main__":
    raise SystemExit(main())
