"""The faults of one site: which kinds are on, what they strike, and the plain ones that tests set by hand."""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from demo.faults.kind import KINDS, Call, Kind, PageKind, page_kind
from demo.faults.markup import with_baits
from demo.sites.pieces import Piece
from demo.sites.site import Answer, Site


@dataclass(slots=True, kw_only=True)
class Faults:
    """What goes wrong at a site; tests and the demonstration set this while it runs."""

    unavailable: int = 0
    """Answer 503 to that many requests more."""
    delay: float = 0.0
    """Seconds before each answer."""
    robots: str | None = None
    """Another robots.txt, sent as it is."""
    robots_status: int = 200
    """Status of robots.txt."""
    truncate: bool = False
    """Promise the whole body and close the connection halfway through it."""
    seed: int = 1
    outside: str = ""
    """Origin of a server of strangers, where faults lead."""
    changed: Callable[[], None] | None = None
    """Called when kinds were switched, since some change the articles themselves."""
    _on: dict[str, Kind] = field(default_factory=dict)
    _struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    _baits: dict[str, tuple[Kind, int]] = field(default_factory=dict)
    _bait_site: Site | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def on(self) -> tuple[str, ...]:
        """Names of the kinds that are on."""
        return tuple(self._on)

    def turn_on(
        self,
        name: str,
        *,
        share: float | None = None,
        times: int | None = None,
        baits: int | None = None,
        pages: set[PageKind] | None = None,
        **options: float | str,
    ) -> None:
        """Switch a kind on, or set it anew; what is not given is the kind's own.

        Raises KeyError for an unknown kind, with the names of all.
        """
        if name not in KINDS:
            raise KeyError(f"no fault {name!r}; there are {', '.join(sorted(KINDS))}")
        kind = KINDS[name]
        self._on[name] = replace(
            kind,
            share=kind.share if share is None else share,
            times=kind.times if times is None else times,
            baits=kind.baits if baits is None else baits,
            pages=kind.pages if pages is None else frozenset(pages),
            options={**kind.options, **options},
        )
        self._switched()

    def turn_off(self, *names: str) -> None:
        """Switch kinds off; without names all of them."""
        for name in names or tuple(self._on):
            self._on.pop(name, None)
        self._struck.clear()
        self._switched()

    def _switched(self) -> None:
        self._bait_site = None
        if self.changed:
            self.changed()

    def rewritten(self, piece: Piece) -> Piece:
        """An article as the faults that change articles leave it."""
        for kind in self._on.values():
            chance = self._chance(kind.name, str(piece.number))
            if kind.rewrite and _drawn(chance) < kind.share:
                piece = kind.rewrite(piece, chance)
        return piece

    def takes_away(self, piece: Piece) -> bool:
        """Whether an article cannot be had."""
        return any(
            kind.takes_away and not kind.times and _drawn(self._chance(kind.name, str(piece.number))) < kind.share
            for kind in self._on.values()
        )

    def spoil(self, call: Call, answer: Answer) -> Answer:
        """The answer as the faults leave it."""
        if not self._on:
            return answer
        page = page_kind(call.path, answer)
        number = str(answer.piece.number) if answer.piece else call.target
        baits = self._baits_of(call.site)
        bait, place = next((hit for path, hit in baits.items() if _is_below(call.target, path)), (None, 0))
        for kind in self._on.values():
            if kind.strike is None:
                continue
            chance = self._chance(kind.name, number)
            own = bait is kind
            if own or (
                bait is None and page in kind.pages and _drawn(chance) < kind.share and self._again(kind, number)
            ):
                struck = replace(call, chance=chance, place=place, options=kind.options, outside=self.outside)
                answer = kind.strike(struck, answer)
        return with_baits(call, answer, page, tuple(baits)) if bait is None and baits else answer

    def _baits_of(self, site: Site) -> dict[str, tuple[Kind, int]]:
        """Path of each bait -> its kind and place."""
        if self._bait_site is not site:
            kinds = tuple(self._on.values())
            self._baits = {path: (k, place) for k in kinds for place, path in enumerate(bait_paths(site, k))}
            self._bait_site = site
        return self._baits

    def _again(self, kind: Kind, number: str) -> bool:
        """Count a strike; False where the page has healed."""
        if not kind.times:
            return True
        with self._lock:
            self._struck[kind.name, number] += 1
            return self._struck[kind.name, number] <= kind.times

    def _chance(self, name: str, number: str) -> int:
        drawn = hashlib.blake2b(f"{self.seed}:{name}:{number}".encode(), digest_size=4).digest()
        return int.from_bytes(drawn, "big")


def bait_paths(site: Site, kind: Kind) -> tuple[str, ...]:
    """The addresses of a kind's baits: like those of articles, with numbers and slugs that no article has."""
    found = []
    for place in range(min(kind.baits, len(site.pieces))):
        piece = site.pieces[-1 - place]
        title = f"Kabar {kind.name.replace('-', ' ').title()} {place + 1}"
        chance = zlib.crc32(kind.name.encode()) % 800
        found.append(
            site.path_of(
                replace(
                    piece,
                    number=piece.number * 1000 + chance,
                    slug=f"kabar-{kind.name}-{place + 1}",
                    version=replace(piece.version, title=title),
                )
            )
        )
    return tuple(found)


def _is_below(target: str, bait: str) -> bool:
    return target == bait or target.startswith((f"{bait}?", f"{bait}&", f"{bait}/"))


def _drawn(chance: int) -> float:
    return chance / 2**32
