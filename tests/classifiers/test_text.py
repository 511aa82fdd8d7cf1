"""The text that is scored, its folding and its sentences."""

from __future__ import annotations

import pytest

from classifiers.text import BODY_CHARACTERS, entry_text, fold, sentence_of, sentence_starts


def test_title_summary_and_body_stand_below_each_other() -> None:
    assert entry_text("Title", "Summary.", "Another body.") == "Title\nSummary.\nAnother body."


def test_a_summary_that_repeats_the_title_stands_once() -> None:
    assert entry_text("Same", "Same") == "Same"


def test_a_body_that_goes_on_from_the_summary_replaces_it() -> None:
    assert entry_text("T", "The first words.", "The first words. And more.") == "T\nThe first words. And more."


def test_only_the_beginning_of_a_long_body_is_read() -> None:
    assert len(entry_text("T", "", "x" * 5000)) == 2 + BODY_CHARACTERS


@pytest.mark.parametrize("text", ["İstanbul ve Çin", "ЁЖ – “Ё”", "إيران والصين", "中国，俄罗斯！", "straße ẞ"])
def test_folding_never_moves_an_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_brings_arabic_and_persian_letters_together() -> None:
    assert fold("إيران") == fold("ایران")


def test_sentences_end_at_stops_and_lines_but_not_in_abbreviations() -> None:
    text = "Headline\nThe U.S. Treasury spoke. Then Mr Xi left.\n俄罗斯说。中国说"
    starts = sentence_starts(text)
    assert [text[start:][:5] for start in starts] == ["Headl", "The U", "Then ", "俄罗斯说。", "中国说"]
    assert sentence_of(starts, text.index("Treasury")) == 1
