"""Where a flow's health is recorded when the place beside the store cannot be written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from flows.runtime.flow_health_file import FlowHealthFile
from tests.support.flow_alarms import FAILED, RECOVERED, config, headlines, keeping, play

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")


@pytest.fixture
def spare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files is another one for as long as the test lasts."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A store's folder in which nothing can be made: it is a file."""
    (tmp_path / "locked").touch()
    return tmp_path / "locked"


def test_a_place_that_cannot_be_written_floods_nobody(tmp_path: Path, spare: Path, locked: Path) -> None:
    command, heard = keeping(tmp_path)
    play(config(locked, command=command), "FFFFCCC")
    assert headlines(heard()) == [FAILED, RECOVERED]
    (folder,) = spare.iterdir()
    assert folder.stat().st_mode & 0o077 == 0


def test_when_it_can_be_written_again_the_spare_place_is_forgotten(tmp_path: Path, spare: Path, locked: Path) -> None:
    command, heard = keeping(tmp_path)
    play(config(locked, command=command), "FF")
    locked.unlink()
    locked.mkdir()
    play(config(locked, command=command), "CCCC")
    assert headlines(heard()) == [FAILED, RECOVERED]
    (folder,) = spare.iterdir()
    assert list(folder.iterdir()) == []
    assert [file.name for file in (locked / "flow-state").iterdir()] == ["monitor.sound"]


def test_a_spare_place_that_others_can_write_is_not_believed(tmp_path: Path, spare: Path, locked: Path) -> None:
    state = FlowHealthFile(locked / "w.db", "monitor")
    state.become("failing")
    (folder,) = spare.iterdir()
    assert FlowHealthFile(locked / "w.db", "monitor").status == "failing"
    folder.chmod(0o777)
    assert FlowHealthFile(locked / "w.db", "monitor").status is None


def test_a_link_in_its_place_is_not_followed(tmp_path: Path, spare: Path, locked: Path) -> None:
    FlowHealthFile(locked / "w.db", "monitor").become("failing")
    (folder,) = spare.iterdir()
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert FlowHealthFile(locked / "w.db", "monitor").status is None
