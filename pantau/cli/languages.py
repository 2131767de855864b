"""The option that chooses the language of mails."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pantau.translations import LANGUAGES

Language = StrEnum("Language", {code: code for code in LANGUAGES})  # type: ignore[misc]
"""The languages that there are, as typer wants its choices."""
LanguageOption = Annotated[Language | None, typer.Option("--language", help="Language of the mails.")]
