"""Threads that changed, went quiet or announce something, as a weekly edition tells them."""

from __future__ import annotations

from flows.digest.content.front import Change
from flows.digest.content.story import ToldAct
from flows.digest.weekly.compose import compose_week
from flows.digest.weekly.told import Keys
from tests.support.told_weeks import SETTINGS, day, inputs, story, text_of, told_week, trace


def test_a_thread_that_changed_its_status_says_what_it_was() -> None:
    before = [day("2024-11-09", story(1, "Deal sought", status="sought"))]
    moved = Change(about="Status changed", text="", entries=(2,))
    signed = story(2, "Deal signed", status="", news="now a signing", is_update=True)
    keys = Keys({1: 1, 2: 2}, {1: 1, 2: 1})
    made = compose_week(inputs([day("2024-11-18", signed, changes=(moved,))], before, keys=keys), SETTINGS)
    (step,) = told_week(made).steps
    assert (step.was, step.now, step.text) == ("sought", "now a signing", "Deal signed")
    assert "[sought -> now a signing] Deal signed (Outlet 2, Mon 18 Nov)" in text_of(made)


def test_threads_that_were_told_on_several_days_and_are_silent_now_went_quiet() -> None:
    twice, once, goes_on = story(1, "Told twice"), story(2, "Told once"), story(3, "Goes on")
    before = [day("2024-11-08", twice, goes_on), day("2024-11-09", twice, once, goes_on)]
    week = [day("2024-11-14", story(4, "New"), trace=(trace(4, ""), trace(3, "")))]
    made = compose_week(inputs(week, before), SETTINGS)
    (quiet,) = told_week(made).quiet
    assert (quiet.text, quiet.day, quiet.days) == ("Told twice", "2024-11-09", 2)
    assert "Told twice (Outlet 1, Sat 9 Nov, the last of 2 days)" in text_of(made)


def test_what_is_expected_is_what_was_announced_and_has_not_been_done() -> None:
    coming = ToldAct(phase="planned", coming=("a signing",))
    done = ToldAct(phase="done", deeds=("a signing",))
    told = [
        trace(4, "2024-11-17", act=done),
        trace(1, "2024-11-14", expected="2024-11-21", expected_when="Thu 21 Nov", sentence="A visit.", act=coming),
        trace(2, "2024-11-13", expected="2024-12-31", expected_when="in December", sentence="A launch.", act=coming),
        trace(3, "2024-11-12", expected="2024-11-20", expected_when="Wed 20 Nov", sentence="A pact.", act=coming),
        trace(5, "2024-11-11", expected="2024-11-16", expected_when="Sat 16 Nov", sentence="Past.", act=coming),
    ]
    keys = Keys({3: 3, 4: 4}, {3: 3, 4: 3})
    made = compose_week(inputs([day("2024-11-18", story(9, "Guns"))], traces=told, keys=keys), SETTINGS)
    assert [(each.text, each.coming) for each in told_week(made).expected] == [("A visit.", True), ("A launch.", False)]
    text = text_of(made)
    assert "In the coming week Thu 21 Nov: A visit. (told Thu 14 Nov) Later In December: A launch." in text
