"""A store with two editions, and its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.config.settings import Config
from tests.support.archive_store import configured, fill, first_edition, second_edition


@pytest.fixture
def archive(tmp_path: Path) -> Config:
    """Settings of a store with two editions; nothing is published yet."""
    current = configured(tmp_path)
    fill(current)
    first_edition(current)
    second_edition(current)
    return current
