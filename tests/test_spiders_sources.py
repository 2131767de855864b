"""An office's own sources: files that are read, written and refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scraper.errors import ProfileError
from spiders.sources import add, enable, load_sources, pause, shipped, source_path

FIELDS = {
    "title": "Kabar",
    "start": "https://kabar.example/",
    "listings": ["/indeks"],
    "article_url": r"/baca/(?P<id>\d+)",
    "canonical": "https://kabar.example/{id}",
    "rules": {"title": "h1", "drop": [".iklan"]},
    "expect": {"articles_per_week": 20},
    "delay": 5,
}


def test_enable_pause_enable(tmp_path: Path) -> None:
    enable(tmp_path, "tangerangnews")
    [source] = load_sources(tmp_path)
    assert (source.name, source.start) == ("tangerangnews", "https://www.tangerangnews.com/")
    pause(tmp_path, "tangerangnews")
    assert load_sources(tmp_path) == []
    enable(tmp_path, "tangerangnews")
    assert [source.name for source in load_sources(tmp_path)] == ["tangerangnews"]


def test_own_source_comes_back_as_written(tmp_path: Path) -> None:
    add(tmp_path, "kabar", FIELDS)
    [source] = load_sources(tmp_path)
    assert (source.title, source.listings, source.delay) == ("Kabar", ("/indeks",), 5)
    assert (source.rules.title, source.rules.drop) == ("h1", (".iklan",))
    assert source.expect.articles_per_week == 20
    with pytest.raises(ProfileError, match="already"):
        add(tmp_path, "kabar", FIELDS)


def test_family_gives_the_usual_addresses(tmp_path: Path) -> None:
    add(tmp_path, "kabar", {"family": "wordpress", "title": "Kabar", "start": "https://kabar.example/"})
    [source] = load_sources(tmp_path)
    assert source.feeds == ("/feed/",)


@pytest.mark.parametrize("name", ["", "../jahat", "a/b", "A", ".x", "a.toml", "a b", "x" * 64])
def test_names_are_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProfileError, match="no source name"):
        source_path(tmp_path, name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "'title' is empty"),
        ({"start": "kabar.example"}, "'start' is 'kabar.example'"),
        ({"start": "file:///etc/passwd"}, "'start' is"),
        ({"listings": []}, "no way to find articles"),
        ({"listings": "/indeks"}, "'listings' is '/indeks'"),
        ({"feeds": [1]}, "'feeds' is"),
        ({"article_url": "("}, "'article_url' is no regular expression"),
        ({"article_url": ""}, "need 'article_url'"),
        ({"canonical": "https://kabar.example/"}, "it needs {id}"),
        ({"delay": -1}, "'delay' is -1"),
        ({"delay": "3"}, "'delay' is '3'"),
        ({"rules": {"title": "h1["}}, "rule 'title' is no CSS selector"),
        ({"rules": {"judul": "h1"}}, "'rules' must be a table"),
        ({"rules": {"title": 3}}, "rule 'title' is no CSS selector"),
        ({"expect": 3}, "'expect' must be a table"),
        ({"obey_robots": False}, "no field 'obey_robots'"),
        ({"profile": "../x"}, "no shipped profile '../x'"),
        ({"family": "joomla"}, "'family' is 'joomla'"),
        ({"paused": "ya"}, "'paused' is 'ya'"),
    ],
)
def test_wrong_fields_are_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(ProfileError, match=r"kabar\.toml: .*" + re.escape(message)):
        add(tmp_path, "kabar", {**FIELDS, **change})
    assert not list(tmp_path.rglob("*"))


def test_broken_file_is_named(tmp_path: Path) -> None:
    source_path(tmp_path, "rusak").parent.mkdir()
    source_path(tmp_path, "rusak").write_text("title = [", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"rusak\.toml cannot be read as TOML"):
        load_sources(tmp_path)


@pytest.mark.parametrize("name", ["tidak-ada", "wordpress"])
def test_unknown_names(tmp_path: Path, name: str) -> None:
    assert name not in {source.name for source in shipped()}
    with pytest.raises(ProfileError, match="no shipped profile"):
        enable(tmp_path, name)
    with pytest.raises(ProfileError, match="not enabled"):
        pause(tmp_path, name)
