"""A made-up archive of any size: articles with tags in which words of known rarity are planted.

Nothing in it is anybody's text: words are made of syllables, and their frequencies fall as those of a real language do.
The same size and seed give the same archive.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate

from scraper.clock import WIB
from scraper.items import Article, DatedBy, FigureTag, PersonTag, PlaceTag, ProgramTag, QuoteTag, Span, Tags

LAST_DAY = date(2026, 3, 2)
DAYS = 3_650
WORDS, OFFICIALS, PROGRAMMES, PLACES, OUTLETS = 120_000, 5_000, 1_000, 500, 40
RARE_ARTICLES = 75
"""Articles that hold one rare word."""
COMMON = {
    "pasar": 0.25, "anggaran": 0.22, "pembangunan": 0.20, "bantuan": 0.18, "jalan": 0.17,
    "sekolah": 0.15, "perumahan": 0.14, "pajak": 0.12, "banjir": 0.11, "pelatihan": 0.10,
}  # fmt: skip
"""Word -> share of the articles that hold it."""
VERY_COMMON = ("yang", "dan", "untuk", "warga")
TOPICS = ("ekonomi", "umkm", "kesehatan", "pendidikan", "infrastruktur", "lingkungan", "politik", "hukum")
INDICATORS = ("inflasi", "pad", "umkm", "kemiskinan", "investasi")
_OFFICES = ("Bupati", "Wali Kota", "Kepala Dinas", "Camat", "Sekretaris Daerah", "Ketua DPRD")
_CLAUSES = (
    "{a} yang {b} {c} dan {d} untuk {e}.",
    "Pada pekan itu {a} {b} {c}, sedangkan {d} {e} bagi warga.",
    "{a} {b} dan {c} {d} yang {e}.",
    "Menurut warga, {a} {b} {c} {d} untuk {e}.",
)
_STARTS, _VOWELS, _ENDS = (
    ["b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w"],
    "aiueo",
    ["", "", "", "n", "r", "s", "ng", "k", "t"],
)


@dataclass(frozen=True)
class Archive:
    """So many articles, the oldest first."""

    articles: int
    seed: int = 7

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, the most frequent first."""
        return _names(WORDS, random.Random(self.seed), syllables=(2, 3, 4))

    @cached_property
    def officials(self) -> list[str]:
        """Names of two words, the most frequent first."""
        parts = _names(2_000, random.Random(self.seed + 1), syllables=(2, 3))
        rng = random.Random(self.seed + 2)
        names = dict.fromkeys(f"{rng.choice(parts)} {rng.choice(parts)}".title() for _ in range(2 * OFFICIALS))
        return list(names)[:OFFICIALS]

    @cached_property
    def programmes(self) -> list[str]:
        """Names of programmes."""
        parts = _names(2 * PROGRAMMES, random.Random(self.seed + 3), syllables=(2, 3))
        return [f"Gerakan {one} {two}".title() for one, two in zip(parts[::2], parts[1::2], strict=True)]

    @cached_property
    def places(self) -> list[str]:
        """Names of places."""
        return [name.title() for name in _names(PLACES, random.Random(self.seed + 4), syllables=(3,))]

    @cached_property
    def rare(self) -> list[str]:
        """Words that hold in about RARE_ARTICLES articles each."""
        return [f"x{word}q" for word in _names(30, random.Random(self.seed + 5), syllables=(2, 3))]

    def __iter__(self) -> Iterator[tuple[Article, Tags]]:
        rng = random.Random(self.seed + 6)
        pools = {name: _zipf(getattr(self, name)) for name in ("words", "officials", "programmes", "places")}
        every = max(1, self.articles // RARE_ARTICLES)
        for number in range(self.articles):
            yield self._article(number, rng, pools, every)

    def _article(
        self, number: int, rng: random.Random, pools: dict[str, tuple[Sequence[str], list[float]]], every: int
    ) -> tuple[Article, Tags]:
        drawn = {
            name: _draw(rng, pools[name], most) for name, most in (("officials", 3), ("programmes", 1), ("places", 2))
        }
        planted = [word for word, share in COMMON.items() if rng.random() < share for _ in range(rng.randint(1, 4))]
        planted += [self.rare[number % every]] if number % every < len(self.rare) else []
        title, text = _text(rng, _draw(rng, pools["words"], 150, least=90), planted, drawn)
        figure = f"{number % 97 + 1},{number % 10} persen"
        counted, *rest = _draw(rng, pools["words"], 14, least=10)
        text += f" Angka {counted} tercatat {figure} {' '.join(rest)}."
        moment = datetime(
            LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, rng.randint(5, 22), rng.randint(0, 59), tzinfo=WIB
        )
        moment -= timedelta(days=DAYS - DAYS * (number + 1) // self.articles)
        outlet = f"media{min(int(rng.paretovariate(0.8)), OUTLETS)}"
        article = Article(
            canonical_url=f"https://{outlet}.example/{moment:%Y/%m/%d}/{number}",
            title=title,
            text=text,
            site=outlet,
            published=DatedBy(value=moment, evidence="given", raw=""),
            fetched_at=moment,
            section=TOPICS[number % 5],
        )
        return article, _tags(rng, text, drawn, figure, f"angka {counted}")


def _text(rng: random.Random, words: list[str], planted: list[str], drawn: dict[str, list[str]]) -> tuple[str, str]:
    """Title and text of about 200 words, in which the drawn names and planted words stand."""
    words += planted
    rng.shuffle(words)
    title = " ".join(words[:7]).capitalize()
    sentences = [
        f"{rng.choice(_OFFICES)} {name} mengatakan {words[at]} {words[at + 1]} di {words[at + 2]}."
        for at, name in enumerate(drawn["officials"])
    ]
    sentences += [f"Program itu bernama {name}." for name in drawn["programmes"]]
    sentences += [
        f"Warga {name} yang hadir {words[at + 9]} {words[at + 12]}." for at, name in enumerate(drawn["places"])
    ]
    whole = len(words) // 5 * 5
    sentences.append(" ".join(["Yang", "lain:", *words[whole:]]) + ".")
    for at in range(0, whole, 5):
        clause = rng.choice(_CLAUSES).format(**dict(zip("abcde", words[at : at + 5], strict=True)))
        sentences.append(clause[0].upper() + clause[1:])
    return title, "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _tags(rng: random.Random, text: str, drawn: dict[str, list[str]], figure: str, counted: str) -> Tags:
    said, value = _span(text, figure), float(figure.removesuffix(" persen").replace(",", "."))
    speakers = [name.lower().replace(" ", "-") for name in drawn["officials"]]
    return Tags(
        people=tuple(
            PersonTag(key=name.lower().replace(" ", "-"), name=name, mentions=(_span(text, name),), official=True)
            for name in drawn["officials"]
        ),
        programs=tuple(ProgramTag(name=name, mentions=(_span(text, name),)) for name in drawn["programmes"]),
        places=tuple(
            PlaceTag(start=span.start, end=span.end, surface=span.surface)
            for span in (_span(text, name) for name in drawn["places"])
        ),
        topics=(rng.choice(TOPICS),),
        quotes=tuple(_quote(text, name) for name in drawn["officials"]),
        figures=(
            FigureTag(
                start=said.start,
                end=said.end,
                surface=said.surface,
                value=value,
                unit="%",
                measures=counted,
                indicator=INDICATORS[said.start % len(INDICATORS)],
                speaker=speakers[0] if speakers else None,
            ),
        ),
    )


def _quote(text: str, name: str) -> QuoteTag:
    """What follows the first "mengatakan" of a person, to the end of the sentence."""
    start = text.index(f"{name} mengatakan ") + len(f"{name} mengatakan ")
    end = text.index(".", start)
    speaker = name.lower().replace(" ", "-")
    return QuoteTag(start=start, end=end, surface=text[start:end], speaker=speaker, kind="indirect", verb="mengatakan")


def _span(text: str, name: str) -> Span:
    start = text.index(name)
    return Span(start=start, end=start + len(name), surface=name)


def _names(count: int, rng: random.Random, *, syllables: tuple[int, ...]) -> list[str]:
    """Different made-up words."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = (rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(rng.choice(syllables)))
        found["".join(parts) + rng.choice(_ENDS)] = None
    return list(found)


def _zipf(names: Sequence[str]) -> tuple[Sequence[str], list[float]]:
    return names, list(accumulate(1 / (rank + 2.7) for rank in range(len(names))))


def _draw(rng: random.Random, pool: tuple[Sequence[str], list[float]], most: int, *, least: int = 0) -> list[str]:
    names, weights = pool
    drawn = rng.choices(names, cum_weights=weights, k=rng.randint(least, most))
    return drawn if least else list(dict.fromkeys(drawn))
