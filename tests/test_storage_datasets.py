"""The tables for analysts: explained in both languages, typed, keyed and joined as said, equal on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from small_archive import TEXT, day_only, tagged

from pantau.exports.dictionary import dictionary
from scraper.items import FigureTag, OfficeTag, PersonTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.datasets.areas import bps_code
from storage.datasets.columns import Row, Schema
from storage.datasets.money import currency_of, scale_of
from storage.datasets.periods import period_days
from storage.datasets.sentences import sentence_at
from storage.datasets.snapshot import Keys, Snapshot, select_articles
from storage.datasets.tables import DESCRIBED, TABLES
from storage.records.articles import save_article, withdraw_article
from storage.records.registry import load_registry
from storage.records.runs import finish_run, start_run
from storage.records.tags import save_tags
from storage.stories.pickups import update_pickups
from storage.stories.releases import add_release

KINDS: dict[str, type] = {
    "string": str, "list": list, "integer": int, "number": float, "boolean": bool, "date": date, "datetime": datetime,
}  # fmt: skip
RELEASE = (
    "Pemerintah Kota Tirtasari membuka dua puluh empat kios pasar murah di lapangan kecamatan mulai Senin pagi.\n\n"
    "Setiap kios menjual beras, gula dan minyak goreng dengan harga yang ditetapkan oleh dinas perdagangan kota.\n\n"
    "Warga cukup membawa kartu penduduk dan kantong belanja sendiri agar antrean tidak terlalu panjang di siang hari."
)
SITI = 'Warga bernama Siti Aminah berkata: "Harga naik 5 persen." Camat pulang.'


def of_siti(number: int) -> TaggedArticle:
    """An article in which somebody without an office speaks of a figure."""
    article = tagged(number, text=SITI).article
    who = PersonTag(key="siti-aminah", name="Siti Aminah", mentions=(_at("Siti Aminah"),))
    figure = FigureTag(
        **_place("5 persen"), value=5.0, unit="%", speaker="siti-aminah", period="2026-Q1", indicator="inflasi"
    )
    quote = QuoteTag(**_place("Harga naik 5 persen."), speaker="siti-aminah")
    office = OfficeTag(**_place("Camat"))
    tags = Tags(people=(who,), figures=(figure,), quotes=(quote,), office_mentions=(office,))
    return TaggedArticle(article=article, tags=tags, tag_version="v1", text_version=article.content_hash)


def _place(surface: str) -> dict[str, Any]:
    return {"start": SITI.index(surface), "end": SITI.index(surface) + len(surface), "surface": surface}


def _at(surface: str) -> Span:
    return Span(**_place(surface))


def fill(db: Database) -> None:
    """Four articles, one of them corrected, one withdrawn, and a crawl."""
    with db.write() as session:
        load_registry(session, layer="shipped", rows={"persons": [
            {"person_id": "ratna-dewi", "name": "Hj. Ratna Dewi", "aliases": "Ratna|Dewi", "public_figure": "1"}],
            "occupancies": [{"person_id": "ratna-dewi", "office": "Wali Kota", "area_code": "36.74", "from": "2025"}],
        })  # fmt: skip
        for one in (tagged(1), tagged(2), day_only(3), of_siti(4)):
            save_article(session, one.article)
            save_tags(session, one)
        corrected = tagged(2, title="Judul yang diralat", fetched_at=datetime(2026, 3, 5, tzinfo=UTC)).article
        save_article(session, corrected)
        withdraw_article(session, tagged(1).article.id)
        finish_run(session, start_run(session, "contoh"), counts={"fetched": 4, "stored": 4}, outcome="finished")
        add_release(session, text=RELEASE, title="Pasar Murah", by="ani", released=datetime(2026, 3, 4, 1, tzinfo=UTC))
        save_article(session, tagged(5, text=f"Kata kantor itu:\n\n{RELEASE}").article)
    update_pickups(db)


def read(db: Database, name: str, **asked: Any) -> list[Row]:
    with db.read() as session:
        snapshot = Snapshot(session=session, articles=select_articles(session), everything=True, **asked)
        return list(TABLES[name].rows(snapshot))


@pytest.mark.parametrize("table", DESCRIBED.values(), ids=DESCRIBED)
def test_every_table_and_column_is_explained_in_both_languages(table: Schema) -> None:
    for what, thing in [(table.name, table), *((f"{table.name}.{c.name}", c) for c in table.columns)]:
        assert thing.id.strip(), f"{what} lacks its Indonesian description"
        assert thing.en.strip(), f"{what} lacks its English description"


@pytest.mark.parametrize("table", DESCRIBED.values(), ids=DESCRIBED)
def test_keys_and_joins_name_columns_that_are_there(table: Schema) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) | set(table.references) <= set(names)
    for other, column in table.references.values():
        assert column in [c.name for c in DESCRIBED[other].columns]


def test_the_printed_dictionary_is_the_one_in_docs() -> None:
    written = Path(__file__).parents[1] / "docs" / "data-dictionary.md"
    assert written.read_text(encoding="utf-8") == dictionary(), (
        "run: pantau export --dictionary > docs/data-dictionary.md"
    )


def test_rows_have_the_columns_types_keys_and_joins_that_the_tables_say(db: Database) -> None:
    fill(db)
    rows = {name: read(db, name, private=True) for name in TABLES}
    assert {name for name, found in rows.items() if not found} == {"outages"}
    for name, table in TABLES.items():
        hidden = {"text"} if name == "articles" else set()
        for row in rows[name]:
            assert set(row) == {column.name for column in table.columns} - hidden, name
            for column in table.columns:
                value = row.get(column.name)
                assert value is None or type(value) is KINDS[column.type], (name, column.name, value)
        keys = [tuple(row[part] for part in table.key) for row in rows[name]]
        assert len(keys) == len(set(keys)), name
        for column, (other, target) in table.references.items():
            there = {row[target] for row in rows[other]}
            assert {row[column] for row in rows[name] if row[column] is not None} <= there, (name, column)


def test_what_an_article_became_is_told(db: Database) -> None:
    fill(db)
    found = {row["title"]: row for row in read(db, "articles", full_text=True)}
    assert list(found) == ["Inflasi dan UMKM 3", "Judul yang diralat", "Inflasi dan UMKM 4", "Inflasi dan UMKM 5"]
    corrected, undated = found["Judul yang diralat"], found["Inflasi dan UMKM 3"]
    assert (corrected["status"], corrected["corrections"], corrected["tag_version"]) == ("corrected", 1, None)
    assert (corrected["published"], corrected["published_precision"]) == ("2026-03-02T07:30:00+07:00", "minute")
    assert (undated["published"], undated["published_at"], undated["published_day"]) == (
        "2026-02-03",
        None,
        date(2026, 2, 3),
    )
    assert (undated["text"], undated["status"], undated["words"]) == (TEXT, "published", 28)
    assert [row["id"] for row in read(db, "withdrawals")] == [tagged(1).article.id]


def test_who_has_no_office_is_named_only_on_demand(db: Database) -> None:
    fill(db)
    siti = of_siti(4).article.id
    for private, name in ((False, None), (True, "Siti Aminah")):
        people = {row["person_key"] for row in read(db, "people", private=private)}
        assert people == {"ratna-dewi"} | ({"siti-aminah"} if private else set())
        assert any(row["article_id"] == siti for row in read(db, "mentions", private=private)) == private
        for table in ("statements", "figures", "indicator_claims"):
            row = next(row for row in read(db, table, private=private) if row["article_id"] == siti)
            told = (row["speaker"], row["speaker_key"], row["speaker_withheld"])
            assert told == (name, name and "siti-aminah", not private), table


def test_the_words_of_an_article_name_only_who_may_be_named(db: Database) -> None:
    fill(db)
    siti = of_siti(4).article.id
    for private, called in ((False, "[nama]"), (True, "Siti Aminah")):
        rows = {name: read(db, name, private=private) for name in TABLES}
        snippets = {row["id"]: row["snippet"] for row in rows["articles"]}
        assert snippets[siti] == f'Warga bernama {called} berkata: "Harga naik 5 persen." Camat pulang.'
        assert any("Siti" in repr(row) for found in rows.values() for row in found) is private
        assert any("Ratna Dewi" in row["snippet"] for row in rows["articles"])


def test_who_ran_a_release_when_and_how_much_of_it_is_told(db: Database) -> None:
    fill(db)
    (release,), (ran,) = read(db, "releases"), read(db, "pickups")
    assert (release["title"], release["sentences"], release["articles"], release["outlets"]) == ("Pasar Murah", 3, 1, 1)
    assert (ran["article_id"], ran["outlet"], ran["published_day"]) == (
        tagged(5).article.id,
        "contoh",
        date(2026, 3, 5),
    )
    assert (ran["delay_hours"], ran["delay_precision"], ran["share"]) == (23.5, "minute", 1.0)
    assert (ran["sentences_kept"], ran["share_sentences"], ran["sentences_dropped"]) == (3, 1.0, 0)
    with db.read() as session:
        other = Snapshot(session=session, articles=select_articles(session, ids=[of_siti(4).article.id]))
        assert [list(TABLES[name].rows(other)) for name in ("releases", "pickups")] == [[], []]


@pytest.mark.parametrize(
    ("unit", "raw", "currency", "scale"),
    [
        ("IDR", "Rp2,5 miliar", "IDR", 1e9),
        ("IDR/kg", "Rp14.500 per kilogram", "IDR", None),
        ("USD", "US$ 3 juta", "USD", 1e6),
        ("ASN", "1,2 ribu ASN", None, 1e3),
        ("%", "2,96 persen", None, None),
    ],
)
def test_money_is_told_with_its_currency_and_multiplier(
    unit: str, raw: str, currency: str | None, scale: float | None
) -> None:
    assert (currency_of(unit), scale_of(raw)) == (currency, scale)


def test_a_person_is_counted_over_articles(db: Database) -> None:
    fill(db)
    (row,) = read(db, "people")
    assert (row["name"], row["aliases"], row["public_figure"]) == ("Hj. Ratna Dewi", ["Ratna", "Dewi"], True)
    assert (row["articles"], row["mentions"], row["statements"], row["titles"]) == (1, 2, 1, 0)
    assert read(db, "occupancies")[0]["area_code_bps"] == "3674"


def test_a_figure_is_told_with_its_sentence_period_and_place(db: Database) -> None:
    fill(db)
    row = next(row for row in read(db, "indicator_claims") if row["article_id"] == of_siti(4).article.id)
    assert row["sentence"] == 'Warga bernama [nama] berkata: "Harga naik 5 persen."'
    assert (row["period_start"], row["period_end"]) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (row["outlet"], row["published_day"], row["value"]) == ("lain", date(2026, 3, 4), 5.0)


def test_a_selection_counts_only_what_is_in_it(db: Database) -> None:
    fill(db)
    with db.read() as session:
        keys = select_articles(session, ids=[of_siti(4).article.id, "0" * 16])
        snapshot = Snapshot(session=session, articles=keys, private=True)
        rows = {name: list(TABLES[name].rows(snapshot)) for name in ("articles", "people", "programmes", "clusters")}
    assert {name: len(found) for name, found in rows.items()} == {
        "articles": 1, "people": 1, "programmes": 0, "clusters": 1,
    }  # fmt: skip


def test_both_databases_give_the_same_rows_in_the_same_order(new_config: Any, sqlite: Any) -> None:
    found = []
    for config in (new_config(), sqlite):
        db = Database.open(config)
        fill(db)
        skipped = {"coverage", "withdrawals", "outages"}  # they tell when something was done
        found.append({name: read(db, name) for name in TABLES if name not in skipped})
        db.close()
    assert found[0] == found[1]


def test_keys_are_packed_and_come_back() -> None:
    ids = [f"{number:016x}" for number in range(1_203)]
    keys = Keys(b"".join(map(bytes.fromhex, ids)))
    assert list(keys) == [key for batch in keys.batches() for key in batch] == ids
    assert len(keys) == 1_203
    assert list(keys.sample(10)) == ids[:1_200:120]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2018/2023-06", date(2018, 1, 1), date(2023, 6, 30)),
        ("2024-13", None, None),
        ("sepekan", None, None),
        (None, None, None),
    ],
)
def test_periods_as_days(period: str | None, start: date | None, end: date | None) -> None:
    assert period_days(period) == (start, end)


@pytest.mark.parametrize(
    ("code", "bps"),
    [("36", "36"), ("36.74", "3674"), ("36.74.06", "3674030"), ("31.74", "3171"), ("11.01", None), (None, None)],
)
def test_bps_codes_are_known_or_not_guessed(code: str | None, bps: str | None) -> None:
    assert bps_code(code) == bps


@pytest.mark.parametrize(
    ("text", "surface", "sentence"),
    [
        ("Satu. Nilainya Rp. 2,5 miliar, kata Drs. Budi. Tiga.", "2,5", "Nilainya Rp. 2,5 miliar, kata Drs. Budi."),
        ("Judul\n\nNaik 2,5 persen\n\nTiga.", "2,5", "Naik 2,5 persen"),
        ("2,5 persen.", "2,5", "2,5 persen."),
        ("x " * 900 + "2,5" + " y" * 900, "2,5", f"… {'x ' * 300}2,5{' y' * 300} …"),
    ],
)
def test_the_sentence_around_a_figure(text: str, surface: str, sentence: str) -> None:
    start = text.index(surface)
    assert sentence_at(text, start, start + len(surface)) == sentence
