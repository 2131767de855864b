"""Which offices are public ones: heads over an area and agency posts always, chairs and directors by their body."""

from __future__ import annotations

import re

from nlp.people.office_heads import Head

BODY = re.compile(
    r"\b(?:DPRD?|DPRA|DPRK|MPR|DPD RI|MRP|Dewan Perwakilan|KPU\w*|KIP|Komisi (?:[IVX]+|Pemilihan|Pemberantasan|Informasi|Penyiaran|Yudisial)|"
    r"Bawaslu|Panwaslu|KPK|BPK|KY|MK|MA|Mahkamah|Pengadilan|Majelis Hakim|BPS|OJK|BI|LPS|BPKP|BNN\w*|BPBD|BNPB|BPOM|BMKG|BGN|BKN|BRIN|"
    r"Bank Indonesia|Otoritas|Ombudsman|Lemhannas|Komnas|Dinas|Disp\w+|Dis[a-z]+|Din[a-z]+|Badan|Bap[a-z]+|Kementerian|Kementrian|Kemen\w+|Direktorat|"
    r"Ditjen|Sekretariat|Setda\w*|Pem(?:kot|kab|prov|da|des)|Pemerintah|Kejaksaan|Kejari|Kejati|Kejagung|Pol(?:res\w*|da|sek\w*|ri)|Kepolisian|"
    r"TNI|Kodim|Korem|Kodam|Lapas|Rutan|BUMD|BUMN|Perumda|PDAM|PD|Perusahaan Daerah|Perum|Perumdam|Perseroda|RSUD|RSUP|Puskesmas|UPT\w*|Satpol|"
    r"Fraksi|Banggar|Badan Anggaran|Pansus|Bapemperda|Baleg|Inspektorat|Kecamatan|Kelurahan|Samsat|Basarnas|Baznas|BPJS|Istana|Kepresidenan|"
    r"Satgas|Danantara|Dewan Pengupahan|Kanwil|KPw|IKN)\b"
)
STATE_COMPANY = re.compile(
    r"\b(?:PLN|Pertamina|Bulog|Telkom\w*|BRI|BNI|BTN|Bank Mandiri|Garuda Indonesia|KAI|Kereta Api|Pelindo|Jasa Marga|Angkasa Pura|InJourney|"
    r"Antam|Inalum|MIND ID|Pos Indonesia|PTPN|Perkebunan Nusantara|Bank (?:Banten|BJB|bjb|Jatim|Jateng|DKI|Sumut|Nagari|Kalsel|NTB|NTT|BPD \w+)|"
    r"BPD|Pupuk|Semen Indonesia|PNM|Permodalan Nasional|Pegadaian|MRT Jakarta|Transjakarta|TransJakarta|Food Station|Pasar Jaya|Bio Farma|Perumnas|"
    r"Hutama Karya|Krakatau Steel|Jamkrida\w*|Migas|Tirta \w+|Taspen|Askrindo|Jamkrindo|LPEI|SMF|BGD|Agrobisnis Banten)\b"
)
PRIVATE = re.compile(r"\b(?:PT|CV|Tbk|Cabang|Hotel|Sekolah|SM[AKP]\w*|SD\w*|Universitas)\b")
DIRECTING = frozenset({"direktur", "dirut", "komisaris", "presiden", "wadir", "wadirut", "wakil", "dewan", "presdir"})
ELECTED = re.compile(r"(?:wakil )?ketua (?:[ivx]+|\d)\b|anggota dewan\b|(?:wakil )?ketua dewan$", re.IGNORECASE)


def is_public(head: Head, phrase: str) -> bool:
    """Does the phrase name a public office held now (a former or hoped-for one is none)?"""
    if head.former or head.candidate:
        return False
    if head.kind == "agency":
        return head.words[0] not in ("kepala", "wakil") or not PRIVATE.search(phrase) or bool(BODY.search(phrase))
    if head.kind != "post":
        return True
    if ELECTED.match(phrase) or BODY.search(phrase):
        return True
    return head.words[0] in DIRECTING and bool(STATE_COMPANY.search(phrase))
