"""CoNLL and DocBin: every token of the text once, and the tags exactly on the stored spans."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from small_archive import HOSTILE, SEEN, TEXT, clip, tagged
from spacy.tokens import DocBin
from spacy.training.converters import conll_ner_to_docs
from spacy.vocab import Vocab

from nlp import docbin
from nlp.gold import to_gold
from pantau.exports.as_conll import OPENING, labelled, write_conll
from pantau.exports.manifest import Asked
from scraper.errors import InputError
from scraper.items import OrgTag, Tags
from storage.datasets.clips import Clip

ASKED = Asked(table="articles", format="conll", full_text=True)
Token = tuple[str, int, int, str]


def of_text(text: str = TEXT, **facts: Any) -> Clip:
    return clip(tagged(text=text), **facts)


def conll(*clips: Clip) -> tuple[int, list[str]]:
    file = io.BytesIO()
    return write_conll(clips, file=file, asked=ASKED), file.getvalue().decode().split("\n")


def tokens(lines: list[str]) -> list[Token]:
    rows = [line.split("\t") for line in lines if line and line != OPENING]
    return [(token, *map(int, place.split("-")[1:]), tag) for token, place, tag in rows]  # type: ignore[misc]


def test_tags_stand_on_the_stored_spans_and_the_longest_of_two_wins() -> None:
    found: list[tuple[str, int, int]] = []
    for _, start, end, tag in tokens(conll(of_text())[1]):
        if tag.startswith("B-"):
            found.append((tag[2:], start, end))
        elif tag.startswith("I-"):
            assert found[-1][0] == tag[2:]
            found[-1] = (*found[-1][:2], end)
    stand = {(label, span.start, span.end) for label, span in labelled(of_text().stored.tags or Tags())}
    assert set(found) == {span for span in stand if TEXT[span[1] : span[2]] != "Tirtasari"}


@pytest.mark.parametrize("text", [TEXT, "Ada spasi.\n\nBaru", *(f"awal {cell} akhir" for cell in HOSTILE)])
def test_every_sign_of_the_text_is_in_one_token(text: str) -> None:
    rows = tokens(conll(of_text(text))[1])
    assert all(before[2] <= after[1] for before, after in pairwise(rows))
    shown = text.encode("utf-8", "replace").decode()
    assert [shown[start:end] for _, start, end, _ in rows] == [token for token, *_ in rows]
    assert "".join(token for token, *_ in rows) == "".join(shown.split())


def test_paragraphs_and_articles_are_parted() -> None:
    count, lines = conll(of_text("Satu\n\nDua"), of_text("Lain"))
    first, second = of_text("Satu\n\nDua").stored.id, of_text("Lain").stored.id
    assert count == 2
    assert lines == [
        OPENING, "", f"Satu\t{first}-0-4\tO", "", f"Dua\t{first}-6-9\tO", "",
        OPENING, "", f"Lain\t{second}-0-4\tO", "", "",
    ]  # fmt: skip


def test_spacy_reads_it_as_one_document_an_article() -> None:
    docs = list(conll_ner_to_docs("\n".join(conll(of_text(), of_text("Lain."))[1]), no_print=True))
    assert [len(list(doc.sents)) for doc in docs] == [2, 1]
    assert [(ent.text, ent.label_) for ent in docs[0].ents][:2] == [("Kota Tirtasari", "LOC"), ("Ratna Dewi", "PER")]


def test_a_span_that_ends_within_a_word_cuts_it() -> None:
    tags = Tags(orgs=(OrgTag(start=0, end=3, surface="BPS"),))
    assert [row[3] for row in tokens(conll(of_text("BPSlah sumbernya", tags=tags))[1])] == ["B-ORG", "O", "O"]


def test_untagged_and_withdrawn_articles_are_left_out() -> None:
    assert conll(of_text(tags=None), of_text(withdrawn_at=SEEN)) == (0, [""])


def test_without_full_text_it_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match="whole texts, which are their publishers'; add --full-text"):
        write_conll([of_text()], file=io.BytesIO(), asked=replace(ASKED, full_text=False))


def test_docbin_has_the_texts_and_their_spans(tmp_path: Path) -> None:
    row = {"id": "a1", "text": TEXT} | to_gold(tagged())
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n\n" + json.dumps({"text": "Tanpa tanda."}) + "\n")
    assert docbin.main([str(tmp_path / "in.jsonl"), str(tmp_path / "out.spacy")]) == 0
    first, second = DocBin().from_disk(tmp_path / "out.spacy").get_docs(Vocab())
    assert (first.text, first.user_data["id"], second.text) == (TEXT, "a1", "Tanpa tanda.")
    assert ("Kota Tirtasari", "LOC") in [(ent.text, ent.label_) for ent in first.ents]
    spans = {(span.label_, span.start_char, span.end_char) for span in first.spans["all"]}
    assert spans == {(label, span.start, span.end) for label, span in labelled(tagged().tags)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no JSON"),
        ('{"title": "x"}', "has no text"),
        ('{"text": "x", "people": [{}]}', "tags of another shape"),
    ],
)
def test_docbin_says_which_row_is_wrong(
    line: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.jsonl").write_text(line + "\n")
    assert docbin.main([str(tmp_path / "in.jsonl"), str(tmp_path / "out.spacy")]) == 1
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out.spacy").exists()
