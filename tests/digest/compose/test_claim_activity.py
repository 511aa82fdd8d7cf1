"""What moved: counts against the usual level, claims, the order of stories, what readers are asked to judge."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from classifiers.tagging.watchlist import shipped
from db.records import DayCount
from db.records.tags import ClaimLink, ClaimStance, Quantity, Tag, Tags
from flows.digest.compose.arrows import chain
from flows.digest.compose.inputs import ClusterFacts, Lagging, SummarySentence
from flows.digest.content.codec import to_json
from flows.digest.render.pages import render_html, render_text
from flows.digest.window import daily_window
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories

LAST = date(2026, 11, 22)
NAMES = {"troops-kp": "North Korean soldiers", "fissures": "Fissures inside", "visits": "Ever more visits"}


def bearing(stance: ClaimStance, claim: str = "troops-kp", strength: float = 1.0) -> Tags:
    """Tags with a link to a claim."""
    return Tags(
        (Tag("channel", "troops"), Tag("direction", "to_russia")), (), (ClaimLink(claim, stance, strength, ""),)
    )


def history(stories_a_day: int, days: int = 20, **more: Any) -> dict[str, Any]:
    """So many stories on each day before, of all and of China."""
    before = [LAST - timedelta(days=back) for back in range(1, days + 1)]
    rows = [DayCount(day, *about, stories_a_day) for day in before for about in (("all", ""), ("partner", "china"))]
    return {"history": rows, "feeds": dict.fromkeys([*before, LAST], 3), **more}


def test_the_overview_holds_counts_against_what_is_usual() -> None:
    content = composed([scored(number) for number in range(1, 13)], **history(2))
    assert content.overview == (
        "12 new stories in 12 outlets. 12 events began, more than usual: 1 to 3 a day (20 days read since 2 November).",
        "More than usual: China 12 (usually 1 to 3).",
    )


def test_an_ordinary_day_is_called_so_and_a_young_monitor_does_not_pretend_to_know() -> None:
    assert composed([scored(1), scored(2)], **history(2)).overview == (
        "2 new stories in 2 outlets. 2 events began, as usual: 1 to 3 a day (20 days read since 2 November).",
        "No partner and no channel stands out.",
    )
    assert composed([scored(1)], **history(2, days=3)).overview == (
        "1 new story in 1 outlet. What is usual is not known yet: 3 days read since 19 November, and 7 are needed.",
    )


def test_a_little_beyond_the_band_is_not_called_unusual() -> None:
    assert composed([scored(1), scored(2), scored(3), scored(4)], **history(2)).overview == (
        "4 new stories in 4 outlets. 4 events began, somewhat more than usual: 1 to 3 a day"
        " (20 days read since 2 November).",
        "Somewhat more than usual: China 4 (usually 1 to 3).",
    )


def test_two_stories_of_a_partner_that_usually_has_none_are_not_named() -> None:
    assert composed([scored(1), scored(2)], **history(0)).overview[1] == "No partner and no channel stands out."


def test_stories_that_only_perhaps_belong_are_counted_apart() -> None:
    content = composed([scored(1), scored(2, probability=0.2)], **history(2))
    assert content.overview[0].startswith("2 new stories (1 of them under “Perhaps”) in 2 outlets. 2 events began, as")


def test_the_day_itself_is_counted_as_the_days_before_it_are() -> None:
    told = history(2)
    told["history"] += [DayCount(LAST, "all", "", 3), DayCount(LAST, "partner", "china", 3)]
    content = composed([scored(1), scored(2)], **told)
    assert content.overview[0].startswith("2 new stories in 2 outlets. 3 events began (some within one story")
    assert content.levels.rows[0].counts[-2:] == (2, 3)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_the_last_bar_bears_the_day_of_the_edition_in_every_zone(zone: str) -> None:
    window = daily_window(date(2026, 11, 20), zone)
    feeds = {(window.end - timedelta(days=back, seconds=1)).date(): 3 for back in range(5)}
    content = composed([scored(1)], name="2026-11-20", window=window, time_zone=zone, feeds=feeds)
    assert content.levels.days == tuple(f"2026-11-{day}" for day in range(16, 21))
    assert content.levels.rows[0].counts == (0, 0, 0, 0, 1)


def test_claims_in_motion_and_claims_gone_quiet() -> None:
    entries = [scored(1, tags=bearing("supports")), scored(2, tags=bearing("cuts_against")), scored(3)]
    told = history(2)
    told["history"].append(DayCount(LAST - timedelta(days=18), "claim", "visits", 1))
    content = composed(entries, claim_names=NAMES, **told)
    (moving,) = content.claims.moving
    assert (moving.name, moving.stories, moving.supports, moving.cuts) == ("North Korean soldiers", 2, 1, 1)
    assert [(row.claim, row.days) for row in content.claims.quiet] == [("fissures", 21), ("visits", 18)]
    assert content.front is not None
    assert [(each.about, each.text, each.entries, each.against) for each in content.front.changes] == [
        ("North Korean soldiers", "supported", (1,), False),
        ("North Korean soldiers", "cut against", (2,), True),
    ]


def test_a_monitor_younger_than_the_silence_calls_no_claim_quiet() -> None:
    assert composed([scored(1)], claim_names=NAMES, **history(2, days=5)).claims.quiet == ()


def test_named_claims_are_capped_and_the_rest_counted() -> None:
    entries = [scored(number, tags=bearing("supports", f"claim-{number:02}")) for number in range(1, 13)]
    claims = composed(entries, max_claims=5).claims
    assert (len(claims.moving), claims.moving_left) == (5, 7)
    assert claims.moving[0].name == "Claim 01"


def test_every_claim_that_is_shipped_has_a_short_name() -> None:
    assert all(claim.name for claim in shipped().claims)


def test_as_many_lead_as_are_asked_for_and_what_only_perhaps_belongs_never_does() -> None:
    entries = [scored(number) for number in range(1, 9)]
    groups = composed([*entries, scored(9, probability=0.4)], lead_stories=5).groups
    assert [story.entry for story in groups[0].stories] == [1, 2, 3, 4, 5]
    assert [(group.name, group.leads, group.part) for group in groups] == [
        ("Leading stories", True, ""),
        ("China", False, ""),
        ("Perhaps", False, "perhaps"),
    ]
    assert [story.number for group in groups for story in group.stories] == list(range(1, 10))


def test_who_gives_what_to_whom_in_a_line() -> None:
    assert chain(["north_korea"], ["troops", "arms"], "to_russia") == "North Korea → Russia: troops, arms"
    assert chain(["iran"], ["tech_transfer"], "from_russia") == "Russia → Iran: technology"
    assert chain(["china", "iran"], ["other"], "mutual") == "Russia ↔ China, Iran"
    assert chain([], ["arms"], "to_russia") == ""


def test_numbers_are_written_as_people_write_them() -> None:
    numbers = (
        Quantity(12_000, "", "soldiers"),
        Quantity(2e9, "USD", ""),
        Quantity(20, "", "drones", most=99),
        Quantity(3000, "", "снарядов"),
        Quantity(3, "", "leaders"),
    )
    (story,) = stories(composed([scored(1, tags=Tags((Tag("status", "reported"),), numbers))], {1: 1}))
    assert story.numbers == ("12,000 soldiers", "$2 billion", "dozens of drones", "3,000 shells")


def test_the_sentences_of_a_summary_bear_their_outlets() -> None:
    thread = ClusterFacts(
        summary=(SummarySentence("First.", "A"), SummarySentence("Second", "A"), SummarySentence("Third.", "B"))
    )
    (story,) = stories(composed([scored(1)], {1: 1}, cluster_facts={1: thread}))
    assert [(each.text, each.outlet) for each in story.sentences] == [("First. Second …", "A"), ("Third.", "B")]
    assert story.summary == ""


def test_near_misses_and_one_drawn_are_there_to_be_judged() -> None:
    near = [scored(number, probability=0.5 - number / 100) for number in (10, 11, 12, 13)]
    told = edition([], near=near, drawn=scored(20, probability=0.02), review="https://desk.example/entry/{entry}")
    assert [(each.entry, each.drawn) for each in told.content.near] == [
        (10, False), (11, False), (12, False), (20, True),
    ]  # fmt: skip
    assert "https://desk.example/entry/20" in HtmlPage(render_html(told)).addresses
    assert "Judge: https://desk.example/entry/20" in render_text(told)
    plain = edition([], near=near)
    for text in (HtmlPage(render_html(plain)).text, render_text(plain)):
        assert "axiswatch label 10 relevant" in text


def test_one_that_is_drawn_from_the_near_misses_is_not_shown_twice() -> None:
    near = [scored(10, probability=0.5)]
    assert [each.entry for each in composed([], near=near, drawn=near[0]).near] == [10]


def test_feeds_that_bring_nothing_are_named() -> None:
    told = edition([], lagging=[Lagging("Silent Post", "nothing new for 9 days")])
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "Silent Post: nothing new for 9 days" in flat
        assert "3 of 4 read, 1 failed, 1 without anything new" in flat


def test_alarms_that_are_open_are_named_in_the_account() -> None:
    told = edition([], alarms=["many feeds cannot be read, since 2026-11-20 12:00 UTC"])
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "many feeds cannot be read, since 2026-11-20 12:00 UTC Edition" in flat
        assert "Alarms" in flat
    assert "alarms" not in json.dumps(to_json(composed([])))
