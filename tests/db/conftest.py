"""A real store in a file of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connect import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "watch.db"


@pytest.fixture
def store(path: Path) -> Iterator[Database]:
    """The store, open and empty."""
    with closing(open_store(path)) as opened:
        yield opened
