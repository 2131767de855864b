"""Indirect statements: what is told, by which verb, by whom."""

from __future__ import annotations

import pytest

from nlp.people.finder import find_people
from nlp.quotes.finder import read_speech

INTRO = "Bupati Lebak Sutrisna Wijaya meninjau pasar.\n\n"
KNOWN = "Sutrisna Wijaya"


@pytest.mark.parametrize(
    ("text", "said", "verb", "speaker"),
    [
        (
            "Bupati Lebak Sutrisna Wijaya mengatakan jalan itu segera dilebarkan.",
            "jalan itu segera dilebarkan",
            "mengatakan",
            KNOWN,
        ),
        (
            "Sutrisna Wijaya menegaskan bahwa pungutan harus dihentikan.",
            "pungutan harus dihentikan",
            "menegaskan",
            KNOWN,
        ),
        (
            INTRO + "Sutrisna Wijaya (51), petani cabai, mengaku sudah rugi dua musim.",
            "sudah rugi dua musim",
            "mengaku",
            KNOWN,
        ),
        (
            "Sutrisna Wijaya melaporkan kepada gubernur bahwa bendungan sudah penuh.",
            "bendungan sudah penuh",
            "melaporkan",
            KNOWN,
        ),
        ("Sutrisna Wijaya menilai pasokan masih aman, Senin (3/2/2025).", "pasokan masih aman", "menilai", KNOWN),
        (INTRO + "Ia menambahkan, pedagang tidak perlu pindah.", "pedagang tidak perlu pindah", "menambahkan", KNOWN),
        (INTRO + "Menurut Sutrisna, pasar perlu atap baru.", "pasar perlu atap baru", "menurut", KNOWN),
        (
            "Menurut Kepala Dinas Perdagangan Kota Serang, Sutrisna Wijaya, pasar perlu atap.",
            "pasar perlu atap",
            "menurut",
            KNOWN,
        ),
        (INTRO + "Menurutnya, pasar perlu atap baru.", "pasar perlu atap baru", "menurutnya", KNOWN),
        (INTRO + "Dijelaskan Sutrisna, atap pasar sudah bocor.", "atap pasar sudah bocor", "dijelaskan", KNOWN),
        (
            INTRO + "Atap pasar sudah bocor sejak lama, kata Sutrisna.",
            "Atap pasar sudah bocor sejak lama",
            "kata",
            KNOWN,
        ),
        (
            INTRO + "Perbaikan, lanjut Sutrisna, butuh dua bulan.",
            "Perbaikan, lanjut Sutrisna, butuh dua bulan",
            "lanjut",
            KNOWN,
        ),
        ("Wali Kota Serang meminta lurah membuka posko banjir.", "lurah membuka posko banjir", "meminta", None),
    ],
)
def test_tells_what_is_reported(text: str, said: str, verb: str, speaker: str | None) -> None:
    found = find_people(text)
    (statement,) = read_speech(text, found)[1]
    assert (text[statement.start : statement.end], statement.verb) == (said, verb)
    assert (None if statement.speaker is None else found.persons[statement.speaker].name) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Dinas Sosial menyebut jumlah penerima naik.",
        'Sutrisna Wijaya mengatakan, "Jalan itu segera dilebarkan."',
        "Sutrisna Wijaya mengatakan: “Jalan itu segera dilebarkan.”",
        "Sutrisna Wijaya mengatakan itu seusai rapat di kantornya.",
        "Sutrisna Wijaya menyampaikan terima kasih kepada para relawan.",
        "Sutrisna Wijaya mengapresiasi kerja petugas kebersihan kota.",
        "Menurut data tahun lalu, hasil panen naik.",
        "Harga cabai naik, kata orang murah.",
        "Warga diminta tidak membuang sampah ke sungai.",
    ],
)
def test_tells_nothing_where_nobody_reports(text: str) -> None:
    assert read_speech(text, find_people(text))[1] == []


def test_direct_speech_is_no_statement() -> None:
    text = INTRO + '"Atap pasar sudah bocor," kata Sutrisna. Ia menyebut perbaikan dimulai besok.'
    quotes, statements = read_speech(text, find_people(text))
    assert [text[quote.start : quote.end] for quote in quotes] == ["Atap pasar sudah bocor,"]
    assert [text[item.start : item.end] for item in statements] == ["perbaikan dimulai besok"]
