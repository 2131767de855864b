"""The filters of a search in words: their names, their values, and a whole search as a heading says it."""

from __future__ import annotations

import re
from datetime import date

from pantau import wording
from pantau.translations import N_, ngettext
from pantau.translations import gettext as _
from pantau.web.access import ROLE_NAMES
from pantau.web.filters import SearchState
from storage.records.saved_searches import SavedSearch

READERS = {
    "pending": N_("menunggu jawaban"),
    "active": N_("aktif"),
    "ended": N_("berakhir"),
    "bounced": N_("alamat tidak menerima surel"),
}
FILTERS = {
    "pejabat": N_("Pejabat"),
    "narasumber": N_("Narasumber"),
    "program": N_("Program"),
    "wilayah": N_("Wilayah"),
    "topik": N_("Topik"),
    "media": N_("Media"),
    "jenis": N_("Jenis"),
    "kanal": N_("Kanal"),
    "tone": N_("Tone"),
    "tindak": N_("Tindak lanjut"),
    "dari": N_("Sejak"),
    "sampai": N_("Sampai"),
}
MEDIA = {
    "online": N_("daring"),
    "print": N_("cetak"),
    "tv": N_("TV"),
    "radio": N_("radio"),
    "social": N_("media sosial"),
}
PRESS = {
    "factual": N_("terverifikasi faktual"),
    "administrative": N_("terverifikasi administrasi"),
    "registered": N_("berbadan hukum"),
    "none": N_("belum berbadan hukum"),
}
"""What the press council says of an outlet."""
OUTLET_FACTS = {
    "label": N_("Nama"),
    "tier": N_("Tier"),
    "press_status": N_("Status pers"),
    "area": N_("Wilayah"),
    "medium": N_("Jenis"),
    "note": N_("Catatan"),
}
RHYTHMS = {
    "off": N_("tidak dikirim"),
    "now": N_("segera, setiap ada yang baru"),
    "hourly": N_("paling sering sekali sejam"),
    "daily": N_("sekali sehari"),
}
"""How often a saved search mails what is new."""
JOBS = {
    "crawl": N_("Rayapi"),
    "probe": N_("Kenali situs"),
    "import": N_("Tambah berita"),
    "check": N_("Periksa sumber"),
    "enable": N_("Nyalakan sumber"),
    "pause": N_("Jeda sumber"),
    "remove": N_("Hapus sumber"),
    "tag": N_("Tandai berita"),
    "alerts": N_("Pemberitahuan"),
    "digest": N_("Kirim digest"),
    "bounces": N_("Baca surel yang kembali"),
    "backup": N_("Cadangkan"),
    "prune": N_("Bersihkan"),
    "reindex": N_("Bangun indeks"),
    "reextract": N_("Baca ulang arsip"),
}
PRESETS = ("24jam", "7hari", "30hari", "365hari")
"""Spans that one click chooses: values of ``dari``."""
PER = {"hari": N_("per hari"), "pekan": N_("per pekan"), "bulan": N_("per bulan")}
_LAST = re.compile(r"(\d{1,4})(jam|hari)")


def filter_label(name: str) -> str:
    """What a filter is called."""
    return _(FILTERS[name])


def value_label(name: str, value: str) -> str:
    """A filter's value as a reader knows it; what is in no list is shown as it is."""
    if name == "topik":
        return wording.topic_label(value)
    if name == "jenis":
        return wording.kind_label(value)
    if name == "tone":
        return wording.tone_label(value)
    if name == "tindak":
        return wording.follow_up_label(value)
    return span_label(value) if name in ("dari", "sampai") else value


def job_name(name: str) -> str:
    """What a kind of job is called; one that has no name here keeps that of the command."""
    return _(JOBS[name]) if name in JOBS else name


def job_key(key: str) -> str:
    """What a job is about: an address or a name; of a file that was handed in, its name without our folder."""
    return key if key.startswith(("http://", "https://")) else key.rpartition("/")[2]


def account_role(role: str) -> str:
    """What a role of an account is called."""
    return _(ROLE_NAMES[role])


def reader_state(state: str) -> str:
    """How a subscription to the digest stands."""
    return _(READERS[state]) if state in READERS else state


def alert_label(search: SavedSearch) -> str:
    """What a saved search mails, in a few words; empty where it mails nothing."""
    told = [_(RHYTHMS[search.alert])] if search.alert != "off" else []
    return ", ".join([*told, *([_("lonjakan")] if search.spike else [])])


def outlet_value(name: str, value: object) -> str:
    """What is known of an outlet, in words; a dash for nothing."""
    known = {"press_status": PRESS, "medium": MEDIA}.get(name, {})
    return "–" if value is None else _(known[str(value)]) if value in known else str(value)


def span_label(value: str) -> str:
    """``24 jam terakhir`` for ``24jam``, ``3 Mei 2021`` for an ISO day."""
    if match := _LAST.fullmatch(value):
        count = int(match[1])
        if match[2] == "jam":
            return ngettext("%(num)s jam terakhir", "%(num)s jam terakhir", count) % {"num": count}
        return ngettext("%(num)s hari terakhir", "%(num)s hari terakhir", count) % {"num": count}
    try:
        return wording.short_date(date.fromisoformat(value))
    except ValueError:
        return value


def filter_phrase(name: str, value: str) -> str:
    """A filter in a heading: ``Topik: Harga``, ``24 jam terakhir``."""
    label = value_label(name, value)
    return label if name == "dari" and _LAST.fullmatch(value) else f"{filter_label(name)}: {label}"


def headline(state: SearchState) -> str:
    """A whole search in words, without quotes around: ``Pilar · 24 jam terakhir``."""
    parts = [state.q, *(filter_phrase(name, value) for name, value in state.values)]
    return " · ".join(filter(None, parts)) or _("Semua berita")
