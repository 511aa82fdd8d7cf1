"""Who does what a verb of a headline tells."""

from __future__ import annotations

import pytest

from classifiers.lexicon.concepts.told_acts import told_acts
from classifiers.stories.doers import doer_of, has_doer, object_of, speaker_of


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
        ("Kim invited to Moscow", ""),
        ("Putin, Kim condemn the shells", ""),
    ],
)
def test_the_doer_is_named_right_before_the_verb(title: str, doer: str) -> None:
    told = told_acts(title, "en")[-1] if told_acts(title, "en") else None
    assert (doer_of(title, "en", told.start, told.end) if told else "") == doer


def test_several_who_act_together_are_somebody() -> None:
    assert has_doer("Putin and Kim highlight their friendship", "en", len("Putin and Kim "))
    assert not has_doer("Summit with Kim next door highlights a rift", "en", len("Summit with Kim next door "))


@pytest.mark.parametrize(
    ("title", "language", "whom"),
    [
        ("Ukraine accuses Iran of lending drones", "en", "iran"),
        ("Putin invites the president of Belarus", "en", "belarus"),
        ("Japan condemns Russian rhetoric", "en", ""),
        ("Putin praises China's restraint", "en", ""),
        ("Japan sanctions Iran and Belarus", "en", ""),
        ("Japan sanctions Iran & Belarus", "en", ""),
        ("Putin warns that Kim may leave", "en", ""),
        ("Putin warns Kim could leave", "en", ""),
        ("Putin praises Iran-backed fighters", "en", ""),
        ("Iran is lying, warns Ukraine", "en", ""),
        ("NATO warns of China", "en", ""),
        ("Ukraina oskarża Iran o kłamstwo", "pl", "iran"),
    ],
)
def test_whom_it_is_done_to_is_named_right_behind_the_verb(title: str, language: str, whom: str) -> None:
    (told, *_) = told_acts(title, language)
    assert object_of(title, language, told.start, told.end) == whom


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Erdogan: we were not asked", "erdogan"),
        ("Erdogan：没有人问我们", "erdogan"),
        ("Ukraine war: Erdogan was not asked", ""),
        ("Putin and Erdogan: a friendship", ""),
    ],
)
def test_who_speaks_stands_before_a_colon(title: str, speaker: str) -> None:
    assert speaker_of(title, "en") == speaker
