"""What each reader sees of one edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

from db.records.tags import Tag, Tags
from flows.config.settings import RecipientSettings
from flows.digest.content.record import Record
from flows.digest.content.story import BriefStory
from flows.digest.delivery.reader_view import WHOLE, view, wanted
from flows.digest.delivery.reader_view import stories as every_story
from flows.digest.render.pages import render_parts
from flows.digest.render.preheader import preheader
from flows.digest.subject import subject
from tests.support.edition_records import NOON, composed, edition, scored, stories

DAY = composed(
    [
        scored(1, "Drones", probability=0.95, partners=("iran",)),
        scored(2, "Shells", probability=0.7, partners=("north_korea", "china")),
        scored(3, "Oil", probability=0.9, partners=("china",)),
        scored(4, "Older", partners=("iran",), published_at=None),
    ],
    near=[scored(9, "Nearly", probability=0.4, partners=("china",))],
)


def reader(**wishes: object) -> RecipientSettings:
    return RecipientSettings.model_validate({"address": "a@desk.example"} | wishes)


def seen(**wishes: object) -> list[str]:
    return sorted(story.headline for story in stories(view(DAY, reader(**wishes))))


def test_who_wishes_nothing_gets_the_edition_itself() -> None:
    assert view(DAY, reader(time_zone="Asia/Tehran", hour=7, format="text")) is DAY


def test_partners_probability_and_language_leave_out_stories() -> None:
    assert seen(partners="china") == ["Oil", "Shells"]
    assert seen(partners=["iran", "north_korea"]) == ["Drones", "Older", "Shells"]
    assert seen(min_probability=0.9) == ["Drones", "Oil"]
    assert seen(partners="china", min_probability=0.8) == ["Oil"]
    assert seen(language="fa") == []
    assert seen(language=["fa", "en-GB"]) == ["Drones", "Oil", "Older", "Shells"]


def test_the_counts_are_those_of_what_is_left_and_the_whole_is_told() -> None:
    part = view(DAY, reader(partners="china"))
    assert (part.counts.stories, part.counts.flagged, part.counts.outlets) == (2, 2, 2)
    assert part.marks == (f"Your part (China): 2 of 4 stories. {WHOLE}",)
    assert part.coverage == DAY.coverage
    assert [group.partner for group in part.groups] == ["china", "north_korea"]
    assert view(DAY, reader(partners="iran")).near == ()


def test_an_edition_without_channels_hides_nothing_for_them_and_says_so() -> None:
    part = view(DAY, reader(channels="arms"))
    assert part.counts.stories == 4
    assert "names no channels" in part.marks[-1]


def test_channels_choose_where_the_stories_carry_them() -> None:
    entries = [
        scored(number, tags=Tags((Tag("channel", channel),))) for number, channel in enumerate(("arms", "troops"))
    ]
    assert [story.entry for story in stories(view(composed(entries), reader(channels="arms")))] == [0]


def held(value: object) -> Iterator[BriefStory]:
    """Every story that a record holds, at whatever depth."""
    if isinstance(value, BriefStory):
        yield value
    elif isinstance(value, Record):
        yield from (story for each in fields(value) for story in held(getattr(value, each.name)))
    elif isinstance(value, tuple):
        yield from (story for each in value for story in held(each))


def test_no_section_keeps_a_story_that_the_reader_does_not_wish_to_see() -> None:
    before = composed([scored(1), scored(2)])
    told = composed(
        [scored(3, "Headline number 1"), scored(4), scored(5, published_at=NOON - timedelta(days=30))],
        {3: 7},
        told=[replace(before.trace[0], cluster=7, edition="2026-11-20")],
        near=[scored(9, probability=0.4)],
    )
    assert [len(told.groups), told.repeated.total, told.late.total, len(told.near)] == [1, 1, 1, 1]
    assert list(held(told)) == list(every_story(told))
    kept = view(told, reader(partners="cuba"))
    assert list(held(kept)) == []
    assert (kept.groups, kept.late.total, kept.repeated.total) == ((), 0, 1)


def test_the_oldest_editions_keep_no_probability_and_are_chosen_by_percent() -> None:
    story = replace(stories(DAY)[0], probability=None, percent=90)
    assert wanted(story, reader(min_probability=0.9))
    assert not wanted(story, reader(min_probability=0.91))


def test_a_story_in_no_known_language_is_left_out_only_for_who_asks_for_languages() -> None:
    story = replace(stories(DAY)[0], language="")
    assert wanted(story, reader())
    assert not wanted(story, reader(language="en"))
    assert wanted(story, reader(language="und"))


def test_a_part_without_stories_never_says_that_the_whole_has_none() -> None:
    for read in (3, 0):
        told = replace(DAY, coverage=replace(DAY.coverage, read=read, feeds=read, failed=0, archived=40))
        part = replace(edition([scored(1)]), content=view(told, reader(language="fa")))
        page = render_parts(part)
        assert "Nothing in your part" in page.text
        assert "nothing in your part" in subject(part.content)
        for words in (page.text, page.html, subject(part.content), preheader(part.content)):
            assert "crossed the threshold" not in words
            assert "flagged among" not in words
            assert "quiet day" not in words.lower()
