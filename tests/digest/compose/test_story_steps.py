"""What editions make of pairs of days that readers judged: the half for development (decision 0069 gives the other)."""

from __future__ import annotations

import pytest

from tests.support.story_steps import invented_steps, outcome, real_steps


def test_no_news_of_invented_days_is_left_out() -> None:
    found = outcome(invented_steps(scored=False))
    assert (found.new, found.left_out) == (20, 0)


def test_news_of_real_days_is_not_left_out_and_some_repeats_are() -> None:
    steps = real_steps(scored=False)
    if not steps:
        pytest.skip("the stream of articles is not here")
    found = outcome(steps)
    assert found.left_out <= 0.03 * found.new
    assert found.told_again <= 8


def test_of_fresh_days_hardly_any_news_is_left_out() -> None:
    """With the stories among them that a bolder rule had left out (decision 0103)."""
    steps = real_steps(scored=False, name="fresh_steps.jsonl")
    if not steps:
        pytest.skip("the stream of articles is not here")
    found = outcome(steps)
    assert found.left_out <= 2
    assert found.told_again < found.repeats
