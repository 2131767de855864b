"""Pengaturan over a real database: each form does what it says, and refuses what makes no sense."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from office import Browser

from pantau.jobs.catalogue import KINDS
from pantau.passwords import hash_password
from pantau.web.labels import JOBS
from storage.records.accounts import accounts, add_account
from storage.records.job_history import list_jobs
from storage.records.jobs import claim_next, finish
from storage.records.logins import MOST_BY_ACCOUNT, claim_attempt, open_session

PASSWORD = "kuda laut makan siang"


def followed(client: Browser, name: str) -> None:
    """A source file of the office."""
    folder = Path(client.app.state.context.config.data) / "sources"  # type: ignore[attr-defined]
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text('profile = "tangerangnews"\n', encoding="utf-8")


def asked(client: Browser) -> list[tuple[str, str]]:
    """Name and key of the jobs that wait."""
    with client.db.read() as session:
        return [(job.name, job.key) for job in list_jobs(session)]


def test_page_says_that_no_scheduler_runs_and_that_there_is_no_account(client: Browser) -> None:
    page = client.get("/pengaturan").text
    assert "Tidak ada penjadwal yang berjalan" in page
    assert "Belum ada akun" in page


@pytest.mark.parametrize(("action", "job"), [("jeda", "pause"), ("nyalakan", "enable"), ("rayapi", "crawl")])
def test_buttons_of_a_source_ask_for_a_job(client: Browser, action: str, job: str) -> None:
    followed(client, "tangerangnews")
    assert "tangerangnews" in client.get("/pengaturan").text
    assert client.submit("/pengaturan/sumber", nama="tangerangnews", tindakan=action).status_code == 303
    assert asked(client) == [(job, "tangerangnews")]


@pytest.mark.parametrize("fields", [{"nama": "--help", "tindakan": "jeda"}, {"nama": "tangerangnews", "tindakan": "x"}])
def test_unknown_sources_and_actions_are_refused(client: Browser, fields: dict[str, str]) -> None:
    assert client.submit("/pengaturan/sumber", **fields).status_code == 400
    assert asked(client) == []


def test_site_is_looked_at_by_a_job(client: Browser) -> None:
    assert client.submit("/pengaturan/sumber/baru", alamat="javascript:alert(1)").status_code == 400
    assert client.submit("/pengaturan/sumber/baru", alamat="https://kabar.example/").status_code == 303
    assert asked(client) == [("probe", "https://kabar.example/")]
    page = client.get("/pengaturan").text
    assert "Kenali situs" in page
    assert "https://kabar.example/" in page


PROBED = {
    "name": "kabar", "title": "<script>Kabar</script>", "start": "https://kabar.example/", "feeds": ["https://kabar.example/rss"],
    "articles_per_week": 12.4, "delay": 3.0, "warnings": ["<b>hati-hati</b>"],
    "samples": [
        {"url": "javascript:alert(1)", "title": "<img src=x onerror=alert(1)>", "published": "2026-03-02T08:30+07:00"},
        {"url": "https://kabar.example/1", "title": "Pasar dibuka", "published": None},
    ],
}  # fmt: skip


def probed(client: Browser, output: str, *, exit_code: int = 0, message: str = "") -> str:
    """The page of a look at a site that has ended."""
    address = client.submit("/pengaturan/sumber/baru", alamat="https://kabar.example/").headers["location"]
    assert "tidak ada penjadwal yang berjalan" in client.get(address).text
    with client.db.write(only=("jobs",)) as session:
        job = claim_next(session, token="t")
        assert job is not None
        finish(session, job.id, token="t", exit_code=exit_code, message=message, output=output)
    return address


def test_what_was_found_is_shown_before_it_is_followed(client: Browser) -> None:
    address = probed(client, json.dumps(PROBED))
    assert "Sumber ini tidak diikuti" in client.get(address).text
    folder = Path(client.app.state.context.config.data) / "sources"  # type: ignore[attr-defined]
    folder.mkdir()
    (folder / "kabar.toml").write_text('paused = true\nstart = "https://kabar.example/"\n', encoding="utf-8")
    page = client.get(address).text
    for told in ("Ikuti sumber ini", "Pasar dibuka", "sekitar 12", "https://kabar.example/rss", "hati-hati"):
        assert told in page
    assert "javascript:" not in page
    assert "<img" not in page
    assert "<script>Kabar" not in page
    assert client.submit("/pengaturan/sumber", nama="kabar", tindakan="hapus").status_code == 303
    assert asked(client)[0] == ("remove", "kabar")


@pytest.mark.parametrize("output", ["", "{", "[1]", '{"name": 3}', '{"name": "x", "samples": [1], "feeds": 2}', "null"])
def test_any_output_of_a_look_has_its_page(client: Browser, output: str) -> None:
    said = "pantau: https://kabar.example/: its robots.txt cannot be read, so nothing may be fetched; try again later"
    answer = client.get(probed(client, output, exit_code=1, message=said))
    assert answer.status_code == 200
    assert '"samples"' in output or "robots.txt tidak dapat dibaca" in answer.text


def test_every_kind_of_job_has_a_name_for_readers() -> None:
    assert set(JOBS) == set(KINDS)


def test_only_a_look_at_a_site_has_such_a_page(client: Browser) -> None:
    assert client.get("/pengaturan/sumber/1").status_code == 404
    followed(client, "tangerangnews")
    client.submit("/pengaturan/sumber", nama="tangerangnews", tindakan="jeda")
    assert client.get("/pengaturan/sumber/1").status_code == 404


def test_readers_come_and_go(client: Browser) -> None:
    assert client.submit("/pengaturan/pelanggan", surel="tanpa alamat").status_code == 400
    assert client.submit("/pengaturan/pelanggan", surel="ani@kantor.test", kueri="inflasi").status_code == 303
    assert "ani@kantor.test" in client.get("/pengaturan").text
    assert client.submit("/pengaturan/pelanggan", surel="ani@kantor.test", tindakan="akhiri").status_code == 303
    assert ">berakhir<" in client.get("/pengaturan").text


def test_first_account_is_an_admin_with_a_password_and_then_everybody_logs_in(client: Browser) -> None:
    assert client.submit("/pengaturan/pengguna/baru", nama="ani", peran="viewer").status_code == 400
    assert client.submit("/pengaturan/pengguna/baru", nama="ani", peran="viewer", sandi=PASSWORD).status_code == 303
    with client.db.read() as session:
        assert [(account.name, account.role) for account in accounts(session)] == [("ani", "admin")]
    assert client.get("/pengaturan").status_code != 200


def test_admin_changes_roles_and_the_last_one_stays(client: Browser) -> None:
    me = client.enter("admin")
    assert client.submit("/pengaturan/pengguna/baru", nama="budi", peran="viewer", sandi=PASSWORD).status_code == 303
    assert client.submit("/pengaturan/pengguna", nama="budi", tindakan="peran", peran="editor").status_code == 303
    assert client.submit("/pengaturan/pengguna", nama="budi", tindakan="nonaktifkan").status_code == 303
    assert "nonaktif" in client.get("/pengaturan").text
    assert client.submit("/pengaturan/pengguna", nama=me, tindakan="nonaktifkan").status_code == 400


def test_token_is_shown_once_works_and_is_revoked(client: Browser) -> None:
    client.enter("viewer")
    page = client.submit("/pengaturan/token", nama="skrip").text
    secret = page.partition("<code>pantau_")[2].partition("<")[0]
    assert secret
    assert secret not in client.get("/pengaturan").text
    token = client.get("/pengaturan").text.partition('name="cabut" value="')[2].partition('"')[0]
    assert client.submit("/pengaturan/token", cabut=token).status_code == 303
    assert "dicabut" in client.get("/pengaturan").text


def test_viewer_sees_neither_readers_nor_users(client: Browser) -> None:
    client.enter("viewer")
    page = client.get("/pengaturan").text
    assert 'id="pengguna"' not in page
    assert 'id="pelanggan"' not in page


def test_guessing_at_the_old_password_closes_the_door(client: Browser) -> None:
    Browser(client.app).enter("admin")  # type: ignore[arg-type]
    client.submit("/keluar")
    with client.db.write() as session:
        account = add_account(session, "siti", role="viewer", password_hash=hash_password(PASSWORD))
        client.carry(open_session(session, account.id))
    with client.db.write() as session:
        for _ in range(MOST_BY_ACCOUNT - 1):
            claim_attempt(session, name="siti", address="127.0.0.1")
    assert client.submit("/pengaturan/sandi", lama="tebakan", sandi="gajah main bola").status_code == 400
    assert client.submit("/pengaturan/sandi", lama=PASSWORD, sandi="gajah main bola").status_code == 429


def test_the_secret_of_a_token_is_kept_by_no_browser(client: Browser) -> None:
    client.enter("admin")
    answer = client.submit("/pengaturan/token", nama="R")
    assert "pantau_" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "pantau_" not in client.get("/pengaturan").text.split("<main", 1)[1]
