"""Events of one thread: told once, with the others beneath the weightiest."""

from __future__ import annotations

from dataclasses import replace

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.content.edition import EditionContent
from flows.digest.render.pages import render_html, render_text
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories

SENT = Frame("transfer", "iran", "russia", "done", "plain")
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
    assert story.headline == "Xi and Putin sign a gas contract", "what binds weighs more than the talks before it"
    assert [(part.name, part.headline) for part in story.parts] == [
        ("a meeting", "Xi and Putin hold talks in Moscow"),
        ("reaction", "Washington warns Beijing after talks"),
        ("analysis", "Opinion: A visit that changes little"),
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
    assert [(part.name, part.more) for part in story.parts] == [("a visit", 6)]
    assert (story.parts_left, story.part_entries) == (0, 7)


GREAT = [
    ("Xi and Putin hold talks in Moscow", TALKS),
    ("Washington warns Beijing after talks", RESPONSE),
    ("Tokyo worried by what Moscow and Beijing said", RESPONSE),
    ("Brussels regrets the visit", RESPONSE),
    ("Xi meets Mishustin in Moscow", TALKS),
    ("Xi meets students in Moscow", TALKS),
    ("Xi and Putin sign a statement", TALKS),
    ("Moscow and Beijing reach agreement on a pipeline", TALKS),
    ("Xi and Putin to sign a gas contract", replace(TALKS, frames=(Frame("joint", phase="planned"),))),
    ("Opinion: A visit that changes little", TALKS),
    ("Why the visit matters", TALKS),
    ("Live: Xi in Moscow", TALKS),
    ("Putin pours tea for Xi", TALKS),
]


def test_a_great_event_is_one_story_with_a_few_named_parts() -> None:
    told = [scored(n, title, probability=0.98 - n / 100, tags=tags) for n, (title, tags) in enumerate(GREAT, 1)]
    ids = {each.entry.id: each.entry.id for each in told}
    (story,) = stories(composed(told, ids, thread_ids=dict.fromkeys(ids, 1)))
    assert story.headline == "Xi and Putin sign a statement"
    assert [(part.name, part.headline, part.more) for part in story.parts] == [
        ("outcome", "Moscow and Beijing reach agreement on a pipeline", 0),
        ("to be signed", "Xi and Putin to sign a gas contract", 0),
        ("a meeting", "Xi and Putin hold talks in Moscow", 2),
        ("", "Putin pours tea for Xi", 0),
        ("reactions", "Washington warns Beijing after talks", 2),
        ("analysis", "Opinion: A visit that changes little", 1),
        ("live page", "Live: Xi in Moscow", 0),
    ]
    assert (story.parts_left, story.part_entries) == (0, 12)


def test_a_cap_counts_threads_with_all_their_reports() -> None:
    tanks = Tags((Tag("partner", "iran"), Tag("channel", "arms")), frames=(Frame("joint", phase="done"),))
    other = scored(9, "Iran buys tanks", probability=0.6, tags=tanks)
    content = composed([*VISIT, other], CLUSTERS | {9: 9}, thread_ids=THREADS, max_stories=1)
    assert [story.headline for story in stories(content)] == ["Iran buys tanks"]
    assert (content.counts.held_back, content.counts.held_back_entries) == (1, 4)


def test_parts_are_remembered_so_that_tomorrow_knows_them() -> None:
    told = [replace(each, edition="2026-11-20") for each in visit().trace]
    again = composed([scored(5, "Xi and Putin sign a gas contract", tags=TALKS)], {5: 2}, told=told)
    assert again.repeated.total == 1


def test_parts_stand_in_every_rendering() -> None:
    told = edition(VISIT, CLUSTERS, thread_ids=THREADS, lead_stories=1)
    page, text = HtmlPage(render_html(told)).text, render_text(told)
    for part in stories(told.content)[0].parts:
        words = f"{part.name.capitalize()}: {part.headline}"
        assert words in " ".join(page.split())
        assert words in " ".join(text.split())


def test_events_of_one_part_are_counted_in_every_rendering() -> None:
    third = scored(5, "Tokyo worried by what Moscow and Beijing said", probability=0.75, tags=RESPONSE)
    told = edition([*VISIT, third], CLUSTERS | {5: 5}, thread_ids=THREADS | {5: 1}, lead_stories=1)
    for shown in (HtmlPage(render_html(told)).text, render_text(told)):
        assert "Reactions: Washington warns Beijing after talks" in " ".join(shown.split())
        assert "and 1 more like it" in " ".join(shown.split())


def test_what_an_event_beneath_follows_its_head_follows_too() -> None:
    told = [
        replace(each, edition="2026-11-20")
        for each in composed([scored(9, "Xi to fly to Moscow to sign a gas contract", tags=TALKS)], {9: 9}).trace
    ]
    made = [
        scored(1, "Putin and Xi sign a gas contract", probability=0.95, tags=TALKS),
        scored(2, "Xi, a gas contract in Moscow and a warship for the port of Tula", probability=0.6, tags=TALKS),
    ]
    facts = {2: ClusterFacts(follows=9)}
    (story,) = stories(composed(made, {1: 1, 2: 2}, thread_ids={1: 1, 2: 1}, told=told, cluster_facts=facts))
    assert (story.headline, story.is_update) == ("Putin and Xi sign a gas contract", True)
    assert story.news == "follows “Xi to fly to Moscow to sign a gas contract”"
    assert [part.news for part in story.parts] == [""], "what the head follows already is not said again"
    alone = composed(made, {1: 1, 2: 2}, thread_ids={1: 1, 2: 1}, told=told)
    assert [each.is_update for each in stories(alone)] == [False], "nothing beneath it was told before"


def test_a_development_that_fills_the_day_stands_before_one_event_of_more_weight() -> None:
    money = Tags((Tag("partner", "iran"), Tag("channel", "finance"), Tag("direction", "to_russia")), frames=(SENT,))
    loan = scored(20, "Iran lends Russia money", tags=money, partners=("iran",))
    visits = [scored(number, f"Event number {number} at the border", tags=TALKS) for number in range(1, 17)]
    ids = {each.entry.id: each.entry.id for each in visits} | {20: 20}
    whole = composed([*visits, loan], ids, thread_ids=dict.fromkeys(range(1, 17), 1) | {20: 20}, lead_stories=2)
    assert stories(whole)[0].headline == "Event number 1 at the border", "sixteen events are the day's news"
    few = composed([visits[0], loan], {1: 1, 20: 20}, lead_stories=2)
    assert stories(few)[0].headline == "Iran lends Russia money"


def test_what_is_done_stands_for_a_thread_before_what_others_say_to_it() -> None:
    many = [scored(n, "Washington warns Beijing after talks in Moscow", tags=RESPONSE) for n in (3, 4, 5)]
    talks = scored(1, "Xi and Putin hold talks in Moscow", tags=TALKS)
    (story,) = stories(composed([*many, talks], {3: 3, 4: 3, 5: 3, 1: 1}, thread_ids={3: 1, 1: 1}))
    assert story.headline == "Xi and Putin hold talks in Moscow"
    assert [part.name for part in story.parts] == ["reaction"]


def test_what_only_perhaps_belongs_in_an_edition_leads_no_thread() -> None:
    warned = "Washington warns Beijing after talks in Moscow"
    many = [scored(number, warned, tags=RESPONSE, probability=0.95) for number in (3, 4)]
    talks = scored(1, "Xi and Putin hold talks in Moscow", tags=TALKS, probability=0.2)
    (story,) = stories(composed([*many, talks], {3: 3, 4: 3, 1: 1}, thread_ids={3: 1, 1: 1}))
    assert (story.headline, story.doubt) == (warned, "")
