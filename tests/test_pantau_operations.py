"""Health in view: what monitors of machines are told, and who may ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from office import Browser, office_config
from prometheus_client.parser import text_string_to_metric_families

from pantau.web.app import create_app
from scraper.config import load_config


def numbers(client: Browser) -> dict[str, float]:
    text = client.get("/metrics").text
    return {
        f"{sample.name}{sorted(sample.labels.values()) or ''}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_waits_for_tagging_is_counted_as_health_does(prepared_office: Path, tmp_path: Path) -> None:
    for version, waiting in ((None, 0), ("t", 0), ("u", 1)):
        shutil.copytree(prepared_office, folder := tmp_path / str(version))
        with Browser(create_app(office_config(folder), tag_version=version)) as client:
            assert numbers(client)["pantau_articles_untagged"] == waiting


def test_the_numbers_are_those_of_the_database(client: Browser) -> None:
    client.get("/cari", params={"q": "beras"})
    found = numbers(client)
    assert found["pantau_articles"] == 1
    assert found["pantau_articles_untagged"] == 0
    assert found["pantau_index_behind"] == 0
    assert found["pantau_scheduler_up"] == 0
    assert found["pantau_disk_free_bytes"] > 0
    assert found["pantau_request_seconds_count['/cari', '200', 'GET']"] == 1


def test_no_series_is_made_of_what_strangers_ask_for(client: Browser) -> None:
    for number in range(5):
        client.get(f"/tidak-ada/{number}")
    assert not [name for name in numbers(client) if "tidak-ada" in name]


def test_health_is_told_as_json(client: Browser) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "checks": {"database": "ok", "index": "ok"}})


def test_a_proxied_reader_needs_the_token(client: Browser) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


def test_the_token_stays_out_of_what_is_printed() -> None:
    assert "rahasia" not in repr(load_config(environ={"PANTAU_METRICS_TOKEN": "rahasia"}))


def test_a_database_that_is_gone_fails(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise OSError("no such disk")

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
