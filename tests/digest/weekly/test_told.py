"""Which telling stands for an event, which event for its thread, and which threads come first."""

from __future__ import annotations

from flows.digest.content.front import Change
from flows.digest.weekly.told import Keys, tellings, threads
from tests.support.told_weeks import day, story


def test_an_event_is_told_as_it_stands_last_and_its_thread_by_what_weighs_most() -> None:
    signed = story(1, "Pact signed", origins=9, outlets=9)
    ratified = story(2, "Pact ratified", origins=4, outlets=4)
    doubted = story(3, "Pact questioned by a columnist")
    other = story(4, "Guns on a train")
    keys = Keys({1: 1, 2: 2, 3: 3, 4: 4}, {1: 1, 2: 1, 3: 1})
    days = [day("2024-11-13", signed), day("2024-11-15", other, other, doubted), day("2024-11-18", ratified)]
    pact, guns = threads(tellings(days, keys))
    assert (pact.face.story.headline, len(pact.events)) == ("Pact ratified", 3)
    assert guns.face.story.headline == "Guns on a train"
    moved = Change(about="Status changed", text="", entries=(3,))
    late = [*days[:2], day("2024-11-18", ratified), day("2024-11-18", doubted, changes=(moved,))]
    assert threads(tellings(late, keys))[0].face.story.headline == "Pact questioned by a columnist"


def test_the_same_event_is_told_in_english_where_it_was_told_so_with_that_status() -> None:
    english, persian = story(1, "Guns shown"), story(1, "سلاح", language="fa")
    told = [day("2024-11-13", english), day("2024-11-14", persian)]
    assert threads(tellings(told, Keys({}, {})))[0].face.story == tellings(told, Keys({}, {}))[0].story
    denied = [day("2024-11-13", english), day("2024-11-14", story(1, "سلاح", language="fa", status="denied"))]
    assert threads(tellings(denied, Keys({}, {})))[0].face.story.status == "denied"


def test_places_and_independent_reports_decide_the_order() -> None:
    first, second, wide = story(1, "Led once"), story(2, "Second twice"), story(3, "Nine tell it", origins=9)
    days = [day("2024-11-13", first, second, wide), day("2024-11-14", story(9, "Else"), second)]
    order = [each.face.story.headline for each in threads(tellings(days, Keys({}, {})))]
    assert order == ["Nine tell it", "Else", "Second twice", "Led once"]
