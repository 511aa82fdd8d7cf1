"""What is told of a story that was stored: who speaks for it, and the tags of scores older than tags."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from classifiers.tagging.watchlist import Watchlist, read_watchlist
from db.records import Score, ScoredEntry
from db.stories import StoredStory
from flows.digest.compose.story import gather
from flows.stories.account import by_lead, event_rows, tags_of
from flows.stories.event_export import COLUMNS
from tests.support.story_entries import NOON, entry

SHELLS = "North Korea ships 12,000 containers of artillery shells to Russia"


def scored(number: int, title: str, probability: float, language: str = "en", **changes: Any) -> ScoredEntry:
    made = entry(number, title, **changes)
    return ScoredEntry(made, Score(number, "m-1", probability, True, False, language, True, (), (), NOON))


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    return read_watchlist()


def test_the_same_entry_speaks_for_a_story_as_in_the_digest() -> None:
    """Of two reports the one in English, though the other is surer; state media last of all."""
    members = (
        scored(1, "КНДР отправила России снаряды", 0.99, "ru"),
        scored(2, SHELLS, 0.7),
        scored(3, "Pyongyang sends its friends what they need", 0.98, kind="state_media"),
    )
    told = by_lead(StoredStory(7, 1, NOON, members))
    [story] = gather(members, {1: 7, 2: 7, 3: 7})
    assert [each.entry.id for each in told] == [each.entry.id for each in story.members] == [2, 1, 3]


def test_scores_older_than_tags_are_given_tags_and_claims(watchlist: Watchlist) -> None:
    old = scored(1, SHELLS, 0.9)
    tags = tags_of(old, watchlist)
    assert tags.values("partner") == ("north_korea",)
    assert "arms" in tags.values("channel")
    assert tags.claims
    [row] = event_rows(StoredStory(7, 1, NOON, (old,)), watchlist)
    assert (row["partners"], row["direction"]) == (["north_korea"], "to_russia")
    assert row["claims"] == [link.claim for link in tags.claims]


def test_tags_that_a_score_keeps_are_not_made_again(watchlist: Watchlist) -> None:
    tags = tags_of(scored(1, SHELLS, 0.9), watchlist)
    kept = replace(tags, claims=tags.claims[:1])
    other = scored(2, "Weather in Oslo", 0.9)
    assert tags_of(ScoredEntry(other.entry, replace(other.score, tags=kept)), watchlist) == kept


def test_a_row_carries_what_is_told_of_the_act(watchlist: Watchlist) -> None:
    told = scored(1, "Seoul says North Korea will send 5,000 soldiers to Russia", 0.9)
    [row] = event_rows(StoredStory(7, 1, NOON, (told,)), watchlist)
    assert list(row) == list(COLUMNS)
    assert (row["event"], row["source"], row["target"]) == ("AGREE", "north_korea", "russia")
    assert (row["phase"], row["certainty"], row["friction"]) == ("planned", "read", False)
    assert row["claimant"] == "Seoul"
    assert any(each.startswith("5000 ") for each in row["quantities"])
    assert "military" in row["context"]
    assert event_rows(StoredStory(8, 1, NOON, (told,)), watchlist)[0]["event_id"] == row["event_id"]


def test_a_story_of_gifts_in_both_directions_gives_two_rows(watchlist: Watchlist) -> None:
    summary = "Russia delivers oil to North Korea. Both shipments went by rail."
    told = scored(1, "North Korea sends artillery shells to Russia", 0.9, summary=summary)
    rows = event_rows(StoredStory(7, 1, NOON, (told,)), watchlist)
    assert [(row["story"], row["source"]) for row in rows] == [(7, "north_korea"), (7, "russia")]
    assert len({row["event_id"] for row in rows}) == 2
