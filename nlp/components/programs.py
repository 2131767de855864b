"""Fill ``doc._.programs``: the thin component over the grammar in ``nlp/programs``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import text_of
from nlp.lexicons import read_rows
from nlp.programs.find import find_programs
from nlp.programs.known import KnownNames
from nlp.registry_data import FOLDER

SHIPPED = FOLDER / "programmes.csv"


class HoldsProgrammes(Protocol):
    """What this component needs of a registry."""

    @property
    def programmes(self) -> Iterable[Mapping[str, str]]:
        """Rows with the columns of ``programmes.csv``."""


class ProgramFinder:
    """Programmes by wording and by registered name."""

    def __init__(self) -> None:
        self.known = KnownNames.from_rows(read_rows(SHIPPED))

    def use_registry(self, registry: HoldsProgrammes) -> None:
        """Take the names of ``registry`` instead of the shipped ones."""
        self.known = KnownNames.from_rows(registry.programmes)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.programs``."""
        doc._.programs = find_programs(text_of(doc), known=self.known)
        return doc


@Language.factory("pantau_programs")
def create_programs(nlp: Language, name: str) -> ProgramFinder:
    """The factory named in ``config.cfg``."""
    return ProgramFinder()
