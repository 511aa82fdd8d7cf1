"""What the weekly edition says of two weeks of the sample, and of days invented for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from db.records import DayCount
from flows.config.settings import RecipientSettings
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.content.front import Change
from flows.digest.content.story import Bearing, StoryContent
from flows.digest.delivery.reader_view import view
from flows.digest.render.pages import MAX_BYTES, render_html, render_text
from flows.digest.subject import LONGEST, subject
from flows.digest.weekly.compose import compose_week
from tests.support import sample_editions
from tests.support.edition_records import stored_again
from tests.support.told_weeks import END, MONDAY, SETTINGS, day, inputs, sample_week, story, text_of, told_week

SCRIPT = "<script>alert(1)</script>"


@cache
def sample() -> EditionContent:
    """The weekly edition of the sample's second week."""
    return sample_week().content


def test_it_says_nothing_that_the_daily_editions_did_not_say() -> None:
    days = sample_editions.editions(date(2024, 11, 5))[7:]
    told = {(each.entry, each.headline, each.chain, each.status) for one in days for each in one.content.told()}
    assert {(each.entry, each.headline, each.chain, each.status) for each in sample().told()} <= told
    bearings = {(each.claim, each.name) for one in days for story in one.content.told() for each in story.bears}
    week = told_week(sample())
    assert {(each.claim, each.name) for each in week.claims} <= bearings
    assert [each.stories for each in week.days] == [one.content.counts.stories for one in days]


def test_the_first_screen_is_three_to_five_events_each_of_another_thread() -> None:
    (first, *_) = sample().groups
    assert 3 <= len(first.stories) <= 5
    assert len({each.entry for each in first.stories}) == len(first.stories)
    assert len(subject(sample())) <= LONGEST
    assert subject(sample()).startswith("Week: ")


def test_every_story_of_the_week_is_told_or_counted() -> None:
    week = told_week(sample())
    for row in week.claims:
        assert len(row.evidence) + row.evidence_left == row.supports + row.cuts + row.updates
    for partner in week.partners:
        assert len(partner.named) + partner.left <= partner.stories
    assert sample().counts.stories >= sum(len(group.stories) for group in sample().groups)


def test_the_mail_stays_below_what_mail_programs_cut() -> None:
    assert len(render_html(TypedEdition("weekly-2024-11-18", END, sample())).encode()) < MAX_BYTES


def test_the_same_editions_make_the_same_bytes_and_survive_the_store() -> None:
    assert stored_again(sample()) == sample()
    again = TypedEdition("weekly-2024-11-18", END, stored_again(sample()))
    assert render_text(again) == render_text(TypedEdition("weekly-2024-11-18", END, sample()))


def test_what_only_perhaps_belongs_is_counted_and_leads_nothing() -> None:
    doubted = story(1, "Perhaps", doubt="borderline", bears=(Bearing(claim="a", name="A", stance="cuts against"),))
    made = compose_week(inputs([day("2024-11-18", doubted)]), SETTINGS)
    week = told_week(made)
    assert (list(made.told()), week.claims, week.partners, week.doubtful) == ([], (), (), 1)
    assert "1 story that only perhaps belong" in text_of(made)
    assert "1 story stands under PERHAPS in the daily editions" in text_of(made)


def test_claims_show_evidence_against_first_and_the_measures_that_moved_with_their_day() -> None:
    def bearing(entry: int, stance: str) -> StoryContent:
        return story(entry, f"Story {entry}", bears=(Bearing(claim="shells", name="Shells", stance=stance),))

    moved = Change(about="Shells", text="1 story supports it; 9 million shells; the essay had 6 million", entries=(1,))
    days = [
        day("2024-11-14", bearing(1, "supports"), changes=(moved,)),
        day("2024-11-15", bearing(2, "cuts against"), bearing(3, "updates")),
        day("2024-11-17", bearing(1, "supports"), bearing(4, "supports")),
    ]
    made = compose_week(inputs(days, [day("2024-11-10", bearing(9, "supports"))]), SETTINGS)
    (row,) = told_week(made).claims
    assert (row.cuts, row.supports, row.updates, row.before) == (1, 2, 1, 1)
    assert [(each.stance, each.text) for each in row.evidence] == [
        ("against", "Story 2"),
        ("update", "Story 3"),
        ("for", "Story 1"),
    ]
    text = text_of(made)
    assert "Shells: 1 against, 2 for, 1 update; 1 the week before" in text
    assert "9 million shells; the essay had 6 million (Thu 14 Nov)" in text
    assert "against: Story 2 (Outlet 2, Fri 15 Nov) https://news.example/2" in text


def test_partners_show_arrows_firsts_and_stories_that_do_not_stand_above() -> None:
    arms = [
        story(each, f"Guns {each}", chain="Iran → Russia: arms", channels=("arms",), partner_ids=("iran",))
        for each in range(1, 10)
    ]
    first = Change(about="Iran, arms", text="first reported together in 90 days", entries=(1,))
    made = compose_week(inputs([day("2024-11-18", *arms, changes=(first,))]), SETTINGS)
    (row,) = told_week(made).partners
    assert (row.name, row.stories, row.arrows) == ("Iran", 9, ("Iran → Russia: arms 9",))
    assert (row.firsts, row.firsts_since) == (("arms",), "in 90 days")
    assert [each.text for each in row.named] == ["Guns 6", "Guns 7", "Guns 8"]
    assert row.left == 1
    assert "Above: events 1, 2, 3, 4 and 5" in text_of(made)


def test_the_account_names_days_without_an_edition_and_days_that_nobody_read() -> None:
    days = [day("2024-11-12", story(1, "Guns")), day("2024-11-14", story(2, "Oil"))]
    made = compose_week(inputs(days, read=frozenset({"2024-11-12", "2024-11-13", "2024-11-14"})), SETTINGS)
    assert made.marks == (
        "Nothing was read on 4 days (Fri 15 Nov, Sat 16 Nov, Sun 17 Nov, Mon 18 Nov): what happened then may be"
        " missing.",
        "Wed 13 Nov has no daily edition: what was read then is not told here.",
    )
    text = text_of(made)
    assert "Tue 12 Nov 3 feeds read, 1 failed; 40 new entries, 1 story" in text
    assert "Wed 13 Nov read, but no daily edition was made" in text
    assert "Fri 15 Nov not read; no daily edition" in text
    assert "8 of 9 feeds read at least once, 1 never" in text
    assert "Never read Slow Gazette: timed out" in text


def test_a_quiet_week_says_that_the_monitor_is_awake() -> None:
    made = compose_week(inputs([day("2024-11-18")]), SETTINGS)
    assert "A quiet week: nothing crossed the threshold. The monitor is awake: 8 of 9 feeds were read" in text_of(made)
    assert subject(made) == "Axis watch weekly, week to 18 November: a quiet week, 8 of 9 feeds read"


def test_eight_weeks_are_counted_and_those_that_nobody_read_are_named() -> None:
    read = {MONDAY - timedelta(days=back): 9 for back in range(70) if not 21 <= back < 28 and back != 9}
    rows = [DayCount(each, "all", "", 2) for each in read] + [DayCount(each, "partner", "iran", 1) for each in read]
    made = compose_week(inputs([day("2024-11-18", story(1, "Guns"))], history=rows, feeds=read), SETTINGS)
    whole, iran = made.levels.rows
    assert (len(made.levels.days), made.levels.days[-1]) == (8, "2024-11-18")
    assert whole.counts == (14, 14, 14, 14, 0, 14, 12, 14)
    assert (iran.name, iran.counts[-1]) == ("Iran", 7)
    assert (told_week(made).unread, told_week(made).partly_read) == (("2024-10-28",), ("2024-11-11",))
    assert "14 events began (a story may hold several); usual is 10 to 18 a week." in made.overview[0]


def test_a_reader_sees_their_part_and_that_it_is_one() -> None:
    iran = story(1, "Guns from Iran", partner_ids=("iran",))
    made = compose_week(
        inputs([day("2024-11-18", *[story(each, f"China {each}") for each in range(2, 9)], iran)]), SETTINGS
    )
    seen = view(made, RecipientSettings(address="a@x.example", partners=("iran",)))
    assert [each.headline for each in seen.told()] == ["Guns from Iran"]
    assert [each.partner for each in told_week(seen).partners] == ["iran"]
    assert "1. Guns from Iran" in text_of(seen)
    assert "Your part (Iran): 1 of 8 stories. Claims, charts and counts are those of the whole week." in text_of(seen)
    nobody = view(made, RecipientSettings(address="a@x.example", partners=("cuba",)))
    assert "Nothing in your part this week." in text_of(nobody)


@pytest.mark.parametrize("field", ["headline", "outlet", "sentence", "gloss", "chain"])
def test_what_feeds_write_is_escaped(field: str) -> None:
    told = story(1, "Guns", bears=(Bearing(claim="a", name=SCRIPT, stance="cuts against"),))
    hostile: dict[str, Any] = {field: SCRIPT}
    made = compose_week(inputs([day("2024-11-18", replace(told, **hostile))]), SETTINGS)
    page = render_html(TypedEdition(made.name, END, made))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
