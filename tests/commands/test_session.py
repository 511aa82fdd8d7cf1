"""How a command ends on an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.file_lock import LockTakenError, locked
from flows.commands.session import BROKEN, MISUSED, exit_code_of


def test_a_lock_that_another_process_holds_ends_with_2_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "w.db"
    with (
        locked(store, "composing"),
        pytest.raises(LockTakenError) as taken,
        locked(store, "composing", patience=0.01),
    ):
        pass
    assert exit_code_of(taken.value) == MISUSED
    (line,) = capsys.readouterr().err.splitlines()
    assert "w.db.composing" in line


def test_what_nobody_foresaw_ends_with_1_and_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(RuntimeError("worn out")) == BROKEN
    assert capsys.readouterr().err.splitlines() == ["axiswatch: RuntimeError: worn out (--debug shows where)"]
