"""Faults of a site that refuses: busy, forbidden, robots.txt that is broken, articles that are gone."""

from __future__ import annotations

from dataclasses import replace

from demo.faults.answers import page
from demo.faults.kind import ANYWHERE, Call, fault
from demo.sites.site import TEXT, Answer, moved


@fault("busy", pages=ANYWHERE - {"robots"}, every=30, burst=2, status=503, wait=1)
def busy(call: Call, answer: Answer) -> Answer:
    """Of so many requests each, the first ones of a burst are refused with 503 (or 429) and Retry-After."""
    if (call.count - 1) % int(call.options["every"]) < int(call.options["every"]) - int(call.options["burst"]):
        return answer
    return _refused(int(call.options["status"]), wait=str(call.options["wait"]))


@fault("too-many", pages=ANYWHERE - {"robots"}, every=40, burst=1, wait=1)
def too_many(call: Call, answer: Answer) -> Answer:
    """Now and then 429 with Retry-After."""
    late = call.count % int(call.options["every"]) >= int(call.options["every"]) - int(call.options["burst"])
    return _refused(429, wait=str(call.options["wait"])) if late else answer


@fault("server-error", pages=ANYWHERE - {"robots", "missing"}, share=0.1, times=1)
def server_error(call: Call, answer: Answer) -> Answer:
    """500 or 502 at the first visit."""
    return page("Galat", status=500 + 2 * (call.chance % 2))


@fault("forbidden", pages=ANYWHERE, after=20)
def forbidden(call: Call, answer: Answer) -> Answer:
    """After so many requests everything is 403."""
    return page("Diblokir", status=403) if call.count > int(call.options["after"]) else answer


@fault("robots-error", pages={"robots"}, status=500)
def robots_error(call: Call, answer: Answer) -> Answer:
    """robots.txt answers 500 (or another status)."""
    return page("Galat", status=int(call.options["status"]))


@fault("robots-silent", pages={"robots"})
def robots_silent(call: Call, answer: Answer) -> Answer:
    """robots.txt is never answered."""
    return replace(answer, delivery="never")


@fault("robots-reset", pages={"robots"})
def robots_reset(call: Call, answer: Answer) -> Answer:
    """The connection is reset when robots.txt is asked for."""
    return replace(answer, delivery="reset")


@fault("robots-moved", pages={"robots", "missing"})
def robots_moved(call: Call, answer: Answer) -> Answer:
    """robots.txt is redirected within the site."""
    if call.path == "/robots.txt":
        return moved(f"{call.site.origin}/aturan/robots.txt")
    if call.path != "/aturan/robots.txt":
        return answer
    return Answer(body=call.site.robots.format(origin=call.site.origin).encode(), content_type=TEXT)


@fault("robots-offsite", pages={"robots"})
def robots_offsite(call: Call, answer: Answer) -> Answer:
    """robots.txt is redirected to a stranger."""
    return moved(f"{call.outside}/robots.txt")


@fault("robots-page", pages={"robots"})
def robots_page(call: Call, answer: Answer) -> Answer:
    """robots.txt is the front page, with 200."""
    return call.site.answer("/", {})


@fault("gone", pages={"article"}, share=0.1, takes_away=True)
def gone(call: Call, answer: Answer) -> Answer:
    """Some articles that lists still show answer 404 or 410."""
    return page("Tidak ada", status=(404, 410)[call.chance % 2])


@fault("gone-softly", pages={"article"}, share=0.1, takes_away=True)
def gone_softly(call: Call, answer: Answer) -> Answer:
    """Some articles that lists still show answer 200 with a page that says they do not exist."""
    return missing_page(call)


@fault("soft-404", pages={"missing"}, baits=2)
def soft_404(call: Call, answer: Answer) -> Answer:
    """Whatever does not exist answers 200 with a page that says so."""
    return missing_page(call) if answer.status in (404, 200) else answer


def missing_page(call: Call) -> Answer:
    """``Halaman tidak ditemukan`` with 200, in as many words as a short article has."""
    newest = "".join(
        f'<li><a href="{call.site.url_of(piece)}">{_plain(piece.version.title)}</a></li>'
        for piece in call.site.pieces[:5]
    )
    return page(
        f"Halaman tidak ditemukan - {call.site.title}",
        body="<h1>Halaman tidak ditemukan</h1><p>Maaf, halaman yang Anda cari tidak ditemukan atau sudah dipindahkan. "
        "Periksa kembali alamat yang Anda ketik, atau gunakan kolom pencarian di bagian atas halaman ini.</p>"
        "<p>Anda juga dapat membaca berita terbaru kami di bawah ini atau kembali ke beranda. Bila menurut Anda ini "
        f"kekeliruan, hubungi redaksi melalui surel yang tertera pada halaman kontak.</p><ul>{newest}</ul>",
    )


def _plain(title: str) -> str:
    return title.replace("&", "&amp;").replace("<", "&lt;")


def _refused(status: int, *, wait: str) -> Answer:
    return Answer(status=status, body=b"sibuk", content_type=TEXT, headers=(("Retry-After", wait),))
