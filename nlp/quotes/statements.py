"""Indirect statements: the clause that a text reports as a person's, with the verb that reports it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.figures.units import is_verb_like
from nlp.lexicons import read_toml
from nlp.people.lexicon import load_lexicon
from nlp.quotes.patterns import sentence_bounds
from nlp.quotes.speakers import Speakers

PARAGRAPH = re.compile(r"[^\n]+")
DAYS = "Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad"
TRAILER = re.compile(
    rf",?\s+(?:(?:{DAYS})\b[^,]*(?:\([\d/.\s-]+\))?[^,]*|(?:dalam|melalui|lewat) keterangan\b.*|di sela\b.*"
    r"|saat di(?:temui|hubungi|konfirmasi|wawancarai|mintai)\b.*|(?:se)?usai\b.*"
    r"|kepada (?:wartawan|media|awak media)\b.*)$"
)
STOP = re.compile(r"[\s.!?]+$")
DATELINE = re.compile(r"^[^a-z\n]{3,60}\s?[-–—]+\s?(?=[A-Z])")
BAHWA = re.compile(r"(?:\s+\S+){0,8}?\s+bahwa\s+")
PRONOUN = re.compile(r"\b(?:[Ii]a|[Dd]ia|[Bb]eliau)$")
POINTED = re.compile(r"\b(?:itu|ini|tersebut)$")
ADVERBS = re.compile(
    r"(?:\s+(?:juga|pun|sebelumnya|kembali|lalu|kemudian|hanya|sendiri|turut|sempat|lantas|terus|telah|sudah|tegas"
    r"|secara \w+))+$"
)
AGE = re.compile(r"\s*\(\d{1,2}\)")
LEAST, LONGEST_GAP, NEAR = 3, 120, 160
SOMEBODY = -1


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A reported clause by character offsets; ``speaker`` is the index of the person, None where an office speaks."""

    start: int
    end: int
    speaker: int | None
    verb: str


@dataclass(frozen=True, slots=True)
class ReportPatterns:
    """Compiled from ``speech_verbs.toml``; all ignore letter case."""

    active: re.Pattern[str]
    """``mengatakan``: its subject stands before it, what was said behind it."""
    leading: re.Pattern[str]
    """``Menurut X, ...``, ``Dikatakan X, ...`` at the beginning of a sentence."""
    inside: re.Pattern[str]
    """``..., kata X``, ``..., lanjut X, ...``, ``..., menurut X, ...``."""
    no_clause: re.Pattern[str]
    """What follows a verb that reports no clause: ``mengatakan itu``, ``menyampaikan terima kasih``."""


@lru_cache(maxsize=1)
def report_patterns() -> ReportPatterns:
    """The patterns of the shipped verbs."""
    verbs = read_toml("speech_verbs.toml")
    active, passive, bare = (_any(verbs[name]) for name in ("reporting", "passive", "bare"))
    return ReportPatterns(
        active=re.compile(rf"(?<=[\s,])(?:{active})\b(?=[\s,])", re.IGNORECASE),
        leading=re.compile(
            rf"(?:\b(?:{_any(verbs['openers'])}),?\s+)?\b(?P<verb>menurut(?:nya)?|{passive})\b", re.IGNORECASE
        ),
        inside=re.compile(rf",\s+(?:masih\s+)?(?P<verb>(?:{bare})(?:nya)?|menurut(?:nya)?)\b\s*", re.IGNORECASE),
        no_clause=re.compile(rf"[\s,]*(?:{_any(verbs['no_clause'])})\b", re.IGNORECASE),
    )


def find_statements(text: str, speakers: Speakers) -> list[FoundStatement]:
    """Indirect statements of ``text`` in order; ``speakers`` knows the direct speech, which is none of them."""
    found: list[FoundStatement] = []
    for paragraph in PARAGRAPH.finditer(text):
        for start, end in sentence_bounds(text, *paragraph.span()):
            found.extend(_in_sentence(text, start, end, speakers))
    return found


def _in_sentence(text: str, start: int, end: int, speakers: Speakers) -> Iterator[FoundStatement]:
    patterns = report_patterns()
    statement = _leading(text, start, end, speakers) or _inside(text, start, end, speakers)
    if statement is not None:
        yield statement
        return
    for verb in patterns.active.finditer(text, start, end):
        statement = _active(text, verb, start, end, speakers)
        if statement is not None:
            yield statement
            return


def _active(text: str, verb: re.Match[str], start: int, end: int, speakers: Speakers) -> FoundStatement | None:
    """``X mengatakan [bahwa] ...``."""
    if speakers.is_quoted(verb.start()) or report_patterns().no_clause.match(text, verb.end(), end):
        return None
    bahwa = BAHWA.match(text, verb.end(), end)
    begin = bahwa.end() if bahwa else verb.end()
    span = _clause(text, begin, end, speakers)
    if span is None:
        return None
    subject = _subject(text, start, verb.start(), speakers)
    if subject is None:
        return None
    return _found(span, subject, verb.group().lower())


def _leading(text: str, start: int, end: int, speakers: Speakers) -> FoundStatement | None:
    """``Menurut X, ...``, ``Dikatakan X, ...``."""
    match = report_patterns().leading.match(text, start, end)
    if match is None:
        return None
    verb, at = match["verb"].lower(), match.end()
    if verb == "menurutnya":
        subject, comma = speakers.antecedent(start), at if text[at : at + 1] == "," else at - 1
    else:
        comma = text.find(",", at, min(end, at + NEAR))
        subject = _named(text, at + 1, comma, speakers) if comma > at else None
        subject, comma = _with_apposition(text, subject, comma, end, speakers)
    span = _clause(text, comma + 1, end, speakers) if subject is not None else None
    if span is None or subject is None:
        return None
    return _found(span, subject, verb)


def _with_apposition(
    text: str, subject: int | None, comma: int, end: int, speakers: Speakers
) -> tuple[int | None, int]:
    """The subject and the comma behind it, where an office or a name explains it: ``Menurut Camat Curug, Ani, ...``."""
    if subject is None:
        return None, comma
    offices = [office.end for office in speakers.offices_in(comma, min(end, comma + 4))]
    mentions = [
        mention for mention in speakers.mentions_in(comma, min(end, comma + NEAR)) if mention.start <= comma + 2
    ]
    if mentions and text[mentions[0].end : mentions[0].end + 1] == ",":
        return mentions[0].person, text.find(",", mentions[0].end, end)
    following = text.find(",", offices[0], end) if offices else -1
    return (subject, following) if 0 < following < comma + NEAR // 2 else (subject, comma)


def _inside(text: str, start: int, end: int, speakers: Speakers) -> FoundStatement | None:
    """``..., kata X.`` and ``..., lanjut X, ...`` without marks of quotation."""
    for match in report_patterns().inside.finditer(text, start, end):
        if speakers.is_quoted(match.start()) or speakers.touches_quote(start, end):
            return None
        verb = match["verb"].lower()
        at = match.end()
        close = text.find(",", at, min(end, at + NEAR))
        if verb.endswith("nya"):
            subject, stop = speakers.antecedent(start), at
        else:
            stop = close if close > 0 else end
            subject = _named(text, at, stop, speakers)
        if subject is None:
            continue
        tail = text[close + 1 : end].strip() if close > 0 else ""
        whole = bool(tail) and TRAILER.fullmatch(f", {STOP.sub('', tail)}") is None and not tail[:1].isupper()
        span = _clause(text, start, end if whole else match.start(), speakers)
        if span is not None:
            return _found(span, subject, verb if verb == "menurutnya" else verb.removesuffix("nya"))
    return None


def _found(span: tuple[int, int], subject: int, verb: str) -> FoundStatement:
    return FoundStatement(*span, None if subject == SOMEBODY else subject, verb)


# --- spans


def _clause(text: str, start: int, end: int, speakers: Speakers) -> tuple[int, int] | None:
    """The clause in ``text[start:end]`` without the marks, the day and the place around it; None where it is none."""
    dateline = DATELINE.match(text[start:end]) if start == 0 else None
    start += dateline.end() if dateline else 0
    while start < end and text[start] in " ,\t":
        start += 1
    start += 6 if text.startswith("bahwa ", start) else 0
    body = STOP.sub("", text[start:end])
    if body.endswith((":", '"', "”")) and speakers.touches_quote(start, end):
        return None
    body = STOP.sub("", TRAILER.sub("", body))
    if len(body.split()) < LEAST or speakers.touches_quote(start, start + len(body) + 3) or body.endswith(":"):
        return None
    return start, start + len(body)


# --- who


def _subject(text: str, start: int, verb: int, speakers: Speakers) -> int | None:
    """Whose the verb is: a person, SOMEBODY for an office without a name, None for anything else."""
    at = verb
    while at > start and text[at - 1] == " ":
        at -= 1
    adverbs = ADVERBS.search(text, start, at)
    at = adverbs.start() if adverbs else at
    head = text[start:at]
    if PRONOUN.search(head):
        return speakers.antecedent(start)
    for mention in reversed(speakers.mentions_in(max(start, at - NEAR), at)):
        if not speakers.is_quoted(mention.start) and not speakers.is_companion(mention, start):
            return mention.person if _joins(text[mention.end : at]) else _office_subject(text, start, at, speakers)
    return _office_subject(text, start, at, speakers)


def _office_subject(text: str, start: int, at: int, speakers: Speakers) -> int | None:
    for office in reversed(speakers.offices_in(start, at)):
        gap = text[office.end : at].strip()
        if office.end <= at and (not gap or gap in {"itu", "ini", "tersebut"}):
            holder = speakers.holder(office) if not gap else speakers.antecedent(start)
            return SOMEBODY if holder is None else holder
    if POINTED.search(text[start:at]) and _is_spoken_of(text[start:at]):
        return speakers.antecedent(start)
    return None


def _is_spoken_of(head: str) -> bool:
    """Does the sentence open with a word for somebody spoken of before: ``Politisi PKB ini``?"""
    first = head.split()[:1]
    return bool(first) and first[0].lower() in load_lexicon().pronouns and len(head.split()) <= 8


def _joins(gap: str) -> bool:
    """Is there nothing between the name and its verb but an age, degrees, an office or an apposition?"""
    gap = AGE.sub("", gap).strip()
    if not gap:
        return True
    if len(gap) > LONGEST_GAP or "bahwa" in gap:
        return False
    if gap.startswith("yang juga") or (gap.startswith(",") and gap.endswith((",", "."))):
        return True
    words = [word.strip("(),.").lower() for word in gap.split()]
    if gap.startswith(",") and all(len(word) <= 6 for word in words):
        return True
    return len(words) <= LEAST and not any(is_verb_like(word) for word in words) and not {"dan", "dengan"} & set(words)


def _named(text: str, start: int, end: int, speakers: Speakers) -> int | None:
    """The person or office that ``text[start:end]`` names; SOMEBODY for an office whose holder has no name here."""
    while start < end and text[start] == " ":
        start += 1
    if speakers.patterns.described.match(text, start, end):
        mentions = speakers.mentions_in(start, end)
        return mentions[-1].person if mentions else speakers.antecedent(start)
    person = speakers.named_at(start, end)
    if person is not None:
        return person
    mentions = speakers.mentions_in(start, end)
    if mentions and POINTED.search(text[start:end].rstrip()):
        return mentions[-1].person
    person = speakers.holder_at(start, end)
    if person is not None:
        return person
    if any(
        office.start <= start + 1 and not text[office.end : end].strip() for office in speakers.offices_in(start, end)
    ):
        return SOMEBODY
    return None


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
