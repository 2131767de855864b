"""Who may do what: every route names a role, every write shows where it comes from, and a login ends at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from office import HERE, Browser, office_app
from sqlalchemy.orm import Session

from pantau.passwords import hash_password
from pantau.web.access import ALONE, rule_of
from pantau.web.forms import SAFE_METHODS
from scraper.clock import now
from storage.records import accounts, logins

PASSWORD = "beras merah di pasar lama"
OPEN_WRITES = {
    "/masuk", "/keluar", "/bahasa", "/pengaturan/sandi", "/pengaturan/token", "/pencarian", "/pencarian/1",
    "/pencarian/1/hapus",
}  # fmt: skip
"""The writes that need no account, or change only what is one's own."""


def routes(client: Browser) -> Iterator[tuple[str, str, object]]:
    """Method, address with something for each parameter, and function of every route."""
    for route in iter_route_contexts(client.app.routes):  # type: ignore[attr-defined]
        for method in route.methods or ():
            if route.path and route.endpoint:
                yield method, "/".join("1" if "{" in part else part for part in route.path.split("/")), route.endpoint


def test_every_route_names_a_role_and_every_write_a_high_one(client: Browser) -> None:
    found = [(method, path, rule_of(endpoint)) for method, path, endpoint in routes(client)]
    assert len(found) > 8
    assert [path for _method, path, rule in found if rule is None] == []
    writes = [(path, rule) for method, path, rule in found if method not in SAFE_METHODS and rule]
    assert {path for path, rule in writes if rule.role in ("anyone", "viewer") and not rule.from_outside} <= OPEN_WRITES


def test_a_route_without_a_role_is_answered_to_nobody(client: Browser) -> None:
    client.app.add_api_route("/lupa", lambda: "rahasia")  # type: ignore[attr-defined]
    assert client.get("/lupa").status_code == 403


def test_every_route_is_closed_to_strangers_and_every_write_to_lower_roles(client: Browser) -> None:
    stranger, lower = Browser(client.app), Browser(client.app)  # type: ignore[arg-type]
    client.enter("admin")
    lower.enter("viewer")
    for method, path, endpoint in routes(client):
        rule = rule_of(endpoint)
        assert rule is not None
        if rule.role == "anyone":
            continue
        headers = {"Origin": HERE, "X-CSRF-Token": stranger.token()}
        answer = stranger.request(method, path, headers=headers)
        closed = answer.status_code == 401 or answer.headers.get("location", "").startswith("/masuk?")
        assert closed, (method, path)
        if rule.role != "viewer":
            headers["X-CSRF-Token"] = lower.token()
            assert lower.request(method, path, headers=headers).status_code == 403, (method, path)


SPOILED: tuple[dict[str, str | None], ...] = (
    {"X-CSRF-Token": None},
    {"X-CSRF-Token": "a.b"},
    {"Origin": None},
    {"Origin": "null"},
    {"Origin": "https://127.0.0.1:8000"},
    {"Origin": "http://127.0.0.1:8001"},
    {"Origin": "http://jahat.test"},
)


def test_every_write_shows_where_it_comes_from(client: Browser) -> None:
    client.enter("admin")
    reasons = ("tidak datang dari halaman Pantau", "sudah kedaluwarsa")
    good = {"Origin": HERE, "X-CSRF-Token": client.token()}
    for method, path, endpoint in routes(client):
        rule = rule_of(endpoint)
        if method in SAFE_METHODS or not rule or rule.from_outside:
            continue
        for spoiled in SPOILED:
            headers = {name: value for name, value in (good | spoiled).items() if value is not None}
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 403, (method, path, spoiled)
            assert any(reason in answer.text for reason in reasons), (method, path, spoiled)


def test_a_token_of_another_visit_is_none(client: Browser) -> None:
    other = Browser(client.app)  # type: ignore[arg-type]
    client.get("/")
    answer = client.post("/bahasa", data={"bahasa": "en", "csrf": other.token()}, headers={"Origin": HERE})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1:8000", {}, 200),
        ("localhost", {}, 200),
        ("[::1]:8000", {}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.9"}, 403),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, 403),
        ("localhost", {"Forwarded": "for=10.0.0.9"}, 403),
        ("pantau.kantor.test", {}, 403),
        ("jahat.test", {}, 421),
        ("127.0.0.1.jahat.test", {}, 421),
        ("jahat.test@127.0.0.1", {}, 421),
        ("", {}, 421),
    ],
)
def test_without_accounts_only_this_machine_is_answered(
    prepared_office: Path, tmp_path: Path, host: str, headers: dict[str, str], status: int
) -> None:
    with Browser(office_app(prepared_office, tmp_path / "a", base_url="http://pantau.kantor.test")) as client:
        answer = client.get("/", headers=headers | {"Host": host})
        assert answer.status_code == status
        if status == 403:
            assert "pantau users add" in answer.text
        assert client.get("/healthz", headers={"Host": "jahat.test"}).status_code == 421


def test_without_accounts_a_peer_elsewhere_is_refused(client: Browser) -> None:
    elsewhere = Browser(client.app, peer="10.0.0.9")  # type: ignore[arg-type]
    assert elsewhere.get("/").status_code == 403
    assert client.get("/").status_code == 200
    assert ALONE.may("admin")


def test_from_the_first_account_on_everybody_logs_in(client: Browser) -> None:
    with client.db.write() as session:
        accounts.add_account(session, "Siti", role="admin", password_hash=hash_password(PASSWORD))
    assert client.get("/cari?q=beras").headers["location"] == "/masuk?kembali=%2Fcari%3Fq%3Dberas"
    assert client.get("/api/v1/search").json() == {"error": "Silakan masuk dahulu."}
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/masuk?")
    assert "Cari berita" not in client.get("/masuk").text
    before = client.cookies["pantau"]
    answer = client.log_in(" siti ", PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.cookies["pantau"] != before
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 200


def test_behind_https_the_cookie_is_secure_and_the_public_origin_is_ours(prepared_office: Path, tmp_path: Path) -> None:
    with Browser(office_app(prepared_office, tmp_path / "a", base_url="https://pantau.kantor.test")) as client:
        client.enter("viewer")
        client.cookies.clear()
        page = client.get("/masuk", headers={"Host": "pantau.kantor.test"})
        assert "Secure" in page.headers["set-cookie"]
        assert "max-age" in page.headers["Strict-Transport-Security"]
        client.cookies.set("pantau", page.cookies["pantau"])
        headers = {"Host": "pantau.kantor.test", "Origin": "https://pantau.kantor.test"}
        headers["X-CSRF-Token"] = page.text.split('"X-CSRF-Token": "')[1].split('"')[0]
        assert client.post("/bahasa", data={"bahasa": "en"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "end",
    [
        lambda session, name: accounts.set_password(session, name, "hash"),
        lambda session, name: accounts.set_role(session, name, "viewer"),
        lambda session, name: accounts.set_disabled(session, name),
    ],
)
def test_what_changes_an_account_ends_its_logins(client: Browser, end: Callable[[Session, str], None]) -> None:
    Browser(client.app).enter("admin")  # type: ignore[arg-type]
    name = client.enter("editor")
    assert client.get("/").status_code == 200
    with client.db.write() as session:
        end(session, name)
    assert client.get("/").status_code == 303


def test_logging_out_ends_the_login_for_whoever_has_the_cookie(client: Browser) -> None:
    client.enter("viewer")
    stolen = Browser(client.app)  # type: ignore[arg-type]
    stolen.cookies.set("pantau", client.cookies["pantau"])
    assert stolen.get("/").status_code == 200
    assert client.submit("/keluar").headers["location"] == "/masuk"
    assert stolen.get("/").status_code == 303


@pytest.mark.parametrize("later", [logins.IDLE, logins.LONGEST])
def test_a_login_ends_by_itself(client: Browser, later: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    client.enter("viewer")
    monkeypatch.setenv("PANTAU_NOW", (now() + later).isoformat())
    assert client.get("/").status_code == 303


def test_failures_close_the_door_for_a_while_and_a_login_forgives(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 3, 2, 1, tzinfo=UTC)
    monkeypatch.setenv("PANTAU_NOW", start.isoformat())
    monkeypatch.setattr("pantau.web.routes.login.matches", lambda password, stored: password == PASSWORD)
    with client.db.write() as session:
        accounts.add_account(session, "siti", role="viewer", password_hash="hash")
    monkeypatch.setattr("pantau.web.routes.login.needs_renewal", lambda stored: False)
    for _ in range(logins.MOST_BY_ACCOUNT - 1):
        assert client.log_in("siti", "salah").status_code == 401
    assert client.log_in("siti", PASSWORD).status_code == 303
    client.submit("/keluar")
    for _ in range(logins.MOST_BY_ACCOUNT):
        assert client.log_in("Siti", "salah").status_code == 401
    closed = client.log_in("siti", PASSWORD)
    assert closed.status_code == 429
    assert int(closed.headers["Retry-After"]) > 800
    monkeypatch.setenv("PANTAU_NOW", (start + logins.WINDOW + timedelta(seconds=1)).isoformat())
    assert client.log_in("siti", PASSWORD).status_code == 303


def test_one_address_cannot_try_many_accounts(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pantau.web.routes.login.matches", lambda password, stored: False)
    client.enter("viewer")
    client.cookies.clear()
    statuses = [client.log_in(f"akun {number}", "salah").status_code for number in range(logins.MOST_BY_ADDRESS + 1)]
    assert statuses == [401] * logins.MOST_BY_ADDRESS + [429]


def test_a_new_password_of_ones_own_needs_the_one_before(client: Browser) -> None:
    with client.db.write() as session:
        accounts.add_account(session, "siti", role="viewer", password_hash=hash_password(PASSWORD))
    client.log_in("siti", PASSWORD)
    assert client.submit("/pengaturan/sandi", lama="salah", sandi="cabai rawit setan").status_code == 400
    assert client.submit("/pengaturan/sandi", lama=PASSWORD, sandi="cabai rawit setan").headers["location"] == "/masuk"
    assert client.get("/").status_code == 303
    assert client.log_in("siti", "cabai rawit setan").status_code == 303


def test_programs_come_with_a_token(client: Browser) -> None:
    name = client.enter("viewer")
    client.cookies.clear()
    with client.db.write() as session:
        account = accounts.find_account(session, name)
        assert account is not None
        secret = logins.add_token(session, account.id, "R di kantor")
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/search", headers=headers).json()["total"] == 1
    assert client.post("/bahasa", data={"bahasa": "en"}, headers=headers).status_code == 403, "tokens read"
    with client.db.write() as session:
        (token,) = logins.tokens(session, account.id)
        assert token.used_at is not None
        assert not logins.revoke_token(session, account.id + 1, token.id)
        assert logins.revoke_token(session, account.id, token.id)
    assert client.get("/api/v1/search", headers=headers).status_code == 401


def test_a_wrong_token_is_refused_even_where_nobody_logs_in(client: Browser) -> None:
    assert client.get("/api/v1/search", headers={"Authorization": "Bearer pantau_x"}).status_code == 401


def test_the_last_admin_stays(client: Browser) -> None:
    name = client.enter("admin")
    for change in (lambda s: accounts.set_role(s, name, "editor"), lambda s: accounts.set_disabled(s, name)):
        with pytest.raises(Exception, match="last admin"), client.db.write() as session:
            change(session)
