"""Indonesian first, English by a switch: every marked text has a translation, and the page speaks one language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from office import Browser

from pantau import wording
from pantau.locale import texts
from pantau.translations import LANGUAGES, gettext, ngettext, use_language


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_with_its_values(code: str) -> None:
    assert texts.faults(code) == [], "run: python -m pantau.locale.texts, and translate what is empty"


@pytest.mark.parametrize(
    ("code", "date", "amount", "kind", "count"),
    [
        ("id", "Senin, 3 Mei 2021 14.27 WIB", "Rp4,93 triliun", "Berbayar (ADV)", "+2 media lain"),
        ("en", "Monday, 3 May 2021 14:27 WIB", "Rp4.93 trillion", "Paid (ADV)", "+2 other outlets"),
        ("xx", "Senin, 3 Mei 2021 14.27 WIB", "Rp4,93 triliun", "Berbayar (ADV)", "+2 media lain"),
    ],
)
def test_dates_numbers_and_labels_agree(code: str, date: str, amount: str, kind: str, count: str) -> None:
    with use_language(code):
        assert wording.long_date(datetime(2021, 5, 3, 7, 27, tzinfo=UTC)) == date
        assert wording.amount(4.93e12, "IDR") == amount
        assert wording.kind_label("advertorial") == kind
        assert ngettext("+%(num)s media lain", "+%(num)s media lain", 2) % {"num": 2} == count
    assert gettext("Cari") == "Cari"


def test_the_switch_keeps_the_page_and_stays(client: Browser) -> None:
    assert '<html lang="id">' in client.get("/cari?q=beras").text
    answer = client.submit("/bahasa", bahasa="en", kembali="/cari?q=beras")
    assert answer.headers["location"] == "/cari?q=beras"
    page = client.get("/cari?q=beras").text
    assert '<html lang="en">' in page
    assert "1 article for “beras”" in page
    assert "Monday, 2 March 2026 08:30 WIB" in page


@pytest.mark.parametrize(
    "address", ["https://jahat.test/", "//jahat.test", "/\\jahat.test", "javascript:alert(1)", "/a\n"]
)
def test_the_switch_leads_nowhere_else(client: Browser, address: str) -> None:
    answer = client.submit("/bahasa", bahasa="en", kembali=address)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('"beras', "a quotation mark is not closed"),
        ('dari:"100%(lusa)s"', "the day &#39;100%(lusa)s&#39; is unknown"),
        ("jenis:", "nothing stands after &#39;jenis:&#39;"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_in_the_readers_language(client: Browser, query: str, told: str) -> None:
    client.cookies.set("bahasa", "en")
    answer = client.get("/cari", params={"q": query})
    assert answer.status_code == 400
    assert told in answer.text
