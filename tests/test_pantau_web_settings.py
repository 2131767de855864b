"""Pengaturan over a real database: each form does what it says, and refuses what makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Browser

from storage.records.accounts import accounts
from storage.records.job_history import list_jobs

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
    assert "probe https://kabar.example/" in client.get("/pengaturan").text


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
