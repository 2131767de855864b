"""The weekly digest from stored rows: what changed, what needs attention, who spoke, which figures are new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pantau import wording
from pantau.digests.model import Digest, Line, Section
from scraper.clock import today
from storage.health.checks import SourceHealth, last_checks
from storage.trends import spans
from storage.trends.spans import Span

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAYS = 7
TROUBLE = {"silent", "blocked", "unreachable", "failing", "drifting", "stale"}


def build_digest(session: Session, *, region: str, until: date | None, base_url: str) -> Digest:
    """The digest of the seven days that end with ``until``, or with yesterday."""
    end = until or today().date() - timedelta(days=1)
    span = Span(end - timedelta(days=DAYS - 1), end)
    count, previous = spans.article_count(session, span), spans.article_count(session, span.before())
    stories = spans.top_stories(session, span, limit=5)
    troubled = [health for health in last_checks(session) if health.state in TROUBLE]
    sections = (
        Section(title="Perlu perhatian", lines=_attention(session, span, base_url)),
        Section(title="Isu teratas", lines=tuple(_story_line(story, base_url) for story in stories)),
        Section(title="Pejabat: disebut dan berbicara", lines=_officials(session, span, base_url)),
        Section(title="Program", lines=_programmes(session, span, base_url)),
        Section(title="Angka baru pekan ini", lines=_figures(session, span, base_url)),
        Section(title="Media", lines=_outlets(session, span)),
    )
    return Digest(
        region=region,
        start=span.start,
        end=span.end,
        count=count,
        previous=previous,
        summary=_summary(count, previous, stories, troubled),
        sections=tuple(section for section in sections if section.lines),
        notes=_notes(session, troubled),
        search_link=f"{base_url}/cari?" + urlencode({"q": "", "dari": span.start, "sampai": span.end}),
    )


def _summary(count: int, previous: int, stories: list[spans.StoryCount], troubled: list[SourceHealth]) -> str:
    if count == 0:
        reason = f"{len(troubled)} sumber bermasalah" if troubled else "semua sumber terbaca"
        return f"Tidak ada berita baru pekan ini; {reason}."
    if previous == 0:
        change = "Pekan sebelumnya tidak ada berita sebagai pembanding."
    else:
        share = (count - previous) / previous * 100
        direction = "naik" if share > 0 else "turun" if share < 0 else "tetap"
        change = f"Jumlah berita {direction} {wording.number(abs(round(share)))}% dibanding pekan lalu."
    wide = [story for story in stories if story.outlets > 1]
    spread = f" {len(wide)} dari {len(stories)} isu teratas dimuat lebih dari satu media." if stories else ""
    return f"Ada {wording.number(count)} berita. {change}{spread}"


def _attention(session: Session, span: Span, base_url: str) -> tuple[Line, ...]:
    found = spans.articles_of_kind(session, span, ("hoax", "correction"), limit=3)
    return tuple(
        Line(text=title, link=_article(base_url, article_id), remark=wording.kind_label(kind))
        for article_id, title, kind in found
    )


def _story_line(story: spans.StoryCount, base_url: str) -> Line:
    remark = f"({story.outlets} media, {story.articles} berita)"
    return Line(text=story.title, link=_article(base_url, story.article_id), remark=remark)


def _officials(session: Session, span: Span, base_url: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=person.name,
            link=_filter(base_url, "pejabat", person.name, span),
            remark=f"disebut dalam {person.articles} berita, {person.statements} pernyataan",
        )
        for person in spans.official_counts(session, span, limit=6)
    )


def _programmes(session: Session, span: Span, base_url: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=item.name,
            link=_filter(base_url, "program", item.name, span),
            remark=_compared(item),
        )
        for item in spans.programme_counts(session, span, limit=5)
    )


def _figures(session: Session, span: Span, base_url: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=f"{claim.surface}: {claim.measures}",
            link=_article(base_url, claim.article_id),
            remark=f"{claim.speaker or 'tanpa narasumber'}, {claim.outlet}",
        )
        for claim in spans.spoken_figures(session, span, limit=6)
    )


def _outlets(session: Session, span: Span) -> tuple[Line, ...]:
    return tuple(Line(text=item.name, remark=_compared(item)) for item in spans.outlet_counts(session, span))


def _compared(item: spans.Count) -> str:
    return f"{item.now} berita (pekan lalu {item.previous})"


def _notes(session: Session, troubled: list[SourceHealth]) -> tuple[str, ...]:
    undated = spans.undated_count(session)
    names = ", ".join(f"{health.source} ({wording.state_label(health.state)})" for health in troubled)
    return (
        f"Sumber bermasalah: {names}." if names else "Semua sumber terakhir terbaca tanpa gagal.",
        f"{wording.number(undated)} berita tanpa tanggal tidak dihitung." if undated else "Semua berita bertanggal.",
    )


def _article(base_url: str, article_id: str) -> str:
    return f"{base_url}/artikel/{article_id}"


def _filter(base_url: str, name: str, value: str, span: Span) -> str:
    return f"{base_url}/cari?" + urlencode({"q": "", name: value, "dari": span.start, "sampai": span.end})
