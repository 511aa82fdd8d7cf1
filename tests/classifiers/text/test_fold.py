"""The text that is scored, its folding and its sentences."""

from __future__ import annotations

import pytest

from classifiers.text.fold import BODY_CHARACTERS, entry_text, fold, sentence_of, sentence_starts


def test_title_summary_and_body_stand_below_each_other() -> None:
    assert entry_text("Title", "Summary.", "Another body.") == "Title\nSummary.\nAnother body."


def test_a_summary_that_is_a_whole_article_is_read_as_far_as_a_body() -> None:
    assert entry_text("T", "word " * 1000) == "T\n" + ("word " * 1000)[:BODY_CHARACTERS]


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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("북한이 미사일을 쐈다.러시아는 논평하지 않았다.", ["북한이 미사일을 쐈다.", "러시아는 논평하지 않았다."]),
        ("수출은 3.5% 늘었다", ["수출은 3.5% 늘었다"]),
        ("The ship left port.The crew was Russian.", ["The ship left port.", "The crew was Russian."]),
        ("Груз ушёл морем.Китай молчит", ["Груз ушёл морем.", "Китай молчит"]),
        ("see example.com or U.S.-Russia talks", ["see example.com or U.S.-Russia talks"]),
    ],
)
def test_sentences_that_lost_their_space_are_told_apart(text: str, sentences: list[str]) -> None:
    starts = sentence_starts(text)
    assert [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences
