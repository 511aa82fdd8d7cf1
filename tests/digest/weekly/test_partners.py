"""Under which partner a week names a story, by the arrow that its edition drew."""

from __future__ import annotations

import pytest

from flows.digest.weekly.partners import stands_at


@pytest.mark.parametrize(
    ("arrow", "partner", "stands"),
    [
        ("Russia → Iran", "iran", True),
        ("Russia → Iran", "africa", False),
        ("Russia → Africa", "africa", True),  # as editions of earlier versions drew it
        ("Russia → Mali and Niger", "africa", True),
        ("answer to Russia →? Central African Republic", "africa", True),
        ("Russia → Other partners", "other", True),
        ("Russia → Another state", "other", True),
        ("Russia → Iraqi militias", "armed_groups", True),
        ("Russia → Iraqi militias", "other", False),
    ],
)
def test_a_groupstands_at_an_arrow_that_names_a_member(arrow: str, partner: str, stands: bool) -> None:
    assert stands_at(arrow, partner) is stands
