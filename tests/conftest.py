"""What all tests share: an environment without a person's own settings, and which of them run side by side."""

from __future__ import annotations

import os

import pytest

LONGEST = ("topics/", "flows/test_hostile", "flows/test_proxy", "feeds/test_one_day", "flows/")
"""Begun first, so that no core waits at the end for a long one."""


@pytest.fixture(autouse=True, scope="session")
def no_settings_of_a_person() -> None:
    """Drop what the shell says about axiswatch and Prefect: tests must not read a person's config or server."""
    for name in [name for name in os.environ if name.startswith(("AXISWATCH_", "PREFECT_"))]:
        del os.environ[name]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, for the sake of what they share, and those that start Prefect's servers
    in one of their own (``xdist_group("servers")``), one after another."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    path = item.nodeid.removeprefix("tests/")
    servers = item.get_closest_marker("xdist_group")
    if servers is not None and servers.args == ("servers",):
        return -1
    return next((number for number, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))
