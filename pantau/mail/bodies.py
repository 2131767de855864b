"""The bodies of all mails from their templates: MJML as HTML that mail programs understand, and plain text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pantau import translations, wording
from pantau.mail.compose import SLOT

ROOMS = ("mail", "digests", "alerts")
_MARKS = str.maketrans("*_~`", "∗‗∼´")
"""What WhatsApp takes for formatting, as characters that look alike."""


def html_body(name: str, **values: Any) -> str:
    """The HTML of ``name.mjml.jinja``; every text is escaped, no font or picture is loaded from anywhere."""
    markup = _environment(escape=True).get_template(f"{name}.mjml.jinja").render(values)
    return str(mrml.to_html(markup, None, mrml.RenderOptions(fonts={})).content)


def text_body(name: str, **values: Any) -> str:
    """The text of ``name.jinja``."""
    return _environment(escape=False).get_template(f"{name}.jinja").render(values)


@cache
def _environment(*, escape: bool) -> Environment:
    here = Path(__file__).parent.parent
    environment = Environment(
        loader=FileSystemLoader([here / room / "templates" for room in ROOMS]),
        extensions=["jinja2.ext.i18n"],
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_without_slot,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translations.gettext, translations.ngettext, newstyle=True
    )
    environment.filters |= {
        "number": wording.number,
        "weekday": wording.weekday,
        "short_date": wording.short_date,
        "unmarked": lambda text: text.translate(_MARKS),
    }
    environment.globals |= {"articles": wording.articles, "language": translations.language}
    return environment


def _without_slot(value: Any) -> Any:
    """No text from outside may hold the place of a reader's token."""
    return value.replace(SLOT, "") if isinstance(value, str) else value
