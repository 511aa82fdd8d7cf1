"""A topic's folder as a record, and the process that watches one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.lexicon.read import read_lexicon
from classifiers.relevance.features import mention_features
from classifiers.topics.active import SHIPPED, active, watch
from classifiers.topics.read import TopicError, read_topic
from tests.support.topics import PACIFIC, watching


def test_the_shipped_topic_is_watched_unless_another_is_named() -> None:
    assert (active().folder, active().id) == (SHIPPED, "russia")
    with watching(PACIFIC) as topic:
        assert active() is topic
    assert active().id == "russia"


def test_what_is_read_is_kept_for_each_topic_apart() -> None:
    ours = read_lexicon()
    with watching(PACIFIC):
        assert set(read_lexicon().languages) == {"en", "fr"}
    assert read_lexicon() is ours


def test_roles_are_spelled_as_the_topic_says() -> None:
    assert "goods:russia&arms" in mention_features(analyse("Iran buys Russian missiles"))
    with watching(PACIFIC):
        features = mention_features(analyse("China hands Fiji patrol boats, Australia warns"))
        assert {"title:china", "title:rivals", "joined&rivals", "joined@fiji"} <= features.keys()
        assert analyse("China hands Fiji patrol boats").masked.split()[:3] == ["xchn", "hands", "xisl"]


def test_the_opponent_stands_for_the_focus_only_where_the_topic_says_so() -> None:
    assert analyse("North Korean soldiers fight in Ukraine").joins
    with watching(PACIFIC):
        assert not analyse("Palau keeps its embassy in Taiwan").joins


def test_partners_are_shown_in_the_order_of_the_file() -> None:
    assert list(active().partners)[:3] == ["china", "iran", "north_korea"]
    assert active().partners["other"].display == "Other partners"


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("topic.toml", 'id = "pacific"', "", "id is missing"),
        ("topic.toml", "[directions]", "[direction]", "directions is missing"),
        ("topic.toml", 'id = "pacific"', 'id = "The Pacific"', "id must be small letters"),
        ("actors.toml", 'role = "focus"', 'role = "partner"', "one actor of the role focus"),
        ("actors.toml", 'role = "opponent"', 'role = "enemy"', "taiwan needs a name and a role"),
        ("actors.toml", "[china]", "[china", "not readable as TOML"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path, name: str, old: str, new: str, words: str) -> None:
    folder = Path(shutil.copytree(PACIFIC, tmp_path / "pacific"))
    file = folder / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TopicError, match=name) as refused:
        watch(folder)
    assert words in str(refused.value)
    assert active().id == "russia"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match=r"there is no .*nowhere"):
        read_topic(tmp_path / "nowhere")
