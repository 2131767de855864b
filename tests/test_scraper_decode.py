"""Bytes to text: marks, declared and lying charsets, and what is no page."""

import pytest

from scraper.errors import ExtractionError
from scraper.page.decode import MAX_BYTES, decode, tidy
from scraper.page.tree import parse, text_of

PAGE = "<html><body><p>“Harga naik”, kata José</p></body></html>"


@pytest.mark.parametrize(
    "body",
    [
        PAGE.encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        PAGE.encode("utf-16-be"),
        b'<meta charset="windows-1252">' + PAGE.encode("cp1252"),
        b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">' + PAGE.encode("cp1252"),
        b'<meta charset="iso-8859-1">' + PAGE.encode(),
        b'<meta charset="no-such-charset">' + PAGE.encode(),
        PAGE.replace("<p>", "<p>\0").encode(),
    ],
    ids=["utf8", "bom", "utf16", "utf16-le", "utf16-be", "cp1252", "latin1", "lying", "unknown", "nul"],
)
def test_same_text_from_every_encoding(body: bytes) -> None:
    assert "“Harga naik”, kata José" in decode(body)


def test_header_declares_the_charset() -> None:
    assert "José" in decode(PAGE.encode("cp1252"), content_type="text/html; charset=windows-1252")


def test_stray_byte_in_a_utf8_page_is_read_as_windows_1252() -> None:
    body = '<meta charset="utf-8"><p>Kédai “kopi” — '.encode() + b"\x93tutup\x94</p>"
    assert "“tutup”" in decode(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.7 ...", "not-html"),
        (b"\x89PNG\r\n", "not-html"),
        (b'{"a": 1}', "not-html"),
        (b"only words", "not-html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', "not-html"),
        (b"<p>" + b"x" * MAX_BYTES, "too-large"),
    ],
)
def test_what_is_no_page(body: bytes, reason: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        decode(body)
    assert caught.value.reason == reason


def test_type_of_another_medium_is_refused() -> None:
    with pytest.raises(ExtractionError, match="image/png"):
        decode(b"<p>x</p>", content_type="image/png")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("har\u200bga  \u202enaik\n", "harga naik"),
        ("Jose\u0301", "José"),
        ("â€œharga naikâ€\u009d", "“harga naik”"),
        ("“harga” naik, â€œkataâ€\u009d JosÃ© dan Ãœmit", "“harga” naik, “kata” José dan Ümit"),
        ("CAFÉ” dan MANHÃ”", "CAFÉ” dan MANHÃ”"),
        ("&amp;quot;naik&amp;quot; &#8220;5&#8221; &amp;amp; R&amp;D", '"naik" “5” & R&D'),
        ("a &lt;b&gt; &copy", "a &lt;b&gt; &copy"),
        ("Â© Kabar", "© Kabar"),
        ("\u00adtahu\u00adpong", "tahupong"),
    ],
)
def test_tidy(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize("depth", [10, 250, 1900, 60_000])
def test_deep_nesting_keeps_its_text(depth: int) -> None:
    assert text_of(parse("<div>" * depth + "harga <b>naik</b>" + "</div>" * depth)) == "harga naik"


def test_references_that_no_tree_may_hold_go() -> None:
    page = "<p>a&#0;b&#x1f;c&#xD800;d&#xfffe;e&#x110000;f&#99999999999999;g&#233;&#x201C;&#65</p>"
    assert decode(page.encode()) == "<p>abcdefg&#233;&#x201C;&#65</p>"
