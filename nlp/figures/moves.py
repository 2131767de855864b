"""How a figure moved and from where, and whether it is a target or what came in."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.figures.clauses import Clause, Found
from nlp.figures.lexicon import phrases, words
from scraper.items import Direction, FigureRole

UP = words("moves", "up")
DOWN = words("moves", "down")
FLAT = words("moves", "flat")
NOUNS = words("moves", "nouns")
FORMER = words("moves", "former")
PRESENT = words("moves", "present")
BECOMES = words("moves", "becomes")
LOOSE = words("moves", "loose")
TARGET = words("moves", "target")
CAME_IN = words("moves", "came_in")
OF_TARGET = phrases("moves", "of_target")
TARGETED = phrases("moves", "targeted")
VERB_GAP, NOUN_GAP, ROLE_REACH, FIRST_REACH = 3, 6, 6, 18


@dataclass(frozen=True, slots=True)
class Move:
    """What the text says about the movement of one figure."""

    direction: Direction | None = None
    base: float | None = None
    role: FigureRole | None = None
    compared: bool = False
    """Is it the earlier level or the target that another figure is held against?"""


def read_moves(clause: Clause) -> list[Move]:
    """One move for each figure of the clause, in order."""
    bases = _bases(clause)
    directions = _directions(clause, bases)
    roles = _roles(clause)
    return [
        Move(
            directions[place],
            clause.found[bases[place]].amount.value if place in bases else None,
            roles[place],
            place in bases.values() or (roles[place] == "target" and _before(clause, place)[:2] == ["dari", "target"]),
        )
        for place in range(len(clause.found))
    ]


# --- base


def _bases(clause: Clause) -> dict[int, int]:
    """Index of the new level -> index of the old one."""
    pairs: dict[int, int] = {}
    for old, found in enumerate(clause.found):
        said = _says_old(clause, old)
        new = _new_level(clause, old) if said else None
        if new is not None and new not in pairs and old not in pairs and _compatible(found, clause.found[new]):
            pairs[new] = old
    return pairs


def _says_old(clause: Clause, place: int) -> bool:
    """Is it an earlier level: ``dari 5 persen menjadi``, ``sebelumnya 4 persen``, ``yang tadinya``?"""
    before = _before(clause, place)
    near = [word for word in before[-4:] if word not in LOOSE or word in FORMER]
    if FORMER & set(near[-2:]):
        return True
    if near[-1:] != ["dari"]:
        return False
    around = set(clause.before(clause.found[place].amount.first, 12).split())
    return bool(around & (UP | DOWN | PRESENT)) or bool(BECOMES & set(_after(clause, place)))


def _new_level(clause: Clause, old: int) -> int | None:
    """The level that followed: behind ``menjadi``, else the nearest one before that is no size of a change."""
    if old + 1 < len(clause.found) and BECOMES & set(_after(clause, old)[-4:]):
        return old + 1
    levels = [place for place in range(old) if _compatible(clause.found[old], clause.found[place])]
    sized = [place for place in levels if not _is_size(clause, place)]
    if sized or levels:
        return (sized or levels)[-1]
    if old + 1 < len(clause.found) and PRESENT & set(_after(clause, old)):
        return old + 1
    return None


def _is_size(clause: Clause, place: int) -> bool:
    """Is it how much something moved: ``naik 0,4 persen``, ``naik sebesar Rp309 ribu``?"""
    near = [word for word in _before(clause, place)[-3:] if word not in LOOSE]
    return bool(near) and near[-1] in UP | DOWN


def _compatible(one: Found, other: Found) -> bool:
    """May both be levels of one thing? ``Rp12 ribu per karung`` and ``Rp9 ribu`` may."""
    left, right = one.unit.split("/")[0], other.unit.split("/")[0]
    return left == right or ((one.carried or other.carried) and one.amount.unit is None)


# --- direction


def _directions(clause: Clause, bases: dict[int, int]) -> list[Direction | None]:
    olds = set(bases.values())
    told: list[Direction | None] = []
    for place in range(len(clause.found)):
        if place in bases:
            told.append(_compared(clause.found[bases[place]], clause.found[place]))
        elif place in olds:
            told.append(None)
        else:
            told.append(_said(clause, place) or (told[-1] if told and _goes_on(clause, place) else None))
    return told


def _compared(old: Found, new: Found) -> Direction:
    if old.amount.value == new.amount.value:
        return "flat"
    return "up" if new.amount.value > old.amount.value else "down"


def _said(clause: Clause, place: int) -> Direction | None:
    """The direction by the verb right before the figure or the noun a little before it."""
    before = _before(clause, place)
    for gap, word in enumerate(reversed(before[-NOUN_GAP - 1 :])):
        if word in FLAT | UP | DOWN:
            loose = before[len(before) - gap :] if gap else []
            if word in NOUNS or (gap <= VERB_GAP and all(other in LOOSE for other in loose)):
                return "flat" if word in FLAT else "up" if word in UP else "down"
        if not word.isalnum() and word not in "(:" and not word.replace("-", "").isalnum():
            return None
    return None


def _goes_on(clause: Clause, place: int) -> bool:
    """``naik 0,36 poin menjadi 78,60``, ``naik Rp157.880 atau 3,39 persen``."""
    gap = [word for word in _before(clause, place) if word not in LOOSE or word in BECOMES]
    return gap == ["atau"] or (bool(gap) and set(gap) <= BECOMES) or (gap == [] and _is_size(clause, place - 1))


# --- role


def _roles(clause: Clause) -> list[FigureRole | None]:
    roles: list[FigureRole | None] = []
    for place in range(len(clause.found)):
        roles.append(_role(clause, place) or _carried_role(clause, place, roles))
    for place in range(len(roles) - 1, 0, -1):
        if roles[place] == "realisation" and roles[place - 1] is None and _before(clause, place)[-1:] == ["atau"]:
            roles[place - 1] = "realisation"
    return roles


def _role(clause: Clause, place: int) -> FigureRole | None:
    after = _after(clause, place, size=4)
    if any(" ".join(after).startswith(phrase) for phrase in OF_TARGET):
        return "realisation"
    if any(" ".join(after).startswith(phrase) for phrase in TARGETED):
        return "target"
    reach = ROLE_REACH if place else FIRST_REACH
    for word in reversed(_before(clause, place)[-reach:]):
        if word in TARGET:
            return "target"
        if word in CAME_IN:
            return "realisation"
    return None


def _carried_role(clause: Clause, place: int, roles: list[FigureRole | None]) -> FigureRole | None:
    gap = [word for word in _before(clause, place) if word not in LOOSE]
    return roles[-1] if place and gap in (["atau"], []) else None


# --- words around


def _before(clause: Clause, place: int) -> list[str]:
    """The words between the figure before, or the start of the sentence, and this one."""
    start = clause.found[place - 1].amount.last if place else 0
    first = clause.found[place].amount.first
    return [clause.tokens[at].low for at in range(start, first)]


def _after(clause: Clause, place: int, *, size: int = 12) -> list[str]:
    """The words between this figure and the next one or the end."""
    start = clause.found[place].amount.last
    end = clause.found[place + 1].amount.first if place + 1 < len(clause.found) else len(clause.tokens)
    return [clause.tokens[at].low for at in range(start, min(end, start + size))]
