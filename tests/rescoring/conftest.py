"""One judged store for all tests of rescoring."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import judged_store


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store as `judge_waiting` leaves it."""
    folder = tmp_path_factory.mktemp("judged")
    judged_store.make(folder)
    return folder


@pytest.fixture
def config(judged: Path, tmp_path: Path) -> Path:
    """The config of a copy of that store, which an earlier model has spoilt."""
    shutil.copytree(judged, tmp_path / "own")
    judged_store.spoil(tmp_path / "own/var/axiswatch.db")
    return tmp_path / "own/axiswatch.toml"


@pytest.fixture
def store(config: Path) -> Path:
    """The file of that store."""
    return config.parent / "var/axiswatch.db"
