"""Persons and offices in sentences of the shapes that local news uses."""

# ruff: noqa: E501  one case a line, however long the sentence

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.people.finder import FoundPerson, find_people
from nlp.people.known_names import index_names

# sentence, name, office or None, official
LINES = [
    ("Wakil Walikota Tangerang Selatan Ratna Kusuma Dewi meninjau pasar.", "Ratna Kusuma Dewi", "Wakil Walikota Tangerang Selatan", True),
    ("Wali Kota Tangsel Hendra Wijaya membuka acara.", "Hendra Wijaya", "Wali Kota Tangsel", True),
    ("Wali kota Serang Yusuf Maulana membuka acara.", "Yusuf Maulana", "Wali kota Serang", True),
    ("Bupati Lebak, A. Fauzi Rahman, hadir.", "A. Fauzi Rahman", "Bupati Lebak", True),
    ("Bupati Sulastri mengatakan panen naik.", "Sulastri", "Bupati", True),
    ("Gubernur WH menyebut panen naik.", "WH", "Gubernur", True),
    ("Gubernur BI Agus Salim mengatakan bunga tetap.", "Agus Salim", "Gubernur BI", True),
    ("Kadis PUPR Tb. Rudi Hartono hadir.", "Rudi Hartono", "Kadis PUPR", True),
    ("Marlis Tumbelaka, Kadis ESDM Sulut, membenarkan.", "Marlis Tumbelaka", "Kadis ESDM Sulut", True),
    ("Gubernur Jawa Barat Dedi Kusnadi hadir.", "Dedi Kusnadi", "Gubernur Jawa Barat", True),
    ("Wagub Kalsel Siti Aminah hadir.", "Siti Aminah", "Wagub Kalsel", True),
    ("Wabup Sari Indah membuka lomba.", "Sari Indah", "Wabup", True),
    ("Pj Bupati Brebes Bambang Sutrisno meninjau banjir.", "Bambang Sutrisno", "Pj Bupati Brebes", True),
    ("Pj. Wali Kota Malang Bambang Sutrisno menutup acara.", "Bambang Sutrisno", "Pj. Wali Kota Malang", True),
    ("Penjabat (Pj.) Gubernur Aceh Bambang Sutrisno hadir.", "Bambang Sutrisno", "Penjabat (Pj.) Gubernur Aceh", True),
    ("Pelaksana Tugas (Plt) Bupati Garut, Iwan Setiawan, hadir.", "Iwan Setiawan", "Pelaksana Tugas (Plt) Bupati Garut", True),
    ("Plt Kepala Dinas Koperasi Kabupaten Tangerang Teguh Santoso menjelaskan.", "Teguh Santoso", "Plt Kepala Dinas Koperasi Kabupaten Tangerang", True),
    ("Plh Sekda Kota Bekasi Rudi Hartono hadir.", "Rudi Hartono", "Plh Sekda Kota Bekasi", True),
    ("Pjs Bupati Kendal Agus Salim hadir.", "Agus Salim", "Pjs Bupati Kendal", True),
    ("Sekretaris Daerah (Sekda) Kabupaten Serang Tini Kartini hadir.", "Tini Kartini", "Sekretaris Daerah (Sekda) Kabupaten Serang", True),
    ("Camat Setu Lukman Hadi menjelaskan produknya.", "Lukman Hadi", "Camat Setu", True),
    ("Camat Bukit Batu Taufan Nugroho hadir.", "Taufan Nugroho", "Camat Bukit Batu", True),
    ("Lurah Sukamaju Joko Susilo membantu warga.", "Joko Susilo", "Lurah Sukamaju", True),
    ("Kepala Desa Mekarsari, Aminah Yusuf, bersyukur.", "Aminah Yusuf", "Kepala Desa Mekarsari", True),
    ("Bupati Ngawi, Rudi Hartono, hadir.", "Rudi Hartono", "Bupati Ngawi", True),
    ("Rudi Hartono-Siti Aminah maju sebagai calon Bupati Lebak dan calon Wakil Bupati Lebak.", "Rudi Hartono", None, False),
    ("Duet Rudi Hartono-Siti Aminah, Bupati dan Wakil Bupati Lebak, hadir.", "Siti Aminah", "Wakil Bupati Lebak", True),
    ("Mantan menteri keuangan Rudi Hartono hadir.", "Rudi Hartono", "Mantan menteri keuangan", True),
    ("Kapolsek Pasar Kemis AKP Rudi Hartono hadir.", "Rudi Hartono", "Kapolsek Pasar Kemis", True),
    ("Panewu Mlati Rudi Hartono hadir.", "Rudi Hartono", "Panewu Mlati", True),
    ("Kepala Desa Wates, Kecamatan Simo, Boyolali, Rudi Hartono hadir.", "Rudi Hartono", "Kepala Desa Wates", True),
    ("Kepala Perwakilan Bank Indonesia (KPw BI) Solo Rudi Hartono hadir.", "Rudi Hartono", "Kepala Perwakilan Bank Indonesia (KPw BI) Solo", True),
    ("Deputi Gubernur BI Rudi Hartono hadir.", "Rudi Hartono", "Deputi Gubernur BI", True),
    ("Ketua Dewan Komisioner OJK Rudi Hartono hadir.", "Rudi Hartono", "Ketua Dewan Komisioner OJK", True),
    ("Anggota DPR RI dari Fraksi PKS Rudi Hartono hadir.", "Rudi Hartono", "Anggota DPR RI dari Fraksi PKS", True),
    ("Kapolri Jenderal Rudi Hartono hadir.", "Rudi Hartono", "Kapolri", True),
    ("Panglima TNI Jenderal Rudi Hartono hadir.", "Rudi Hartono", "Panglima TNI", True),
    ("Perbekel Desa Kutuh I Wayan Sudana hadir.", "I Wayan Sudana", "Perbekel Desa Kutuh", True),
    ("Kades Cibadak Ujang Suryana hadir.", "Ujang Suryana", "Kades Cibadak", True),
    ("Kepala BPS Kabupaten Tangerang Hasan Basri memaparkan data.", "Hasan Basri", "Kepala BPS Kabupaten Tangerang", True),
    ("Kepala Bapenda Kabupaten Tangerang, Budi Mulyanto di Tangerang, Rabu.", "Budi Mulyanto", "Kepala Bapenda Kabupaten Tangerang", True),
    ("Kadis DLH Kalteng, Rahmat Hidayat menerangkan hal itu.", "Rahmat Hidayat", "Kadis DLH Kalteng", True),
    ("Kepala Dinas Perumahan, Permukiman dan Pertanahan Kota Depok Dian Lestari hadir.", "Dian Lestari", "Kepala Dinas Perumahan, Permukiman dan Pertanahan Kota Depok", True),
    ("Kepala Badan Keuangan Daerah (BKD) Kota Batu, Suryanto, melapor.", "Suryanto", "Kepala Badan Keuangan Daerah (BKD) Kota Batu", True),
    ("Kepala Dinas Pemuda (Dispora), Kabupaten Bima, Nusa Tenggara Barat (NTB), Ridwan menilai.", "Ridwan", "Kepala Dinas Pemuda (Dispora), Kabupaten Bima", True),
    ("Kabid Akuntansi BPKAD, Hesti Lestari menjelaskan.", "Hesti Lestari", "Kabid Akuntansi BPKAD", True),
    ("Kepala Seksi Pelayanan Dinas Koperasi UKM Kabupaten Siak, Susi Wati, hadir.", "Susi Wati", "Kepala Seksi Pelayanan Dinas Koperasi UKM Kabupaten Siak", True),
    ("Asisten Administrasi Umum Pemkab. Agam, Andri Saputra menyampaikan.", "Andri Saputra", "Asisten Administrasi Umum Pemkab. Agam", True),
    ("Deputi Bidang Perkoperasian, Ahmad Zaelani, hadir.", "Ahmad Zaelani", "Deputi Bidang Perkoperasian", True),
    ("Menteri Koperasi dan UKM RI Tatang Suhendra hadir.", "Tatang Suhendra", "Menteri Koperasi dan UKM RI", True),
    ("Menteri Perdagangan (Mendag) Wahyu Prasetyo hadir.", "Wahyu Prasetyo", "Menteri Perdagangan (Mendag)", True),
    ("Mendagri Surya Darma memberi arahan.", "Surya Darma", "Mendagri", True),
    ("Dirjen Imigrasi, Yudi Hermawan, hadir.", "Yudi Hermawan", "Dirjen Imigrasi", True),
    ("Presiden Slamet Riyadi tiba di Solo.", "Slamet Riyadi", "Presiden", True),
    ("Ketua DPRD Kota Cilegon Hasbi Sidik hadir.", "Hasbi Sidik", "Ketua DPRD Kota Cilegon", True),
    ("Wakil Ketua II DPRD Riau Sofyan Hadi memimpin rapat.", "Sofyan Hadi", "Wakil Ketua II DPRD Riau", True),
    ("Anggota Komisi II DPRD Banten Ali Nurdin berharap.", "Ali Nurdin", "Anggota Komisi II DPRD Banten", True),
    ("Ketua KPU Kota Serang Ade Jahran hadir.", "Ade Jahran", "Ketua KPU Kota Serang", True),
    ("Kapolres Metro Tangerang Kota Kombes Pol Zainal Arifin hadir.", "Zainal Arifin", "Kapolres Metro Tangerang Kota", True),
    ("Kapolsek Tigaraksa, AKP I Made Suartana menerangkan.", "I Made Suartana", "Kapolsek Tigaraksa", True),
    ("Kasat Reskrim Polres Serang AKP Andi Kurniawan menyebut.", "Andi Kurniawan", "Kasat Reskrim Polres Serang", True),
    ("Kasi Humas Polres Bogor Ipda Galih Prakoso hadir.", "Galih Prakoso", "Kasi Humas Polres Bogor", True),
    ("Kapolda Banten Irjen Pol Rudi Hermanto hadir.", "Rudi Hermanto", "Kapolda Banten", True),
    ("Dandim 0510 Letkol Inf Arief Budiman hadir.", "Arief Budiman", "Dandim 0510", True),
    ("Kasi Tindak Pidana Khusus Kejaksaan Negeri Majalengka Hendra Gunawan menjelaskan.", "Hendra Gunawan", "Kasi Tindak Pidana Khusus Kejaksaan Negeri Majalengka", True),
    ("Direktur Utama Perumda Tirta Benteng Doni Effendi menjelaskan.", "Doni Effendi", "Direktur Utama Perumda Tirta Benteng", True),
    ("Direktur RSUD Dr Soetomo, Andi Wijaya, menyebut itu.", "Andi Wijaya", "Direktur RSUD Dr Soetomo", True),
    ("Kepala Perwakilan BI Banten Rahmat Hernawan hadir.", "Rahmat Hernawan", "Kepala Perwakilan BI Banten", True),
    ("Kepala Biro Humas PPATK Natsir Wibowo berbicara.", "Natsir Wibowo", "Kepala Biro Humas PPATK", True),
    ("Ketua Apindo Kota Tangerang Ismail Marzuki berharap.", "Ismail Marzuki", "Ketua Apindo Kota Tangerang", False),
    ("Direktur PT. Sinar Makmur Sentosa (SMS) Joko Iswanto menyebut.", "Joko Iswanto", "Direktur PT. Sinar Makmur Sentosa (SMS)", False),
    ("Dewi Anggraini, General Manager PT Maju Jaya, hadir.", "Dewi Anggraini", "General Manager PT Maju Jaya", False),
    ("Rektor Universitas Pamulang Eko Prasetyo hadir.", "Eko Prasetyo", "Rektor Universitas Pamulang", False),
    ("Mantan Wali Kota Tangsel Rina Marlina menilai program itu.", "Rina Marlina", "Mantan Wali Kota Tangsel", True),
    ("Calon Gubernur Banten Rina Marlina berkampanye.", "Rina Marlina", None, False),
    ("Bakal calon Bupati Lebak Dedi Mulyana mendaftar.", "Dedi Mulyana", None, False),
    ("Sarmidi, Kepala Bidang UMKM Dinas Koperasi Kota Tangerang, hadir.", "Sarmidi", None, False),
    ("Tatang Jamaludin selaku Wakil Ketua DPRD Kabupaten Tangerang mengimbau warga.", "Tatang Jamaludin", "Wakil Ketua DPRD Kabupaten Tangerang", True),
    ("Hendra Saputra yang juga Ketua DPRD Kota Serang hadir.", "Hendra Saputra", "Ketua DPRD Kota Serang", True),
    ("Budi Raharjo (Kepala Diskominfo Sleman) diminta hadir.", "Budi Raharjo", "Kepala Diskominfo Sleman", True),
    ("Wali Kota Bogor H. Drs. Asep Sunandar, SE, M.Si. hadir.", "Asep Sunandar", "Wali Kota Bogor", True),
    ("Kepala Bappeda Kota Serang Ir. Moch. Arif Rahman ST hadir.", "Moch. Arif Rahman", "Kepala Bappeda Kota Serang", True),
    ("Kepala Dinas Kesehatan Kota Serang dr. Ahmad Hasanuddin hadir.", "Ahmad Hasanuddin", "Kepala Dinas Kesehatan Kota Serang", True),
    ("Menurut seorang pedagang bernama Anwar, pasar sepi.", "Anwar", None, False),
    ("Acara dihadiri Bapak Suwandi.", "Suwandi", None, False),
    ('"Harga naik," kata Mulyadi.', "Mulyadi", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "office", "official"), LINES)
def test_office_is_bound_to_its_name(text: str, name: str, office: str | None, official: bool) -> None:
    model = [(text.index(name), text.index(name) + len(name))] if name == "Sarmidi" else []
    person = next(person for person in find_people(text, model).persons if person.name == name)
    if office is not None:
        assert person.offices == (office,)
        assert person.official is official
    elif name != "Sarmidi":
        assert person.offices == ()
        assert not person.official


def test_a_name_that_only_the_model_saw_takes_the_office_behind_it() -> None:
    text = "Zarqof, Kepala Bidang UMKM Dinas Koperasi Kota Tangerang, hadir."
    (person,) = find_people(text, [(0, 6)]).persons
    assert person == FoundPerson(
        "Zarqof", ((0, 6),), (True,), ("Kepala Bidang UMKM Dinas Koperasi Kota Tangerang",), True, (("kepala", "bidang"),)
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "UMKM menjadi pilar ekonomi di Tangsel.",
        "Bupati Tangerang dan Wali Kota Tangerang hadir pada 3 Mei 2021.",
        "Keputusan Gubernur Aceh No. 5 Tahun 2020 berlaku.",
        "Pemkot Bekasi mengatakan pajak turun.",
        "Ramadan dan Idulfitri jatuh pada Maret.",
        "Pengurus UMKM Setu ini hadir.",
        "Baca juga: Wali Kota Bogor Rudi Hartono Resmikan Pasar",
        "(Reporter: Rudi Hartono | Editor: Siti Aminah)",
        "Ketua dan sekretaris panitia hadir.",
        "",
        "\n\n",
    ],
)
def test_no_person_where_none_is_named(text: str) -> None:
    assert find_people(text).persons == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Wakil Wali Kota Intan Permata hadir. Intan menyebut panen baik. Kata Intan, harga turun.", 3),
        ("Bupati Zaki Hidayat hadir. Pilar ekonomi kuat. Bang Zaki, sapaan akrabnya, tertawa.", 2),
        ("Camat Pilar Nugraha hadir. UMKM jadi Pilar Ekonomi daerah. Pilar pun berharap.", 2),
        ("Bupati Wahid Hakim dan Wakil Bupati Zaki Romli menang. Duet Wahid-Zaki dilantik.", 2),
        ("Kapolsek, AKP I Made Suartana hadir. I Made Suartana menghimbau warga.", 2),
        ("Bupati Maesyal Rasyid, yang akrab disapa Rudi, hadir. Rudi menyebut target.", 3),
    ],
)
def test_short_names_join_the_full_one(text: str, mentions: int) -> None:
    assert len(find_people(text).persons[0].mentions) == mentions


def test_two_offices_share_out_two_names() -> None:
    found = find_people("Bupati dan Wakil Bupati Lebak, Hasbi Asyari dan Amir Hamzah, dilantik.")
    assert [(person.name, person.offices) for person in found.persons] == [
        ("Hasbi Asyari", ("Bupati",)),
        ("Amir Hamzah", ("Wakil Bupati Lebak",)),
    ]


def test_other_spelling_is_the_same_person() -> None:
    text = "Camat Tigaraksa Cucu Abdurrahman hadir. Camat Tigaraksa Cucu Abdurahman pulang."
    assert len(find_people(text).persons) == 1


WORDS = st.sampled_from(
    ["Bupati", "Plt.", "(", ")", ",", ".", "Rudi", "Hartono", "Kota", "Serang", "Kepala", "Dinas", "dan", "selaku", '"', "kata", "\n\n", "mantan", "ini"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_never_raises_and_mentions_lie_in_the_text(text: str) -> None:
    for person in find_people(text, [(0, len(text))]).persons:
        assert person.mentions
        assert all(0 <= start < end <= len(text) for start, end in person.mentions)


def test_a_degree_is_nobody() -> None:
    text = "Wakil Bupati Lebak Sutrisna Wijaya, S.T., M.Ars. memastikan stok aman."
    assert [person.name for person in find_people(text).persons] == ["Sutrisna Wijaya"]


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("Bupati Bengkalis Zarqof hadir.", "Bengkalis Zarqof", "Zarqof"),
        ("Gubernur NTB Zarqof Lumentu hadir.", "NTB Zarqof Lumentu", "Zarqof Lumentu"),
        ("Kepala BPS Sumut Zarqof hadir.", "Sumut Zarqof", "Zarqof"),
        ("Pejabat Bengkalis H. Zarqof hadir.", "Bengkalis H. Zarqof", "Zarqof"),
    ],
)
def test_the_area_before_a_name_is_none_of_it(text: str, span: str, name: str) -> None:
    start = text.index(span)
    assert [person.name for person in find_people(text, [(start, start + len(span))]).persons] == [name]


@pytest.mark.parametrize(
    ("text", "span", "names"),
    [
        ("Duet Zarqof-Romli hadir.", "Duet Zarqof", ["Zarqof", "Romli"]),
        ("Didampingi Zarqof Lumentu ia hadir.", "Didampingi Zarqof Lumentu", ["Zarqof Lumentu"]),
        ("Kartu KTA Rudi dicabut.", "KTA Rudi", ["Rudi"]),
        ("General Manager PLN Suluttenggo Zarqof Lumentu hadir.", "Suluttenggo Zarqof Lumentu", ["Zarqof Lumentu"]),
        ("Kepala Dinas Sosial (Disxyz) Jabar Zarqof Lumentu hadir.", "Jabar Zarqof Lumentu", ["Zarqof Lumentu"]),
        ("Bergantian memberikan sambutan.", "Bergantian", []),
        ("Rezeku itu datang. Kata orang rezeku milik semua.", "Rezeku", []),
        ("Vokalis Band Zarqof tampil.", "Zarqof", []),
        ("Kadis Perdagangan Kabupaten Inhil ini hadir.", "Inhil", []),
        ("Air Sungai Cimanuk dan Zarqof meluap.", "Zarqof", []),
        ("Rombongan PT. PLN Rayon Zarqof tiba.", "Rayon Zarqof", []),
        ("Himpunan Bank Milik Negara (Himbaga) rapat. Lalu Himbaga setuju.", "Himbaga", []),
        ("Kepala Desa Zarqof hadir.", "Zarqof", ["Zarqof"]),
        ("Ketua Kelompok Zarqof hadir.", "Zarqof", ["Zarqof"]),
    ],
)
def test_words_and_things_that_the_model_took_for_persons(text: str, span: str, names: list[str]) -> None:
    start = text.rindex(span)
    assert [person.name for person in find_people(text, [(start, start + len(span))]).persons] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Acara itu dihadiri Zarqof Lumentu.", ["Zarqof Lumentu"]),
        ("Acara di Jalan Zarqof Lumentu usai.", []),
        ("Acara itu dihadiri Zarqof lumentu.", []),
        ("Acara itu dihadiri Zarqof Lumentu Saputra.", []),
    ],
)
def test_a_whole_known_name_is_a_person_where_no_model_sees_it(text: str, names: list[str]) -> None:
    index = index_names(["Zarqof Lumentu", "Zarqof"])
    assert [person.name for person in find_people(text, known=index).persons] == names
