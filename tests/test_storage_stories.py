"""Stories: copies, excerpts and rewrites are one; forms filled in anew are not; the earliest member names the story."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.items import Article, DatedBy
from storage.database import Database
from storage.records.articles import get_article, save_article
from storage.stories.clusters import members, update_clusters
from storage.stories.texts import StoryText

LEAD = "Pemerintah Kabupaten Wanasari membuka tiga pasar malam di tepi sungai mulai pekan depan."
QUOTE = "“Kami ingin pedagang kecil punya tempat yang terang, bersih dan tidak berpindah setiap bulan,” kata Rukmini."
DETAIL = "Setiap lapak mendapat listrik dan air, sedangkan sewa tahun pertama ditanggung kas daerah."
END = "Pendaftaran dibuka di kantor kecamatan sampai akhir bulan dengan membawa kartu penduduk."
STORY = "\n\n".join((LEAD, QUOTE, DETAIL, END))
OTHER = (
    "Harga cabai rawit turun karena panen raya di lereng utara, dan petani meminta gudang pendingin dibangun segera."
)


def save(db: Database, number: int, text: str, *, site: str = "warta", day: int | None = 2) -> str:
    dated = DatedBy(value=date(2026, 3, day), evidence="url", raw="") if day else None
    article = Article(
        canonical_url=f"https://{site}.test/{number}", title=f"Berita {number}", text=text, site=site, published=dated
    )
    with db.write() as session:
        save_article(session, article)
    return article.id


def story_of(db: Database, article_id: str) -> str:
    with db.read() as session:
        stored = get_article(session, article_id)
    assert stored is not None
    return stored.cluster


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("WANASARI, SAGARA.test - " + STORY, id="dateline"),
        pytest.param(STORY.replace(DETAIL, "Suasana pasar malam. (Foto: Istimewa)\n\n" + DETAIL), id="caption"),
        pytest.param(LEAD + "\n\n" + QUOTE, id="excerpt"),
        pytest.param(
            "Pasar malam segera hadir.\n\n" + QUOTE + "\n\nWarga menyambut gembira rencana itu.", id="quote kept"
        ),
    ],
)
def test_variants_of_one_text_are_one_story(db: Database, other: str) -> None:
    first, second = save(db, 1, STORY), save(db, 2, other, site="sagara", day=3)
    stranger = save(db, 3, OTHER, site="sagara")
    assert update_clusters(db) == 3
    assert story_of(db, second) == story_of(db, first) == first
    assert story_of(db, stranger) == stranger


def test_saved_plain_text_without_a_date_joins(db: Database) -> None:
    first, saved = (
        save(db, 1, STORY),
        save(db, 2, "WANASARI - " + LEAD + "\n\n" + QUOTE + "\n\n" + END, site="", day=None),
    )
    update_clusters(db)
    assert story_of(db, saved) == first


def test_forms_of_one_outlet_on_other_days_are_not_one_story(db: Database) -> None:
    form = (
        "Harga bahan pokok di Pasar Wanasari hari ini yaitu beras {} rupiah, gula {} rupiah, "
        "telur {} rupiah, daging {} rupiah."
    )
    first = save(db, 1, form.format(13_500, 17_000, 28_000, 120_000), day=2)
    second = save(db, 2, form.format(13_600, 17_200, 28_500, 121_000), day=3)
    update_clusters(db)
    assert story_of(db, second) == second != first


def test_one_form_filled_in_for_two_places_is_two_stories(db: Database) -> None:
    form = (
        "Jadwal salat di {} hari ini dihitung Kementerian Agama dan dapat berbeda satu sampai dua menit menurut letak. "
        "Subuh pukul {}, zuhur pukul {}, asar pukul {}, magrib pukul {}, isya pukul {}, menurut waktu setempat."
    )
    first = save(db, 1, form.format("Wanasari", "04.32", "12.01", "15.20", "18.07", "19.16"))
    second = save(db, 2, form.format("Sagara", "04.35", "12.04", "15.23", "18.10", "19.19"), site="sagara")
    copy = save(db, 3, "SAGARA - " + form.format("Sagara", "04.35", "12.04", "15.23", "18.10", "19.19"), site="tirta")
    update_clusters(db)
    assert (story_of(db, first), story_of(db, copy)) == (first, story_of(db, second))
    assert story_of(db, second) != first


def test_lines_that_an_outlet_puts_under_everything_join_nothing(db: Database) -> None:
    below = "Redaksi menerima hak jawab dan hak koreksi dari pembaca melalui surat elektronik pada laman kontak kami."
    first = save(db, 1, "\n\n".join((LEAD, QUOTE, END, below)))
    second = save(db, 2, "\n\n".join((OTHER, "Gudang itu akan selesai pada akhir tahun depan.", below)))
    update_clusters(db)
    assert (story_of(db, first), story_of(db, second)) == (first, second)


def test_old_story_told_again_much_later_is_another(db: Database) -> None:
    first = save(db, 1, STORY)
    with db.write() as session:
        later = Article(
            canonical_url="https://sagara.test/9",
            title="Ulangan",
            text=STORY,
            site="sagara",
            published=DatedBy(value=date(2027, 3, 2), evidence="url", raw=""),
        )
        save_article(session, later)
    update_clusters(db)
    assert story_of(db, later.id) == later.id != first


def test_earlier_copy_that_comes_later_renames_the_story(db: Database) -> None:
    second = save(db, 1, STORY, day=4)
    third = save(db, 2, STORY, site="sagara", day=5)
    update_clusters(db)
    assert story_of(db, third) == second
    first = save(db, 3, STORY, site="tirta", day=2)
    assert update_clusters(db) == 1
    assert {story_of(db, article) for article in (first, second, third)} == {first}
    with db.read() as session:
        assert [stored.id for stored in members(session, first)] == [first, second, third]


def test_sixty_copies_are_one_story_and_nothing_moves_again(db: Database) -> None:
    ids = [save(db, number, STORY, site=f"media{number}", day=2 + number % 3) for number in range(60)]
    update_clusters(db)
    assert len({story_of(db, article) for article in ids}) == 1
    assert update_clusters(db) == 0


def test_text_that_is_changed_leaves_its_story(db: Database) -> None:
    first, second = save(db, 1, STORY), save(db, 2, STORY, site="sagara")
    update_clusters(db)
    assert story_of(db, second) == story_of(db, first)
    save(db, 2, OTHER, site="sagara")
    update_clusters(db)
    assert (story_of(db, first), story_of(db, second)) == (first, second)


def test_rebuild_gives_the_same_as_one_by_one(db: Database) -> None:
    texts = [STORY, OTHER, LEAD + "\n\n" + QUOTE, "WANASARI - " + STORY, OTHER + " Demikian."]
    ids = []
    for number, text in enumerate(texts):
        ids.append(save(db, number, text, site=f"media{number}", day=9 - number))
        update_clusters(db)
    grown = [story_of(db, article) for article in ids]
    with db.write() as session:
        session.connection().exec_driver_sql("UPDATE articles SET cluster = id, clustered_hash = NULL")
    update_clusters(db)
    assert [story_of(db, article) for article in ids] == grown == [ids[3], ids[4], ids[3], ids[3], ids[4]]


@pytest.mark.parametrize(
    ("shared", "numbers", "days", "same"),
    [(11, 2, 1, True), (11, 1, 1, False), (11, 2, 4, False), (9, 2, 1, False), (13, 0, 1, True), (7, 2, 0, False)],
)
def test_text_written_anew_is_known_by_its_numbers(shared: int, numbers: int, days: int, same: bool) -> None:
    facts = [frozenset({"4.870", "1.470"}), frozenset([*["4.870", "1.470"][:numbers], "2.300"])]
    one = StoryText("a", "warta", date(2026, 3, 2), frozenset(range(100)), numbers=facts[0])
    other = StoryText(
        "b", "sagara", date(2026, 3, 2 + days), frozenset(range(100 - shared, 200 - shared)), numbers=facts[1]
    )
    assert one.tells_the_same(other) is other.tells_the_same(one) is same


def test_empty_and_tiny_texts_stand_alone(db: Database) -> None:
    ids = [save(db, number, text) for number, text in enumerate(["!!!", "???", "Pasar", "Jalan raya"])]
    update_clusters(db)
    assert [story_of(db, article) for article in ids] == ids
