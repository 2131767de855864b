"""Learns which addresses are articles: gathers like ones, looks at a few pages of each, and keeps what is proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from scrapy.http import TextResponse

from scraper.clock import now
from scraper.crawl.extraction import POOL, PageJob
from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.pagekind import Kind, Read, page_kind
from scraper.page.rules import GENERIC
from scraper.page.structured import read_structured
from spiders.discovery.anchors import tree_of
from spiders.discovery.clues import Clue, Clues
from spiders.discovery.makes import Make, make_of
from spiders.discovery.shapes import Form, take_apart
from spiders.discovery.visitor import Visitor

Note = Callable[[TextResponse], None]
MAX_SAMPLES = 8
PER_MAKE = 2
"""Pages looked at of a kind of address that lists of articles name; one more of others."""
MIN_GOOD = 2
MAX_MAKES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page that was looked at."""

    clue: Clue
    kind: Kind
    article: Article | None = None
    response: TextResponse | None = None


@dataclass(slots=True)
class Learned:
    """What is known of a site's article addresses."""

    makes: list[Make] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def pattern(self) -> str:
        """The regular expression of all makes; empty where nothing was learned."""
        patterns = [make.pattern for make in self.makes]
        if len(patterns) < 2:
            return "".join(patterns)
        bare = [pattern.replace("(?P<id>", "(") for pattern in patterns]
        return "|".join(f"(?:{pattern})" for pattern in bare)

    @property
    def articles(self) -> list[Sample]:
        """The samples that are articles."""
        return [sample for sample in self.samples if sample.article is not None]


async def learn(visitor: Visitor, clues: Clues, *, site: str, note: Note) -> Learned:
    """Look at sample pages until each kind of address is proven or refused; ``note`` is shown every page."""
    learned = Learned()
    proven: dict[Form, int] = defaultdict(int)
    refused: dict[Form, int] = defaultdict(int)
    while len(learned.samples) < MAX_SAMPLES:
        clue = _next_sample(clues, proven, refused, learned.samples)
        if clue is None or visitor.left <= 0 or visitor.ended:
            break
        sample = await look(visitor, clue.url, site=site)
        if sample is None:
            clue.verdict = "other"
            refused[clue.address.form] += 1
            continue
        clue.verdict = sample.kind
        if sample.response is not None:
            note(sample.response)
        learned.samples.append(sample)
        (proven if sample.kind == "article" else refused)[clue.address.form] += 1
    makes = [make for make in makes_of(clues) if proven[make.form] > 0 or _unseen_but_named(make, refused)]
    learned.makes = _united(makes)[:MAX_MAKES]
    return learned


def _united(makes: Iterable[Make]) -> list[Make]:
    """Makes of one pattern as one."""
    united: dict[str, Make] = {}
    for make in makes:
        known = united.get(make.path)
        united[make.path] = replace(known, good=known.good + make.good, bad=known.bad + make.bad) if known else make
    return list(united.values())


def _unseen_but_named(make: Make, refused: dict[Form, int]) -> bool:
    """A kind that no page was looked at of, but that lists of articles name."""
    return not refused[make.form] and make.strength[0] >= MIN_GOOD


def makes_of(clues: Iterable[Clue]) -> list[Make]:
    """Kinds of addresses with something good in them, the strongest first."""
    forms: dict[Form, list[Clue]] = defaultdict(list)
    for clue in clues:
        forms[clue.address.form].append(clue)
    made = [make for form, members in forms.items() if (make := make_of(form, members)) is not None]
    return sorted(made, key=lambda make: make.strength, reverse=True)


def _next_sample(clues: Clues, proven: dict[Form, int], refused: dict[Form, int], samples: list[Sample]) -> Clue | None:
    """The page to look at next: of the strongest kind that is not yet proven, from a folder not yet looked into."""
    for make in makes_of(clues):
        form = make.form
        wanted = PER_MAKE if make.strength[0] >= MIN_GOOD else PER_MAKE + 1
        if proven[form] >= wanted or refused[form] > proven[form] + 1 or len(make.good) < MIN_GOOD:
            continue
        seen = {_folder(sample.clue) for sample in samples if sample.clue.address.form == form}
        open_ones = [clue for clue in make.good if clue.verdict is None]
        open_ones.sort(key=lambda clue: (_folder(clue) in seen, not clue.named, -len(clue.words)))
        if open_ones:
            return open_ones[0]
    return None


def _folder(clue: Clue) -> str:
    return clue.url.rpartition("/")[0]


async def look(visitor: Visitor, url: str, *, site: str) -> Sample | None:
    """Fetch and read one page; None where it does not answer."""
    clue = Clue(take_apart(url))
    response = await visitor.html(url)
    root = tree_of(response) if response is not None else None
    if response is None or root is None:
        return None
    job = PageJob(body=response.body, url=response.url, rules=GENERIC, site=site, fetched_at=now())
    try:
        article = await POOL.extract(job)
    except ExtractionError:
        return Sample(clue=clue, kind="other", response=response)
    read = Read(title=article.title, lines=article.text.split("\n\n"), dated=article.published is not None)
    found = page_kind(root, url=response.url, data=read_structured(root), read=read)
    if found.kind != "article":
        return Sample(clue=clue, kind=found.kind, response=response)
    return Sample(clue=clue, kind="article", article=article, response=response)
