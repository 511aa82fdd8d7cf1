"""Events of one thread: told once, with the others beneath the weightiest."""

from __future__ import annotations

from dataclasses import replace

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.content.edition import EditionContent
from flows.digest.render.pages import render_html, render_text
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories

TALKS = Tags((Tag("partner", "china"), Tag("channel", "diplomacy")), frames=(Frame("joint", phase="done"),))
RESPONSE = replace(TALKS, tags=(*TALKS.tags, Tag("response", "yes")))
VISIT = [
    scored(1, "Xi and Putin hold talks in Moscow", probability=0.95, tags=TALKS),
    scored(2, "Xi and Putin sign a gas contract", probability=0.9, tags=TALKS),
    scored(3, "Washington warns Beijing after talks", probability=0.8, tags=RESPONSE),
    scored(4, "Opinion: A visit that changes little", probability=0.7, tags=TALKS),
]
CLUSTERS = {1: 1, 2: 2, 3: 3, 4: 4}
THREADS = {1: 1, 2: 1, 3: 1, 4: 1}


def visit(**changes: object) -> EditionContent:
    return composed(VISIT, CLUSTERS, thread_ids=THREADS, **changes)


def test_the_weightiest_event_is_the_story_and_the_others_its_parts() -> None:
    content = visit()
    (story,) = stories(content)
    assert story.headline == "Xi and Putin hold talks in Moscow"
    assert [(part.name, part.headline) for part in story.parts] == [
        ("a signing", "Xi and Putin sign a gas contract"),
        ("reaction", "Washington warns Beijing after talks"),
        ("opinion", "Opinion: A visit that changes little"),
    ]
    assert (story.entries, story.part_entries, story.parts_left) == (1, 3, 0)
    assert (content.counts.stories, content.counts.shown, content.counts.flagged) == (1, 1, 4)


def test_a_story_without_a_thread_has_no_parts() -> None:
    alone = composed(VISIT, CLUSTERS)
    assert [story.parts for story in stories(alone)] == [(), (), (), ()]


def test_more_parts_than_are_named_are_counted() -> None:
    many = [scored(number, f"Event number {number} of the visit", tags=TALKS) for number in range(1, 9)]
    ids = {number: number for number in range(1, 9)}
    (story,) = stories(composed(many, ids, thread_ids=dict.fromkeys(ids, 1)))
    assert (len(story.parts), story.parts_left, story.part_entries) == (4, 3, 7)


def test_a_cap_counts_threads_with_all_their_reports() -> None:
    other = scored(9, "Iran buys tanks", probability=0.99)
    content = composed([*VISIT, other], CLUSTERS | {9: 9}, thread_ids=THREADS, max_stories=1)
    assert [story.headline for story in stories(content)] == ["Iran buys tanks"]
    assert (content.counts.held_back, content.counts.held_back_entries) == (1, 4)


def test_parts_are_remembered_so_that_tomorrow_knows_them() -> None:
    told = [replace(each, edition="2026-11-20") for each in visit().trace]
    again = composed([scored(5, "Xi and Putin sign a gas contract", tags=TALKS)], {5: 2}, told=told)
    assert again.repeated.total == 1


def test_parts_stand_in_every_rendering() -> None:
    told = edition(VISIT, CLUSTERS, thread_ids=THREADS)
    page, text = HtmlPage(render_html(told)).text, render_text(told)
    for words in ("A signing: Xi and Putin sign a gas contract", "Reaction: Washington warns Beijing after talks"):
        assert words in " ".join(page.split())
        assert words in " ".join(text.split())
