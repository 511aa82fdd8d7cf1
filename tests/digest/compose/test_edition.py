"""Composition, from records built by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.records import Coverage, Reason, ScoredEntry
from flows.config.settings import DigestSettings
from flows.digest.compose.edition import compose
from flows.digest.content.codec import to_json
from flows.digest.content.footer import FailedFeed, LanguageCount, UnknownLanguages
from flows.digest.content.story import OtherOutlet
from tests.support import sample_editions
from tests.support.edition_records import NOON, WINDOW, composed, scored, stories


def test_a_story_cluster_is_told_once_and_its_outlets_are_listed() -> None:
    content = composed([scored(1), scored(2, probability=0.9), scored(3)], {1: 7, 2: 7})
    first, second = stories(content)
    assert (first.entry, first.entries, first.outlets, first.percent) == (2, 2, 2, 90)
    assert first.others == (OtherOutlet(outlet="Outlet 1", link="https://news.example/1", state_media=False),)
    assert (second.entry, second.others) == (3, ())


def test_the_same_headline_without_a_cluster_is_one_story() -> None:
    content = composed([scored(1, "Iran, Russia sign"), scored(2, "IRAN – Russia sign!"), scored(3, "Iran signs")])
    assert [story.entries for story in stories(content)] == [2, 1]


def test_two_reports_of_one_outlet_are_two_entries_in_one_outlet() -> None:
    (story,) = stories(composed([scored(1), scored(2, outlet="Outlet 1")], {1: 7, 2: 7}))
    assert (story.entries, story.outlets, story.others) == (2, 1, ())


def test_state_media_are_marked_and_never_lead_a_story_that_others_tell() -> None:
    state = scored(1, probability=0.97, kind="state_media")
    (story,) = stories(composed([state, scored(2, probability=0.7)], {1: 7, 2: 7}))
    assert (story.outlet, story.state_media, story.percent) == ("Outlet 2", False, 97)
    assert story.others[0].state_media is True
    (alone,) = stories(composed([state]))
    assert (alone.outlet, alone.state_media) == ("Outlet 1", True)


def test_groups_stand_in_the_order_of_the_partners_with_the_unknown_last() -> None:
    partners = ["", "atlantis", "other", "brics_sco", "iran", "china", "armed_groups", "north_korea"]
    content = composed(
        [scored(number, partners=(partner,) if partner else ()) for number, partner in enumerate(partners, 1)]
    )
    assert [group.name for group in content.groups] == [
        "China",
        "Iran",
        "North Korea",
        "BRICS and SCO",
        "Armed groups",
        "Other partners",
        "Atlantis",
        "Partner not identified",
    ]


def test_within_a_group_the_widely_told_come_first_however_probable() -> None:
    entries = [
        scored(1, probability=0.7),
        scored(2, probability=0.7),
        scored(3, probability=0.7),
        scored(4, probability=0.9),
    ]
    assert [story.entry for story in stories(composed(entries, {2: 5, 3: 5}))] == [2, 1, 4]


def test_caps_are_counted_to_the_last_entry() -> None:
    old = NOON - timedelta(days=30)
    entries = [scored(number, probability=0.9 - number / 100) for number in range(1, 11)]
    entries += [scored(number, published_at=old) for number in range(11, 31)]
    content = composed(entries, {9: 1, 10: 1}, max_stories=4)
    counts, late = content.counts, content.late
    assert (counts.stories, counts.shown, counts.held_back, counts.held_back_entries) == (9, 4, 5, 5)
    assert (late.total, late.entries, len(late.stories)) == (20, 20, 12)
    told = sum(story.entries for story in stories(content))
    assert counts.flagged == 30 == told + counts.held_back_entries + late.entries


def test_more_outlets_than_are_named_are_counted() -> None:
    entries = [scored(number) for number in range(1, 21)]
    (story,) = stories(composed(entries, dict.fromkeys(range(1, 21), 7)))
    assert (len(story.others), story.others_left, story.outlets) == (12, 7, 20)


def test_what_was_published_96_hours_before_the_window_is_late_and_absurd_dates_are_not_believed() -> None:
    edge = WINDOW.start - timedelta(hours=96)
    content = composed(
        [
            scored(1, published_at=edge - timedelta(seconds=1)),
            scored(2, published_at=edge),
            scored(3, published_at=edge - timedelta(days=20000), published_status="ancient"),
            scored(4, published_at=None, published_status="absent"),
        ]
    )
    assert [story.entry for story in content.late.stories] == [1]
    assert {story.entry: story.time for story in stories(content)} == {
        2: "Tue 06:00",
        3: "undated",
        4: "undated",
    }


def test_nothing_is_late_where_nothing_shall_be() -> None:
    content = composed([scored(1, published_at=NOON - timedelta(days=9000))], late_hours=2_000_000)
    assert (content.late.total, len(stories(content))) == (0, 1)


def test_times_are_local_and_old_years_are_named() -> None:
    content = composed([scored(1), scored(2, published_at=NOON - timedelta(days=400))])
    assert stories(content)[0].time == "Sat 13:00"
    assert content.late.stories[0].time == "17 Oct 2025"
    assert content.window.local_start == "Sat 21 Nov, 06:00"


def test_the_reason_is_the_two_strongest_that_speak_for_it() -> None:
    against = scored(2, reasons=(Reason("sport", -1.0),))
    told = {story.entry: story.reason for story in stories(composed([scored(1), against]))}
    assert told == {1: "one sentence; transfer", 2: ""}


def test_single_words_are_a_reason_only_where_they_are_all_there_is() -> None:
    words = Reason("words such as 'wings', 'draw': for", 2.0)
    alone, beside = scored(1, reasons=(words,)), scored(2, reasons=(words, Reason("one sentence", 1.0)))
    told = {story.entry: story.reason for story in stories(composed([alone, beside]))}
    assert told == {1: "words such as 'wings', 'draw'", 2: "one sentence"}


@pytest.mark.parametrize(
    ("title", "summary", "shown"),
    [
        ("Title", "word " * 80, " ".join(["word"] * 50) + "…"),
        ("Title", "short", "short"),
        ("The same words again", "The same words again.", ""),
        ("Title", "", ""),
        ("题目", "中" * 400, "中" * 149 + "…"),
    ],
)
def test_summaries_are_cut_to_fifty_words_and_never_repeat_the_headline(title: str, summary: str, shown: str) -> None:
    (story,) = stories(composed([scored(1, title, summary=summary)]))
    assert story.summary == shown


def test_unknown_languages_are_counted_flagged_or_not() -> None:
    content = composed([scored(1, known_language=False), scored(2)], unknown_languages={"hu": 3, "en": 1})
    counts = (LanguageCount(language="hu", entries=3), LanguageCount(language="en", entries=2))
    assert content.languages == UnknownLanguages(flagged=1, unjudged=4, by_language=counts)


def test_near_misses_are_three_at_most_and_no_part_of_the_count() -> None:
    content = composed([scored(1)], near=[scored(number, probability=0.5) for number in range(10, 15)])
    assert len(content.near) == 3
    assert content.counts.flagged == 1


def test_failed_feeds_are_named_and_those_past_the_cap_counted() -> None:
    failures = tuple((f"Feed {number}", "") for number in range(50))
    told = composed([], coverage=Coverage(feeds=60, read=10, failed=50, failures=failures)).coverage
    assert (len(told.failures), told.failures_left) == (40, 10)
    assert told.failures[0] == FailedFeed(outlet="Feed 0", error="no reason given")


def test_the_edition_is_dated_by_its_name_or_else_by_its_last_moment() -> None:
    assert composed([]).day == "Saturday 21 November 2026"
    assert composed([], name="rolling").day == "Sunday 22 November 2026"


def test_content_is_plain_json_and_does_not_depend_on_the_order_of_entries() -> None:
    entries = [scored(number, probability=0.5 + number % 3 / 10) for number in range(1, 30)]
    clusters = {number: number % 7 for number in range(1, 20)}
    content = composed(entries, clusters)
    assert json.loads(json.dumps(to_json(content))) == to_json(content)
    assert composed(entries[::-1], clusters) == content


def numbered_anew(each: ScoredEntry, number: int) -> ScoredEntry:
    return replace(each, entry=replace(each.entry, id=number), score=replace(each.score, entry_id=number))


@pytest.mark.parametrize("day", [date(2024, 11, 15), date(2024, 11, 17), date(2024, 11, 18)])
def test_it_does_not_matter_which_report_was_read_first(day: date) -> None:
    """Reports get their numbers as they come in, which no two machines, and no two runs, do alike."""
    facts = sample_editions.facts(day, [])
    even = [replace(each, score=replace(each.score, probability=0.9)) for each in facts.flagged]
    read = replace(facts, flagged=even)
    numbers = {each.entry.id: 100_000 - each.entry.id for each in even}
    clusters = {numbers[id_]: cluster for id_, cluster in facts.known.clusters.items() if id_ in numbers}
    otherwise = replace(
        read,
        flagged=[numbered_anew(each, numbers[each.entry.id]) for each in even],
        known=replace(facts.known, clusters=clusters),
    )
    told, again = (
        [(story.headline, story.outlet) for story in compose(each, DigestSettings(hour=18)).told()]
        for each in (read, otherwise)
    )
    assert told == again
