"""What the command leaves behind is for its owner alone: looked at after a demo, an alarm and a backup."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from flows.config.settings import load_config
from flows.runtime.operator_alerts import raise_alarm
from tests.support.command import Demo, Project

SHOWN = ("models", "prefect")
"""A model is no secret; Prefect's own files lie in a folder that nobody else can enter."""


def open_to_others(folder: Path) -> list[str]:
    """What lies in the folder that others may read, write or enter."""
    found = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in SHOWN]
    assert found
    return [str(path.relative_to(folder)) for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def test_a_demo_leaves_store_mails_and_feeds_to_their_owner(demo: Demo) -> None:
    assert open_to_others(demo.folder / "var") == []
    assert stat.S_IMODE((demo.folder / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((demo.folder / "var/prefect").stat().st_mode) == 0o700


def test_an_alarm_and_a_backup_are_for_their_owner(project: Project) -> None:
    (project.folder / "var").chmod(0o755)
    project.store.chmod(0o600)
    current = load_config(project.folder / "axiswatch.toml")
    assert raise_alarm(current, "monitor", ["worn out"], datetime(2026, 11, 29, tzinfo=UTC))
    assert project.look("backup").returncode == 0
    for part in ("alerts", "backups"):
        assert open_to_others(project.folder / "var" / part) == []
        assert stat.S_IMODE((project.folder / "var" / part).stat().st_mode) == 0o700
