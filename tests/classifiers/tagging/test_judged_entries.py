"""What the tags reach on entries that two blind readers have judged: the half for development."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.judged_entries import (
    Judged,
    figures,
    invented_entries,
    later_entries,
    stream_entries,
)

ON_THE_STREAM = {"direction": 0.79, "channels": 0.80, "vouching": 0.84, "phase": 0.75, "response": 0.79}
ON_LATER_ONES = {"direction": 0.81, "channels": 0.82, "vouching": 0.83, "phase": 0.65, "response": 0.73, "stance": 0.85}
ON_INVENTED_ONES = {"direction": 0.68, "channels": 0.70, "vouching": 0.79, "phase": 0.60, "friction": 0.75}


@pytest.mark.parametrize(
    ("entries", "reached"), [(stream_entries, ON_THE_STREAM), (later_entries, ON_LATER_ONES)], ids=["first", "later"]
)
def test_real_entries_are_read_as_people_read_them(
    entries: Callable[[bool], list[Judged]], reached: dict[str, float]
) -> None:
    judged = entries(False)
    if not judged:
        pytest.skip("the stream of real entries is not there")
    told = figures(judged)
    assert {name: told[name] for name in reached if told[name] < reached[name]} == {}


def test_invented_entries_in_sixteen_languages_are_read_as_people_read_them() -> None:
    told = figures(invented_entries(kept=False))
    assert told["entries"] > 80
    assert {name: told[name] for name in ON_INVENTED_ONES if told[name] < ON_INVENTED_ONES[name]} == {}
