"""Fills the slots of the invented prose: numbers, sums, names and places of one article.

A slot is ``{kind:argument}`` or ``{name=kind:argument}``; a named one keeps its value for the whole article, and its
first value wins. Kinds that are not listed here are date tokens and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

AREAS = {
    "Kota Tirtasari": ("Tirtamulya", "Karang Endah", "Bojong Asri", "Cipandan", "Rawa Kidul", "Sukawening"),
    "Kabupaten Wanakerta": ("Cigintung", "Pasirwaru", "Muaralaya", "Sindangwana", "Jatiluhung", "Cadasmekar"),
    "Kota Arunika": ("Arunika Barat", "Lebakwangi", "Tanjung Jati", "Pulo Merak", "Kramatsari", "Mekarbaru"),
}
"""Invented towns of the invented province, each with its districts."""
_VILLAGES = (
    "Kertaraga", "Banyuwangun", "Rawa Lumbung", "Kebon Nangka", "Griya Selaras", "Pasir Honje", "Leuwidatar",
    "Sukamaneh", "Parungsari", "Batu Lawang", "Cikalapa", "Telaga Bening", "Tegal Waru", "Lebak Picung",
)  # fmt: skip
_MARKETS = (
    "Pasar Tengah", "Pasar Induk", "Pasar Anyar", "Pasar Lembayung", "Pasar Subuh Kidul", "Pasar Simpang Lima",
    "Pasar Ranca", "Pasar Bambu",
)  # fmt: skip
_FIRST = (
    "Sudarmi", "Iwan", "Rasiah", "Kokom", "Endang", "Wartini", "Tarjo", "Suhaemi", "Nurlela", "Basuki", "Jumadi",
    "Rohimah", "Darsono", "Kartika", "Sobari", "Imas", "Maman", "Yayah", "Ucup", "Sarmila", "Hamdan", "Tini", "Warsito",
    "Aminah", "Dedeh", "Samsul", "Ratmi", "Oding", "Lilis", "Karman",
)  # fmt: skip
_GIVEN = (
    "Hasan", "Retno", "Budi", "Laras", "Fajar", "Mega", "Teguh", "Ayu", "Rahmat", "Dina", "Surya", "Wulan", "Eko",
    "Nadia", "Galih", "Tuti", "Arif", "Sekar", "Yusuf", "Indah",
)  # fmt: skip
_FAMILY = (
    "Wirahadi", "Pranoto", "Suherman", "Lesmana", "Kusnadi", "Hidayati", "Maulana", "Sasmita", "Purwanto", "Anggoro",
    "Rahayu", "Firmansyah", "Gumilar", "Setiadi", "Nurhayati", "Adikarya", "Mulyana", "Siregar", "Hutami", "Baskara",
)  # fmt: skip
_FIRMS = (
    "Sagara Boga", "Tirta Logam", "Wana Plastindo", "Arunika Garmen", "Karya Alas Kaki", "Bumi Keramik", "Mitra Kabel",
    "Samudra Beku", "Cipta Ban", "Graha Kemasan",
)  # fmt: skip
REPORTERS = tuple(f"{given} {family}" for given in _GIVEN[::2] for family in _FAMILY[::4])
EDITORS = tuple(f"{given} {family}" for given in _GIVEN[1::4] for family in _FAMILY[1::7])
_SLOT = re.compile(r"\{(?:(\w+)=)?(\w+)(?::([^{}]*))?\}")


class Slots:
    """The values of one article; the same random numbers give the same ones."""

    def __init__(self, random: Random, *, agency: str) -> None:
        self._random = random
        area = random.choice(tuple(AREAS))
        districts = random.sample(AREAS[area], 2)
        village = "Desa" if area.startswith("Kabupaten") else "Kelurahan"
        official, expert = self._person(), self._person()
        first, second = random.sample(_FIRST, 2)
        self._values = {
            "kota": area,
            "kt": area.split(" ", 1)[1],
            "kec": districts[0],
            "kec2": districts[1],
            "desa": f"{village} {random.choice(_VILLAGES)}",
            "pasar": f"{random.choice(_MARKETS)} {districts[0]}",
            "pt": f"PT {random.choice(_FIRMS)}",
            "kepala": f"Kepala {agency} {area}, {official},",
            "n": f"{official.split()[0]}",
            "pakar": f"Pengamat ekonomi Universitas Sagara, {expert},",
            "warga": f"{first} ({random.randint(23, 67)})",
            "w": first,
            "warga2": second,
        }

    def __getitem__(self, name: str) -> str:
        """A value that is known by now; raises KeyError for one that is not."""
        return self._values[name]

    def fill(self, text: str) -> str:
        """``text`` with its slots written out, the date tokens left in."""
        return _SLOT.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        name, kind, argument = match[1], match[2], match[3]
        if (known := self._values.get(name or kind)) is not None:
            return known
        if kind not in _KINDS:
            return match[0]
        value = _KINDS[kind](self._random, argument)
        if name:
            self._values[name] = value
        return value

    def _person(self) -> str:
        return f"{self._random.choice(_GIVEN)} {self._random.choice(_FAMILY)}"


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _between(random: Random, argument: str) -> int:
    low, high, *step = (int(part) for part in argument.split(":"))
    return random.randrange(low, high + 1, step[0] if step else 1)


def _tenths(random: Random, argument: str) -> str:
    return f"{_whole(_between(random, argument))},{random.randint(1, 9)}"


_KINDS: dict[str, Callable[[Random, str], str]] = {
    "int": lambda random, argument: _whole(_between(random, argument)),
    "rp": lambda random, argument: f"Rp{_whole(_between(random, argument))}",
    "pct": lambda random, argument: f"{_tenths(random, argument)} persen",
    "miliar": lambda random, argument: f"Rp{_tenths(random, argument)} miliar",
    "juta": lambda random, argument: f"Rp{_tenths(random, argument)} juta",
    "pick": lambda random, argument: random.choice(argument.split("|")),
}
