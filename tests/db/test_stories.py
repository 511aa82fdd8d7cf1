"""Signs, links and stories in the store."""

from __future__ import annotations

from datetime import date

import pytest
from sqlite_utils import Database

from db import clusters, scores, stories, story_counts
from db.records import Entry
from db.stories import Member, NewLink
from tests.support.store_records import HOUR, NOON, new_entry, score, stored, version

DAY = 24 * HOUR


@pytest.fixture
def four(store: Database) -> list[Entry]:
    """Four flagged entries: two in the first cluster, one in the second, one in none."""
    version(store)
    filed = stored(store, *[new_entry(key) for key in "abcd"])
    scores.append(store, [score(entry) for entry in filed])
    clusters.append(store, [(None, filed[:2]), (None, filed[2:3])], NOON)
    return filed


def test_members_of_open_clusters_come_with_their_signs(store: Database, four: list[Entry]) -> None:
    a, b, c, _ = four
    stories.append_fingerprints(store, {a.id: "fingerprint of a", c.id: "fingerprint of c"}, 1)
    found = stories.open_members(store, NOON - DAY, NOON, 1)
    assert found == [Member(1, a.id, "fingerprint of a"), Member(1, b.id, None), Member(2, c.id, "fingerprint of c")]
    assert stories.open_members(store, NOON + HOUR, NOON + DAY, 1) == []
    assert stories.open_members(store, NOON - DAY, NOON - HOUR, 1) == []


def test_signs_of_another_form_are_made_anew(store: Database, four: list[Entry]) -> None:
    stories.append_fingerprints(store, {each.id: "old" for each in four}, 1)
    assert {each.fingerprint for each in stories.open_members(store, NOON, NOON, 2)} == {None}
    stories.append_fingerprints(store, {each.id: "new" for each in four}, 2)
    assert {each.fingerprint for each in stories.open_members(store, NOON, NOON, 2)} == {"new"}


def test_a_link_leads_from_the_later_story_to_the_earlier_and_back(store: Database, four: list[Entry]) -> None:
    a, b, c, d = four
    news = {"numbers": ["12,000 soldi"], "names": ["kim"], "status": "denied"}
    links = [NewLink(c.id, b.id, 0.5, news), NewLink(a.id, b.id, 0.9, {}), NewLink(c.id, d.id, 0.9, {})]
    stories.append_links(store, links, NOON)
    stories.append_links(store, links[:1], NOON + HOUR)
    [link] = stories.links_of(store, 2)
    assert (link.cluster_id, link.earlier_id, link.likeness, link.news, link.linked_at) == (2, 1, 0.5, news, NOON)
    assert stories.links_of(store, 1) == [link]


def test_a_story_is_read_with_its_members_and_their_newest_scores(store: Database, four: list[Entry]) -> None:
    version(store, "m-2")
    scores.append(store, [score(four[1], model_version="m-2", probability=0.4)])
    found = stories.find(store, 1)
    assert found is not None
    assert [each.entry for each in found.members] == four[:2]
    assert [each.score.probability for each in found.members] == [0.8, 0.4]
    assert stories.find(store, 99) is None
    assert [story.id for story in stories.opened(store, NOON, NOON + HOUR)] == [1, 2]
    assert list(stories.opened(store, NOON + HOUR, NOON + DAY)) == []


def test_a_story_of_more_members_takes_no_more_queries(store: Database, four: list[Entry]) -> None:
    def queries(story: int) -> int:
        asked: list[str] = []
        store.conn.set_trace_callback(asked.append)
        stories.find(store, story)
        store.conn.set_trace_callback(None)
        return len(asked)

    assert queries(1) == queries(2) > 0


def test_stories_are_counted_by_the_day_of_their_lead_entry(store: Database) -> None:
    version(store)
    old = new_entry("old", published_at=NOON - 3 * DAY, published_status="stated")
    filed = stored(store, old, new_entry("new"), new_entry("other"))
    scores.append(store, [score(each, partners=("iran", "china") if each.id < 3 else ("cuba",)) for each in filed])
    clusters.append(store, [(None, [filed[0]]), (None, filed[1:])], NOON)
    end = NOON.replace(hour=0) + DAY
    found = {
        (each.day, each.id): each.stories
        for each in story_counts.story_days(store, end - 9 * DAY, end)
        if each.kind == "partner"
    }
    today, before = NOON.date(), (NOON - 3 * DAY).date()
    assert found == {
        (before, "iran"): 1,
        (before, "china"): 1,
        (today, "iran"): 1,
        (today, "china"): 1,
        (today, "cuba"): 1,
    }


def test_feeds_are_counted_by_day(store: Database) -> None:
    stored(store, new_entry("a", published_at=NOON - 2 * DAY, published_status="stated"), new_entry("b"))
    assert story_counts.feeds_read(store, NOON - 9 * DAY, NOON + DAY) == {
        NOON.date(): 1,
        date(2026, 11, 19): 1,
    }
