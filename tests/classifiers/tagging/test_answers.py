"""Whether an entry reports an answer of others to a tie."""

from __future__ import annotations

import pytest

from classifiers.tagging.answers import first_actors, is_answer
from classifiers.tagging.joint_acts import Told
from db.records.frames import Frame
from db.records.tags import Tag, Tags

GIVES = Frame("transfer", "north_korea", "russia", "done", "plain")


def tags(frame: Frame = GIVES, channel: str = "troops") -> Tags:
    named = (Tag("partner", "north_korea"), Tag("channel", channel), Tag("response", "yes"))
    return Tags(named, (), (), (frame,))


@pytest.mark.parametrize(
    ("headline", "language", "answers"),
    [
        ("Biden lets Ukraine fire missiles, citing Kim's troops", "en", True),
        ("Wegen Nordkoreas Truppen: Kiew darf weitreichende Raketen einsetzen", "de", True),
        ("North Korea sends more men as Biden looks on", "en", False),
        ("Why it matters", "en", False),
    ],
)
def test_others_who_act_first_answer(headline: str, language: str, answers: bool) -> None:
    assert is_answer(tags(), Told(headline, "", language)) is answers


def test_who_vouches_for_an_act_does_not_answer_it_nor_does_who_sits_with_the_two() -> None:
    told = Told("Washington on Kim's troops", "", "en")
    alleged = Frame("transfer", "north_korea", "russia", "done", "alleged", "Washington")
    assert is_answer(tags(), told)
    assert not is_answer(tags(alleged), told)
    assert not is_answer(tags(channel="diplomacy"), told)
    assert not is_answer(Tags(frames=(GIVES,)), told)


def test_two_named_by_one_word_are_both_first() -> None:
    assert set(first_actors(Told("한중 정상회담", "", "ko"))) == {"china", "south_korea"}
