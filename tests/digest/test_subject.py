"""What a mail is called, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records import Coverage
from flows.digest.content.edition import EditionContent, StoryGroup
from flows.digest.content.story import StoryContent
from flows.digest.render.preheader import preheader
from flows.digest.subject import LONGEST, subject
from tests.support.edition_records import composed, scored, stories


def named(*forms: tuple[str, ...], more: int = 0) -> EditionContent:
    """An edition whose first stories have those short forms, and so many more."""
    content = composed([scored(number) for number in range(1, len(forms) + more + 1)], lead_stories=50, max_stories=200)
    group = StoryGroup(partner="", name="All", leads=True, stories=tuple(stories(content)))
    told: list[StoryContent] = [
        replace(story, headline=forms[place][0], sentence="", short_forms=forms[place]) if place < len(forms) else story
        for place, story in enumerate(group.stories)
    ]
    return replace(content, groups=(replace(group, stories=tuple(told)),))


def test_two_events_and_the_count_of_the_rest() -> None:
    told = named(("Troops reach the border",), ("Refiner cuts oil",), more=17)
    assert subject(told) == "Troops reach the border; Refiner cuts oil (+17)"
    assert subject(named(("Troops reach the border",), ("Refiner cuts oil",))) == (
        "Troops reach the border; Refiner cuts oil"
    )
    assert subject(named(("Troops reach the border",))) == "Troops reach the border"


def test_detail_is_dropped_before_the_second_event_and_that_before_a_word_is_cut() -> None:
    long, short = "Troops of the guard reach the border by night and by rail", "Troops reach the border"
    assert subject(named((long, short), ("Refiner cuts oil for the winter",), more=3)) == (
        "Troops reach the border; Refiner cuts oil for the winter (+3)"
    )
    assert subject(named((long,), (f"{long} again",), more=3)) == f"{long} (+4)"


def test_where_a_second_event_finds_no_room_its_partner_and_its_thing_do() -> None:
    long = "Troops of the guard reach the border by night and by rail"
    told = named((long,), (f"{long} again",), more=3)
    (group,) = told.groups
    stories_ = (group.stories[0], replace(group.stories[1], keyword="Iran: oil"), *group.stories[2:])
    assert subject(replace(told, groups=(replace(group, stories=stories_),))) == f"{long}; Iran: oil (+3)"


def test_of_two_that_are_the_same_in_the_shortest_words_one_is_named() -> None:
    arrow = "Atlantis → Lemuria: arms"
    told = named(("Guns seen on a train", arrow), ("More guns on a train", arrow), ("Refiner cuts oil",), more=2)
    assert subject(told) == "Guns seen on a train; Refiner cuts oil (+3)"


@pytest.mark.parametrize("word", ["word", "словечко", "x" * 60])
def test_it_is_never_too_long_and_never_cut_within_a_word(word: str) -> None:
    headline = " ".join([word] * 30)
    for told in (named((headline,), (headline,), more=120), named((headline,))):
        said = subject(told)
        assert len(said) <= LONGEST
        assert set(said.replace("…", " ").split()) <= {word, "(+121)"}


def test_what_only_perhaps_belongs_is_named_where_there_is_nothing_else() -> None:
    content = composed([scored(1, "Perhaps this", probability=0.3)])
    assert subject(content) == "Perhaps this"
    content = composed([scored(1, "Perhaps this", probability=0.3), scored(2, "Surely that")])
    assert subject(content) == "Surely that (+1)"


def test_a_day_without_stories_says_why() -> None:
    assert subject(composed([])) == "Axis watch, Saturday 21 November 2026: a quiet day, 3 of 4 feeds read"
    assert subject(composed([], coverage=Coverage())).endswith("no feed could be read")
    wide = composed([], coverage=Coverage(feeds=12_000, read=11_000))
    assert len(subject(replace(wide, title="A monitor of ties with a longer name"))) <= LONGEST


def test_an_alert_keeps_its_title() -> None:
    content = replace(composed([scored(1, "Troops reach the border")]), title="Axis watch alert")
    headline = next(iter(stories(content))).headline
    assert subject(replace(content, headline=headline)) == "Axis watch alert: Troops reach the border"
    assert len(subject(replace(content, headline="word " * 40))) <= LONGEST


def test_the_preheader_says_what_the_subject_does_not() -> None:
    content = composed([scored(number) for number in range(1, 5)], lead_stories=4)
    assert subject(content) == "Headline number 1; Headline number 2 (+2)"
    assert preheader(content) == "Headline number 3 Headline number 4"
