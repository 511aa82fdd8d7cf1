"""Rows in feature space: what judging computes without scikit-learn is what scikit-learn gives."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from sklearn.feature_extraction import FeatureHasher
from sklearn.preprocessing import normalize
from sklearn.utils import murmurhash3_32

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import seed_examples
from classifiers.relevance.pipeline import make_rows, word_column

BITS = 12
"""Few enough columns that many tokens meet in one."""
WORDS = ("drones", "Ёлка", "普京 访问", "대포", "پهپاد", "🚀", " ", "x" * 300)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_has_the_column_that_scikit_learn_gives_it(word: str) -> None:
    assert word_column(word, 18) == abs(murmurhash3_32(word)) % 2**18


def test_rows_are_those_of_scikit_learn_to_the_bit() -> None:
    analyses = [analyse(example.text, example.language) for example in seed_examples()[:400]]
    analyses.append(analyse("", "en"))
    words = [re.findall(r"\w+", analysis.masked) for analysis in analyses]
    tokens = [row + [f"{first} {second}" for first, second in pairwise(row)] for row in words]
    hasher = FeatureHasher(2**BITS, input_type="string", alternate_sign=False)
    theirs = normalize(hasher.transform(tokens))
    ours = make_rows(analyses, BITS).words
    assert ours.data.tobytes() == theirs.data.tobytes()
    assert (ours.indices == theirs.indices).all()
    assert (ours.indptr == theirs.indptr).all()
