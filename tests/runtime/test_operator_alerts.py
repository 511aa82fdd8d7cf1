"""Where the operator's alarm is told when not even the config can be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.config.environment import CONFIG_VARIABLE
from flows.config.settings import ConfigError, load_config
from flows.runtime.operator_alerts import last_resort, raise_alarm
from tests.support.flow_alarms import MORNING, config, keeping

ALWAYS_FAILS = Path("/proc/self/mem")
"""A file that is there and that nobody can read from its beginning, not even root."""


def broken(folder: Path) -> Path:
    file = folder / "watch.toml"
    file.write_text("[digest]\nhour = 'six'\n", encoding="utf-8")
    return file


def test_a_config_that_says_nothing_is_told_beside_it(tmp_path: Path) -> None:
    assert last_resort(str(broken(tmp_path))).store.path == tmp_path / "var/axiswatch.db"


def test_one_that_the_environment_names_is_told_beside_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(broken(tmp_path)))
    assert last_resort("").store.path == tmp_path / "var/axiswatch.db"


def test_a_name_that_the_system_refuses_does_not_silence_the_alarm(tmp_path: Path) -> None:
    assert last_resort(str(tmp_path / ("x" * 300))).store.path == tmp_path / "var/axiswatch.db"


@pytest.mark.skipif(not ALWAYS_FAILS.exists(), reason="there is no /proc here")
def test_a_config_that_the_system_does_not_let_us_read_is_one_line() -> None:
    with pytest.raises(ConfigError, match="/proc/self/mem is not readable"):
        load_config(ALWAYS_FAILS)


def test_two_that_meet_the_same_trouble_at_once_tell_it_once(tmp_path: Path) -> None:
    command, kept = keeping(tmp_path)
    current = config(tmp_path, command=command)
    with ThreadPoolExecutor(2) as both:
        told = [both.submit(raise_alarm, current, "digest", ["nobody has got it"], MORNING) for _ in range(2)]
    assert len({each.result() for each in told}) == 1
    assert len(kept()) == 1


def test_without_a_folder_to_lock_in_it_is_told_all_the_same(tmp_path: Path) -> None:
    command, kept = keeping(tmp_path)
    current = config(tmp_path / "gone", command=command)
    (tmp_path / "gone").touch()
    assert raise_alarm(current, "digest", ["nobody has got it"], MORNING) is None
    assert len(kept()) == 1
