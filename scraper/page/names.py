"""Names of persons in a byline, told from outlets, roles, desks, places, sections and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.page.decode import tidy
from scraper.page.layout import fold
from scraper.page.moments import moments_in

MAX_NAME = 45
_WORD = 3
"""Characters of a name's longest word."""

_ROLES = (
    r"penulis|pewarta|reporter|wartawan|jurnalis|kontributor|koresponden|fotografer|laporan|peliput|editor|redaktur|red|rep"
    r"|penyunting|asisten|senior|staff?|correspondents?|contributors?|journalists?|writers?|special to|freelance\w*"
)
_ROLE_PART = re.compile(rf"(?:{_ROLES})\b", re.I)
_NOT_A_NAME = re.compile(
    r"\b(?:redaksi|koran|harian|majalah|tabloid|admin\w*|tim|news\w*|berita|media|online|humas|advertorial|adv|iklan|sumber|desk|biro|bureau"
    r"|kompas|antara|ant|detik\w*|tribun\w*|tempo|liputan6|republika|okezone|kapanlagi|viva|cyber|portal|company|inc"
    r"|pt|tbk|group|grup|jaringan|indonesia|tv|radio|channel|press|agency|agencies|network|times|post|magazine"
    r"|facebook|twitter|google|whatsapp|follow|share|view|profile|reuters|afp|updated?|published|read|comments?"
    r"|tags?|topik|tanggal|rilis|terbit|tayang|dibaca|pukul|jam"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu|ago|wib|istimewa|home|about|login|foto|photo|contact|wire|reports?"
    r"|kota|kabupaten|kab|provinsi|kecamatan|selatan|utara|barat|timur|tengah|nasional|daerah|regional|internasional"
    r"|ekonomi|bisnis|politik|hukum|kriminal|olahraga|pendidikan|kesehatan|teknologi|hiburan|peristiwa|opini|wisata"
    rf"|otomotif|metropolitan|lifestyle|business|politics|sports?|{_ROLES})\b|https?:|www\.|@|\.com|\.id",
    re.I,
)
_PARTICLES = frozenset(
    ("bin", "binti", "van", "von", "de", "da", "di", "al", "el", "la", "del", "der", "dos", "ibn", "y")
)
_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,3}\.){1,3}[A-Z]?[a-z]{0,5}\.?|S\.?[A-Z][a-z]?|M\.?[A-Z][a-z]{0,2}|Dr|Drs|Ir")
_AFTER_DASH = re.compile(r"\s+[-–—•·]\s+.*$")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_BEFORE_DATE = re.compile(r"[\s|,•·–—-]*\b(?:pada|tanggal|on|at|in)?\s*$", re.I)
_BETWEEN = re.compile(r"\s*[;|/]\s*|\s+(?:dan|and|&)\s+", re.I)
_ODD = re.compile(r"[\d?!:<>{}\[\]_#=|]")


def is_name(text: str, *, outlets: Iterable[str] = ()) -> bool:
    """Whether a string can be the name of a person; ``outlets`` are names and hosts of the page's own site."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not 3 <= len(text) <= MAX_NAME or _ODD.search(text) or _DEGREE.fullmatch(text):
        return False
    if _NOT_A_NAME.search(text) or is_outlet(text, outlets) or max(map(len, words)) < _WORD:
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words if word[0].isalpha())


def is_outlet(text: str, outlets: Iterable[str]) -> bool:
    """Whether a string names the page's own site: ``Kabar Kota`` on ``kabarkota.com``."""
    name = fold(text).replace(" ", "")
    return len(name) >= 4 and any(fold(outlet).replace(" ", "").startswith(name) for outlet in outlets if outlet)


def names_in(text: str, *, outlets: Iterable[str] = ()) -> list[str]:
    """The names in a byline without its label (``Ani, Jurnalis``, ``Ani dan Budi - kabarNews``, ``ANI | ANTARA``)."""
    text = _BRACKETS.sub("", _before_date(tidy(text)))
    parts = [part for piece in _BETWEEN.split(text) for part in _AFTER_DASH.sub("", piece).split(",")]
    found = [_cased(part.strip(" .-–—|:•·")) for part in parts if not _ROLE_PART.match(part.strip())]
    return [name for name in dict.fromkeys(found) if is_name(name, outlets=outlets)]


def _before_date(text: str) -> str:
    dates = moments_in(text) if len(text) <= 200 else []
    return _BEFORE_DATE.sub("", text[: dates[0].start]) if dates else text


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and len(name) > 4 else name
