"""Independent origins and kinds of outlets."""

from __future__ import annotations

from classifiers.stories.sources import origins_of
from tests.support.story_entries import entry

WIRE = (
    "A Russian rocket carried two Iranian satellites into orbit on Tuesday along with more than fifty small craft, "
    "and officials in Tehran called the launch a step forward for the country's private space firms."
)
OWN = (
    "Engineers in Isfahan cheered as telemetry arrived from both spacecraft, which their start-ups had built in three "
    "years with borrowed laboratories and parts bought wherever sanctions left a gap."
)


def test_copies_of_a_wire_are_one_origin() -> None:
    told = [
        entry(1, "Soyuz lifts two Iranian satellites", WIRE),
        entry(2, "Russian rocket puts Iranian craft in orbit", WIRE[:-40] + ", Meridian Wire reported.", hours=1),
        entry(3, "Isfahan's start-ups reach orbit on a Soyuz", OWN, hours=2),
    ]
    found = origins_of(told)
    assert found.origins == ((1, 2), (3,))
    assert found.independent == 2


def test_headlines_tell_where_there_is_no_text() -> None:
    title = "Soyuz lifts two Iranian satellites from Vostochny cosmodrome"
    found = origins_of([entry(1, title), entry(2, f"{title} - Outlet 2", hours=1), entry(3, "Two satellites for Iran")])
    assert found.origins == ((1, 2), (3,))


def test_an_outlet_is_one_origin_however_often_it_writes() -> None:
    assert origins_of([entry(1, "One", WIRE), entry(2, "Two", OWN, outlet="Outlet 1")]).origins == ((1, 2),)


def test_outlets_are_counted_by_kind_and_state_media_alone_are_named() -> None:
    state = [entry(n, f"Headline {n}", kind="state_media", hours=n) for n in (1, 2)]
    found = origins_of(state)
    assert (found.kinds, found.only_state_media) == ({"state_media": 2}, True)
    mixed = origins_of([*state, entry(3, "Another"), entry(4, "Another yet", outlet="Outlet 3")])
    assert (mixed.kinds, mixed.only_state_media) == ({"press": 1, "state_media": 2}, False)
