"""The pages that the header leads to; one that this application does not have is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pantau.translations import N_


@dataclass(frozen=True, slots=True)
class Item:
    """One link of the header."""

    address: str
    label: str
    """Indonesian; translated where it is shown."""


ITEMS = (
    Item("/", N_("Beranda")),
    Item("/cari", N_("Cari")),
    Item("/pejabat", N_("Pejabat")),
    Item("/program", N_("Program")),
    Item("/angka", N_("Angka")),
    Item("/media", N_("Media")),
    Item("/rilis", N_("Rilis")),
    Item("/tambah", N_("Tambah berita")),
    Item("/antrean", N_("Antrean")),
    Item("/pengaturan", N_("Pengaturan")),
)


def navigation(addresses: Iterable[str]) -> tuple[Item, ...]:
    """The items whose pages are among the addresses that are answered."""
    known = set(addresses)
    return tuple(item for item in ITEMS if item.address in known)


def is_current(item: Item, path: str) -> bool:
    """Whether a path belongs to an item: its page itself or one below it."""
    return path == item.address or (item.address != "/" and path.startswith(f"{item.address}/"))
