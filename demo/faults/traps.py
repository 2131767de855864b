"""Faults that keep a crawler busy or lead it away: loops, endless calendars, filters and lists, other hosts."""

from __future__ import annotations

import re

from demo.faults.answers import page
from demo.faults.kind import HTML_PAGES, KINDS, Call, Kind, fault
from demo.faults.markup import before_end
from demo.sites.site import Answer, moved

_MONTH = re.compile(r"/kalender/(\d{4})/(\d\d)(?:/(\d\d))?")
_LOOP = re.compile(r"([?&]putar=)(\d+)")


@fault("redirect-loop", baits=2)
def redirect_loop(call: Call, answer: Answer) -> Answer:
    """Addresses that redirect to themselves, or to a new address each time."""
    if call.place % 2:
        return moved(call.site.origin + call.target)
    turns = _LOOP.search(call.target)
    bare = _LOOP.sub("", call.target)
    return moved(f"{call.site.origin}{bare}{'&' if '?' in bare else '?'}putar={int(turns[2]) + 1 if turns else 1}")


@fault("redirect-outside", baits=12)
def redirect_outside(call: Call, answer: Answer) -> Answer:
    """Addresses that redirect to strangers, to private addresses, to another port and to another scheme."""
    targets = (
        f"{call.outside}/berita/123/curian",
        f"//{call.outside.removeprefix('http://')}/berita/123/curian",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://127.0.0.1:9/admin",
        "http://[::1]:9/",
        "ftp://127.0.0.1/berita.html",
        "http://localhost:9/berita/5/x",
        "http://2130706433:9/",
        "javascript:alert(1)",
        "http://[",
        "",
    )
    return moved(targets[call.place % len(targets)])


@fault("calendar", pages={"list", "article", "missing"})
def calendar(call: Call, answer: Answer) -> Answer:
    """Every page leads to a calendar that has a page for every day of all time."""
    if found := _MONTH.fullmatch(call.path):
        year, month = int(found[1]), int(found[2])
        links = [_month(year, month - 1), _month(year, month + 1), f"/kalender/{year - 1:04d}/{month:02d}"]
        links += [f"/kalender/{year:04d}/{month:02d}/{day:02d}" for day in range(1, 29)]
        anchors = " ".join(f'<a href="{link}">{link[10:]}</a>' for link in links)
        return page(f"Kalender {year}/{month}", body=f"<h1>Kalender</h1><p>Tidak ada agenda.</p>{anchors}")
    if answer.status != 200:
        return answer
    today = call.site.now
    return before_end(
        answer, f'<a href="/kalender/{today:%Y/%m}">Kalender</a> <a href="/kalender/{today:%Y/%m/%d}">x</a>'
    )


def _month(year: int, month: int) -> str:
    year, index = divmod(year * 12 + month - 1, 12)
    return f"/kalender/{year:04d}/{index + 1:02d}"


@fault("filters", pages={"list"})
def filters(call: Call, answer: Answer) -> Answer:
    """Every list can be sorted and filtered in endlessly many ways, each with an address of its own."""
    turn = len(call.query)
    names = ("urut", "wilayah", "tahun", "ukuran", "warna", "tampil", "per", "gaya")
    base = call.target + ("&" if "?" in call.target else "?")
    links = " ".join(
        f'<a href="{base}{names[(turn + step) % len(names)]}={value}">{value}</a>'
        for step in range(2)
        for value in (f"a{turn}", f"b{turn}", "naik")
    )
    return before_end(answer, f"<div class=saring>Saring: {links}</div>")


@fault("deep-paths", pages=HTML_PAGES | {"missing"})
def deep_paths(call: Call, answer: Answer) -> Answer:
    """A relative link that the server answers at any depth, so that addresses grow for ever."""
    if call.path.endswith("/arsip/lama/"):
        return page("Arsip lama", body='<h1>Arsip lama</h1><a href="arsip/lama/">lebih lama lagi</a>')
    return before_end(answer, '<a href="arsip/lama/">Arsip lama</a>') if answer.status == 200 else answer


@fault("outside-links", pages=HTML_PAGES)
def outside_links(call: Call, answer: Answer) -> Answer:
    """Links to strangers in every list and article, with addresses like the site's own."""
    path = call.site.path_of(call.site.pieces[0]) if call.site.pieces else "/"
    host = call.site.origin.removeprefix("http://")
    anchors = (
        f'<a href="{call.outside}{path}">Berita mitra</a> <a href="http://127.0.0.1:9{path}">Admin</a> '
        f'<a href="http://{host}@{call.outside.removeprefix("http://")}{path}">Mitra</a>'
    )
    return before_end(answer, anchors)


KINDS["endless-lists"] = Kind(
    name="endless-lists", about="Behind the last page of a list the site shows the last page again, with a next one."
)
"""Sites do this themselves: see ``Site.endless_lists``."""
