"""What is new in an act that was told before: its steps, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.frames import Frame
from db.records.tags import Tag
from tests.support.edition_records import composed, scored, stories
from tests.support.told_stories import GIVES, acting, traces

MEETS = Frame("joint", phase="planned", vouching="plain")
MET = replace(MEETS, phase="done")
ENDED = replace(GIVES, phase="ended")


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (
            ("Kim plans to send more men to Kursk", GIVES),
            ("Kim sends more men to Russia", replace(GIVES, phase="done")),
            "now done, planned before",
        ),
        (("Kim gives shells", GIVES), ("Kim gives shells", replace(GIVES, vouching="confirmed")), "now confirmed"),
        (("Kim gives shells", GIVES), ("Kim stops shells for Russia", ENDED), "now refused or ended"),
        (("Kim gives", GIVES), ("China gives", replace(GIVES, giver="china")), "now also China"),
        (("Kim arrives for a summit", MEETS), ("Kim and Putin sign a pact", MET), "now signed"),
        (("Kim arrives for a summit", MEETS), ("Kim and Putin to sign a pact", MEETS), "a signing planned"),
        (("Kim meets Putin", MEETS), ("Kim i Putin podpisali pakt", MET), "now signed"),
        (("Kim is to meet Putin", MEETS), ("Kim meets Putin", MET), "now meeting, as announced"),
        (("Kim to sign a pact with Putin", MEETS), ("Kim and Putin sign pact", MET), "now signed, as announced"),
        (("Kim arrives before expected meeting", MET), ("Kim meets Putin", MET), "now meeting, as announced"),
        (("Putin signs pact with Kim into law", MET), ("Kim ratifies pact", MET), "now ratified by Kim"),
        (
            ("Russia and Kim sign a pact", MET),
            ("Putin signs pact into law", MET),
            "now ratified by Putin",
        ),
        (
            ("Kim arrives for signing of a pact", MET),
            ("Kim i Putin podpisali pakt", MET),
            "now signed, as announced",
        ),
    ],
)
def test_a_step_of_the_act_is_told(before: tuple[str, Frame], now: tuple[str, Frame], news: str) -> None:
    told = traces(composed([scored(1, before[0], tags=acting(before[1]))], {1: 7}))
    later = scored(2, now[0], tags=acting(now[1]))
    language = "pl" if "podpisali" in now[0] else "en"
    later = replace(later, score=replace(later.score, language=language))
    (story,) = stories(composed([later], {2: 7}, told=told))
    assert story.news is not None
    assert story.news.split("; ")[0] == news


def test_what_is_done_already_is_no_news_when_it_is_under_way_again() -> None:
    told = traces(composed([scored(1, "Talks", tags=acting(replace(MEETS, phase="done")))], {1: 7}))
    for phase in ("under way", "planned", "done"):
        again = composed([scored(2, "Meeting", tags=acting(replace(MEETS, phase=phase)))], {2: 7}, told=told)
        assert again.repeated.total == 1


def test_another_deed_that_is_done_is_no_step_of_one_that_was_planned() -> None:
    told = traces(composed([scored(1, "Kim is to parade with Putin in Moscow", tags=acting(MEETS))], {1: 7}))
    again = composed([scored(2, "Putin and Kim in Moscow", tags=acting(MET))], {2: 7}, told=told)
    assert again.repeated.total == 1


def test_what_others_confirm_is_a_step_of_the_status() -> None:
    alleged = acting(replace(GIVES, vouching="alleged"))
    told = traces(composed([scored(1, "Kim gives shells, Kyiv says", tags=alleged)], {1: 7}))
    confirmed = [acting(replace(GIVES, vouching="confirmed", claimant=each)) for each in ("Paris", "Rome")]
    named = enumerate([alleged, *confirmed], 2)
    together = [scored(number, "Kim gives shells, Kyiv says", tags=tags) for number, tags in named]
    content = composed(together, dict.fromkeys((2, 3, 4), 7), told=told)
    (story,) = stories(content)
    assert (story.news or "").partition("; ")[0] == "now confirmed"
    assert content.front is not None
    assert [(each.about, each.text) for each in content.front.changes] == [("Status changed", "now confirmed")]


def test_one_step_of_two_stories_is_told_once_of_both() -> None:
    gives, sends = acting(GIVES), acting(replace(GIVES, giver="iran"))
    told = traces(
        composed([scored(1, "Kim gives shells", tags=gives), scored(2, "Iran gives shells", tags=sends)], {1: 7, 2: 8})
    )
    done = [acting(replace(GIVES, vouching="confirmed")), acting(replace(GIVES, giver="iran", vouching="confirmed"))]
    titles = ("Kim gives shells", "Iran gives shells")
    entries = [scored(n, title, tags=tags) for n, title, tags in zip((3, 4), titles, done, strict=True)]
    content = composed(entries, {3: 7, 4: 8}, told=told)
    assert content.front is not None
    (step,) = (each for each in content.front.changes if each.about == "Status changed")
    assert (step.text, set(step.entries)) == ("now confirmed", {3, 4})


def test_nothing_is_a_step_from_a_guess_nor_beside_an_answer_of_others() -> None:
    guessed = acting(replace(GIVES, phase="sought", vouching="alleged"))
    done = acting(replace(GIVES, phase="done", vouching="plain"))
    answered = replace(done, tags=(*done.tags, Tag("response", "yes")))
    planned = acting(replace(GIVES, phase="planned", vouching="plain"))
    for earlier, later in ((guessed, done), (planned, answered)):
        told = traces(composed([scored(1, "Kim thinks of men for Kursk", tags=earlier)], {1: 7}))
        again = composed([scored(2, "Kim sends more men to Russia", tags=later)], {2: 7}, told=told)
        assert not any("before" in (story.news or "") for story in stories(again))


def test_a_meeting_with_somebody_else_was_not_announced() -> None:
    told = traces(composed([scored(1, "Kim to meet Putin", tags=acting(MEETS))], {1: 7}))
    other = scored(2, "Kim meets Xi of China", tags=acting(MET))
    assert not any("announced" in (story.news or "") for story in stories(composed([other], {2: 7}, told=told)))
