"""Exports that are killed at any step, or run out of room: what counts is whole, and the next one tidies up."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import zipfile
from pathlib import Path
from typing import Any

import pytest
from ended_exports import cramped, export, killed, run
from small_archive import fill_office, tagged

from pantau.exports.manifest import Asked
from pantau.exports.staging import publish_folder, staged
from scraper.errors import DeliveryError

CASES = {
    "a.jsonl": Asked(table="articles", format="jsonl"),
    "a.zip": Asked(table="all", format="csv"),
    "semua": Asked(table="all", format="csv"),
}
MANY = 100


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_office(tmp_path_factory.mktemp("office"), map(tagged, range(1, 40)))


def told(path: Path) -> dict[str, Any] | None:
    """The manifest of what is at ``path``; nothing where nothing counts as an export."""
    if path.suffix == ".zip" and path.exists():
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            return json.loads(archive.read("manifest.json"))  # type: ignore[no-any-return]
    note = path / "manifest.json" if path.is_dir() else path.with_name(f"{path.name}.manifest.json")
    return json.loads(note.read_text()) if note.exists() else None


def is_whole(path: Path) -> bool:
    """Whether what counts as an export is one: each file of the manifest is there with its checksum."""
    manifest = told(path)
    folder = path if path.is_dir() else path.parent
    return (
        manifest is None
        or path.suffix == ".zip"
        or all(
            hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"]
            for file in manifest["files"]
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("before", [False, True], ids=["new", "over an older one"])
def test_killed_at_any_step_no_half_export_counts(data: Path, tmp_path: Path, name: str, before: bool) -> None:
    older = Asked(table=CASES[name].table, format=CASES[name].format, full_text=True)
    for step in range(MANY):
        shutil.rmtree(tmp_path / "keluar", ignore_errors=True)
        path = tmp_path / "keluar" / name
        if before:
            export(data, path, older)
        code = run(killed, data, path, CASES[name], step)
        assert is_whole(path), step
        if code == 0:
            break
        assert code == -signal.SIGKILL
        manifest = export(data, path, CASES[name])
        assert told(path) == manifest.values
        assert {file.name for file in path.parent.iterdir()} <= {name, f"{name}.manifest.json"}
    assert 1 < step < MANY - 1


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("room", [100, 5_000])
def test_without_room_nothing_is_left_and_what_was_there_stays(
    data: Path, tmp_path: Path, name: str, room: int
) -> None:
    path = tmp_path / "keluar" / name
    manifest = export(data, path, CASES[name])
    files = {file.relative_to(tmp_path): file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    assert run(cramped, data, path, CASES[name], room) == 3
    assert {file.relative_to(tmp_path): file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == files
    assert told(path) == manifest.values


def test_what_a_dead_process_moved_aside_comes_back(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "semua"
    manifest = export(data, path, CASES["semua"])
    staging = tmp_path / ".semua.abcd_123.part"
    staging.mkdir()
    path.rename(staging / ".old")
    with pytest.raises(RuntimeError), staged(path):
        raise RuntimeError("stopped")
    assert told(path) == manifest.values
    assert [file.name for file in tmp_path.iterdir()] == ["semua"]


def test_an_older_folder_comes_back_where_the_new_one_cannot_take_its_place(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "semua"
    manifest = export(data, path, CASES["semua"])
    with pytest.raises(DeliveryError, match="cannot be written"), staged(path) as folder:
        publish_folder(folder / "nothing", path)
    assert told(path) == manifest.values
    assert [file.name for file in tmp_path.iterdir()] == ["semua"]
