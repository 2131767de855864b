"""Candidates by wording: class word and name, ``program`` and name, training and its subject, known kinds of action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.programs.lexicon import any_of, phrases, words
from nlp.programs.names import is_acronym, read_bracket, read_quoted, read_run, word_count

LAUNCH = re.compile(rf"\b{any_of(words('launch'))}\b", re.IGNORECASE)
OWN = re.compile(rf"\b(?P<head>{any_of(phrases('own'))})[ \u00a0]+(?=[A-Z0-9“\"‘])", re.IGNORECASE)
CUED = re.compile(rf"\b(?P<head>{any_of(word.capitalize() for word in phrases('cued'))})[ \u00a0]+(?=[A-Z])")
BEFORE = re.compile(rf"\b{any_of(phrases('before'))}[ \u00a0]+(?=[A-Z0-9“\"‘'a-z])", re.IGNORECASE)
WEAK = re.compile(rf"\b{any_of(phrases('before_weak'))}[ \u00a0]+(?:\d{{1,3}}[ \u00a0]+)?(?=[A-Z“\"‘])", re.IGNORECASE)
KINDS = re.compile(rf"\b{any_of(phrases('kinds'))}\b", re.IGNORECASE)
TAUGHT = re.compile(rf"\b{any_of(phrases('taught'))}[ \u00a0]+(?=[a-z]|[A-Z]{{2,6}}\b)", re.IGNORECASE)
TAX = re.compile(
    r"\b(?:diskon|pemutihan|insentif|pembebasan|penghapusan denda)[ ]+pajak"
    r"(?:[ ]+(?:untuk|sektor|kendaraan|bermotor|hotel|restoran|dan|bumi|bangunan|daerah|progresif|PBB|PKB|BBNKB))+",
    re.IGNORECASE,
)
LOOSE = re.compile(r"\bprogram[ ]+(?=[a-z])")
WORD = re.compile(r"[a-z][a-z-]+|[A-Z]{2,6}\b")
TOPIC = re.compile(
    rf"(?:pe[a-z]{{3,}}an|ke[a-z]{{3,}}an|pen[a-z]+|[a-z]+isasi|vaksin\w*|[A-Z]{{2,6}}|{any_of(words('topics'))})$"
)
BODY = re.compile(any_of(phrases("bodies")), re.IGNORECASE)
IN_BODY = re.compile(
    r"\b(?:Balai|Dinas|Badan|Bidang|Seksi|Direktorat|UPT|UPTD|Lembaga|Pusat|Yayasan|PT|CV|Komite|Politeknik) $"
)
NEAR = 120
UNTAUGHT, LOOSENED = words("untaught"), words("loose")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that names a programme, with its bracketed abbreviation."""

    start: int
    end: int
    short: tuple[int, int] | None = None
    score: float = 0.8


def find_candidates(text: str) -> list[Candidate]:
    """All candidates of ``text``, unsorted, overlaps included."""
    return [*_headed(text), *_announced(text), *_kinds(text), *_taught(text), *_loose(text)]


def _headed(text: str) -> Iterator[Candidate]:
    """``Festival Olahan Pangan``, and ``Kampung Tematik`` where something is launched."""
    for match in OWN.finditer(text):
        if not IN_BODY.search(text, max(0, match.start() - 14), match.start()):
            yield from _named(text, match.start(), match.end())
    for match in CUED.finditer(text):
        if BODY.match(text, match.start()):
            continue
        candidate = next(_named(text, match.start(), match.end()), None)
        cue = LAUNCH.search(text, max(0, match.start() - NEAR), match.start())
        if candidate and ((cue and "\n" not in text[cue.start() : match.start()]) or candidate.short):
            yield candidate


def _named(text: str, start: int, at: int) -> Iterator[Candidate]:
    """The candidate from its class word at ``start`` and its name at ``at``."""
    quoted = read_quoted(text, at)
    if quoted is not None:
        yield Candidate(quoted[0], quoted[1], read_bracket(text, quoted[1] + 1))
        return
    end = read_run(text, at)
    if end == at and re.match(r"(?:19|20)\d\d\b", text[at:]):
        end = at + 4
    if end > at and text[at:end].lower() not in words("never"):
        short = read_bracket(text, end)
        yield Candidate(start, _past_bracket(text, end, short), short)


def _past_bracket(text: str, end: int, short: tuple[int, int] | None) -> int:
    """``Kampung Kreatif (Keren) Prodamas`` goes on behind its bracket; ``Gerakan X (GX)`` ends before it."""
    if short is None or not re.match(r"\) [A-Z]", text[short[1] : short[1] + 3]):
        return end
    last = read_run(text, short[1] + 2)
    return last if last > short[1] + 2 else end


def _announced(text: str) -> Iterator[Candidate]:
    """``program Makan Bergizi Gratis (MBG)``, ``aplikasi SiPraja``, ``meluncurkan Mobil Pangan``."""
    for match in BEFORE.finditer(text):
        yield from _behind(text, match.end(), least=1)
    for match in WEAK.finditer(text):
        yield from _behind(text, match.end(), least=2)


def _behind(text: str, at: int, *, least: int) -> Iterator[Candidate]:
    quoted = read_quoted(text, at)
    if quoted is not None:
        yield Candidate(*quoted, read_bracket(text, quoted[1] + 1))
        return
    end = read_run(text, at)
    name = text[at:end]
    if end == at or not name[0].isupper():
        return
    short = read_bracket(text, end)
    if word_count(name) >= least or short is not None or is_acronym(name):
        yield Candidate(at, end, short, 0.7)


def _kinds(text: str) -> Iterator[Candidate]:
    for match in KINDS.finditer(text):
        yield Candidate(match.start(), match.end(), read_bracket(text, match.end()), 0.7)
    for match in TAX.finditer(text):
        end = re.sub(r"(?:[ ]+(?:untuk|dan|sektor))+$", "", match.group())
        yield Candidate(match.start(), match.start() + len(end), None, 0.7)


def _taught(text: str) -> Iterator[Candidate]:
    """``pelatihan kewirausahaan dan manajemen koperasi``, ``bimtek SDM``."""
    for match in TAUGHT.finditer(text):
        end = _topic_end(text, match.end())
        if end is not None:
            yield Candidate(match.start(), end, read_bracket(text, end), 0.6)


def _topic_end(text: str, at: int) -> int | None:
    """Where the subject of a training ends, None where it has none that tells which training it is."""
    first = WORD.match(text, at)
    if first is None or first.group() in UNTAUGHT or not TOPIC.match(first.group()):
        return None
    end = first.end()
    for _ in range(4):
        following = re.compile(r"[ ]+(?:dan[ ]+)?").match(text, end)
        word = WORD.match(text, following.end()) if following else None
        if word is None or word.group() in UNTAUGHT or _is_verb(word.group()):
            break
        end = word.end()
    return end if text[at:end] != "guna" else None


def _is_verb(word: str) -> bool:
    return len(word) > 5 and word.startswith(("mem", "men", "meng", "di", "ber", "ter"))


def _loose(text: str) -> Iterator[Candidate]:
    """``program penanaman cabai``: two words that tell which."""
    for match in LOOSE.finditer(text):
        first = WORD.match(text, match.end())
        if first is None or first.group() in LOOSENED or _is_verb(first.group()) or len(first.group()) < 4:
            continue
        second = WORD.match(text, first.end() + 1) if text[first.end() : first.end() + 1] == " " else None
        if second is None or second.group() in LOOSENED | UNTAUGHT or _is_verb(second.group()):
            continue
        yield Candidate(match.end(), second.end(), read_bracket(text, second.end()), 0.5)
