"""Who does what a verb of a headline tells."""

from __future__ import annotations

import pytest

from classifiers.lexicon.concepts.told_acts import told_acts
from classifiers.stories.doers import doer_of, has_doer


@pytest.mark.parametrize(
    ("title", "doer"),
    [
        ("Putin warns Kim", "putin"),
        ("Japan's foreign minister warns Kim", "japan"),
        ("Shells are a mistake, says Putin", "putin"),
        ("Putin celebrates harvest, condemns Kim", "putin"),
        ("Putin and Kim condemn the shells", ""),
        ("A clerk in Japan warns Kim", ""),
        ("Friends of Kim next door warn of hunger", ""),
        ("Kim condemned by Putin", ""),
    ],
)
def test_the_doer_is_named_right_before_the_verb(title: str, doer: str) -> None:
    told = told_acts(title, "en")[-1] if told_acts(title, "en") else None
    assert (doer_of(title, "en", told.start, told.end) if told else "") == doer


def test_several_who_act_together_are_somebody() -> None:
    assert has_doer("Putin and Kim highlight their friendship", "en", len("Putin and Kim "))
    assert not has_doer("Summit with Kim next door highlights a rift", "en", len("Summit with Kim next door "))
