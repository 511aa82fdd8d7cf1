"""The secret of the desk stays in one file of its owner."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from flows.digest import desk_secret


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(desk_secret.secret_of(tmp_path / "watch.db"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(found[0]) == 64
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_empty_secret_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "desk.secret").touch()
    assert len(desk_secret.secret_of(tmp_path / "watch.db")) == 64


def test_the_environment_comes_first_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXISWATCH_DESK_SECRET", "of the environment")
    assert desk_secret.secret_of(tmp_path / "watch.db") == b"of the environment"
    assert list(tmp_path.iterdir()) == []
