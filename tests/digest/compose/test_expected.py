"""What is expected: what was announced before is remembered until it comes, is called off or told anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from db.records import ScoredEntry
from db.records.frames import Frame, Phase
from db.records.tags import Tag, Tags
from flows.digest.content.front import Front
from flows.digest.content.story import ToldAct
from tests.support.edition_records import composed, scored

PLANNED = Frame("joint", phase="planned")


def front(entries: list[ScoredEntry], **changes: Any) -> Front:
    found = composed(entries, **changes).front
    assert found is not None
    return found


def announcing(number: int, title: str, **changes: Any) -> ScoredEntry:
    tags = Tags((Tag("partner", "china"), Tag("channel", "exercises")), frames=(PLANNED,))
    return scored(number, title, tags=tags, **changes)


def visiting(number: int, title: str, below: str, phase: Phase = "done") -> ScoredEntry:
    tags = Tags((Tag("partner", "china"), Tag("channel", "diplomacy")), frames=(Frame("joint", phase=phase),))
    made = scored(number, title, tags=tags)
    return replace(made, entry=replace(made.entry, summary=below))


def test_what_an_earlier_edition_announced_is_remembered_until_its_day() -> None:
    before = composed([announcing(1, "Drills planned for 9 December")], {1: 5})
    told = [replace(each, edition="2026-11-20") for each in before.trace]
    assert [each.expected for each in told] == ["2026-12-09"]
    (left,) = front([scored(2)], told=told).expected
    assert (left.day, left.when, left.since, left.entry) == ("2026-12-09", "Wed 9 Dec", "2026-11-20", 0)
    later = [replace(told[0], expected="", sentence="", edition="2026-11-21"), *told]
    assert front([scored(2)], told=later).expected == (left,), "a later report need not name the day again"
    held = [replace(later[0], act=ToldAct(phase="done")), *told]
    assert front([scored(2)], told=held).expected == ()
    over = [replace(each, expected="2026-11-21") for each in told]
    assert front([scored(2)], told=over).expected == ()


def test_what_a_later_story_of_the_thread_tells_as_done_is_expected_no_more() -> None:
    told = composed([announcing(1, "Iran and Russia to sign a pact next week")], {1: 7}).trace
    done = scored(
        2, "Iran and Russia sign a pact", tags=Tags((Tag("channel", "arms"),), frames=(Frame("joint", phase="done"),))
    )
    ahead = [replace(each, expected="2026-11-29") for each in told]
    assert len(front([scored(3)], told=ahead, thread_ids={7: 7}).expected) == 1
    over = composed([done], {2: 8}, told=ahead, thread_ids={8: 7}).front
    assert over is not None
    assert over.expected == ()


def test_what_another_story_of_the_partner_tells_as_done_is_expected_no_more() -> None:
    signing = Tags((Tag("partner", "iran"), Tag("channel", "arms")), frames=(PLANNED,))
    planned = scored(1, "Iran and Russia to sign a pact next week", tags=signing, partners=("iran",))
    ahead = [replace(each, expected="2026-11-29", edition="2026-11-20") for each in composed([planned], {1: 7}).trace]
    over = replace(signing, frames=(Frame("joint", phase="done"),))
    done = [scored(2, "Pezeshkian and Putin sign pact", tags=over, partners=("iran",))]
    assert len(front([scored(3)], told=ahead).expected) == 1
    assert front(done, told=ahead).expected == ()
    later = [replace(each, edition="2026-11-21") for each in composed(done, {2: 9}).trace]
    assert front([scored(3)], told=[*later, *ahead]).expected == ()
    beside = [replace(each, edition="2026-11-20") for each in later]
    assert len(front([scored(3)], told=[*beside, *ahead]).expected) == 1, "of one edition nothing is newer"


@pytest.mark.parametrize(
    ("title", "below", "phase", "whens"),
    [
        ("Xi arrives in Moscow", "They are to sign the treaty on Friday.", "done", ["Fri 27 Nov (before: Wed 25 Nov)"]),
        ("Xi arrives in Moscow", "They are to sign the treaty on Wednesday.", "done", ["Wed 25 Nov"]),
        ("Xi and Putin plan to patrol on Friday", "", "planned", ["Wed 25 Nov", "Fri 27 Nov"]),
        ("China and Russia to sign a treaty next week", "The text is ready.", "planned", ["Wed 25 Nov"]),
        ("China and Russia cancel the signing of a treaty", "They will talk.", "ended", []),
    ],
)
def test_a_day_that_has_moved_is_told_with_the_one_before(
    title: str, below: str, phase: Phase, whens: list[str]
) -> None:
    planned = visiting(1, "China and Russia to sign a treaty on Wednesday", "The text is ready.", "planned")
    told = [replace(each, edition="2026-11-20") for each in composed([planned], {1: 5}).trace]
    now = composed([visiting(2, title, below, phase)], {2: 6}, told=told, thread_ids={5: 5, 6: 5}).front
    assert now is not None
    assert [each.when for each in now.expected] == whens


def test_what_is_announced_anew_for_an_exact_day_takes_the_place_of_the_week() -> None:
    planned = visiting(1, "China and Russia to sign a treaty next week", "The text is ready.", "planned")
    told = [replace(each, edition="2026-11-20") for each in composed([planned], {1: 5}).trace]
    anew = visiting(2, "Xi arrives in Moscow", "They are to sign the treaty on Friday.")
    assert [each.when for each in front([anew], told=told).expected] == ["Fri 27 Nov"]
    assert len(front([scored(3)], told=told).expected) == 1
