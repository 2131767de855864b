"""The digest of a week with far too much in it: is it short, whole and true, and what does it cost?

``python -m benchmarks.busy_week --articles 5000`` makes up a week of so many articles, many with a title, outlet or
address that was written to break a mail, a fifth as many in the week before, and builds its digest in each language
and for a search. The exit code is 1 where it has more than 600 words or 90 kB, where a number is not what its link
shows, or where anything of the titles became markup.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from lxml import html as lxml_html
from sqlalchemy import text

from benchmarks.synthetic import Archive
from pantau.digests.model import Digest
from pantau.digests.render import MAX_BYTES, MAX_WORDS, render_html, render_text, render_whatsapp, subject, word_count
from pantau.digests.sending import Desk
from pantau.mail.compose import SLOT
from pantau.translations import LANGUAGES, use_language
from pantau.web.app import create_app
from pantau.wording import number
from scraper.clock import WIB
from scraper.config import Config, load_config
from scraper.items import DatedBy, TaggedArticle
from storage.database import Database
from storage.records.articles import save_article
from storage.records.tags import save_tags
from storage.search.engine import SearchIndex

SUNDAY = datetime(2026, 3, 8, 20, tzinfo=WIB)
TITLES = (
    '<img src=x onerror=alert(1)> "Harga" & beras', "</mj-text><mj-raw><script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}", "\u202eterbalik \x1b[31m", "A" * 5000, "kata " * 900, f"{SLOT} berhenti", '=HYPERLINK("http://x.test")',
    "*tebal* _miring_ ~coret~ `kode`", "\r\nBcc: jahat@x.test\r\n\r\nisi", "\ufdfd" * 200, "<!--[if mso]>",
    "&lt;b&gt;", "",
)  # fmt: skip
OUTLET = "<b>media</b>'\"&"
STORIES = 40
QUERY = "pasar OR banjir"


def fill(folder: Path, *, articles: int) -> Config:
    """Make up the office; gives its settings."""
    config = load_config(environ={"PANTAU_DATA": str(folder), "PANTAU_REGION": "Tirtasari"}, file=folder / "none.toml")
    db = Database.open(config)
    with db.write() as session:
        for one in _articles(articles):
            save_article(session, one.article)
            save_tags(session, one)
        for story in range(STORIES):
            chosen = {"first": story, "every": 5 * STORIES}
            session.execute(
                text(
                    "UPDATE articles SET cluster = (SELECT id FROM articles ORDER BY id LIMIT 1 OFFSET :first) "
                    "WHERE rowid % :every = :first"
                ),
                chosen,
            )
    SearchIndex.open(db, config.data).catch_up()
    db.close()
    return config


def check(config: Config, *, query: str = "") -> tuple[Digest, list[str]]:
    """The digest of the week in the language in use, and what is wrong with it."""
    db = Database.open(config)
    digest = Desk(db, SearchIndex.open(db, config.data), config).digest(query=query, until=SUNDAY.date())
    html = render_html(digest)
    faults = [f"{word_count(digest)} words"] if word_count(digest) > MAX_WORDS else []
    faults += [f"{len(html.encode())} bytes"] if len(html.encode()) > MAX_BYTES else []
    faults += _broken(html) + _wrong_numbers(config, digest)
    if "\n" in subject(digest) or any(c < " " and c != "\n" for c in render_text(digest) + render_whatsapp(digest)):
        faults.append("control characters in a text")
    db.close()
    return digest, faults


def _articles(count: int) -> Iterator[TaggedArticle]:
    for at, (article, tags) in enumerate(Archive(articles=count + count // 5)):
        day = SUNDAY - timedelta(days=at % 7 + (7 if at >= count else 0), hours=at % 15)
        title = f"{TITLES[at // 2 % len(TITLES)]}{f' {at}' if at % 3 else ''}" if at % 2 else article.title
        url = f"https://media.example/{at}/{'x' * 1500 if at % 4 == 0 else ''}"
        changed = replace(
            article, canonical_url=url, url="javascript:alert(1)" if at % 7 == 0 else url, title=title,
            site=f"{OUTLET}{at % 60}" if at % 5 == 0 else article.site, kind="hoax" if at % 50 == 0 else "news",
            published=DatedBy(value=day, evidence="meta", raw=""), fetched_at=day,
        )  # fmt: skip
        yield TaggedArticle(article=changed, tags=tags, tag_version="t")


def _broken(html: str) -> list[str]:
    """Markup that did not come from our templates."""
    page = lxml_html.fromstring(html)
    wrong = [f"<{tag}> in the mail" for tag in ("script", "iframe", "form") if page.xpath(f"//{tag}")]
    for element in page.iter("*"):
        link = element.get("href")
        wrong += [f"address {link!r}"] if link is not None and not re.match(r"https?://", link) else []
        wrong += [f"handler {name!r}" for name in element.attrib if str(name).startswith("on")]
    if html.count(SLOT) != 1:
        wrong.append("a text from outside holds the place of a reader's token")
    return wrong


def _wrong_numbers(config: Config, digest: Digest) -> list[str]:
    """Numbers that the search page tells otherwise."""
    links = {line.link: line.count for section in digest.sections for line in section.lines if line.count is not None}
    links |= {digest.search_link: digest.count, digest.before_link: digest.before}
    wrong = []
    with TestClient(create_app(config), base_url=config.base_url, client=("127.0.0.1", 50000)) as page:
        for link, count in links.items():
            shown = page.get(link.removeprefix(config.base_url)).text
            with use_language("id"):  # as the page speaks to who has not chosen
                told = re.escape(number(count))
            if not re.search(rf"(?<![\d.,]){told} berita\b", shown):
                wrong.append(f"{count} is not what {link} shows")
    return wrong


def main(argv: Sequence[str] | None = None) -> int:
    """Build the digests; prints what they are like."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.busy_week", description=__doc__)
    parser.add_argument("--articles", type=int, default=5000, help="of the week (default: %(default)s)")
    options = parser.parse_args(argv)
    failed = False
    with tempfile.TemporaryDirectory(prefix="pantau-week-") as folder:
        config = fill(Path(folder), articles=options.articles)
        for code, query in (*((code, "") for code in LANGUAGES), ("id", QUERY)):
            with use_language(code):
                began = time.process_time()
                digest, faults = check(config, query=query)
                seconds = time.process_time() - began
            size = len(render_html(digest).encode())
            print(
                f"{code} {query or '(everything)':16} {digest.count} articles, {word_count(digest)} words, {size} bytes"
            )
            print(
                f"   built and compared with the page in {seconds:.1f} s of processor time; {faults or 'nothing wrong'}"
            )
            failed = failed or bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
