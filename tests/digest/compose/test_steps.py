"""Whether an act stands elsewhere than it did is told by its phase, its vouching and its deeds, not by words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.digest.compose.steps import has_moved
from flows.digest.content.story import ToldAct

PLANNED = ToldAct(giver="iran", receiver="russia", phase="planned", vouching="plain")


@pytest.mark.parametrize(
    ("now", "moved"),
    [
        (PLANNED, False),
        (replace(PLANNED, phase="sought"), False),
        (replace(PLANNED, phase="under way"), False),
        (replace(PLANNED, phase="done"), True),
        (replace(PLANNED, phase="ended"), True),
        (replace(PLANNED, vouching="denied"), True),
        (replace(PLANNED, vouching="confirmed"), True),
        (replace(PLANNED, vouching="alleged"), False),
        (replace(PLANNED, giver="china", phase="done"), False),
        (replace(PLANNED, giver="china", phase="done", deeds=("a signing",)), True),
        (replace(PLANNED, giver="china", phase="planned", deeds=("a signing",)), False),
        (replace(PLANNED, giver="china", phase="done", deeds=("sanctions",)), False),
        (None, False),
    ],
)
def test_what_moves_an_act_on(now: ToldAct | None, moved: bool) -> None:
    assert has_moved(now, [PLANNED]) is moved
    assert not has_moved(now, [])


def test_what_was_under_way_is_not_done_anew() -> None:
    under_way = replace(PLANNED, phase="under way")
    assert not has_moved(replace(PLANNED, phase="done"), [under_way])
    assert not has_moved(PLANNED, [under_way])


def test_of_several_reports_the_furthest_counts() -> None:
    sought, done = replace(PLANNED, phase="sought"), replace(PLANNED, phase="done")
    assert has_moved(PLANNED, [sought])
    assert not has_moved(PLANNED, [sought, done])


def test_each_side_ratifies_for_itself() -> None:
    signed = ToldAct(phase="done", deeds=("a ratification",), ratified=("putin",))
    assert not has_moved(signed, [signed])
    assert has_moved(replace(signed, ratified=("kim",)), [signed])


def test_what_a_group_is_to_get_one_of_it_has_not_got() -> None:
    planned = replace(PLANNED, giver="russia", receiver="africa", members=())
    done = replace(planned, phase="done")
    assert has_moved(done, [planned])
    assert not has_moved(replace(done, members=("Mali",)), [planned])
    assert not has_moved(replace(done, members=("Mali",)), [replace(planned, members=("Niger",))])
    assert has_moved(replace(done, members=("Mali", "Niger")), [replace(planned, members=("Niger",))])
    assert has_moved(replace(done, members=("Mali",)), [replace(planned, members=None)])  # an older edition
