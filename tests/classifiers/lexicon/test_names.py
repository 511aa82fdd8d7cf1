"""Names of the table as readers see them."""

from __future__ import annotations

import pytest

from classifiers.lexicon.names.read import display_name, within_sentence


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fighter_jet", "fighter jet"),
        ("missile", "missile"),
        ("minister_def", "minister"),
        ("black_sea", "Black Sea"),
        ("kim", "Kim"),
        ("nato", "NATO"),
        ("usa", "USA"),
        ("somebody_new", "Somebody New"),
    ],
)
def test_things_are_common_nouns_and_blocs_keep_their_capitals(name: str, told: str) -> None:
    assert display_name(name) == told


@pytest.mark.parametrize(("name", "told"), [("eu", "the EU"), ("usa", "the USA"), ("nato", "NATO"), ("kim", "Kim")])
def test_within_a_sentence_some_have_an_article(name: str, told: str) -> None:
    assert within_sentence(name) == told
