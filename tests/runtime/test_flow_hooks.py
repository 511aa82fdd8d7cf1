"""Which end of a run is a failure, and where it is taken down when the config could not be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.alarms import watch
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import ASKED_TO_STOP, works
from flows.runtime.operator_alerts import last_resort
from tests.support.flow_alarms import headlines, keeping

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("message", "is_asked"),
    [
        ("Execution was aborted by an interrupt signal.", True),
        ("Execution was aborted by a termination signal.", True),
        ("Execution was cancelled by the runtime environment.", True),
        ("Process exited with status code: -15. It was asked to stop.", True),
        ("Flow run infrastructure exited with non-zero status code -2.", True),
        ("Flow run infrastructure exited with non-zero status code 143.", True),
        # An exit, a kill from without (the kernel's for want of memory) and a fault of the program are failures.
        ("Flow run infrastructure exited with non-zero status code -9.", False),
        ("Flow run infrastructure exited with non-zero status code 137.", False),
        ("Process exited with status code: -11.", False),
        ("Process exited with status code: 1.", False),
        ("Process exited with status code: 1430.", False),
        ("its process has ended without a word", False),
    ],
)
def test_what_was_asked_to_stop_has_not_failed(message: str, is_asked: bool) -> None:
    assert bool(ASKED_TO_STOP.search(message)) is is_asked


async def test_what_failed_while_the_config_could_not_be_read_is_over_when_it_can(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    file = tmp_path / "watch.toml"
    sound = f"[alarm]\ncommand = {command}\n"
    (tmp_path / "else").mkdir()
    for _ in range(2):
        # The store's own place is among what cannot be read.
        file.write_text(sound + "[store]\npath = 7\n")
        watch.failed(last_resort(str(file)), "monitor", ["ConfigError"], NOW, "")
        file.write_text(sound + "[store]\npath = 'else/w.db'\n")
        for _ in range(3):
            await works(config_at(str(file)), "monitor", NOW, str(file))
    assert headlines(heard()) == ["monitor failed", "monitor works again"] * 2


async def test_a_folder_that_cannot_be_looked_into_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "watch.toml").write_text("[store]\npath = 'file/var/w.db'\n")
    await works(config_at(str(tmp_path / "watch.toml")), "monitor", NOW, str(tmp_path / "watch.toml"))
