"""A pass that sends the next step of a thread, killed at any line: the next one loses nothing and doubles one mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.crash_following import READERS, KillingPostbox, Trials

STEP = 4
"""Each fourth writing statement; ``python -m tests.support.crash_following`` takes every one."""


def test_a_pass_killed_before_any_write_loses_nothing(tmp_path: Path) -> None:
    with Trials(tmp_path) as trials:
        writes = trials.writes()
        assert writes > 6 * len(READERS)  # composed and known, prepared, claimed and settled for each
        done = [trials.killed_before(number) for number in range(2, writes + 1, STEP)]
    assert [each for each in done if not each.is_sound] == []


@pytest.mark.parametrize("keeps", [True, False])
def test_a_pass_killed_while_the_server_has_the_mail_doubles_one_at_the_most(tmp_path: Path, keeps: bool) -> None:
    postbox = KillingPostbox(keeps=keeps)
    with Trials(tmp_path, postbox) as trials:
        done = trials.killed_by_the_server(postbox)
    assert done.is_sound, done
    assert [len(ids) for ids in done.arrived.values()] == [2 if keeps else 1, 1, 1]
