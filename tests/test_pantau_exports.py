"""Exports: one state of the database, equal bytes, nothing half written, nothing missed between two of them."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from exporting import Office, content, save
from held_writers import SHORT, WAIT, Held, make, writing
from small_archive import day_only, tagged

from pantau.exports import run
from pantau.exports.formats import FORMATS, Format
from pantau.exports.manifest import Asked, Manifest
from pantau.exports.run import open_export, write_export
from scraper.config import Config
from scraper.errors import DeliveryError, InputError
from storage.database import Database
from storage.datasets.articles import snippet
from storage.records.articles import withdraw_article


@pytest.fixture
def office(config: Config, db: Database, tmp_path: Path) -> Office:
    save(db, tagged(1), tagged(2), day_only(3))
    return Office(config, db, tmp_path / "keluar")


def test_text_leaves_only_on_demand(office: Office) -> None:
    office.export("a.jsonl")
    office.export("b.jsonl", full_text=True)
    short, whole = office.rows("a.jsonl")[0], office.rows("b.jsonl")[0]
    assert "text" not in short
    assert whole["text"].startswith(short["snippet"].removesuffix(" …")[:60])
    assert "snippet" not in whole


@pytest.mark.parametrize("name", ["semua", "semua.zip"])
def test_same_data_same_bytes(office: Office, name: str) -> None:
    manifest = office.export(name, table="all", format="csv")
    first = content(office.folder)
    assert office.export(name, table="all", format="csv").id == manifest.id
    assert content(office.folder) == first


def test_a_manifest_tells_what_was_written(office: Office) -> None:
    manifest = office.export("semua", table="all", format="csv", query="inflasi")
    files = content(office.folder / "semua")
    assert json.loads(files.pop("manifest.json")) == manifest.values
    told = {file["path"]: file for file in manifest.values["files"]}
    assert set(told) == set(files)
    for path, data in files.items():
        assert told[path]["sha256"] == hashlib.sha256(data).hexdigest()
        assert told[path]["rows"] == len(list(csv.reader(data.decode().splitlines()))) - 1
    assert manifest.values["window"] == {"first": "2026-02-03", "last": "2026-03-02", "undated": 0}
    assert manifest.values["versions"]["tagging"] == {"v1": 3}
    assert (manifest.asked.query, manifest.values["articles"]) == ("inflasi", 3)


def test_a_zip_holds_what_a_folder_holds(office: Office) -> None:
    office.export("semua", table="all", format="csv")
    office.export("semua.zip", table="all", format="csv")
    with zipfile.ZipFile(office.folder / "semua.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == content(office.folder / "semua")


def test_csv_runs_no_formula(office: Office) -> None:
    save(office.db, tagged(9, title='=HYPERLINK("http://jahat.test";"klik")'))
    office.export("a.csv", format="csv")
    with (office.folder / "a.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert titles[-1] == '\'=HYPERLINK("http://jahat.test";"klik")'


def test_a_query_selects_articles(office: Office) -> None:
    save(office.db, tagged(5, title="Banjir", text="Air naik di kampung."))
    assert office.export("a.jsonl", query="banjir").values["articles"] == 1
    assert [row["title"] for row in office.rows("a.jsonl")] == ["Banjir"]
    assert office.export("b.jsonl", query="tidakada", table="mentions").values["articles"] == 0
    assert office.rows("b.jsonl") == []


def test_only_what_changed_is_given_and_makes_the_old_whole_again(office: Office) -> None:
    first = office.export("lama", table="all")
    save(office.db, tagged(2, title="Diralat"), tagged(4))
    with office.db.write() as session:
        withdraw_article(session, tagged(1).article.id)
    second = office.export("baru", table="all", since=first)
    office.export("penuh", table="all")
    changes = {row["article_id"]: row["change"] for row in office.rows("baru/changes.jsonl")}
    assert changes == {
        tagged(1).article.id: "withdrawn", tagged(2).article.id: "replaced", tagged(4).article.id: "replaced",
    }  # fmt: skip
    assert second.values["since"] == {"export": first.id, "change": first.change}
    for file in second.values["files"]:
        if file["table"] == "changes":
            continue
        key = "id" if file["table"] == "articles" else "article_id"
        old = office.rows(f"lama/{file['path']}") if file["content"] == "changed" else []
        merged = [row for row in old if row[key] not in changes] + office.rows(f"baru/{file['path']}")
        whole = office.rows(f"penuh/{file['path']}")
        assert sorted(map(json.dumps, merged)) == sorted(map(json.dumps, whole)), file["table"]


@pytest.mark.parametrize("numbered", [False, True])
def test_who_writes_first_and_commits_last_is_in_the_next_export(office: Office, numbered: bool) -> None:
    last = office.export("nol", table="all")
    slow = Held(office.db, make("lambat", site="warta"), numbered=numbered)
    with writing(office.db, make("cepat", site="sagara")) as quick:
        with suppress(TimeoutError):
            quick.result(SHORT)
        found = []
        for name in ("satu", "dua"):
            last = office.export(name, table="all", since=last)
            found += [row["title"] for row in office.rows(f"{name}/articles.jsonl")]
            if name == "satu":
                slow.commit()
                quick.result(WAIT)
    assert sorted(found) == ["cepat", "lambat"]


def test_what_a_query_no_longer_finds_is_told(office: Office) -> None:
    first = office.export("a.jsonl", query="umkm")
    save(office.db, tagged(2, title="Judul lain", text="Isi lain."))
    office.export("b.jsonl", query="umkm", since=first)
    assert office.rows("b.jsonl") == []
    assert office.rows("b.jsonl.changes.jsonl") == [{"article_id": tagged(2).article.id, "change": "not_found"}]


def test_a_manifest_of_another_database_is_refused(office: Office, new_config: Callable[[], Config]) -> None:
    first = office.export("a.jsonl")
    other = Database.open(new_config())
    with pytest.raises(InputError, match="another database"):
        Office(new_config(), other, office.folder).export("b.jsonl", since=first)
    other.close()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"export": 1, "asked": {"x": 2}, "database": {}}'])
def test_what_is_no_manifest_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "m.json").write_text(content)
    with pytest.raises(InputError, match="is no manifest"):
        Manifest.find(str(tmp_path / "m.json"), data=tmp_path)
    with pytest.raises(InputError, match="neither a manifest nor the id"):
        Manifest.find("0123456789abcdef", data=tmp_path)


def test_an_export_is_found_by_its_id_or_files(office: Office) -> None:
    manifest = office.export("semua", table="all")
    manifest.keep(office.folder)
    assert Manifest.find(manifest.id, data=office.folder).values == manifest.values
    office.export("semua.zip", table="all")
    office.export("a.jsonl", table="articles")
    for name in ("semua", "semua.zip", "a.jsonl", "a.jsonl.manifest.json"):
        assert Manifest.find(str(office.folder / name), data=office.folder).change == manifest.change
    (office.folder / "a.jsonl.manifest.json").unlink()
    with pytest.raises(InputError, match="is no manifest"):
        Manifest.find(str(office.folder / "a.jsonl"), data=office.folder)


def test_what_is_written_meanwhile_is_not_in_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = FORMATS["jsonl"].write

    def while_others_write(rows: Iterator[Any], **to: Any) -> int:
        def disturbed() -> Iterator[Any]:
            for number, row in enumerate(rows):
                if number == 0:
                    save(office.db, tagged(1, title="Diubah di tengah"), tagged(7))
                yield row

        return writer(disturbed(), **to)

    before = office.export("tenang", table="all")
    monkeypatch.setitem(FORMATS, "jsonl", Format("jsonl", while_others_write))
    with_writers = office.export("ramai", table="all")
    assert content(office.folder / "ramai") == content(office.folder / "tenang")
    assert with_writers.change == before.change


@pytest.mark.parametrize("table", ["articles", "all"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_an_export_that_is_stopped_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, table: str, stop: type[BaseException]
) -> None:
    def stopped(rows: Iterator[Any], **_: Any) -> int:
        next(iter(rows))
        raise stop

    monkeypatch.setattr(run.Export, "size", lambda _: 1)
    monkeypatch.setitem(FORMATS, "jsonl", Format("jsonl", stopped))
    with pytest.raises(stop):
        office.export("keluar", table=table)
    assert list(office.folder.iterdir()) == []


def test_progress_goes_to_its_total(office: Office) -> None:
    told: list[tuple[int, int]] = []
    with open_export(office.db, asked=Asked(table="all", format="csv"), index=office.fresh) as opened:
        write_export(opened, office.folder / "a", advance=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


def test_a_size_is_said_before(office: Office) -> None:
    with open_export(office.db, asked=Asked(table="articles", format="jsonl"), index=office.fresh) as opened:
        write_export(opened, office.folder / "a.jsonl")
        assert opened.size() == (office.folder / "a.jsonl").stat().st_size


def test_a_full_disk_is_said_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.Export, "size", lambda _: 1 << 62)
    with pytest.raises(DeliveryError, match="needs about"):
        office.export("a.jsonl")


def test_a_folder_of_others_is_left_alone(office: Office) -> None:
    (office.folder / "semua").mkdir(parents=True)
    (office.folder / "semua" / "skripsi.docx").write_text("penting")
    with pytest.raises(DeliveryError, match="no earlier export"):
        office.export("semua", table="all")
    assert content(office.folder) == {"semua/skripsi.docx": b"penting"}


def test_a_place_that_cannot_be_written_is_said(office: Office) -> None:
    office.folder.mkdir()
    (office.folder / "file").write_text("")
    with pytest.raises(DeliveryError, match="cannot be written"):
        office.export("file/a.jsonl")


def test_snippets_end_at_a_word() -> None:
    assert snippet("kata " * 100).endswith("kata …")
    assert snippet("kata  lain\n\nlagi") == "kata lain lagi"
    assert snippet("a" * 2_000) == "a" * 240 + " …"
