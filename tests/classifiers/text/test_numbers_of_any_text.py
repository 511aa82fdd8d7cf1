"""No text stops the reader of numbers, and none makes it read what is no number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.text.fold import fold
from classifiers.text.numbers.limits import is_believable
from classifiers.text.numbers.read import numbers_in
from classifiers.text.numbers.words import table, words_of

LANGUAGES = sorted(language for language in table() if len(language) == 2)
SIGNS = (
    "0", "7", "12", "12.000", "2,5", "1 000", "9" * 400, "١٢", "１２", "3.5.7", "½", "²", "-", "–", "~", "/", ":", "+",
    ".", ",", "%", "$", "€", "₽", "(", "\n", "点", "百分之", "第", "k", "m", "bn", "su-35", "'", "٫", "…", "x",
)  # fmt: skip


def pieces(language: str) -> list[str]:
    """Words that the reader of a language looks for, and signs that stand around them."""
    words = words_of(language)
    lists = [
        word for name in ("to", "and", "and_half", "half", "several", "between", "both") for word in words.list(name)
    ]
    known = [*words.roles, *sorted(lists), *list(words.units.whole)[:25], *list(words.nouns.whole)[:25]]
    return [*known, *words.list("vague_words"), *SIGNS]


def texts(language: str) -> st.SearchStrategy[str]:
    """Pieces of numbers one behind the other, with and without spaces, and whatever else there is."""
    piece = st.one_of(st.sampled_from(pieces(language)), st.text(max_size=3))
    return st.lists(st.tuples(piece, st.sampled_from(("", " "))), max_size=9).map(
        lambda parts: "".join(word + space for word, space in parts)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_text_is_read(language: str, data: st.DataObject) -> None:
    folded = fold(data.draw(texts(language)))
    for number in numbers_in(folded, language):
        assert math.isfinite(number.high)
        assert 0 <= number.low <= number.high
        assert is_believable(number.low, number.high, number.unit)
        assert 0 <= number.start < number.end <= len(folded)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("俄罗斯对华石油出口增长百分之三点多，中俄贸易", [3]),
        ("百分之五点。", [5]),
        ("百分之十点", [10]),
        ("百分之三点5", [3.5]),
        ("百分之三点五", [3.5]),
        ("百分之3点25", [3.25]),
        ("百分之三点点五", [3]),
        ("百分之点五", []),
        ("百分之二十五点零五", [25.05]),
    ],
)
def test_a_percentage_in_chinese_signs_is_read_as_far_as_it_is_one(text: str, percent: list[float]) -> None:
    found = numbers_in(fold(text), "zh")
    assert [each.low for each in found if each.unit == "percent"] == pytest.approx(percent)


@pytest.mark.parametrize(("text", "soldiers"), [("一百零五名士兵", 105), ("一万零五百名士兵", 10_500)])
def test_a_zero_stands_within_a_number_in_chinese_signs(text: str, soldiers: float) -> None:
    assert [each.low for each in numbers_in(fold(text), "zh")] == [soldiers]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"${'9' * 400}", "en"),
        (f"${'9' * 309} trillion", "en"),
        (f"{'9' * 16} soldiers", "en"),
        (f"5 to {'9' * 400} soldiers", "en"),
        ("9,000 trillion shells", "en"),
        ("1" + "万亿" * 30 + "美元", "zh"),
        ("9" * 400 + "명", "ko"),
        ("миллиард миллиардов миллиардов долларов", "ru"),
    ],
)
def test_what_nobody_counts_to_is_no_number(text: str, language: str) -> None:
    assert not any(number.high > 1e15 for number in numbers_in(fold(text), language))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("900 trillion shells", "en", 9e14), ("2,400조 원", "ko", 2.4e15), ("64,000 trillion rials", "en", 6.4e16)],
)
def test_what_states_count_in_small_money_is_a_number(text: str, language: str, value: float) -> None:
    assert [number.low for number in numbers_in(fold(text), language)] == [value]
