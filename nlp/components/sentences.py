"""Sentence bounds by rule: abbreviations, initials and numbers end none, a quote keeps its "ujar ..."."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.lexicons import read_words

STOPS = frozenset({".", "!", "?", "…"})
CLOSERS = frozenset("”’»)]")
OPENERS = frozenset("“‘«([")
STRAIGHT = frozenset("\"'")
DEGREES = frozenset({"S.E.", "S.H.", "S.T.", "M.M.", "M.H.", "M.T.", "B.A.", "M.A.", "M.E."})
SPEECH = frozenset(read_words("speech_verbs.txt"))
ABBREVIATIONS = frozenset(read_words("abbreviations.txt"))
NUMBERED = frozenset({"no", "nomor", "rp", "pasal", "hal", "jl", "rt", "rw"})


class SentenceSplitter:
    """Mark each token as starting a sentence or not."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``is_sent_start`` on every token of ``doc``."""
        starts = _starts(doc)
        flags = np.array([[1] if at in starts else [-1] for at in range(len(doc))], dtype=np.int64).astype(np.uint64)
        # One call: setting each token's own flag looks through the whole text every time.
        return doc.from_array(["SENT_START"], flags.reshape(-1, 1))  # type: ignore[arg-type]


@Language.factory("pantau_sentences", assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> SentenceSplitter:
    """The factory named in ``config.cfg``."""
    return SentenceSplitter()


def _starts(doc: Doc) -> set[int]:
    """Indices of first tokens; white space between belongs to the sentence before it."""
    starts = {0}
    first = previous = None
    breaks = 0
    for token in doc:
        if token.is_space:
            breaks += token.text.count("\n")
            continue
        if previous is None or first is None:
            first = token
        elif _begins(first, previous, token, breaks):
            starts.add(token.i)
            first = token
        previous, breaks = token, 0
    return starts


def _begins(first: Token, last: Token, token: Token, breaks: int) -> bool:
    """Does ``token`` begin a sentence after one that runs from ``first`` to ``last``?"""
    if breaks > 1:
        return True
    stop = _stop_before(last)
    if breaks:
        return stop is not None or not token.is_lower
    if stop is None or not _can_start(token, closed=stop.i != last.i):
        return False
    if stop.text == ".":
        return _ends_sentence(first, stop, token)
    return _ends_by_itself(stop)


def _ends_by_itself(stop: Token) -> bool:
    """A token that holds its dot: a degree or an ellipsis may end a sentence, an initial only as ``1,2 T.``."""
    if len(stop) == len("T."):
        return stop.i > 0 and stop.nbor(-1).text[0].isdigit()
    return stop.text in STOPS or stop.text in DEGREES or len(stop) > len("H.M.") or stop.text.startswith("..")


def _stop_before(last: Token) -> Token | None:
    """The full stop that ``last`` is or closes; a dotted degree is its own."""
    token = last
    while token.i > 0 and _closes(token):
        token = token.nbor(-1)
    return token if token.text in STOPS or token.text[-1] == "." else None


def _closes(token: Token) -> bool:
    """Is this a closing mark? A straight one closes where it hangs on the word before it."""
    if token.text in STRAIGHT:
        before = token.nbor(-1)
        return not before.whitespace_ and not before.is_space and before.text not in OPENERS
    return token.text in CLOSERS


def _can_start(token: Token, *, closed: bool) -> bool:
    if token.text in STRAIGHT:
        return not _closes(token)
    if token.lower_ in SPEECH and closed:
        return False
    return token.text[0].isupper() or token.text[0].isdigit() or token.text in OPENERS or token.text in "–—-•*"


def _ends_sentence(first: Token, stop: Token, token: Token) -> bool:
    """Is the single ``.`` a full stop and not the dot of an abbreviation, a list number or an amount?"""
    before = stop.nbor(-1) if stop.i > first.i else None
    if before is None or stop.idx != before.idx + len(before):
        return before is not None
    if before.lower_ in ABBREVIATIONS:
        return False
    if before.is_digit:
        listed = before.i == first.i or before.nbor(-1).text == ":"
        return not listed and not (len(token) == 3 and token.is_digit and len(before) <= 3)
    return not (token.is_digit and before.lower_ in NUMBERED)
