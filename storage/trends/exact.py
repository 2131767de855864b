"""Exact tests for counts, which hold for small ones too: no normal distribution is assumed anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_NEGLIGIBLE = 1e-17


def binomial_above(hits: int, trials: int, chance: float) -> float:
    """The probability of at least ``hits`` successes in ``trials``, each of the given chance."""
    if hits <= 0:
        return 1.0
    if hits > trials or chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    if hits <= trials * chance:
        return max(0.0, 1.0 - binomial_above(trials - hits + 1, trials, 1 - chance))
    log_first = _log_choose(trials, hits) + hits * math.log(chance) + (trials - hits) * math.log1p(-chance)
    odds = chance / (1 - chance)
    return _tail(math.exp(log_first), (odds * (trials - at) / (at + 1) for at in range(hits, trials)))


def rate_changed(now: int, now_of: int, before: int, before_of: int) -> float:
    """How probable a difference of two shares at least this large is by chance, 0 to 1; 1 where nothing can be said.

    Given that ``now + before`` articles were found among all, the number that falls to ``now`` is binomial.
    """
    if now_of <= 0 or before_of <= 0 or now + before == 0:
        return 1.0
    trials, chance = now + before, now_of / (now_of + before_of)
    above = binomial_above(now, trials, chance)
    below = binomial_above(before, trials, 1 - chance)
    return min(1.0, 2 * min(above, below))


def together_above(both: int, one: int, other: int, all_of: int) -> float:
    """The probability that two things of ``one`` and ``other`` articles share at least ``both`` of ``all_of``."""
    most = min(one, other)
    if both <= max(0, one + other - all_of):
        return 1.0
    if both > most:
        return 0.0
    log_first = _log_choose(one, both) + _log_choose(all_of - one, other - both) - _log_choose(all_of, other)
    ratios = ((one - at) * (other - at) / ((at + 1) * (all_of - one - other + at + 1)) for at in range(both, most))
    return min(1.0, _tail(math.exp(log_first), ratios))


def adjusted(chances: Sequence[float]) -> list[float]:
    """Probabilities of chance for many questions asked at once (Benjamini and Hochberg), in the same order."""
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    result, lowest = list(chances), 1.0
    for place, at in enumerate(order):
        lowest = min(lowest, chances[at] * len(chances) / (len(chances) - place))
        result[at] = lowest
    return result


def _tail(first: float, ratios: Iterable[float]) -> float:
    """The sum of terms that begin with ``first``, each of the next being so many times the one before."""
    total = term = first
    for ratio in ratios:
        term *= ratio
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return min(1.0, total)


def _log_choose(all_of: int, taken: int) -> float:
    return math.lgamma(all_of + 1) - math.lgamma(taken + 1) - math.lgamma(all_of - taken + 1)
