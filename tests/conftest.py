"""What all tests share: an environment without a person's own settings."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def no_settings_of_a_person() -> None:
    """Drop what the shell says about axiswatch and Prefect: tests must not read a person's config or server."""
    for name in [name for name in os.environ if name.startswith(("AXISWATCH_", "PREFECT_"))]:
        del os.environ[name]
