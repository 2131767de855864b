"""The query language: what is understood, and what is refused with its reason and position."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.errors import QueryError
from storage.search.query import AllOf, AnyOf, Field, Node, Not, Text, parse_query
from storage.search.stems import analyze, exceptions, indexed, spellings, standards, stems
from storage.search.synonyms import groups, meanings, named_groups, variants
from storage.search.words import Memo, plain


@pytest.mark.parametrize(
    ("query", "children"),
    [
        ("", ()),
        ("   ", ()),
        ("pasar malam", (Text("pasar"), Text("malam"))),
        ('"pasar malam"', (Text("pasar malam", quoted=True),)),
        ("“pasar malam”", (Text("pasar malam", quoted=True),)),
        ("pasar -malam", (Text("pasar"), Not(Text("malam")))),
        ("pasar NOT malam", (Text("pasar"), Not(Text("malam")))),
        ("pasar AND malam", (Text("pasar"), Text("malam"))),
        ("pasar - malam", (Text("pasar"), Text("malam"))),
        ("-program:kur", (Not(Field("program", "kur")),)),
        ("a OR b c", (AnyOf((Text("a"), Text("b"))), Text("c"))),
        ("a ATAU b ATAU c", (AnyOf((Text("a"), Text("b"), Text("c"))),)),
        ("or atau dan", (Text("or"), Text("atau"), Text("dan"))),
        ("(a b) OR c", (AnyOf((AllOf((Text("a"), Text("b"))), Text("c"))),)),
        ("undang-undang", (Text("undang-undang"),)),
        ("judul:sungai", (Field("title", "sungai"),)),
        ('pejabat:"Rukmini Hartati"', (Field("official", "Rukmini Hartati", quoted=True),)),
        ("PROGRAM:kur MEDIA:warta", (Field("program", "kur"), Field("outlet", "warta"))),
        ("place:banten topic:umkm", (Field("place", "banten"), Field("topic", "umkm"))),
        ("jenis:berbayar", (Field("kind", "advertorial"),)),
        ("dari:2026-02 sampai:2026-02", (Field("after", "2026-02-01"), Field("before", "2026-02-28"))),
        ("after:2025 before:2025", (Field("after", "2025-01-01"), Field("before", "2025-12-31"))),
        ("dari:3/5/2021", (Field("after", "2021-05-03"),)),
        ("pukul 10:30 http://warta.test", (Text("pukul"), Text("10:30"), Text("http://warta.test"))),
        ("😀 pasar", (Text("pasar"),)),
    ],
)
def test_query_is_understood(query: str, children: tuple[Node, ...]) -> None:
    assert parse_query(query).root.children == children


@pytest.mark.parametrize(
    ("query", "says", "position"),
    [
        ('pasar "malam', "tanda kutip tidak ditutup", 6),
        ('"', "tanda kutip tidak ditutup", 0),
        ("(pasar", "kurung buka tidak ditutup", 0),
        ("pasar)", "kurung tutup tanpa kurung buka", 5),
        ("OR pasar", "OR perlu kata", 0),
        ("pasar OR", "OR perlu kata", 8),
        ("pasar OR OR malam", "OR perlu kata", 9),
        ("pasar -(", "kurung buka tidak ditutup", 7),
        ("pasar NOT", "tanda minus perlu kata", 6),
        ("media:", "isi sesudah 'media:' kosong", 0),
        ('media:"" pasar', "isi sesudah 'media:' kosong", 0),
        ("jenis:ramalan", "jenis 'ramalan' tidak dikenal", 0),
        ("x judul::", "judul ':' tidak berisi kata", 2),
        ("x dari:besok", "tanggal 'besok' tidak dikenal", 2),
        ("dari:2026-02-30", "tanggal '2026-02-30' tidak ada di kalender", 0),
        ("sampai:2026-13", "tidak ada di kalender", 0),
        ("!!! ...", "tidak ada kata yang bisa dicari", 0),
        ("(" * 40 + "a" + ")" * 40, "terlalu dalam", 31),
        ("a" * 2_001, "terlalu panjang", 2_000),
    ],
)
def test_wrong_query_is_refused_with_reason_and_position(query: str, says: str, position: int) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse_query(query)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rp2,5 triliun", ["rp", "2,5", "triliun"]),
        ("90.128 pelaku", ["90128", "pelaku"]),
        ("5.98 5,98%", ["5,98", "5,98"]),
        ("Jum'at COVID-19 B20", ["jumat", "covid", "19", "b20"]),
        ("Café cafe\u0301 CAFÉ", ["cafe", "cafe", "cafe"]),
        ("BI, Pj & WH", ["bi", "pj", "wh"]),
        ("\x00 _ … ", []),
        ("東京 Москва", ["東京", "москва"]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("melatih", "pelatihan", True),
        ("pengangguran", "menganggur", True),
        ("pengangguran", "anggur", False),
        ("perpajakan", "pajak", True),
        ("perbankan", "perban", False),
        ("pemerintah", "perintah", False),
        ("bekasi", "bekas", False),
        ("serang", "menyerang", False),
        ("pendapatan", "pendapat", False),
        ("penghargaan", "harga", False),
        ("kejagung", "jagung", False),
        ("resiko", "berisiko", True),
        ("perijinan", "izin", True),
        ("analisa", "menganalisis", True),
        ("sumatra", "sumatera", True),
    ],
)
def test_stems(one: str, other: str, same: bool) -> None:
    assert (analyze(one) == analyze(other)) is same


def test_known_names_have_all_their_forms() -> None:
    assert ("walikota", "tangerang", "selatan") in variants(plain("Wali Kota Tangsel"))
    assert ("usaha", "mikro", "kecil", "dan", "menengah") in variants(["umkm"])


@pytest.mark.parametrize(
    ("text", "group", "times"),
    [
        ("Wali Kota dan walikota", "=walikota", 2),
        ("Kepala Dinas Pendidikan Tangsel", "=dinas_pendidikan", 1),
        ("Kepala Dinas Pendidikan Tangsel", "=tangsel", 1),
        ("usaha mikro, kecil & menengah", "=usaha_mikro_kecil_dan_menengah", 1),
        ("PBB melunak", "=pajak_bumi_dan_bangunan", 1),
        ("PBB melunak", "=perserikatan_bangsa_bangsa", 1),
        ("Pajak Bumi dan Bangunan (PBB) naik, PBB lama", "=perserikatan_bangsa_bangsa", 0),
        ("Pajak Bumi dan Bangunan (PBB) naik, PBB lama", "=pajak_bumi_dan_bangunan", 3),
    ],
)
def test_groups_are_named_by_any_of_their_forms(text: str, group: str, times: int) -> None:
    assert named_groups(standards(plain(text))).count(group) == times


def test_word_lists_are_sound() -> None:
    names = [name for names in meanings().values() for name in names]
    assert len(groups()) > 500
    assert all(len(forms) > 1 for forms in groups().values())
    assert set(names) == set(groups())
    assert not exceptions().keys() & spellings().keys()
    assert not spellings().keys() & set(spellings().values())


@given(st.text(st.characters() | st.sampled_from("aAbRpi19 .,'’–-\u00a0\u0301"), max_size=60))
@example("Walikota  – kota Jum'at, 1.500,5 anak-anak. \x1f cafe\u0301 RP2,5,")
def test_a_text_is_indexed_as_the_words_that_it_is_cut_into(text: str) -> None:
    words = plain(text)
    assert tuple(row.split() for row in indexed(text)) == (words, standards(words), stems(words))


def test_what_is_longer_than_a_word_is_not_kept() -> None:
    memo = Memo(str.upper)
    assert memo["a" * 1_000] == "A" * 1_000
    assert memo["kota"] == "KOTA"
    assert list(memo) == ["kota"]
