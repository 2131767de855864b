"""Search: what is found in which order, counted, marked, and how the index follows the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Thread

import pytest
from conftest import NewConfig

from scraper.clock import WIB
from scraper.config import Config
from scraper.errors import QueryError, StorageError
from scraper.items import Article, DatedBy, PersonTag, PlaceTag, ProgramTag, QuoteTag, Span, TaggedArticle, Tags
from storage.database import Database
from storage.records.articles import save_article, withdraw_article
from storage.records.registry import load_registry
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex
from storage.search.results import SearchResult
from storage.stories.clusters import update_clusters
from storage.trends.points import TrendPoint

ARTICLES = {
    "market": (
        "Wali Kota Sagara buka pasar malam",
        "Pelaku UMKM menyambut pasar malam di tepi sungai.",
        "warta",
        date(2026, 1, 5),
    ),
    "training": (
        "Pelatihan menjahit di Ciruas",
        "Usaha mikro, kecil, dan menengah dilatih menjahit oleh dinas.",
        "warta",
        date(2026, 1, 20),
    ),
    "jobs": (
        "Angka pengangguran turun",
        "Jumlah penganggur di Sagara turun jadi 90.128 orang.",
        "tirta",
        date(2026, 3, 2),
    ),
    "grapes": (
        "Panen anggur di lereng",
        "Petani anggur Sagara memanen buah manis.",
        "tirta",
        datetime(2026, 3, 2, 9, tzinfo=WIB),
    ),
    "bank": ("BI tahan suku bunga", "Bank Indonesia menahan suku bunga acuan.", "warta", None),
    "mayor": ("Kunjungan", "Walikota Sagara meninjau panen dan pasar ikan di kota.", "sagara", date(2026, 3, 9)),
}


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    database = Database.open(config)
    save(database, *(make(name) for name in ARTICLES))
    yield database
    database.close()


@pytest.fixture
def index(db: Database, config: Config) -> SearchIndex:
    opened = SearchIndex.open(db, config.data)
    assert opened.catch_up() == len(ARTICLES)
    return opened


def make(name: str, **changes: object) -> Article:
    title, text, site, day = ARTICLES.get(name, (name, name, "warta", None))
    values: dict[str, object] = {
        "canonical_url": f"https://{site}.test/{name}",
        "title": title,
        "text": text,
        "site": site,
        "published": DatedBy(value=day, evidence="meta", raw="") if day else None,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def save(db: Database, *articles: Article) -> None:
    with db.write() as session:
        for article in articles:
            save_article(session, article)


def names(result: SearchResult) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("walikota", {"market", "mayor"}),
        ("wali kota", {"market", "mayor"}),
        ('"wali kota sagara"', {"market", "mayor"}),
        ("umkm", {"market", "training"}),
        ("pengangguran", {"jobs"}),
        ("anggur", {"grapes"}),
        ("bi", {"bank"}),
        ('"bank indonesia"', {"bank"}),
        ("melatih", {"training"}),
        ("90.128", {"jobs"}),
        ("pasar -malam", {"mayor"}),
        ("judul:pasar", {"market"}),
        ("anggur OR bunga", {"grapes", "bank"}),
        ("media:tirta", {"jobs", "grapes"}),
        ("media:TIRTA OR media:sagara", {"jobs", "grapes", "mayor"}),
        ("media:tirta.test", {"jobs", "grapes"}),
        ("dari:2026-03", {"jobs", "grapes", "mayor"}),
        ("dari:2026-01-06 sampai:2026-03-02", {"training", "jobs", "grapes"}),
        ("jenis:berita sampai:2026-01", {"market", "training"}),
        ("-pasar -media:tirta", {"training", "bank"}),
        ("", set(ARTICLES)),
        ("kata-yang-tidak-ada", set()),
        ("pejabat:siapa", set()),
    ],
)
def test_query_finds(index: SearchIndex, query: str, found: set[str]) -> None:
    result = index.search(query, group=False)
    assert {name for name, hit in zip(names(result), result.hits, strict=True) if not hit.partial} == found
    assert result.total == len(found) == len(index.find_ids(query))


def test_articles_with_all_words_come_first_then_those_with_some(index: SearchIndex) -> None:
    result = index.search("panen pasar ikan")
    assert (names(result)[0], result.total, result.relaxed) == ("mayor", 1, False)
    assert {"market", "grapes"} == set(names(result)[1:])
    assert [hit.partial for hit in result.hits] == [False, True, True]
    assert names(index.search("panen pasar ikan", sort="date")) == ["mayor"]


def test_question_in_which_no_article_has_all_words_is_relaxed(index: SearchIndex) -> None:
    result = index.search("berapa jumlah penganggur di kecamatan terpencil")
    assert (names(result)[0], result.relaxed) == ("jobs", True)


@pytest.mark.parametrize(
    ("query", "word", "first"),
    [
        ("pengagguran", "pengangguran", "jobs"),
        ("menjahti dinas", "menjahit", "training"),
        ("PASSAR", "pasar", "market"),
    ],
)
def test_word_of_no_article_is_put_right(index: SearchIndex, query: str, word: str, first: str) -> None:
    result = index.search(query)
    assert (list(result.corrected.values()), names(result)[0]) == ([word], first)
    assert any(match for _, match in (*result.hits[0].snippet, *result.hits[0].title_pieces))
    assert index.find_ids(query.split()[0]) == []


@pytest.mark.parametrize("query", ["xylofon", '"pengagguran"', "psar", "pasar", "pejabat:pasarr", "12345"])
def test_other_words_are_left_alone(index: SearchIndex, query: str) -> None:
    assert index.search(query).corrected == {}


def test_other_spelling_is_found(db: Database, index: SearchIndex) -> None:
    save(db, make("permit", text="Resiko perijinan apotik dianalisa."))
    index.catch_up()
    for query in ("risiko", "izin", "apotek", "analisis", "perizinan beresiko"):
        assert names(index.search(query))[0] == "permit", query


def test_title_outweighs_text(index: SearchIndex) -> None:
    assert names(index.search("pasar")) == ["market", "mayor"]


def test_order_by_date_puts_undated_ones_last(index: SearchIndex) -> None:
    assert names(index.search("", sort="date")) == ["mayor", "jobs", "grapes", "training", "market", "bank"]


def test_pages_join_without_gap_or_repeat(index: SearchIndex) -> None:
    pages = [names(index.search("", limit=2, offset=offset)) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert [name for page in pages for name in page] == names(index.search("", limit=20))


@pytest.mark.parametrize(
    ("query", "sort"), [("panen pasar OR anggur OR bunga", "relevance"), ("", "date"), ("", "relevance")]
)
def test_cursor_goes_on_after_the_last_hit_while_articles_arrive_and_go(
    db: Database, index: SearchIndex, query: str, sort: str
) -> None:
    expected = names(index.search(query, sort=sort))  # type: ignore[arg-type]
    seen, cursor = list[str](), None
    for step in range(10):
        result = index.search(query, sort=sort, limit=2, after=cursor)  # type: ignore[arg-type]
        seen += names(result)
        cursor = result.next
        if cursor is None:
            break
        newest = date(2026, 4, 1 + step)
        save(
            db,
            make(
                f"new{step}",
                title="Panen pasar anggur",
                text="Panen pasar.",
                published=DatedBy(value=newest, evidence="meta", raw=""),
            ),
        )
        index.catch_up()
    older = [name for name in seen if not name.startswith("new")]
    assert older == expected
    assert len(set(seen)) == len(seen)


def test_cursor_whose_article_is_gone_goes_on_at_its_rank(db: Database, index: SearchIndex) -> None:
    first = index.search("", sort="date", limit=2)
    with db.write() as session:
        withdraw_article(session, first.hits[1].id)
    index.catch_up()
    assert names(index.search("", sort="date", limit=2, after=first.next)) == ["grapes", "training"]
    assert index.search("", limit=6).next is None


@pytest.mark.parametrize("cursor", ["x", "é", "Zm9v", "\ud800", "cmVsZXZhbmNlIDAgbmFuIDAwMDAwMDAwMDAwMDAwMDA="])
def test_wrong_cursor_is_refused(index: SearchIndex, cursor: str) -> None:
    with pytest.raises(QueryError, match="penanda halaman"):
        index.search("", after=cursor)


def test_one_facet_is_counted_alone(index: SearchIndex) -> None:
    assert [(f.value, f.count) for f in index.facet("sagara", "media", limit=1)] == [("tirta", 2)]
    assert index.search("sagara", facets=()).facets == {}


@pytest.mark.parametrize("query", ["", "-anggur", "sagara OR bunga", "-media:sagara", "sagara"])
def test_facets_are_the_same_however_many_articles_are_hits(db: Database, index: SearchIndex, query: str) -> None:
    for _ in range(2):
        found = index.search(query, limit=1_000, group=False)
        outlets = Counter(hit.outlet for hit in found.hits)
        ordered = sorted(((count, value) for value, count in outlets.items()), key=lambda item: (-item[0], item[1]))
        assert [(facet.count, facet.value) for facet in found.facets["media"]] == ordered
        assert [(facet.count, facet.value) for facet in index.facet(query, "media", limit=2)] == ordered[:2]
        assert [facet.count for facet in found.facets["jenis"]] == [found.total]
        save(db, make("more", site="sagara", text="Bunga Sagara mekar."), make("other", text="Isi lain."))
        index.catch_up()


def test_snippet_marks_the_raw_text_by_stem_and_synonym(index: SearchIndex) -> None:
    (hit,) = index.search("pelatihan umkm").hits[:1]
    assert [text for text, match in hit.snippet if match] == ["Usaha mikro, kecil, dan menengah", "dilatih"]
    assert hit.snippet_text == "Usaha mikro, kecil, dan menengah dilatih menjahit oleh dinas."
    assert hit.title_pieces[0] == ("Pelatihan", True)


def test_snippet_of_a_long_text_shows_the_match(db: Database, index: SearchIndex) -> None:
    filler = "Kalimat pengisi berjalan terus tanpa isi. " * 40
    save(db, make("long", text=filler + "Jembatan gantung <b>roboh</b> semalam. " + filler))
    index.catch_up()
    (hit,) = index.search("jembatan roboh").hits
    assert ("Jembatan", True) in hit.snippet
    assert hit.snippet_text.startswith("… ")
    assert hit.snippet_text.endswith(" …")
    assert len(hit.snippet_text) < 260


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dari:12jam", {"mayor", "late"}),
        ("dari:13h", {"mayor", "late", "early"}),
        ("sampai:12jam dari:2026-03-08", {"early", "eve"}),
        ("dari:2hari", {"mayor", "late", "early", "eve"}),
        ("dari:1d", {"mayor", "late", "early"}),
    ],
)
def test_the_last_hours_count_from_now_and_days_known_only_as_such_from_noon(
    db: Database, index: SearchIndex, monkeypatch: pytest.MonkeyPatch, query: str, found: set[str]
) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2026-03-09T22:00:00+07:00")
    for name, moment in {"late": (9, 21), "early": (9, 9), "eve": (8, 23)}.items():
        at = DatedBy(value=datetime(2026, 3, *moment, 30, tzinfo=WIB), evidence="meta", raw="")
        save(db, make(name, published=at))
    index.catch_up()
    assert set(names(index.search(query))) == found


def test_facets_count_what_total_counts(index: SearchIndex) -> None:
    result = index.search("sagara")
    assert [(facet.value, facet.count) for facet in result.facets["media"]] == [
        ("tirta", 2),
        ("sagara", 1),
        ("warta", 1),
    ]
    assert [(facet.value, facet.count) for facet in result.facets["jenis"]] == [("news", 4)]
    assert result.total == 4


def test_volume_has_gaps_and_denominators(index: SearchIndex) -> None:
    assert index.volume("pasar") == [
        TrendPoint(date(2026, 1, 1), 1, 2),
        TrendPoint(date(2026, 2, 1), 0, 0),
        TrendPoint(date(2026, 3, 1), 1, 3),
    ]
    assert index.volume("media:tirta", by="week") == [TrendPoint(date(2026, 3, 2), 2, 2)]
    assert index.volume("bi") == []


def tag(db: Database, name: str, tags: Tags, *, version: str = "v1") -> None:
    with db.write() as session:
        assert save_tags(session, TaggedArticle(article=make(name), tags=tags, tag_version=version))


def test_who_speaks_without_an_office_is_found_and_not_counted_by_name(db: Database, index: SearchIndex) -> None:
    people = [PersonTag(key=key, name=name, mentions=(), official=key == "camat") for key, name in
              (("camat", "Rukmini Hartati"), ("warga", "Joko Lelono"))]  # fmt: skip
    said = [QuoteTag(start=0, end=4, surface="Warg", speaker=key) for key in ("camat", "warga")]
    tag(db, "training", Tags(people=tuple(people), quotes=tuple(said)))
    index.catch_up()
    assert [f.value for f in index.facet("", "narasumber")] == ["Rukmini Hartati"]
    assert names(index.search('narasumber:"Joko Lelono"')) == ["training"]


def test_tags_are_filters_and_facets(db: Database, index: SearchIndex) -> None:
    with db.write() as session:
        places = [{"code": "36", "name": "Banten"}, {"code": "36.04", "name": "Kabupaten Serang"}]
        load_registry(session, layer="shipped", rows={"places": places})
    tags = Tags(
        people=(
            PersonTag(
                key="rukmini",
                name="Rukmini Hartati",
                mentions=(),
                official=True,
                person_id="p-9",
                offices=("Camat Ciruas",),
            ),
            PersonTag(key="joko", name="Joko Lelono", mentions=()),
        ),
        programs=(ProgramTag(name="Gerakan Menjahit", mentions=(Span(start=0, end=4, surface="Gema"),)),),
        places=(PlaceTag(start=22, end=28, surface="Ciruas", code="36.04.09"),),
        topics=("umkm",),
        kind="advertorial",
    )
    tag(db, "training", tags)
    assert index.catch_up() == 1
    for query in (
        "pejabat:rukmini", 'pejabat:"Rukmini Hartati"', "pejabat:p-9", "pejabat:camat", "pejabat:lelono",
        "program:gema", 'program:"gerakan menjahit"', "wilayah:ciruas", "wilayah:banten", "wilayah:36.04",
        "topik:UMKM", "jenis:adv",
    ):  # fmt: skip
        assert names(index.search(query)) == ["training"], query
    assert names(index.search('pejabat:"rukmini lelono"')) == []
    facets = index.search("").facets
    assert [(f.value, f.count) for f in facets["pejabat"]] == [("Rukmini Hartati", 1)]
    assert [(f.value, f.count) for f in facets["wilayah"]] == [("Ciruas", 1)]
    assert [(f.value, f.count) for f in facets["topik"]] == [("umkm", 1)]


def test_article_tagged_again_is_in_the_index_once(db: Database, index: SearchIndex) -> None:
    for number in range(3):
        tag(db, "jobs", Tags(topics=(f"topik{number}",)), version=f"v{number}")
        assert (index.behind(), index.catch_up(), index.behind()) == (1, 1, 0)
    assert names(index.search("pengangguran")) == ["jobs"]
    assert (index.search("").total, index.search("topik:topik1").total, index.search("topik:topik2").total) == (6, 0, 1)


def test_index_follows_edits_and_withdrawals(db: Database, index: SearchIndex) -> None:
    save(db, make("grapes", text="Kebun itu kini ditanami melon."))
    with db.write() as session:
        withdraw_article(session, make("bank").id)
    behind = index.search("melon")
    assert (behind.total, behind.behind) == (0, 2)
    index.catch_up()
    assert names(index.search("melon")) == ["grapes"]
    assert index.search("bunga").total == 0
    assert index.search("").total == 5


def test_replay_leaves_the_index_alone(db: Database, index: SearchIndex) -> None:
    save(db, *(make(name) for name in ARTICLES))
    assert (index.behind(), index.catch_up()) == (0, 0)


def test_rebuild_answers_the_same(db: Database, index: SearchIndex, config: Config) -> None:
    before = index.search("pasar sagara")
    seen: list[tuple[int, int | None]] = []
    assert index.rebuild(lambda done, total: seen.append((done, total))) == 6
    assert seen == [(6, 6)]
    assert index.search("pasar sagara").hits == before.hits
    assert SearchIndex.open(db, config.data).search("pasar sagara").hits == before.hits


def test_index_of_another_database_is_built_anew(config: Config, index: SearchIndex, new_config: NewConfig) -> None:
    other = Database.open(new_config())
    save(other, *(make(name) for name in ("bank", "jobs")))
    moved = SearchIndex.open(other, config.data)
    assert (moved.behind(), moved.catch_up(), moved.search("").total) == (2, 2, 2)
    other.close()


def test_only_one_writes_and_the_others_answer_from_the_last_commit(
    db: Database, index: SearchIndex, config: Config
) -> None:
    other = SearchIndex.open(db, config.data)
    save(db, make("fresh", text="Kabar segar"))
    with other.folder.writing(1) as writer:
        assert writer is not None
        assert index.catch_up() == 0
        assert (index.search("segar").total, index.search("segar").behind) == (0, 1)
        with pytest.raises(StorageError, match="another process"):
            index.rebuild()
    assert (index.catch_up(), other.search("segar").total) == (1, 1)


def test_readers_and_writers_at_once(db: Database, index: SearchIndex, config: Config) -> None:
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            own = SearchIndex.open(db, config.data)
            for step in range(5):
                save(db, make(f"w{number}-{step}", text="Tulisan serentak"))
                own.catch_up()
                assert own.search("serentak OR pasar").total >= 2
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    index.catch_up()
    assert errors == []
    assert (index.search("serentak").total, index.behind()) == (20, 0)


def test_stories_are_grouped_and_other_outlets_counted(db: Database, index: SearchIndex) -> None:
    text = "Jembatan gantung di hulu sungai diperbaiki warga bersama tentara selama dua pekan penuh tanpa biaya."
    for site in ("warta", "tirta", "sagara"):
        save(db, make(f"bridge-{site}", site=site, text=text, canonical_url=f"https://{site}.test/bridge"))
    update_clusters(db)
    index.catch_up()
    result = index.search("jembatan")
    assert (result.total, result.stories, len(result.hits), result.hits[0].others) == (3, 1, 1, 2)
    assert len(index.search("jembatan", group=False).hits) == 3


def test_similar_articles_are_of_other_stories(db: Database, index: SearchIndex) -> None:
    save(db, make("market2", text="Pasar malam di tepi sungai: pelaku UMKM menambah lapak."))
    index.catch_up()
    assert [hit.url for hit in index.similar(make("market").id)] == ["https://warta.test/market2"]
    assert index.similar("0" * 16) == ()


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE articles; --", "%_*?[]{}^~\\/", "\x00pasar", "\ud800 pasar", "a" * 300, "١٢٣ ½"]
)
def test_hostile_queries_are_only_words(index: SearchIndex, query: str) -> None:
    with suppress(QueryError):
        index.search(query)
    assert index.search("").total == 6


@pytest.mark.parametrize("damage", [b"", b"no index", None])
@pytest.mark.parametrize("ending", ["meta.json", ".managed.json", ".store", ".term", ".idx", ".fast"])
def test_damaged_index_is_built_again(
    db: Database, index: SearchIndex, config: Config, ending: str, damage: bytes | None
) -> None:
    assert index.search("pasar").total == 2
    for path in (config.data / "index").rglob(f"*{ending}"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if damage is None else damage)
    again = SearchIndex.open(db, config.data)
    again.catch_up()
    assert (again.search("pasar").total, again.search("").total, again.behind()) == (2, len(ARTICLES), 0)


def test_unusable_folder_is_told(db: Database, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="search index"):
        SearchIndex.open(db, tmp_path)
