"""Releases: who ran them, with which sentences, figures, quotes and added voices; found as articles arrive."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scraper.clock import WIB
from scraper.errors import InputError, StorageError
from scraper.items import Article, DatedBy, PersonTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article, withdraw_article
from storage.records.tags import save_tags
from storage.stories.clusters import update_clusters
from storage.stories.pickup import Survival, Words, survival
from storage.stories.pickups import Report, pickup_report, update_pickups
from storage.stories.releases import add_release, get_release, releases, remove_release

LEAD = "Pemerintah Kota Sagara membuka 24 unit kios terang di tepi Sungai Cimuara mulai pekan depan, Senin (2/3/2026)."
QUOTE = "Kami ingin pedagang kecil punya tempat yang terang, bersih dan tidak berpindah setiap bulan"
SAID = f'"{QUOTE}," kata Kepala Dinas Pasar Rukmini Wati.'
DETAIL = (
    "Setiap kios mendapat listrik 900 watt dan air, sedangkan sewa tahun pertama sebesar Rp1,2 juta ditanggung daerah."
)
END = "Pendaftaran dibuka di kantor kecamatan sampai akhir bulan dengan membawa kartu penduduk."
TEXT = "\n\n".join((LEAD, SAID, DETAIL, END))
OWN = (
    "Warga Sagara menyambut gembira rencana itu, sebab pasar lama gelap dan becek setiap kali hujan turun di sore hari."
)
FORM = (
    "Dinas Pasar Kota Sagara mencatat harga bahan pokok di Pasar Induk Cimuara per {day} tetap terjaga. Harga beras "
    "medium di pedagang eceran {a} rupiah, gula pasir kemasan curah {b} rupiah, telur ayam ras {c} rupiah, dan daging "
    "sapi murni lokal {d} rupiah untuk setiap kilogram."
)
SHORT_FORMS = "Pj. Bupati hadir. Anggaran Rp. 5 miliar, kata Dr. Rina. Selesai."


def kept(article: str, *, release: str = TEXT, days: int | None = 0) -> Survival | None:
    return survival(Words(release), Words(article), apart=None if days is None else timedelta(days=days))


@pytest.mark.parametrize(
    ("article", "share", "sentences"),
    [
        pytest.param(TEXT, 1.0, [0, 1, 2, 3], id="word by word"),
        pytest.param("\n\n".join((END, DETAIL, SAID, LEAD)), 1.0, [0, 1, 2, 3], id="reordered"),
        pytest.param("SAGARA, WARTA.test – " + TEXT.upper(), 1.0, [0, 1, 2, 3], id="typography"),
        pytest.param(OWN + "\n\n" + SAID + "\n\n" + OWN, 0.3, [1], id="only the quote"),
        pytest.param(
            OWN + "\n\n" + DETAIL.replace("listrik", "lampu") + "\n\n" + LEAD, 0.56, [0, 2], id="two sentences"
        ),
        pytest.param(f"Rukmini berkata, “{QUOTE.lower()}.”" + f"\n\n{OWN}" * 9, 0.24, [], id="quote in other marks"),
    ],
)
def test_an_article_that_ran_it_is_known_by_its_words(article: str, share: float, sentences: list[int]) -> None:
    found = kept(article)
    assert found is not None
    assert found.share == pytest.approx(share, abs=0.07)
    assert list(found.kept) == sentences


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(OWN, id="same subject"),
        pytest.param(
            "Pemerintah Kota Sagara membuka pasar. Kami ingin pedagang kecil maju. Pendaftaran dibuka.", id="phrases"
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_an_article_of_its_own_did_not_run_it(article: str) -> None:
    assert kept(article) is None


def test_a_form_that_is_filled_in_anew_is_another_release() -> None:
    first = FORM.format(day="2/3/2026", a="13.500", b="17.000", c="28.000", d="120.000")
    later = FORM.format(day="9/3/2026", a="13.600", b="17.200", c="28.500", d="121.000")
    assert kept(later, release=first, days=7) is None
    assert kept(first, release=first, days=7) is not None
    assert kept(later, release=first, days=0) is not None


def test_changed_figures_and_quotes_are_told() -> None:
    article = (
        TEXT.replace("24 unit", "20 unit")
        .replace("Rp1,2 juta", "Rp1,5 juta")
        .replace("terang, bersih dan", "bersih dan")
    )
    found = kept(article)
    assert found is not None
    changes = [(change.release, change.article) for change in found.figures_changed]
    assert ("24 unit kios terang", "20 unit kios terang") in changes
    assert any("1,2" in release and "1,5" in other for release, other in changes)
    assert [change.release for change in found.quotes_changed] == [QUOTE + ","]
    assert (found.quotes_kept, found.quotes_dropped) == ((), ())
    assert kept(TEXT).figures_changed == ()  # type: ignore[union-attr]


def test_sentences_end_after_sentences_only() -> None:
    assert Words(SHORT_FORMS).sentences == ["Pj. Bupati hadir.", "Anggaran Rp. 5 miliar, kata Dr. Rina.", "Selesai."]
    assert Words('Ia berkata, "Baik." Lalu pergi.\n\nHabis').sentences == [
        'Ia berkata, "Baik."',
        "Lalu pergi.",
        "Habis",
    ]


def make(
    number: int, text: str, *, site: str = "warta", when: datetime | date | None = date(2026, 3, 2), **facts: Any
) -> Article:
    dated = DatedBy(value=when, evidence="url", raw="") if when else None
    url = f"https://{site}.test/{number}"
    return Article(canonical_url=url, title=f"Berita {number}", text=text, site=site, published=dated, **facts)


def save(db: Database, *articles: Article) -> list[str]:
    with db.write() as session:
        for article in articles:
            save_article(session, article)
    return [article.id for article in articles]


def watch(db: Database, **facts: Any) -> int:
    with db.write() as session:
        return add_release(
            session, **{"text": TEXT, "by": "ani", "title": "Kios", "released": date(2026, 3, 2)} | facts
        ).id


def report(db: Database, release: int) -> Report:
    with db.read() as session:
        return pickup_report(session, release)


def test_a_pasted_release_is_found_in_old_and_new_articles(db: Database) -> None:
    morning, noon = (datetime(2026, 3, 2, hour, tzinfo=WIB) for hour in (8, 12))
    save(db, make(1, TEXT, when=noon), make(2, OWN), make(3, TEXT, when=date(2026, 9, 2)))
    release = watch(db, released=morning, agency=" Dinas  Pasar ")
    assert update_pickups(db) == 2
    save(db, make(4, SAID + "\n\n" + OWN, site="tirta", when=date(2026, 3, 3)), make(5, TEXT, site="laut", when=None))
    assert update_pickups(db) == 2
    assert update_pickups(db) == 0
    found = report(db, release)
    assert [(one.outlet, one.delay) for one in found.pickups] == [
        ("warta", timedelta(hours=4)), ("tirta", timedelta(days=1)), ("laut", None),
    ]  # fmt: skip
    assert (found.release.agency, found.release.articles, found.release.outlets) == ("Dinas Pasar", 3, 3)
    assert (found.survived_in, found.never_kept) == ((2, 3, 2, 2), ())


def test_an_article_that_is_changed_or_withdrawn_is_looked_at_again(db: Database) -> None:
    release = watch(db)
    one, two = save(db, make(1, TEXT), make(2, TEXT, site="tirta"))
    update_pickups(db)
    save(db, make(1, OWN))
    with db.write() as session:
        withdraw_article(session, two)
        assert [found.articles for found in releases(session)] == [1]
    update_pickups(db)
    assert report(db, release).pickups == ()
    assert one


def test_voices_that_the_article_added_are_told(db: Database) -> None:
    release = watch(db)
    article = make(1, TEXT + "\n\n" + OWN)
    save(db, article)
    span = {"start": 0, "end": 3, "surface": "Pem"}
    people = tuple(
        PersonTag(key=key, name=name, mentions=(Span(**span),)) for key, name in (("rw", "Rukmini Wati"), ("t", "Tono"))
    )  # type: ignore[arg-type]
    quotes = tuple(QuoteTag(speaker=key, **span) for key in ("rw", "t", None))  # type: ignore[arg-type]
    with db.write() as session:
        save_tags(session, TaggedArticle(article=article, tags=Tags(people=people, quotes=quotes), tag_version="1"))
    update_pickups(db)
    assert report(db, release).pickups[0].survival.voices == ("Tono",)


def test_crawled_releases_are_watched_once_a_story_and_follow_their_text(db: Database) -> None:
    source = make(1, TEXT, site="dinas", kind="release")
    save(
        db,
        source,
        make(2, TEXT, site="dinas", kind="release", when=date(2026, 3, 3)),
        make(3, TEXT),
        make(4, OWN, site="kota", kind="release"),
    )
    update_clusters(db)
    assert update_pickups(db) == 4
    with db.read() as session:
        found = {release.article_id: release for release in releases(session)}
    assert found.keys() == {source.id, make(4, OWN, site="kota").id}
    assert [one.outlet for one in report(db, found[source.id].id).pickups] == ["warta"]
    save(db, make(1, OWN + "\n\n" + END.replace("akhir", "awal"), site="dinas", kind="release"))
    update_pickups(db)
    assert [one.outlet for one in report(db, found[source.id].id).pickups] == ["kota"]
    with db.write() as session:
        withdraw_article(session, source.id)
        with pytest.raises(StorageError, match="no release"):
            get_release(session, found[source.id].id)


def test_of_two_releases_that_say_much_the_same_the_one_that_was_run_is_told(db: Database) -> None:
    other = "\n\n".join(
        (LEAD, SAID.replace("bersih", "rapi"), OWN, "Acara ditutup dengan doa bersama para pedagang dan warga.")
    )
    first, second = watch(db), watch(db, text=other)
    save(db, make(1, TEXT))
    update_pickups(db)
    assert (len(report(db, first).pickups), len(report(db, second).pickups)) == (1, 0)


def test_releases_are_listed_and_removed(db: Database) -> None:
    first = watch(db)
    assert watch(db) == first
    second = watch(db, text=f"Judul sendiri\n\n{TEXT}\n\n{OWN}", title="", released=None)
    with db.write() as session:
        assert [(found.id, found.title) for found in releases(session)] == [(second, "Judul sendiri"), (first, "Kios")]
        assert [found.id for found in releases(session, limit=1, offset=1)] == [first]
        assert remove_release(session, second)
        assert not remove_release(session, second)


@pytest.mark.parametrize("text", ["", "Terlalu pendek.", "a " * 10])
def test_what_is_no_release_is_refused(db: Database, text: str) -> None:
    with pytest.raises(InputError, match="a release has"):
        watch(db, text=text)
