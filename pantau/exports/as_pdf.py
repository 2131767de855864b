"""The printed kliping as PDF: the same articles give the same bytes. Text goes in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

from scraper.errors import DeliveryError


def kliping_pdf(data: Mapping[str, Any]) -> bytes:
    """The pages of a kliping; ``data`` is what ``clippings.to_print`` gives. Raises DeliveryError."""
    template = files("pantau.exports").joinpath("templates/kliping.typ").read_bytes()
    text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()
    try:
        pages = typst.compile(
            template,
            format="pdf",
            sys_inputs={"data": text},
            ignore_system_fonts=True,
            timestamp=0,
        )
    except typst.TypstError as error:
        raise DeliveryError(
            "the kliping could not be set (%(message)s); print the page instead", message=error.message
        ) from error
    if not isinstance(pages, bytes):
        raise DeliveryError("the kliping has no page; print the page instead")
    return pages
