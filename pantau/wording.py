"""How Pantau writes dates, numbers and kinds in the language in use: page, digest and files share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

from pantau.translations import N_, language, locale, ngettext
from pantau.translations import gettext as _
from scraper.clock import WIB, local_day
from scraper.items import FigureTag

TIMES = {"id": "HH.mm", "en": "HH:mm"}
UNKNOWN_DATE = N_("Tanggal tidak diketahui")
KINDS = {
    "news": N_("Berita"),
    "advertorial": N_("Berbayar (ADV)"),
    "release": N_("Rilis"),
    "opinion": N_("Opini"),
    "photo": N_("Foto"),
    "video": N_("Video"),
    "hoax": N_("Klarifikasi hoaks"),
    "correction": N_("Ralat"),
}
TOPICS = {
    "umkm": N_("UMKM"),
    "prices": N_("Harga"),
    "budget": N_("Anggaran"),
    "investment": N_("Investasi"),
    "labour": N_("Ketenagakerjaan"),
    "trade": N_("Perdagangan"),
    "tourism": N_("Pariwisata"),
    "infrastructure": N_("Infrastruktur"),
    "agriculture": N_("Pertanian"),
    "energy": N_("Energi"),
    "finance": N_("Keuangan"),
    "welfare": N_("Kesejahteraan"),
    "tax": N_("Pajak"),
    "property": N_("Properti"),
    "transport": N_("Transportasi"),
    "health": N_("Kesehatan"),
    "education": N_("Pendidikan"),
    "environment": N_("Lingkungan"),
    "politics": N_("Politik"),
    "crime": N_("Kriminal"),
    "disaster": N_("Bencana"),
    "other": N_("Lainnya"),
}
OUTCOMES = {
    "finished": N_("selesai"),
    "blocked": N_("diblokir"),
    "rate-limited": N_("dibatasi"),
    "robots-unreachable": N_("menunggu robots.txt"),
    "crawl-delay-too-long": N_("jeda yang diminta terlalu lama"),
    "unreachable": N_("tak terjangkau"),
    "unavailable": N_("tak tersedia"),
    "nothing-fetched": N_("tidak ada yang terambil"),
    "failed": N_("gagal"),
    "profile-error": N_("profil salah"),
    "storage-failed": N_("penyimpanan gagal"),
    "stopped": N_("dihentikan"),
    "killed": N_("terbunuh"),
    "running": N_("berjalan"),
}
FACTS = {
    "title": N_("judul"),
    "text": N_("isi"),
    "author": N_("wartawan"),
    "editor": N_("editor"),
    "published": N_("tanggal"),
}
STATES = {
    "silent": N_("sunyi"),
    "blocked": N_("diblokir"),
    "unreachable": N_("tak terjangkau"),
    "failing": N_("gagal"),
    "drifting": N_("bergeser"),
    "stale": N_("tidak dijalankan"),
    "never": N_("belum pernah"),
    "paused": N_("dijeda"),
    "ok": N_("baik"),
    "imported": N_("impor"),
}
JOB_STATES = {
    "queued": N_("menunggu"),
    "running": N_("berjalan"),
    "done": N_("selesai"),
    "failed": N_("gagal"),
    "cancelled": N_("dibatalkan"),
}
REASONS = {
    "no-articles": N_("tidak ada berita"),
    "few-articles": N_("berita terlalu sedikit"),
    "rules-disagree": N_("aturan situs meleset"),
    "undated": N_("tanggal tidak terbaca"),
    "no-article": N_("halaman bukan berita"),
    "no-run": N_("tidak dijalankan"),
}
TONES = {
    "positive": N_("positif"),
    "neutral": N_("netral"),
    "negative": N_("negatif"),
    "unrated": N_("belum dinilai"),
}
FOLLOW_UPS = {
    "watch": N_("pantau"),
    "clarify": N_("klarifikasi"),
    "reply": N_("hak jawab"),
    "done": N_("selesai"),
}
INDICATORS = {
    "umkm": N_("UMKM dan IKM"),
    "pdrb": N_("PDRB dan pertumbuhan ekonomi"),
    "inflasi": N_("Inflasi"),
    "apbd": N_("APBD dan belanja"),
    "pad": N_("PAD, pajak, retribusi"),
    "investasi": N_("Investasi"),
    "ketenagakerjaan": N_("Ketenagakerjaan"),
    "kemiskinan": N_("Kemiskinan"),
    "upah-minimum": N_("Upah minimum"),
    "harga-pangan": N_("Harga pangan"),
    "ekspor-impor": N_("Ekspor dan impor"),
    "kredit": N_("Kredit dan simpanan"),
    "bantuan": N_("Bantuan dan lowongan"),
    "ipm-stunting": N_("IPM dan stunting"),
}
FIGURE_ROLES = {"target": N_("target"), "realisation": N_("realisasi")}
UNITS = {
    "pp": N_("poin persen"),
    "day": N_("hari"),
    "month": N_("bulan"),
    "year": N_("tahun"),
    "hour": N_("jam"),
    "minute": N_("menit"),
    "l": N_("liter"),
    "m2": "m²",
    "m3": "m³",
    "km2": "km²",
}
"""Units of the figure grammar as a reader knows them; the others are written as they are."""
PERIODS = {
    "day": N_("per hari"),
    "month": N_("per bulan"),
    "year": N_("per tahun"),
    "hour": N_("per jam"),
    "minute": N_("per menit"),
}
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
SCALES = ((1e12, N_("triliun")), (1e9, N_("miliar")), (1e6, N_("juta")))


def long_date(value: datetime | date | None) -> str:
    """``Senin, 3 Mei 2021 14.27 WIB``, without the time where only the day is known."""
    if value is None:
        return _(UNKNOWN_DATE)
    if isinstance(value, datetime):
        return f"{_written(value, f'EEEE, d MMMM y {TIMES[language()]}')} WIB"
    return _written(value, "EEEE, d MMMM y")


def full_date(value: date) -> str:
    """``3 Desember 2021``."""
    return _written(value, "d MMMM y")


def short_date(value: datetime | date | None) -> str:
    """``3 Mei 2021``."""
    return _(UNKNOWN_DATE) if value is None else _written(local_day(value), "d MMM y")


def weekday(value: date) -> str:
    """``Sen``."""
    return _written(value, "EEE")


def day_span(start: date, end: date) -> str:
    """``3–9 Mei 2021``, with the first month and year only where they differ."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_date(end)}"
    first = _written(start, "d MMM" if start.year == end.year else "d MMM y")
    return f"{first} – {short_date(end)}"


def short_moment(value: datetime) -> str:
    """``3 Mei 14.27``."""
    return _written(value, f"d MMM {TIMES[language()]}")


def short_time(value: datetime | date | None) -> str:
    """``3 Mei 2021 14.27``, without the time where only the day is known."""
    if isinstance(value, datetime):
        return _written(value, f"d MMM y {TIMES[language()]}")
    return short_date(value)


def number(value: float) -> str:
    """``90.128`` and ``5,98`` (in English ``90,128`` and ``5.98``): at most two decimals."""
    return _number(value, locale())


def _written(value: datetime | date, pattern: str) -> str:
    """A day, or a moment as clocks here show it, in the language in use."""
    if isinstance(value, datetime):
        value = value.astimezone(WIB).replace(tzinfo=None)
    return _dated(value, pattern, locale())


@lru_cache(maxsize=10_000)
def _dated(value: datetime | date, pattern: str, where: str) -> str:
    if isinstance(value, datetime):
        return str(format_datetime(value, pattern, locale=where))
    return str(format_date(value, pattern, locale=where))


@lru_cache(maxsize=10_000)
def _number(value: float, where: str) -> str:
    return str(format_decimal(value, format="#,##0.##", locale=where))


def articles(count: int) -> str:
    """``7 berita``."""
    return ngettext("%(num)s berita", "%(num)s berita", count) % {"num": number(count)}


def outlets(count: int) -> str:
    """``4 media``."""
    return ngettext("%(num)s media", "%(num)s media", count) % {"num": number(count)}


def amount(value: float, unit: str) -> str:
    """A value with its unit as a reader expects it: ``Rp4,93 triliun``, ``5,98%``, ``90.128 pelaku UMKM``."""
    if unit == "%":
        return f"{number(value)}%"
    currency, _slash, per = unit.partition("/")
    if len(currency) == 3 and currency.isupper():
        sign = "Rp" if currency == "IDR" else f"{currency} "
        return sign + scaled(value) + (f" {_per(per)}" if per else "")
    return f"{number(value)} {_label(UNITS, unit)}".strip()


def scaled(value: float) -> str:
    """``4,93 triliun`` where the value is a million or more, else the plain number."""
    for size, word in SCALES:
        if abs(value) >= size:
            return f"{number(value / size)} {_(word)}"
    return number(value)


def figure_amount(figure: FigureTag) -> str:
    """The value of a figure, a range as ``X–Y``."""
    low = amount(figure.value, figure.unit)
    return low if figure.value_max is None else f"{low} – {amount(figure.value_max, figure.unit)}"


def kind_label(kind: str) -> str:
    """The label of an article kind."""
    return _label(KINDS, kind)


def indicator_label(indicator: str) -> str:
    """The label of an indicator of the ledger."""
    return _label(INDICATORS, indicator)


def role_label(role: str | None) -> str:
    """``target`` or ``realisasi``; empty where a figure is neither."""
    return _label(FIGURE_ROLES, role) if role else ""


def outcome_label(outcome: str | None) -> str:
    """How a crawl ended; nothing yet means that it still runs."""
    return _label(OUTCOMES, outcome or "running")


def state_label(state: str) -> str:
    """How a source fares."""
    return _label(STATES, state)


def job_state(state: str) -> str:
    """How a job stands."""
    return _label(JOB_STATES, state)


def health_reason(reason: str | None, since: datetime | None) -> str:
    """Why a source is in trouble and since when: ``tidak ada berita sejak 3 Mei 14.27``; empty where it is not."""
    if reason is None:
        return ""
    label = _(REASONS[reason]) if reason in REASONS else outcome_label(reason)
    return _("%(reason)s sejak %(moment)s") % {"reason": label, "moment": short_moment(since)} if since else label


def hours(span: tuple[time, time] | None) -> str:
    """``21.00–06.00 WIB``; empty for none."""
    if span is None:
        return ""
    return " – ".join(str(format_time(at, TIMES[language()], locale=locale())) for at in span) + " WIB"


def fact_labels(facts: Iterable[str]) -> str:
    """What a correction changed, as ``judul, isi``."""
    return ", ".join(_label(FACTS, fact) for fact in facts)


def period_label(period: str) -> str:
    """``triwulan IV 2025`` for ``2025-Q4``, ``3 Mar 2026`` for a day; a span as ``X – Y``."""
    return " – ".join(_period(part) for part in period.split("/", 1))


def topic_label(topic: str) -> str:
    """The label of a topic."""
    return _label(TOPICS, topic)


def tone_label(tone: str | None) -> str:
    """How people judged an article; nothing yet counts as unrated."""
    return _label(TONES, tone or "unrated")


def follow_up_label(status: str) -> str:
    """What is done about an article."""
    return _label(FOLLOW_UPS, status)


def _period(part: str) -> str:
    year, _dash, rest = part.partition("-")
    if rest[:1] in ("Q", "S") and rest[1:] in ROMAN:
        kind = _("triwulan %(number)s %(year)s") if rest[0] == "Q" else _("semester %(number)s %(year)s")
        return kind % {"number": ROMAN[rest[1:]], "year": year}
    try:
        day = date.fromisoformat(part if len(part) == 10 else f"{part}-01")
    except ValueError:
        return part
    return short_date(day) if len(part) == 10 else _written(day, "MMMM y")


def _per(unit: str) -> str:
    return _(PERIODS[unit]) if unit in PERIODS else f"per {_label(UNITS, unit)}"


def _label(labels: Mapping[str, str], key: str) -> str:
    """A label of one of the tables above in the language in use; what stands in none is shown as it is."""
    return _(labels[key]) if key in labels else key
