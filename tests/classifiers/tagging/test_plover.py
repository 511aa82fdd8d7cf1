"""Stories as events."""

from __future__ import annotations

import pytest

from classifiers.tagging.plover import event_of, rules
from tests.support.story_entries import entry


@pytest.mark.parametrize(
    ("title", "code", "source", "target"),
    [
        ("Putin and Kim sign mutual defence treaty", "AGREE", "russia", "north_korea"),
        ("Russia and China hold joint naval drills off Japan", "MOBILIZE", "russia", "china"),
        ("US sanctions Chinese firms that supply Russia", "SANCTION", "west", "china"),
        ("China denies arming Russia", "REJECT", "china", "russia"),
        ("Washington accuses China of building drones for Russia", "ACCUSE", "west", "china"),
        ("Iran delivers more drones to Russia", "AID", "iran", "russia"),
        ("Lavrov meets Wang Yi in Beijing", "CONSULT", "russia", "china"),
        ("Президент подписал закон о ратификации договора с КНДР", "AGREE", "north_korea", "russia"),
        ("俄罗斯与伊朗签署合作协议", "AGREE", "russia", "iran"),
    ],
)
def test_headlines_are_coded(title: str, code: str, source: str, target: str) -> None:
    event = event_of(entry(1, title))
    assert (event.code, event.source, event.target) == (code, source, target)


def test_the_direction_names_who_gives() -> None:
    told = entry(1, "Russia gets shells from North Korea")
    assert (event_of(told, ["arms"], "to_russia").source, event_of(told, ["arms"], "to_russia").target) == (
        "north_korea",
        "russia",
    )
    assert event_of(told, ["arms"], "from_russia").source == "russia"


def test_the_channel_decides_where_the_headline_says_nothing() -> None:
    bare = entry(1, "Moscow, Pyongyang and a long railway", "The two sides met for talks.")
    assert (event_of(bare, ["arms"]).code, event_of(bare, ["arms"]).rule) == ("AID", "channel")
    assert event_of(bare).rule == "lead"
    assert event_of(entry(2, "Moscow, Pyongyang and a long railway")).code == "CONSULT"


def test_rules_are_tried_in_their_order() -> None:
    codes = [code for code, _ in rules()]
    assert len(codes) == len(set(codes))
    assert codes.index("REJECT") < codes.index("AGREE") < codes.index("CONSULT")
