"""What editions are held against: stories of earlier days, stories told before, an entry drawn from below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from db import backfills, clusters, editions, scores, story_counts
from db.records import DayCount, Entry
from db.records.frames import Frame
from db.records.tags import ClaimLink, Tag, Tags
from tests.support.store_records import HOUR, MINUTE, NOON, feed, new_entry, score, stored, version

DAY = timedelta(days=1)
TROOPS = Tags(
    (Tag("channel", "troops"), Tag("channel", "arms", negated=True)), (), (ClaimLink("c", "supports", 1, ""),)
)
VISIT = Tags((Tag("channel", "diplomacy"),))


def story(store: Database, at: datetime, *told: tuple[str, tuple[str, ...], Tags], name: str) -> list[Entry]:
    """A story of entries (key, partners, tags), published and clustered at that moment."""
    batch = [new_entry(f"{name}{key}", published_at=at, published_status="stated") for key, _, _ in told]
    found = stored(store, *batch, at=at + MINUTE)
    scores.append(
        store,
        [score(entry, partners=partners, tags=tags) for entry, (_, partners, tags) in zip(found, told, strict=True)],
    )
    clusters.append(store, [(None, found)], at + MINUTE)
    return found


def test_a_story_counts_once_a_day_for_all_that_its_members_are_about(store: Database) -> None:
    version(store)
    story(store, NOON - HOUR, ("a", ("iran",), TROOPS), ("b", ("iran", "china"), VISIT), name="one")
    story(store, NOON - 2 * HOUR, ("a", ("iran",), TROOPS), name="two")
    assert story_counts.story_days(store, NOON - DAY, NOON) == [
        DayCount(date(2026, 11, 21), "all", "", 2),
        DayCount(date(2026, 11, 21), "channel", "diplomacy", 1),
        DayCount(date(2026, 11, 21), "channel", "troops", 2),
        DayCount(date(2026, 11, 21), "claim", "c", 2),
        DayCount(date(2026, 11, 21), "partner", "china", 1),
        DayCount(date(2026, 11, 21), "partner", "iran", 2),
    ]


def test_days_end_at_the_hour_at_which_the_window_does(store: Database) -> None:
    version(store)
    for number, moment in enumerate((NOON - 2 * MINUTE, NOON - DAY, NOON - DAY - MINUTE, NOON - 2 * DAY)):
        story(store, moment, ("a", (), VISIT), name=str(number))
    found = story_counts.story_days(store, NOON - 3 * DAY, NOON)
    assert {each.day.day: each.stories for each in found if each.kind == "all"} == {21: 2, 20: 2}


def test_only_the_newest_score_says_which_partners(store: Database) -> None:
    version(store)
    version(store, "m-2")
    (entry,) = story(store, NOON - HOUR, ("a", ("iran",), VISIT), name="one")
    scores.append(store, [score(entry, model_version="m-2", partners=("china",))])
    found = story_counts.story_days(store, NOON - DAY, NOON)
    assert [each.id for each in found if each.kind == "partner"] == ["china"]


def test_editions_remember_what_they_told_the_newest_first(store: Database) -> None:
    for back, kind in ((3, "daily"), (1, "daily"), (2, "recomposed"), (2, "reconstruction"), (9, "daily")):
        editions.insert(
            store,
            name=f"{back}-{kind}",
            window=(NOON - (back + 1) * DAY, NOON - back * DAY),
            composed_at=NOON,
            model_version="",
            config_hash="",
            content={"trace": [{"cluster": back}]},
            kind=kind,  # type: ignore[arg-type]
        )
    found = editions.story_traces(store, NOON - 7 * DAY, NOON - DAY)
    assert found == [
        {"cluster": 1, "edition": "1-daily"},
        {"cluster": 2, "edition": "2-reconstruction"},
        {"cluster": 3, "edition": "3-daily"},
    ]


def test_editions_from_before_there_were_traces_remember_nothing(store: Database) -> None:
    window = (NOON - DAY, NOON)
    editions.insert(
        store, name="old", window=window, composed_at=NOON, model_version="", config_hash="", content={"format": 1}
    )
    assert editions.story_traces(store, NOON - DAY, NOON) == []


def test_a_draw_is_the_same_for_the_same_seed_and_never_flagged(store: Database) -> None:
    version(store)
    found = stored(store, *[new_entry(str(number)) for number in range(30)])
    scores.append(store, [score(entry, flagged=entry.id % 3 == 0, probability=0.1) for entry in found])
    drawn = [scores.drawn(store, NOON, NOON + HOUR, f"2026-11-{day:02}") for day in range(1, 29)]
    again = [scores.drawn(store, NOON, NOON + HOUR, f"2026-11-{day:02}") for day in range(1, 29)]
    assert drawn == again
    ids = {each.entry.id for each in drawn if each}
    assert len(ids) > 5
    assert all(number % 3 for number in ids)
    assert scores.drawn(store, NOON + HOUR, NOON + 2 * HOUR, "x") is None


def test_an_archive_tells_of_its_days_for_all_of_its_feeds_and_of_no_day_beside_them(store: Database) -> None:
    loud, low = feed(store, "https://loud.example/rss"), feed(store, "https://low.example/rss")
    told = [
        (loud.id, new_entry("a", published_at=NOON - 3 * DAY)),
        (loud.id, new_entry("b", published_at=NOON - DAY)),
        (low.id, new_entry("c", published_at=NOON - DAY)),
    ]
    past = [(number, replace(entry, published_status="stated")) for number, entry in told]
    backfills.append(store, backfills.Backfill("old.jsonl", "print"), backfills.Piece(1, past), NOON)
    read = story_counts.feeds_read(store, NOON - 5 * DAY, NOON)
    assert read == {date(2026, 11, 18): 2, date(2026, 11, 20): 2}


def test_when_a_tie_was_told_last_is_known_before_the_window_alone(store: Database) -> None:
    version(store)
    partner = Tag("partner", "iran")
    story(store, NOON - 9 * DAY, ("a", (), replace(TROOPS, tags=(partner, *TROOPS.tags))), name="old")
    story(store, NOON, ("a", (), replace(VISIT, tags=(partner, *VISIT.tags))), name="new")
    aside = Frame("transfer", "china", "russia", "done", "plain", certainty="doubtful")
    china = replace(TROOPS, tags=(Tag("partner", "china"), *TROOPS.tags), frames=(aside,))
    story(store, NOON - 8 * DAY, ("a", (), china), name="review")
    ties = [("iran", "troops"), ("iran", "arms"), ("iran", "diplomacy"), ("china", "troops")]
    assert story_counts.last_told(store, ties, NOON - 5 * DAY, NOON - DAY) == {
        ("iran", "troops"): NOON - 9 * DAY + MINUTE,
        ("iran", "arms"): None,  # denied there
        ("iran", "diplomacy"): None,
        ("china", "troops"): None,  # doubtful there
    }
