"""The demo newsroom: every story loads, is dated from today, and holds the shapes that the demo shows."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from demo.date_tokens import render_tokens
from demo.story import RELEASE_SITE, SITES, Story, Version, load_stories
from scraper.clock import WIB
from scraper.errors import PantauError

TODAY = date(2026, 3, 9)
MONDAY = date(2021, 5, 3)


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return load_stories(TODAY)


@pytest.fixture(scope="module")
def versions(stories: tuple[Story, ...]) -> list[Version]:
    return [version for story in stories for version in story.versions]


@pytest.mark.parametrize(
    ("token", "written"),
    [
        ("{hari_tgl}", "Senin (3/5/2021)"),
        ("{hari_tgl:-1}", "Minggu (2/5/2021)"),
        ("{hari_tgl:sabtu}", "Sabtu (1/5/2021)"),
        ("{hari_tgl:senin}", "Senin (3/5/2021)"),
        ("{hari_tanggal:+30}", "Rabu, 2 Juni 2021"),
        ("{hari:+2}", "Rabu"),
        ("{tgl}", "3/5/2021"),
        ("{tgl_pendek}", "3/5"),
        ("{tanggal:+5}", "8 Mei 2021"),
        ("{tanggal_bulan}", "3 Mei"),
        ("{tahun:-1}", "2020"),
        ("{bulan:-5}", "Desember"),
        ("{bulan_tahun:-1}", "April 2021"),
        ("{bulan_tahun:-5}", "Desember 2020"),
        ("{tahun_bulan:-5}", "2020"),
        ("{triwulan}", "triwulan II"),
        ("{triwulan_tahun:-2}", "triwulan IV 2020"),
        ("{tahun_triwulan:-2}", "2020"),
        ("{semester}", "semester I"),
        ("{semester_tahun:-1}", "semester II 2020"),
        ("{tahun_semester:-1}", "2020"),
        ("{triwulan_ke:3}", "triwulan III 2020"),
        ("{triwulan_ke:1}", "triwulan I 2021"),
        ("{tahun_triwulan_ke:2}", "2020"),
    ],
)
def test_tokens_are_seen_from_the_day(token: str, written: str) -> None:
    assert render_tokens(f"pada {token}.", day=MONDAY) == f"pada {written}."


@pytest.mark.parametrize("text", ["{hari_tgl:besok}", "{lusa}", "{tahun:x}", "{triwulan_ke:5}", "{}", "a { b", "a } b"])
def test_unknown_token_is_refused(text: str) -> None:
    with pytest.raises(PantauError):
        render_tokens(text, day=MONDAY)


STORY = """
slug = "{slug}"
days_ago = 1
time = "14:27"
kind = "{kind}"
topic = "umkm"
{more}
[[version]]
site = "{site}"
title = "Judul"
text = "{text}"
"""


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"slug": "lain"}, "file name"),
        ({"kind": "gosip"}, "gosip"),
        ({"site": "koran"}, "koran"),
        ({"text": "{lusa}"}, "{lusa}"),
        ({"more": "mood = 1"}, "mood"),
        ({"more": "release = 1"}, "release"),
        ({"more": "="}, "Invalid"),
    ],
)
def test_broken_story_names_file_and_cause(tmp_path: Path, changes: dict[str, str], cause: str) -> None:
    values = {"slug": "coba", "kind": "news", "site": "tirtanews", "text": "Isi.", "more": ""} | changes
    body = STORY
    for name, value in values.items():
        body = body.replace("{" + name + "}", value)
    (tmp_path / "coba.toml").write_text(body, encoding="utf-8")
    with pytest.raises(PantauError, match=r"coba\.toml") as caught:
        load_stories(TODAY, folder=tmp_path)
    assert cause in str(caught.value)


def test_version_moves_with_its_delay(tmp_path: Path) -> None:
    body = STORY.replace("{more}", "").replace("{slug}", "coba").replace("{kind}", "release")
    later = '\n[[version]]\nsite = "tirtanews"\ndelay_minutes = 600\ntitle = "Lagi"\ntext = "{hari_tgl}"\n'
    body = body.replace("{site}", RELEASE_SITE).replace("{text}", "Satu.\\n\\nDua.") + later
    (tmp_path / "coba.toml").write_text(body, encoding="utf-8")
    (story,) = load_stories(TODAY, folder=tmp_path)
    first, second = story.versions
    assert first.paragraphs == ("Satu.", "Dua.")
    assert first.published == datetime(2026, 3, 8, 14, 27, tzinfo=WIB)
    assert second.published == datetime(2026, 3, 9, 0, 27, tzinfo=WIB)
    assert second.text == "Senin (9/3/2026)"
    assert (first.kind, second.kind) == ("release", "news")


def test_same_today_gives_the_same_stories(stories: tuple[Story, ...]) -> None:
    assert load_stories(TODAY) == stories
    assert list(stories) == sorted(stories, key=lambda story: story.published)


def test_other_todays_move_every_story(stories: tuple[Story, ...]) -> None:
    moved = load_stories(TODAY + timedelta(days=100))
    assert [story.published + timedelta(days=100) for story in stories] == [story.published for story in moved]


def test_newsroom_is_full_and_ends_this_morning(stories: tuple[Story, ...], versions: list[Version]) -> None:
    assert {version.site for version in versions} == set(SITES)
    assert max(version.published for version in versions).date() == TODAY
    assert max(version.published for version in versions).hour < 8
    slugs = [(version.site, story.slug) for story in stories for version in story.versions]
    assert len(slugs) == len(set(slugs))
    titles = Counter((version.site, version.title) for version in versions)
    assert max(titles.values()) == 1


def test_every_text_is_whole(versions: list[Version]) -> None:
    for version in versions:
        assert 120 <= len(version.text.split()) <= 350, (version.title, len(version.text.split()))
        assert not set("{}") & set(version.title + version.text + version.caption), version.title
        assert all(part == part.strip() and "\n" not in part for part in version.paragraphs), version.title
        assert all(version.paragraphs), version.title


def test_newsroom_has_the_breadth_it_promises(stories: tuple[Story, ...]) -> None:
    ages = [(TODAY - story.published.date()).days for story in stories]
    assert len(stories) >= 60
    assert sum(age <= 21 for age in ages) >= 20
    assert max(ages) > 1000
    kinds = {"news": 40, "release": 14, "advertorial": 1, "opinion": 1, "hoax": 1, "correction": 1, "photo": 1}
    assert {
        kind: sum(story.kind == kind for story in stories) >= least for kind, least in kinds.items()
    } == dict.fromkeys(kinds, True)
    topics = (
        "umkm prices budget investment labour trade tourism infrastructure agriculture finance welfare tax transport"
    )
    assert {*topics.split(), "health", "education", "environment"} <= {story.topic for story in stories}


SHAPES = (
    *(
        "Plt Bupati Wanakerta Intan",
        "Pj Wali Kota",
        "Plh) Wali Kota",
        "Plh Sekda",
        "mantan Wali Kota",
        "Calon wali kota",
    ),
    *(
        "Wali kota terpilih",
        "Wawalkot",
        "Wabup Intan",
        "Hendra-Bintang",
        "akrab disapa",
        "Suriana",
        "Achmad Zulkarnain",
    ),
    *(
        "S.E., M.Si.",
        "Kombes Pol Bagas",
        "hotel bintang",
        "pilar ekonomi",
        "Jalan Melati",
        "persen poin",
        "US$",
        "dolar AS",
    ),
    *(
        "(yoy)",
        "Rp58,6 miliar",
        "Rp 3,6 Miliar",
        "Rp275 M ",
        "Rp4,36 triliun",
        "Rp. 4.200.000,-",
        "Rp16 ribu lima ratus",
    ),
    *(
        "minus (-) 3,75",
        "Rp60-80 ribu",
        "Rp15.800 - Rp16.500",
        "hingga triwulan III",
        "Sekarang Rp34.000, dari",
        "HUT ke-76",
    ),
    *(
        "50 cm sampai dengan 1 meter",
        "urutan kedua",
        "dua kali lipat",
        "meter persegi",
        "hektare",
        "Pasal 368",
        "COVID-19",
    ),
    *(
        "RT 03/RW 07",
        "0812-0000-7199",
        "pukul 05.00 WIB",
        "41.327",
        "38.950",
        "katanya,",
        "Demikian disampaikan",
        ": “Percuma",
    ),
)


@pytest.mark.parametrize("shape", SHAPES)
def test_stories_show_the_shape(versions: list[Version], shape: str) -> None:
    assert any(shape in version.text for version in versions)


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31), date(2030, 7, 15)])
def test_any_today_will_do(today: date) -> None:
    for story in load_stories(today):
        assert not [version.title for version in story.versions if set("{}") & set(version.title + version.text)]
        assert story.published.date() <= today


def test_release_quotes_come_back_in_the_outlets(stories: tuple[Story, ...]) -> None:
    for story in stories:
        if story.kind == "release":
            quotes = set(re.findall(r'"([^"]{40,})[,.]"', story.versions[0].text))
            for version in story.versions[1:]:
                told = version.text
                assert any(
                    part.rstrip(".?")[-30:] in told for quote in quotes for part in re.split(r"(?<=[.?]) ", quote)
                ), version.title


def test_release_stories_start_at_the_government(stories: tuple[Story, ...]) -> None:
    for story in stories:
        assert (story.kind == "release") == (story.versions[0].site == RELEASE_SITE), story.slug
        assert story.release in {"", *(other.slug for other in stories)}
        assert story.corrects in {"", *(other.slug for other in stories)}
