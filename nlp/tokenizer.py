"""Tokens of Indonesian news: every punctuation mark at a quote is one, numbers and web names stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

DEGREES = (
    "Ag|Ak|Ap|Ars|Ec|Eng|Farm|Fil|Hum|Hut|IKom|IP|Keb|Ked|Kep|Kes|KM|Kn|Kom|Med|MT|Par|Pd|PdI|Pi|Psi|Pt|Sc|Si|Sn|Sos|"
    "Stat|STP|ST|Tek|Th|TP|Tr|[A-Z]"
)
TOKEN = re.compile(
    rf"""
    https?://[^\s"'”’<>]{{0,500}}[^\s"'”’<>.,;:!?)\]]                          # address
  | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}            # mail
  | (?:[A-Za-z0-9-]{{1,40}}\.){{1,4}}(?:com|co|id|net|org|tv|info|news|COM|CO|ID|NET|ORG)(?![A-Za-z0-9])
  | [SMADB]\.(?:{DEGREES})(?![A-Za-z])(?:\.(?:[A-Z]\.?)?(?![A-Za-z]))?  # S.Sos., M.Ars, S.Pd.I
  | (?:[A-Z]\.){{2,6}} | (?:[a-z]\.){{2,3}}(?![A-Za-z])                # H.M. or S.E.; a.n. or s.d.
  | [A-Z]\.(?=[^\S\n]*[A-Z])                                           # initial: A. Zaki
  | (?:Rp|RP|rp|IDR|USD|SGD|US\$|S\$)(?=\.?\s?\d)                      # currency before its number
  | [Kk]e-\d+(?!\w)                                                    # rank: ke-7
  | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])                        # 3/5/2021
  | \d{{1,2}}-\d{{1,2}}-\d{{4}}(?!\d)
  | \d{{1,63}}(?:[.,:]\d{{1,63}}){{0,9}}                    # 90.128 or 3.382,97 or 14:27
  | [A-Z]{{1,2}}-[A-Z]{{2,6}}(?!\w) | [A-Z]{{1,4}}-[A-Z]{{1,2}}(?!\w)     # P-IRT, KTH-TS
  | [^\W\d_]\w{{0,63}}(?:['’`][^\W\d_]{{1,63}}){{0,3}}                  # Jum'at, anak-anak, COVID-19
      (?:(?<=[a-z])-[a-z]{{1,63}}|-\d{{1,20}}(?![\d.,]*\d)){{0,3}}
  | \.{{2,}} | -{{2,}}
  | \S
    """,
    re.VERBOSE,
)


class NewsTokenizer:
    """Cut a text into tokens by one expression; the tokens and their spaces give back the text exactly."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text`` as a Doc; runs of white space beyond one blank are tokens."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for match in TOKEN.finditer(text):
            _add_gap(words, spaces, text[at : match.start()])
            words.append(match.group())
            spaces.append(False)
            at = match.end()
        _add_gap(words, spaces, text[at:])
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to store: the rules are code."""

    def from_disk(self, path: str | Path, **_: Any) -> NewsTokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store: the rules are code."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> NewsTokenizer:
        """Nothing to load."""
        return self


def _add_gap(words: list[str], spaces: list[bool], gap: str) -> None:
    if gap[:1] == " " and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers("pantau.NewsTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """The factory named in ``config.cfg``."""
    return lambda pipeline: NewsTokenizer(pipeline.vocab)
