"""Golden editions: days of the sample made twice, and by two processes, are the same in every rendering."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flows.digest.content.edition import TypedEdition
from flows.digest.render.pages import render_pages
from tests.support import sample_editions
from tests.support.edition_records import HtmlPage, stories
from tests.support.golden import FIRST, prints


@pytest.fixture(scope="module")
def days() -> list[TypedEdition]:
    """The fourteen days of the sample."""
    return sample_editions.editions(FIRST)


def test_fourteen_days_made_twice_are_the_same(days: list[TypedEdition]) -> None:
    assert len(days) == 14
    assert prints(sample_editions.editions(FIRST)) == prints(days)


def test_another_process_with_other_hashes_makes_the_same(days: list[TypedEdition]) -> None:
    code = (
        "from tests.support import sample_editions as sample; from tests.support.golden import FIRST, prints;"
        " print(*prints(sample.editions(FIRST)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "4711", "PYTHONPATH": ".", "PATH": "", "HOME": "/nonexistent", "TZ": "Asia/Tokyo"},
    )
    assert done.stdout.split() == prints(days)


def test_no_entry_is_told_twice_and_every_one_is_accounted_for(days: list[TypedEdition]) -> None:
    for each in days:
        content = each.content
        told = sum(story.entries + story.part_entries for story in stories(content))
        away = content.counts.held_back_entries + content.late.entries + content.repeated.entries
        assert told + away == content.counts.flagged


def test_follow_ups_and_quiet_claims_happen_in_the_sample(days: list[TypedEdition]) -> None:
    updates = [story for each in days for story in stories(each.content) if story.is_update]
    assert updates
    assert all(story.news for story in updates)
    assert any(each.content.repeated.total for each in days)


def test_every_language_of_the_sample_comes_through(days: list[TypedEdition]) -> None:
    text = "".join(HtmlPage(render_pages(each).html).text for each in days)
    for name in ("한강신문", "البرز خبر", "京河日报", "Волжский вестник"):
        assert name in text
