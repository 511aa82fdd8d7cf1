"""English verbs with and without the ending of the third person."""

from __future__ import annotations

import pytest

from classifiers.text.verbs import infinitive, plural


@pytest.mark.parametrize(
    ("verb", "bare", "several"),
    [
        ("sends", "send", "send"),
        ("supplies", "supply", "supply"),
        ("teaches", "teach", "teach"),
        ("raises", "raise", "raise"),
        ("is", "be", "are"),
        ("are", "be", "are"),
        ("has", "have", "have"),
        ("hold", "hold", "hold"),
    ],
)
def test_endings(verb: str, bare: str, several: str) -> None:
    assert (infinitive(verb), plural(verb)) == (bare, several)
