"""Exports of what changed: everything that an export shows is in the next one, and makes the old one whole again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exporting import Office, save
from small_archive import TEXT, tagged, tags
from sqlalchemy.orm import Session

from pantau.exports.manifest import Manifest
from scraper.config import Config
from scraper.crawl.store import Validators
from scraper.items import PagePointer, TaggedArticle
from storage.database import Database
from storage.records.articles import save_article, withdraw_article
from storage.records.assessments import assess, undo_assessment
from storage.records.corrections import all_corrections, correct, undo_correction
from storage.records.decisions import dismiss, reopen
from storage.records.looks import note_looked, note_saved
from storage.records.readings import archived, save_reading
from storage.records.registry_edits import merge, register, remove_registry_row, save_registry_row
from storage.records.tables import ArticleRow
from storage.records.tags import save_tags
from storage.stories.clusters import update_clusters
from storage.stories.pickups import update_pickups
from storage.stories.releases import add_release, releases, remove_release

FIRST, SECOND, THIRD = (tagged(number) for number in (1, 2, 3))
ID, OTHER = FIRST.article.id, SECOND.article.id
PAGE = PagePointer(file="contoh.warc.gz", offset=0, length=10)
CORRECTED = replace(FIRST.article, title="Ralat", fetched_at=datetime(2026, 3, 6, tzinfo=UTC), extraction="lama")
HALL = {"start": TEXT.index("Kota Tirtasari"), "end": TEXT.index("Kota Tirtasari") + len("Kota Tirtasari")}
Change = Callable[[Session], object]


def reread(session: Session) -> None:
    """The same page by another extraction, which reads the same from it."""
    (old,) = archived(session, [ID])
    save_reading(session, old, replace(old.article, extraction="baru"))


def gone(session: Session) -> None:
    for _ in range(2):
        note_looked(session, FIRST.article.canonical_url, "gone")


def tagged_anew(session: Session) -> None:
    assert save_tags(session, TaggedArticle(article=CORRECTED, tags=tags(TEXT), tag_version="v2"))


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "outlet corrects": (lambda session: save_article(session, CORRECTED), {ID}),
    "page read anew": (reread, {ID}),
    "tagged anew": (tagged_anew, {ID}),
    "tag corrected": (
        lambda session: correct(session, ID, kind="place", action="delete", by="ani", **HALL), {ID}),
    "correction taken back": (lambda session: undo_correction(session, all_corrections(session)[0].id, by="ani"), {ID}),
    "kind corrected": (
        lambda session: correct(session, ID, kind="kind", action="change", by="ani", values={"kind": "opinion"}), {ID}),
    "judged": (lambda session: assess(session, ID, officer="ani", tone_body="negative"), {ID}),
    "judgement taken back": (lambda session: undo_assessment(session, ID, officer="ani"), {ID}),
    "page gone": (gone, {ID}),
    "page back": (lambda session: note_looked(session, FIRST.article.canonical_url, "unchanged"), {ID}),
    "person registered": (
        lambda session: save_registry_row(
            session, "persons", {"person_id": "ratna-dewi", "name": "Hj. Ratna Dewi"}, by="ani"), {ID, OTHER}),
    "person unregistered": (lambda session: remove_registry_row(session, "persons", "ratna-dewi"), {ID, OTHER}),
    "programme registered": (lambda session: register(session, "program", "pasar-murah", by="ani"), {ID, OTHER}),
    "persons merged": (
        lambda session: merge(session, "person", "ratna-dewi", into="sri-wahyuni", by="ani"), {ID, OTHER}),
    "merge taken back": (lambda session: reopen(session, "person", "ratna-dewi"), {ID, OTHER}),
    "candidate dismissed": (lambda session: dismiss(session, "person", "ratna-dewi", by="ani"), set()),
    "release pasted": (lambda session: add_release(session, text=TEXT, by="ani"), set()),
    "release forgotten": (lambda session: remove_release(session, releases(session)[0].id), set()),
    "new article": (lambda session: save_article(session, THIRD.article), {THIRD.article.id}),
    "withdrawn": (lambda session: withdraw_article(session, ID), {ID}),
}  # fmt: skip
"""What somebody does -> the articles that the next export has to give anew."""


@pytest.fixture
def office(config: Config, db: Database, tmp_path: Path) -> Office:
    with db.write() as session:
        save_registry_row(session, "persons", {"person_id": "sri-wahyuni", "name": "Sri Wahyuni"}, by="ani")
        save_article(session, replace(FIRST.article, extraction="lama"), page=PAGE)
        note_saved(session, session.get_one(ArticleRow, ID), "new", validators=Validators())
    save(db, SECOND)
    with db.write() as session:
        save_tags(session, FIRST)
    update_clusters(db)
    return Office(config, db, tmp_path / "keluar")


def whole(office: Office, name: str, manifest: Manifest) -> dict[str, list[str]]:
    """The rows of each table of an export."""
    return {file["table"]: [json.dumps(row) for row in office.rows(f"{name}/{file['path']}")]
            for file in manifest.values["files"]}  # fmt: skip


def merged(old: dict[str, list[str]], new: dict[str, list[str]], manifest: Manifest) -> dict[str, list[str]]:
    """What an analyst has after dropping the rows of changed articles and adding the new ones, by table."""
    changed = {json.loads(row)["article_id"] for row in new["changes"]}
    for file in manifest.values["files"]:
        if file["content"] == "changed" and (table := file["table"]) != "changes":
            key = "id" if table == "articles" else "article_id"
            new[table] = [row for row in old[table] if json.loads(row)[key] not in changed] + new[table]
    return {table: sorted(rows) for table, rows in new.items() if table != "changes"}


def test_every_change_is_in_the_next_export_and_all_together_make_the_first_one_whole(office: Office) -> None:
    last = office.export("lama", table="all")
    rows = whole(office, "lama", last)
    for what, (change, expected) in CHANGES.items():
        with office.db.write() as session:
            change(session)
        update_clusters(office.db)
        update_pickups(office.db)
        last = office.export("baru", table="all", since=last)
        assert {row["article_id"] for row in office.rows("baru/changes.jsonl")} == expected, what
        rows = merged(rows, whole(office, "baru", last), last)
    assert office.rows("baru/changes.jsonl") == [{"article_id": ID, "change": "withdrawn"}]
    manifest = office.export("penuh", table="all")
    assert rows == {table: sorted(lines) for table, lines in whole(office, "penuh", manifest).items()}
