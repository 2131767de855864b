"""Tags over a text: nothing of the text is lost, and overlapping tags all show."""

from __future__ import annotations

from pantau.web.marking import Stretch
from pantau.web.marking import paragraphs as marked
from pantau.web.tag_entries import entries
from scraper.items import FigureTag, PersonTag, QuoteTag, Span, Tags

TEXT = 'Camat Rini hadir.\n\n"Ada 12 kios baru," ujar Rini.'


def tags() -> Tags:
    first, second = TEXT.index("Rini"), TEXT.rindex("Rini")
    quote, figure = TEXT.index("Ada"), TEXT.index("12")
    return Tags(
        people=(
            PersonTag(
                key="rini",
                name="Rini",
                official=True,
                offices=("Camat",),
                mentions=(
                    Span(start=first, end=first + 4, surface="Rini"),
                    Span(start=second, end=second + 4, surface="Rini", score=0.6),
                ),
            ),
        ),
        figures=(FigureTag(start=figure, end=figure + 7, surface="12 kios", value=12, unit="kios", speaker="rini"),),
        quotes=(QuoteTag(start=quote, end=quote + 17, surface="Ada 12 kios baru,", speaker="rini"),),
    )


def paragraphs(text: str, found: Tags) -> list[list[Stretch]]:
    return marked(text, entries(found))


def test_stretches_give_the_text_back() -> None:
    parts = paragraphs(TEXT, tags())
    assert "\n\n".join("".join(stretch.text for stretch in part) for part in parts) == TEXT


def test_a_figure_inside_a_quote_carries_both() -> None:
    stretch = next(s for part in paragraphs(TEXT, tags()) for s in part if s.text == "12 kios")
    assert stretch.kinds == ("figure", "quote")
    assert stretch.note == (
        "Angka: 12 kios: Rini (keyakinan tinggi, dari aturan) · Kutipan: Rini (keyakinan tinggi, dari aturan)"
    )
    assert stretch.target == next(entry.id for entry in entries(tags()) if entry.kind == "figure")


def test_the_note_tells_who_and_how_sure() -> None:
    names = [s for part in paragraphs(TEXT, tags()) for s in part if s.text == "Rini"]
    assert names[0].note == "Pejabat/tokoh: Rini: Camat (keyakinan tinggi, dari aturan)"
    assert names[1].target == names[0].target, "a person is one, however often the text names them"


def test_text_without_tags() -> None:
    assert [[s.text for s in part] for part in paragraphs("a\n\nb", Tags())] == [["a"], ["b"]]
