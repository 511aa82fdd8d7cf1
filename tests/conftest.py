"""What all tests share: an environment without a person's own settings, and which of them run side by side."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.first_model import FirstModel
from tests.support.prefect_home import PrefectHomes

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

# Nearly all that the tests start is this program, hundreds of times: to compile it anew each time took a third of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Where charts are drawn: else each folder of a test gets a list of the machine's fonts of its own, which takes seconds.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir(), f"axiswatch-tests-{os.getuid()}", "matplotlib")))

SERVERS = (
    (
        "flows/test_schedules",
        "flows/test_keeping_commands",
        "flows/test_serve",
        "runtime/test_prefect_database",
    ),
    (
        "flows/test_backfill",
        "flows/test_beside",
        "flows/test_failing_flows",
        "flows/test_logs",
        "flows/test_operator",
        "flows/test_past",
        "flows/test_run",
        "runtime/test_prefect_guard",
        "runtime/test_prefect_server",
    ),
)
"""The tests that start Prefect's servers: in two processes, of about the same length, in each one after another."""
LONG = ("topics/", "flows/test_hostile", "flows/test_proxy", "feeds/test_one_day", "publish/test_after_kill", "flows/")
"""Begun first, after the servers, so that no core waits at the end for a long one."""


@pytest.fixture(autouse=True, scope="session")
def no_settings_of_a_person() -> None:
    """Drop what the shell says about axiswatch and Prefect: tests must not read a person's config or server."""
    for name in [name for name in os.environ if name.startswith(("AXISWATCH_", "PREFECT_"))]:
        del os.environ[name]


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """A command that is called in the process of the tests begins its log there: end it with the test."""
    factory, known = logging.getLogRecordFactory(), list(logging.root.handlers)
    levels = {name: logging.getLogger(name).level for name in ("flows", "classifiers", "db")}
    yield
    if logging.getLogRecordFactory() is factory:
        return
    logging.setLogRecordFactory(factory)
    for handler in [each for each in logging.root.handlers if type(each).__name__ == "Door" and each not in known]:
        logging.root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    for name in [name for name in os.environ if name.startswith(("AXISWATCH_LOG_", "PREFECT_LOGGING_HANDLERS_"))]:
        del os.environ[name]


@pytest.fixture(scope="session")
def prefect_homes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PrefectHomes:
    """Gives folders for Prefect's state."""
    base = tmp_path_factory.getbasetemp()
    return PrefectHomes((base if worker_id == "master" else base.parent) / "prefect-home")


@pytest.fixture(scope="session")
def first_model(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> FirstModel:
    """The model that a new store fits first, fitted once."""
    base = tmp_path_factory.getbasetemp()
    return FirstModel((base if worker_id == "master" else base.parent) / "first-model")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    path = nodeid.removeprefix("tests/")
    order = (*SERVERS, *((start,) for start in LONG))
    return next((place for place, starts in enumerate(order) if path.startswith(starts)), len(order))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests of processes wait for others a third of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Keep the tests of a file in one process, for the sake of what they share, and the servers in two (by file name:
    ``--dist loadgroup`` of pytest-xdist 3.8 does not group under pytest 9.2)."""
    from xdist.scheduler import LoadFileScheduling

    class ServersTogether(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            place = _place(nodeid)
            return f"servers {place}" if place < len(SERVERS) else super()._split_scope(nodeid)

    return ServersTogether(config, log)
