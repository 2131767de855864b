"""How Pantau writes dates, numbers and kinds for Indonesian readers: page, digest and files share it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from scraper.clock import WIB, local_day
from scraper.items import FigureTag

LOCALE = "id"
UNKNOWN_DATE = "Tanggal tidak diketahui"
KINDS = {
    "news": "Berita",
    "advertorial": "Berbayar (ADV)",
    "release": "Rilis",
    "opinion": "Opini",
    "photo": "Foto",
    "video": "Video",
    "hoax": "Klarifikasi hoaks",
    "correction": "Ralat",
}
TOPICS = {
    "umkm": "UMKM", "prices": "Harga", "budget": "Anggaran", "investment": "Investasi", "labour": "Ketenagakerjaan",
    "trade": "Perdagangan", "tourism": "Pariwisata", "infrastructure": "Infrastruktur", "agriculture": "Pertanian",
    "energy": "Energi", "finance": "Keuangan", "welfare": "Kesejahteraan", "tax": "Pajak", "property": "Properti",
    "transport": "Transportasi", "health": "Kesehatan", "education": "Pendidikan", "environment": "Lingkungan",
    "politics": "Politik", "crime": "Kriminal", "disaster": "Bencana", "other": "Lainnya",
}  # fmt: skip
OUTCOMES = {
    "finished": "selesai",
    "blocked": "diblokir",
    "rate-limited": "dibatasi",
    "robots-unreachable": "menunggu robots.txt",
    "crawl-delay-too-long": "jeda yang diminta terlalu lama",
    "unreachable": "tak terjangkau",
    "unavailable": "tak tersedia",
    "nothing-fetched": "tidak ada yang terambil",
    "failed": "gagal",
    "profile-error": "profil salah",
    "storage-failed": "penyimpanan gagal",
    "stopped": "dihentikan",
    "killed": "terbunuh",
    "running": "berjalan",
}
FACTS = {"title": "judul", "text": "isi", "author": "wartawan", "editor": "editor", "published": "tanggal"}
STATES = {
    "silent": "sunyi",
    "blocked": "diblokir",
    "unreachable": "tak terjangkau",
    "failing": "gagal",
    "drifting": "bergeser",
    "stale": "tidak dijalankan",
    "never": "belum pernah",
    "paused": "dijeda",
    "ok": "baik",
    "imported": "impor",
}
REASONS = {
    "no-articles": "tidak ada berita",
    "few-articles": "berita terlalu sedikit",
    "rules-disagree": "aturan situs meleset",
    "undated": "tanggal tidak terbaca",
    "no-article": "halaman bukan berita",
    "no-run": "tidak dijalankan",
}
UNITS = {
    "pp": "poin persen", "day": "hari", "month": "bulan", "year": "tahun", "hour": "jam", "minute": "menit",
    "l": "liter", "m2": "m²", "m3": "m³", "km2": "km²",
}  # fmt: skip
"""Units of the figure grammar as a reader knows them; the others are written as they are."""
SCALES = ((1e12, "triliun"), (1e9, "miliar"), (1e6, "juta"))


def long_date(value: datetime | date | None) -> str:
    """``Senin, 3 Mei 2021 14.27 WIB``, without the time where only the day is known."""
    if value is None:
        return UNKNOWN_DATE
    if isinstance(value, datetime):
        local = value.astimezone(WIB).replace(tzinfo=None)
        return f"{format_datetime(local, 'EEEE, d MMMM y HH.mm', locale=LOCALE)} WIB"
    return str(format_date(value, "EEEE, d MMMM y", locale=LOCALE))


def full_date(value: date) -> str:
    """``3 Desember 2021``."""
    return str(format_date(value, "d MMMM y", locale=LOCALE))


def short_date(value: datetime | date | None) -> str:
    """``3 Mei 2021``."""
    if value is None:
        return UNKNOWN_DATE
    return str(format_date(local_day(value), "d MMM y", locale=LOCALE))


def short_moment(value: datetime) -> str:
    """``3 Mei 14.27``."""
    return str(format_datetime(value.astimezone(WIB).replace(tzinfo=None), "d MMM HH.mm", locale=LOCALE))


def number(value: float) -> str:
    """``90.128`` and ``5,98``: Indonesian separators, at most two decimals."""
    return str(format_decimal(value, format="#,##0.##", locale=LOCALE))


def amount(value: float, unit: str) -> str:
    """A value with its unit as a reader expects it: ``Rp4,93 triliun``, ``5,98%``, ``90.128 pelaku UMKM``."""
    if unit == "%":
        return f"{number(value)}%"
    currency, _, per = unit.partition("/")
    if len(currency) == 3 and currency.isupper():
        sign = "Rp" if currency == "IDR" else f"{currency} "
        return sign + scaled(value) + (f" per {UNITS.get(per, per)}" if per else "")
    return f"{number(value)} {UNITS.get(unit, unit)}".strip()


def scaled(value: float) -> str:
    """``4,93 triliun`` where the value is a million or more, else the plain number."""
    for size, word in SCALES:
        if abs(value) >= size:
            return f"{number(value / size)} {word}"
    return number(value)


def figure_amount(figure: FigureTag) -> str:
    """The value of a figure, a range as ``X–Y``."""
    low = amount(figure.value, figure.unit)
    return low if figure.value_max is None else f"{low} – {amount(figure.value_max, figure.unit)}"


def kind_label(kind: str) -> str:
    """The Indonesian label of an article kind."""
    return KINDS.get(kind, kind)


def outcome_label(outcome: str | None) -> str:
    """How a crawl ended, in Indonesian; nothing yet means that it still runs."""
    return OUTCOMES.get(outcome, outcome) if outcome else "berjalan"


def state_label(state: str) -> str:
    """How a source fares, in Indonesian."""
    return STATES.get(state, state)


def health_reason(reason: str | None, since: datetime | None) -> str:
    """Why a source is in trouble and since when: ``tidak ada berita sejak 3 Mei 14.27``; empty where it is not."""
    if reason is None:
        return ""
    label = REASONS.get(reason) or outcome_label(reason)
    return f"{label} sejak {short_moment(since)}" if since else label


def fact_labels(facts: Iterable[str]) -> str:
    """What a correction changed, as ``judul, isi``."""
    return ", ".join(FACTS.get(fact, fact) for fact in facts)


def topic_label(topic: str) -> str:
    """The Indonesian label of a topic."""
    return TOPICS.get(topic, topic)
