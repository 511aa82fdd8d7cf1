"""Kills at random moments of a sending by mail, by webhook and to the folder: forty of them by the command of
`tests.support.crash_ways`, a few here."""

from __future__ import annotations

from pathlib import Path

from tests.support.crash_ways import table, trials


def test_nothing_is_lost_one_copy_too_many_at_the_most_and_no_file_is_half_written(tmp_path: Path) -> None:
    done = trials(tmp_path, 6, 5)
    assert all(each.is_sound for each in done), table(done)
