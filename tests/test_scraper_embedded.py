"""Articles that stand in a page's data only, in the forms that systems write them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractionError
from scraper.items import Article
from scraper.page.extract import extract_article

URL = "https://kabar.example/artikel/harga-cabai-naik-di-pasar-anyar-4711"
TITLE = "Harga Cabai Naik di Pasar Anyar"
STORY = [
    "Harga cabai rawit di Pasar Anyar naik menjadi Rp90 ribu per kilogram sejak Senin pagi, kata para pedagang.",
    "Kepala dinas perdagangan mengatakan pasokan dari sentra berkurang karena hujan yang turun terus-menerus.",
    '"Kami berharap harga turun lagi pekan depan," ujar seorang pedagang, sambil menata karung di depan kiosnya.',
]
OTHER = ["Wali kota membuka jembatan baru di Cigintung dan meminta warga ikut merawatnya setelah diresmikan nanti."] * 4
HTML = "".join(f"<p>{line}</p>" for line in STORY)
FIELDS = {
    "id": 4711,
    "title": TITLE,
    "slug": "harga-cabai-naik-di-pasar-anyar",
    "publishedAt": "2026-03-02T08:15:00+07:00",
    "author": {"name": "Sari Wulandari"},
    "editor": {"name": "Dani Prasetya"},
    "tags": [{"name": "cabai"}, {"name": "pasar anyar"}],
}
CARDS = [{"id": n, "title": f"Berita lain nomor {n} di kota", "slug": f"berita-lain-{n}"} for n in range(1, 5)]
NEXT = {"props": {"pageProps": {"article": FIELDS | {"content": HTML}, "related": CARDS}}}


def shell(*scripts: str, title: str = f"{TITLE} | Kabar", body: str = "<div id='app'>Memuat...</div>") -> bytes:
    return f"<html lang='id'><head><title>{title}</title></head><body>{body}{''.join(scripts)}</body></html>".encode()


def read(page: bytes, url: str | None = URL) -> Article:
    return extract_article(page, url=url)


def data(value: Any, attributes: str = 'id="__NEXT_DATA__" type="application/json"') -> str:
    return f"<script {attributes}>{json.dumps(value, ensure_ascii=False).replace('<', chr(92) + 'u003c')}</script>"


def code(text: str) -> str:
    return f"<script>{text}</script>"


def quoted(text: str) -> str:
    return json.dumps(text)


def table(value: dict[str, Any]) -> list[Any]:
    """An object as Nuxt 3 writes it: values by their place in one list."""
    out: list[Any] = [["ShallowReactive", 1], {"data": 2}, {"article": 3}, {}]
    for key, part in value.items():
        out[3][key] = len(out)
        out.append(part)
    return out


def stream(value: dict[str, Any]) -> str:
    """Rows of components as Next.js streams them, a long text in a row of its own, cut into pieces."""
    body = value["content"]
    named = json.dumps(value | {"content": "$2a"})
    rows = f'1:"$Sreact.fragment"\n2a:T{len(body.encode()):x},{body}5:["$","div",null,{named}]\n'
    pieces = [rows[at : at + 300] for at in range(0, len(rows), 300)]
    return "".join(code(f"self.__next_f.push([1,{json.dumps(piece)}])") for piece in pieces)


WHOLE = FIELDS | {"content": HTML}
FLAT = {key: value for key, value in WHOLE.items() if isinstance(value, str)}
LOOSE = "{" + ",".join(f"{key}:{quoted(value)}" for key, value in FLAT.items()) + ",views:a,open:!0}"
SINGLE = "{" + ",".join(f"{key}:'{value}'" for key, value in FLAT.items()) + "}"
LD = 'type="application/ld+json"'
BLOCKS = [{"type": "header", "data": {"text": "Stok menipis", "level": 2}}] + [
    {"type": "paragraph", "data": {"text": line}} for line in STORY
]
SLATE = [{"type": "paragraph", "children": [{"text": line[:40]}, {"text": line[40:], "bold": True}]} for line in STORY]


@pytest.mark.parametrize(
    "page",
    [
        shell(data(NEXT)),
        shell(data(NEXT, 'type="application/json"'), title="Kabar"),
        shell(code(f"window.__INITIAL_STATE__ = {json.dumps(WHOLE)};window.x=1")),
        shell(code(f"window.__NUXT__={json.dumps({'data': [{'post': WHOLE}]})}")),
        shell(code(f"window.__NUXT__=(function(a,b){{return {{data:[{{post:{LOOSE}}}]}}}}(1,null))")),
        shell(code(f"var artikel = {SINGLE};")),
        shell(code(f"window.__DATA__=JSON.parse({quoted(json.dumps(WHOLE))})")),
        shell(data(table(FLAT), 'type="application/json" id="__NUXT_DATA__"')),
        shell(stream(WHOLE)),
        shell(data(FIELDS | {"title": {"rendered": TITLE}, "content": {"rendered": HTML}})),
        shell(data(FIELDS | {"body": "\n\n".join(STORY)})),
        shell(data(FIELDS | {"paragraphs": STORY})),
        shell(data(FIELDS | {"isi": HTML.replace("<", "&lt;").replace(">", "&gt;")})),
        shell(data(FIELDS | {"content": {"blocks": BLOCKS[1:]}})),
        shell(data(FIELDS | {"body": SLATE})),
        shell(data(WHOLE | {"related": [c | {"content": "".join(f"<p>{line}</p>" for line in OTHER)} for c in CARDS]})),
        shell(data({"posts": [{"title": "Jembatan Dibuka", "content": "\n".join(OTHER), "slug": "jembatan"}, WHOLE]})),
        shell(data({"meta": {"title": TITLE}, "article": {"content": HTML}})),
        shell(data({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(STORY)}, LD)),
        shell(data(NEXT), body=f"<h1>{TITLE}</h1><p>{STORY[0]}</p><a href='/masuk'>Masuk untuk membaca</a>"),
    ],
)  # fmt: skip
def test_story_comes_from_the_data(page: bytes) -> None:
    article = read(page)
    assert (article.title, article.text) == (TITLE, "\n\n".join(STORY))


def test_facts_come_with_it() -> None:
    article = read(shell(data(NEXT)))
    assert article.published is not None
    assert article.published.value.isoformat() == "2026-03-02T08:15:00+07:00"
    assert (article.authors, article.editor) == (("Sari Wulandari",), "Dani Prasetya")
    assert article.tags == ("cabai", "pasar anyar")


def test_subheads_of_blocks_stay() -> None:
    assert read(shell(data(FIELDS | {"content": {"blocks": BLOCKS}}))).text.startswith("Stok menipis\n\nHarga cabai")


@pytest.mark.parametrize(
    "scripts",
    [
        data({"articles": CARDS, "title": "Beranda"}),
        data({"posts": [{"title": f"Berita {n}", "content": "\n".join(OTHER[n:] + STORY)} for n in (1, 2)]}),
        data({"title": "Kabar", "items": [c | {"description": OTHER[0] * 3} for c in CARDS]}),
        data({"pesan": {"cookie": {"title": "Kebijakan", "body": "\n".join(OTHER)}}}),
        code("window.__STATE__ = {'a': " + "[" * 3000 + "];"),
        code("window.__STATE__ = {title: 'Kabar', css: '" + "body{color:red;} " * 60 + "'}"),
    ],
)
def test_lists_and_notices_are_no_article(scripts: str) -> None:
    with pytest.raises(ExtractionError):
        read(shell(scripts, title="Kabar"), "https://kabar.example/kanal/ekonomi")


def test_page_that_shows_its_story_is_left_alone() -> None:
    body = f"<h1>{TITLE}</h1><article>{HTML}</article>"
    longer = FIELDS | {"content": HTML + "<p>Kalimat yang hanya ada di data halaman dan tidak ditampilkan.</p>"}
    assert read(shell(data(longer), body=body)).text == "\n\n".join(STORY)


@settings(deadline=None)
@given(st.text(max_size=300), st.recursive(st.text(max_size=20) | st.integers() | st.none(), st.lists, max_leaves=20))
def test_never_fails_on_strange_data(text: str, value: Any) -> None:
    odd = {"title": value, "content": text * 3, "publishedAt": value, "author": value, "tags": value, "id": value}
    scripts = (
        data(odd) + code(f"window.a={text};x={json.dumps(odd)}") + code(f"self.__next_f.push([1,{json.dumps(text)}])")
    )
    with suppress(ExtractionError):
        read(re.sub(rb"</(?=script)(?!script>)", b"", shell(scripts)))
