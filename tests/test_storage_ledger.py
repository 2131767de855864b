"""The ledger: claims with their sources, what contradicts what, what was revised, what was reached of a target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from alembic import command

from scraper.errors import InputError
from scraper.items import Article, DatedBy, FigureTag, PersonTag, PlaceTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.engine import for_writing
from storage.records.articles import save_article
from storage.records.registry import load_registry
from storage.records.tags import save_tags
from storage.schema import alembic_config
from storage.trends.claims import Asked, Claim, area_codes, claims, has_older
from storage.trends.comparable import bounds, in_one_unit, signed, subject
from storage.trends.ledger import Ledger, read_ledger
from storage.trends.periods import period_days, read_period
from storage.trends.spans import Span as Days

PLACES = [
    {"code": "36.74", "name": "Kota Sagara", "kind": "regency", "parent_code": "36", "aliases": "Sagara"},
    {"code": "36.71", "name": "Kota Tirta", "kind": "regency", "parent_code": "36", "aliases": ""},
]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-03-02", "2026-03-02", "2026-03-02"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-S1", "2026-01-01", "2026-06-30"),
        ("2023-01/2023-09", "2023-01-01", "2023-09-30"),
        ("2023/2024-Q1", "2023-01-01", "2024-03-31"),
    ],
)
def test_a_period_has_days(period: str, start: str, end: str) -> None:
    assert period_days(period) == Days(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "period", ["", "26", "2026-13", "2026-02-30", "2026-Q5", "2026/2025", "2024/2025/2026", "baru"]
)
def test_what_is_no_period_has_none(period: str) -> None:
    assert period_days(period) is None
    with pytest.raises(InputError, match="is no period"):
        read_period(period)


@pytest.mark.parametrize(
    ("value", "unit", "same"),
    [
        (1.5, "ton", (1500.0, "kg")),
        (65_000, "IDR/kg", (65_000, "IDR/kg")),
        (65_000_000, "IDR/ton", (65_000, "IDR/kg")),
        (2, "ha", (20_000, "m2")),
        (791.61e3, "jiwa", (791.61e3, "orang")),
        (90_128, "pelaku UMKM".lower(), (90_128, "pelaku umkm")),
        (0.93e9, "USD", (0.93e9, "USD")),
        (5.98, "%", (5.98, "%")),
    ],
)
def test_units_of_one_measure_are_one_and_currencies_stay_apart(
    value: float, unit: str, same: tuple[float, str]
) -> None:
    found, name = in_one_unit(value, unit)
    assert (pytest.approx(found), name) == same


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ((4.93e12, None, "exact"), (4.9e12, None, "exact"), True),
        ((90_128, None, "exact"), (90_000, None, "exact"), True),
        ((90_128, None, "exact"), (36_000, None, "exact"), False),
        ((90.0, None, "exact"), (94.0, None, "exact"), False),
        ((8.98, None, "exact"), (9.06, None, "exact"), False),
        ((11_000, None, "min"), (15_000, None, "exact"), True),
        ((11_000, None, "min"), (9_000, None, "exact"), False),
        ((11_000, None, "max"), (9_000, None, "exact"), True),
        ((17_000, None, "approx"), (16_500, None, "exact"), True),
        ((16_000, 17_000, "exact"), (16_500, None, "exact"), True),
        ((0, None, "exact"), (0.02, None, "exact"), False),
    ],
)  # fmt: skip
def test_values_agree_within_what_they_leave_open(one: Any, other: Any, agree: bool) -> None:
    (low, high), (least, most) = bounds(*one), bounds(*other)
    assert (low <= most and least <= high) is agree


@pytest.mark.parametrize(
    ("indicator", "one", "other", "same"),
    [
        ("umkm", "jumlah pelaku UMKM di Kota Sagara", "UMKM", True),
        ("umkm", "unit usaha mikro", "total UMKM Sagara", True),
        ("inflasi", "inflasi", "andil inflasi beras", False),
        ("harga-pangan", "harga cabai rawit merah", "cabai rawit merah", True),
        ("harga-pangan", "harga cabai rawit", "beras medium", False),
        ("pad", "PAD", "pajak hotel", False),
    ],
)
def test_what_is_measured_is_compared_without_empty_words(indicator: str, one: str, other: str, same: bool) -> None:
    areas = ["Kota Sagara"]
    assert (subject(indicator, one, areas=areas) == subject(indicator, other, areas=areas)) is same


@pytest.mark.parametrize(
    ("indicator", "measures", "unit", "telling"),
    [
        ("umkm", None, "pelaku umkm", True),
        ("umkm", None, "orang", False),
        ("apbd", "anggaran", "IDR", False),
        ("apbd", "APBD", "IDR", True),
        ("apbd", "anggaran pasar", "IDR", True),
        ("bantuan", "lowongan", "lowongan", True),
    ],
)
def test_words_that_do_not_say_what_is_measured_are_no_subject(
    indicator: str, measures: str | None, unit: str, telling: bool
) -> None:
    assert (subject(indicator, measures, unit) is not None) is telling


def test_deflation_is_negative_inflation() -> None:
    assert (signed(0.02, "deflasi"), signed(-0.34, "inflasi"), signed(-0.02, "deflasi")) == (-0.02, -0.34, -0.02)


SAID = "UMKM di Sagara naik menjadi {raw} menurut kantor."


def tagged(
    number: int, raw: str, value: float, *, site: str = "warta", day: str = "2026-03-02", **facts: Any
) -> TaggedArticle:
    text = f"Pembukaan di Sagara.\n\n{SAID.format(raw=raw)}\n\nPenutup."
    start = text.index(raw)
    kind = facts.pop("kind", None)
    defaults = {"unit": "pelaku umkm", "indicator": "umkm", "measures": "UMKM", "period": "2025", "place": "Sagara"}
    figure = FigureTag(start=start, end=start + len(raw), surface=raw, value=value, **(defaults | facts))
    place = text.index("Sagara")
    article = Article(
        canonical_url=f"https://{site}.test/{number}",
        title=f"Berita {number}",
        text=text,
        site=site,
        published=DatedBy(value=date.fromisoformat(day), evidence="url", raw=""),
    )
    person = PersonTag(key="rina", name="Rina", mentions=(Span(start=0, end=4, surface="Pemb"),), person_id="rina-1")
    where = PlaceTag(start=place, end=place + 6, surface="Sagara", code="36.74")
    return TaggedArticle(
        article=article, tags=Tags(people=(person,), figures=(figure,), places=(where,), kind=kind), tag_version="v1"
    )


def ledger(db: Database, *items: TaggedArticle, **asked: Any) -> Ledger:
    with db.write() as session:
        load_registry(session, layer="shipped", rows={"places": PLACES})
        for item in items:
            save_article(session, item.article)
            save_tags(session, item)
    with db.read() as session:
        return read_ledger(claims(session, Asked(**asked)))


def raws(found: Ledger) -> list[str]:
    return [claim.raw for claim in found.claims]


def test_a_claim_has_its_source(db: Database) -> None:
    (claim,) = ledger(db, tagged(1, "90.128 pelaku", 90_128, speaker="rina")).claims
    assert (claim.outlet, claim.title, claim.published) == ("warta", "Berita 1", date(2026, 3, 2))
    assert (claim.raw, claim.sentence) == ("90.128 pelaku", SAID.format(raw="90.128 pelaku"))
    assert (claim.area, claim.area_name, claim.speaker, claim.speaker_name) == (
        "36.74",
        "Kota Sagara",
        "rina-1",
        "Rina",
    )
    assert (claim.days, claim.assumed) == (period_days("2025"), ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["satu", "dua", "tiga", "lima"]),
        ({"indicator": "umkm"}, ["satu", "dua", "lima"]),
        ({"areas": frozenset({"36.71"})}, []),
        ({"areas": frozenset({"36"})}, []),
        ({"areas": frozenset({"36"}), "below": True}, ["satu", "dua", "tiga", "lima"]),
        ({"period": read_period("2026")}, ["dua", "tiga"]),
        ({"published": read_period("2026-04")}, ["tiga"]),
        ({"outlet": "tirta"}, ["dua"]),
        ({"speakers": frozenset({"rina-1"})}, ["satu"]),
        ({"role": "target"}, ["dua"]),
        ({"unit": "ton"}, ["tiga"]),
        ({"any_figure": True}, ["satu", "dua", "tiga", "empat", "lima"]),
        ({"hoaxes": True, "indicator": "umkm"}, ["satu", "dua", "lima", "enam"]),
        ({"articles": [tagged(3, "tiga", 3).article.id]}, ["tiga"]),
        ({"newest": 2}, ["tiga", "lima"]),
        ({"newest": 4}, ["satu", "dua", "tiga", "lima"]),
    ],
)
def test_claims_are_asked_for_by_what_they_say(db: Database, asked: dict[str, Any], found: list[str]) -> None:
    items = (
        tagged(1, "satu", 1, speaker="rina"),
        tagged(2, "dua", 2, site="tirta", period="2026-02", role="target"),
        tagged(3, "tiga", 3, day="2026-04-02", indicator="kredit", unit="kg", period=None),
        tagged(4, "empat", 4, day="2026-04-03", indicator=None),
        tagged(5, "lima", 5, day="2026-05-02", period="2024"),
        tagged(6, "enam", 6, day="2026-06-02", kind="hoax"),
    )
    assert raws(ledger(db, *items, **asked)) == found
    with db.read() as session:
        assert has_older(session, Asked(**asked)) == (asked.get("newest") == 2)


def test_the_newest_claims_are_the_newest_of_those_that_were_asked_for(db: Database) -> None:
    old = tagged(1, "satu", 1, day="2024-03-02", period="2023")
    untagged = tagged(2, "dua", 2, day="2024-05-02", period="2023-01", place="Kota Tirta")
    newer = [tagged(3 + at, f"baru{at}", 3, place="Laut", day="2026-05-02") for at in range(3)]
    wanted = {"areas": frozenset({"36.71", "36.74"}), "period": read_period("2023"), "newest": 1}
    assert raws(ledger(db, old, untagged, *newer, **wanted)) == ["dua"]
    with db.read() as session:
        assert has_older(session, Asked(**wanted))
        assert not has_older(session, Asked(**wanted | {"newest": 2}))
        assert [claim.raw for claim in claims(session, Asked(**wanted | {"newest": 2}))] == ["satu", "dua"]


def test_claims_follow_the_day_and_the_places_of_their_article(db: Database) -> None:
    item = tagged(1, "satu", 1, period=None, place=None)
    (before,) = ledger(db, item).claims
    later = tagged(1, "satu", 1, period=None, place=None, day="2025-12-31")
    moved = replace(later, tags=replace(later.tags, places=(replace(later.tags.places[0], code="36.71.01"),)))
    assert (before.days, before.area) == (period_days("2026"), "36.74")
    assert not ledger(db, moved, published=read_period("2026"), areas=frozenset({"36.74"})).claims
    with db.read() as session:
        asked = Asked(published=read_period("2025"), areas=frozenset({"36.71"}), period=read_period("2025"))
        (after,) = claims(session, asked)
    assert (after.days, after.area, after.assumed) == (period_days("2025"), "36.71", ("period", "area"))


def test_an_upgraded_archive_finds_the_claims_that_it_had(db: Database) -> None:
    items = [
        tagged(1, "satu", 1, period="2024"),
        tagged(2, "dua", 2, period=None, place="Pemkot", day="2025-03-02"),
        tagged(3, "tiga", 3, place="Kota Tirta"),
        replace(tagged(4, "empat", 4, period=None), article=replace(tagged(4, "empat", 4).article, published=None)),
    ]
    before = ledger(db, *items).claims
    for move, revision in ((command.downgrade, "0006"), (command.upgrade, "head")):
        with for_writing(db.engine).begin() as connection:
            move(alembic_config(connection), revision)
    with db.read() as session:
        assert tuple(claims(session, Asked())) == before
        asked = Asked(areas=frozenset({"36.74"}), period=read_period("2025"))
        assert [claim.raw for claim in claims(session, asked)] == ["dua"]


def test_conflicting_values_stand_side_by_side_with_their_sources(db: Database) -> None:
    found = ledger(
        db,
        tagged(1, "90.128 pelaku", 90_128),
        tagged(2, "36.000", 36_000, site="tirta", measures="total pelaku UMKM", unit="pelaku"),
        tagged(3, "90 ribu", 90_000, site="sagara"),
        tagged(4, "50.000", 50_000, site="laut", period="2024"),
        tagged(5, "70.000", 70_000, site="laut", place="Tirta"),
    )
    (conflict,) = found.conflicts
    assert [(claim.outlet, claim.value) for claim in conflict.claims] == [
        ("tirta", 36_000), ("sagara", 90_000), ("warta", 90_128),
    ]  # fmt: skip
    assert conflict.values == (36_000, 90_000, 90_128)
    assert (conflict.indicator, conflict.area_name, conflict.is_certain) == ("umkm", "Kota Sagara", True)


def test_what_is_only_assumed_makes_an_uncertain_conflict(db: Database) -> None:
    found = ledger(
        db,
        tagged(1, "90.128 pelaku", 90_128, period="2026"),
        tagged(2, "36.000", 36_000, site="tirta", period=None, place="Pemkot"),
        tagged(3, "37.000", 37_000, site="tirta", period=None, day="2026-05-02"),
    )
    (conflict,) = found.conflicts
    assert not conflict.is_certain
    assert conflict.claims[0].assumed == ("period", "area")
    assert found.revisions == ()


def test_an_outlet_that_corrects_itself_revises(db: Database) -> None:
    found = ledger(
        db,
        tagged(1, "36.000", 36_000),
        tagged(2, "90.128 pelaku", 90_128, day="2026-03-05"),
        tagged(3, "90 ribu", 90_000, site="tirta"),
    )
    (revision,) = found.revisions
    assert (revision.before.raw, revision.after.raw) == ("36.000", "90.128 pelaku")
    assert found.conflicts == ()


def test_an_earlier_level_is_no_claim_about_today(db: Database) -> None:
    item = tagged(1, "90.128 pelaku", 90_128, base=36_000.0, direction="up")
    other = replace(item.tags.figures[0], start=0, end=10, surface="Pembukaan", value=36_000.0, base=None, period=None)
    both = replace(item, tags=replace(item.tags, figures=(*item.tags.figures, other)))
    assert [claim.days for claim in ledger(db, both).claims] == [None, period_days("2025")]


def test_an_article_with_several_values_agrees_with_each_of_them(db: Database) -> None:
    item = tagged(1, "90.128 pelaku", 90_128)
    more = replace(item.tags.figures[0], start=0, end=10, surface="Pembukaan", value=2_114.0)
    both = replace(item, tags=replace(item.tags, figures=(*item.tags.figures, more)))
    assert ledger(db, both, tagged(2, "90 ribu", 90_000, site="tirta")).conflicts == ()
    assert len(ledger(db, tagged(3, "36.000", 36_000, site="laut")).conflicts) == 1


def test_changes_are_not_held_against_levels(db: Database) -> None:
    rates = {"indicator": "ketenagakerjaan", "measures": "TPT"}
    found = ledger(
        db,
        tagged(1, "8,98 persen", 8.98, unit="%", **rates),
        tagged(2, "1,66 poin", 1.66, unit="pp", site="tirta", direction="down", **rates),
        tagged(3, "2 persen", 2.0, unit="%", site="laut", direction="down", **rates),
    )
    assert found.conflicts == ()


def test_realised_values_stand_beside_their_target(db: Database) -> None:
    money = {"indicator": "pad", "measures": "PAD", "unit": "IDR"}
    found = ledger(
        db,
        tagged(1, "Rp5 triliun", 5e12, role="target", period="2025", **money),
        tagged(2, "Rp2,5 triliun", 2.5e12, role="realisation", period="2025-01/2025-06", site="tirta", **money),
        tagged(3, "Rp1 triliun", 1e12, role="realisation", period="2024", site="tirta", **money),
        tagged(4, "US$2 juta", 2e6, role="realisation", period="2025", site="tirta", **money | {"unit": "USD"}),
    )
    (reached,) = found.progress
    assert (reached.target.raw, reached.realised.raw, reached.share) == ("Rp5 triliun", "Rp2,5 triliun", 0.5)


def test_an_area_is_named_or_coded(db: Database) -> None:
    with db.write() as session:
        load_registry(session, layer="shipped", rows={"places": PLACES})
        assert (
            area_codes(session, "36.74")
            == area_codes(session, "kota sagara")
            == area_codes(session, "Sagara")
            == {"36.74"}
        )
        with pytest.raises(InputError, match="is no area"):
            area_codes(session, "Atlantis")


def test_the_whole_name_of_a_region_is_known_where_no_place_tag_has_it(db: Database) -> None:
    (claim,) = ledger(db, tagged(1, "satu", 1, place="Kota Tirta")).claims
    assert (claim.area, claim.assumed) == ("36.71", ())


def test_the_assumed_period_follows_how_fast_an_indicator_moves(db: Database) -> None:
    def days(**facts: Any) -> Days | None:
        claim: Claim
        (claim,) = ledger(db, tagged(1, "satu", 1, period=None, **facts)).claims
        return claim.days

    assert days(indicator="inflasi", unit="%") == period_days("2026-03")
    assert days(indicator="harga-pangan", unit="IDR/kg") == period_days("2026-03-02")
    assert days() == period_days("2026")


def test_no_claim_is_merged_or_averaged(db: Database) -> None:
    items = [tagged(number, "90 ribu", 90_000, site=f"m{number}") for number in range(4)]
    found = ledger(db, *items, replace(items[0], article=replace(items[0].article, canonical_url="https://x.test/")))
    assert [claim.value for claim in found.claims] == [90_000] * 5
