"""A run that was asked to stop has not failed, wherever the stop was raised."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from prefect.exceptions import TerminationSignal

from db.connect import open_store
from flows.runtime.clock import Clock
from flows.runtime.run_log import logged_run
from flows.runtime.run_stop import _is_no_mere_stop, stop_behind
from tests.support.command import environment


def hidden_stop() -> Exception:
    """A stop that struck within somebody's books, which then found themselves without a line."""
    try:
        try:
            raise TerminationSignal(signal=15)
        except TerminationSignal as stop:
            raise ValueError("no line is there") from stop
    except ValueError as error:
        return error


def timed_out() -> Exception:
    """A time-out: a cancelled wait stands behind it."""
    error = TimeoutError("too slow")
    error.__context__ = asyncio.CancelledError()
    return error


def in_a_circle() -> Exception:
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__cause__ = second, first
    return first


def test_a_stop_is_found_behind_the_error_that_it_caused() -> None:
    assert isinstance(stop_behind(hidden_stop()), TerminationSignal)


@pytest.mark.parametrize("error", [ValueError("worn out"), timed_out(), in_a_circle()])
def test_no_stop_is_found_behind_an_error_of_its_own(error: Exception) -> None:
    assert stop_behind(error) is None


def test_a_run_that_broke_of_its_stop_was_asked_to_stop(tmp_path: Path) -> None:
    def breaks() -> None:
        with logged_run(tmp_path / "s.db", "monitor", Clock()):
            raise hidden_stop()

    with pytest.raises(TerminationSignal):
        breaks()
    with closing(open_store(tmp_path / "s.db")) as store:
        (run,) = store.table("runs").rows
    assert json.loads(run["detail"]) == {"error": "TerminationSignal: "}


@pytest.mark.parametrize(
    ("error", "is_shown"), [(hidden_stop(), False), (TerminationSignal(signal=15), False), (timed_out(), True)]
)
def test_the_lines_of_a_stop_are_left_out_and_no_others(error: BaseException, is_shown: bool) -> None:
    told = (type(error), error, None)
    record = logging.LogRecord("prefect.flow_runs", logging.ERROR, "", 0, "Encountered exception", (), told)
    assert _is_no_mere_stop(record) is is_shown


SWALLOWED = """
import os, signal, sys, time
from flows.runtime.run_stop import take_stops_for_no_failure
from prefect.utilities.engine import capture_sigterm

class Closing:
    def __del__(self):
        os.kill(os.getpid(), NUMBER)
        time.sleep(0.01)

take_stops_for_no_failure()
with capture_sigterm():
    try:
        Closing()
        print("goes on", flush=True)
        time.sleep(60)
    except BaseException as error:
        print(type(error).__name__, flush=True)
        os._exit(0)
"""


@pytest.mark.parametrize(("number", "name"), [(15, "TerminationSignal"), (2, "KeyboardInterrupt")])
def test_a_stop_that_was_swallowed_is_asked_for_again(number: int, name: str) -> None:
    program = SWALLOWED.replace("NUMBER", str(number))
    call = [sys.executable, "-c", program]
    done = subprocess.run(call, env=environment({}), capture_output=True, text=True, timeout=50, check=True)
    assert done.stdout.split("\n")[:2] == ["goes on", name]
    assert done.stderr == ""


BROKEN = """
from flows.runtime.run_stop import take_stops_for_no_failure

class Closing:
    def __del__(self):
        raise ValueError("a fault of ours")

take_stops_for_no_failure()
Closing()
"""


def test_any_other_error_that_cannot_be_raised_is_still_shown() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN], env=environment({}), capture_output=True, text=True, check=True
    )
    assert "a fault of ours" in done.stderr
