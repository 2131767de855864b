"""What an office says of an outlet on its page: by editors, kept with who and when, taken back by one button."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from office import Browser

from storage.records.articles import save_article
from storage.records.by_hand import make_article
from storage.records.outlets import Outlet, get_outlet, outlet_history
from storage.records.registry_edits import save_registry_row

HERE = "/media/contoh"
FACTS = {"label": "Contoh Pos", "tier": "2", "status": "factual", "jenis": "print", "catatan": " mitra  lama "}


def said(client: Browser, site: str = "contoh") -> Outlet:
    with client.db.read() as session:
        return get_outlet(session, site)


def test_the_form_says_all_of_an_outlet_and_keeps_who_did(client: Browser) -> None:
    client.enter("editor")
    assert client.submit(HERE, **FACTS).headers["location"] == f"{HERE}#keterangan"
    now = said(client)
    assert (now.label, now.tier, now.press_status, now.medium, now.note) == (
        "Contoh Pos", 2, "factual", "print", "mitra lama",
    )  # fmt: skip
    page = client.get(HERE).text
    assert "<h1>Contoh Pos</h1>" in page
    assert "terverifikasi faktual" in page
    assert "si editor" in page
    assert "Contoh Pos" in client.get("/media").text
    client.submit(HERE, **FACTS | {"tier": "", "status": "none"})
    assert (said(client).tier, said(client).press_status) == (None, "none")
    client.submit(f"{HERE}/urung")
    assert (said(client).tier, said(client).press_status) == (2, "factual")
    with client.db.read() as session:
        assert [change.made_by for change in outlet_history(session, "contoh")] == ["si editor"] * 3


def test_an_area_is_named_or_numbered(client: Browser) -> None:
    with client.db.write() as session:
        for code, name in (("36.74", "Kota Contoh"), ("36.03", "Kabupaten Lain"), ("36.71", "Kota Kembar")):
            save_registry_row(session, "places", {"code": code, "name": name, "kind": "kota"}, by="ani")
        save_registry_row(session, "places", {"code": "36.72", "name": "Kota Kembar", "kind": "kota"}, by="ani")
    client.submit(HERE, **FACTS | {"wilayah": "kota contoh"})
    assert said(client).area == "36.74"
    client.submit(HERE, **FACTS | {"wilayah": "36.03"})
    assert said(client).area == "36.03"
    assert "36.71, 36.72" in client.submit(HERE, **FACTS | {"wilayah": "Kota Kembar"}).text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"tier": "4"}, "bukan tier media"),
        ({"tier": "x"}, "bukan tier media"),
        ({"status": "baik"}, "bukan press_status media"),
        ({"jenis": "pos"}, "bukan medium media"),
        ({"wilayah": "negeri dongeng"}, "bukan wilayah"),
        ({"catatan": "x" * 1001}, "paling banyak 1000 huruf"),
    ],
)
def test_what_is_no_fact_is_refused(client: Browser, fields: dict[str, str], told: str) -> None:
    answer = client.submit(HERE, **FACTS | fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert said(client).label == "contoh"


def test_viewers_read_and_nothing_else(client: Browser) -> None:
    client.submit(HERE, **FACTS)
    client.enter("viewer")
    page = client.get(HERE).text
    assert "Riwayat perubahan" in page
    assert "Ubah keterangan" not in page
    assert client.submit(HERE, **FACTS).status_code == 403
    assert client.submit(f"{HERE}/urung").status_code == 403


@pytest.mark.parametrize("name", ["Radar/Banten", "a?b#c", "<script>", "urung"])
def test_any_name_has_its_page(client: Browser, name: str) -> None:
    with client.db.write() as session:
        save_article(session, make_article(title="Pasar", text="Pasar dibuka lagi.", outlet=name))
    listed = client.get("/media").text
    assert "<script>" not in listed.split("<h1>")[1]
    address = f"/media/{quote(name)}"
    assert f'href="{address}"' in listed
    assert client.get(address).status_code == 200
    assert client.submit(address, **FACTS).headers["location"] == f"{address}#keterangan"
    assert said(client, name).tier == 2
