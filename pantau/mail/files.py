"""Mails as .eml files, to look at before anything is sent."""

from __future__ import annotations

import re
from pathlib import Path

from scraper.errors import DeliveryError


def write_eml(folder: Path, email: str, message: bytes, *, number: int) -> Path:
    """Write one message; the name of its file holds nothing of an address that a file system minds."""
    path = folder / f"{number:04d}-{re.sub(r'[^a-z0-9.@-]', '_', email.lower())[:80]}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(message)
    except OSError as error:
        raise DeliveryError(f"{path} cannot be written ({error}); check the folder and its rights") from error
    return path
