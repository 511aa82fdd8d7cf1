"""What is said a hundred times in a row is said once."""

from __future__ import annotations

import logging

import pytest

from flows.runtime import seldom_lines
from flows.runtime.seldom_lines import SeldomLines


def say(logger: logging.Logger, run: str) -> None:
    try:
        raise OSError("Server error 500\n  for url …/set_state")
    except OSError:
        logger.exception("Failed to update state of flow run '%s'", run)


def test_a_message_comes_once_and_its_error_in_a_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("tests.seldom")
    told = SeldomLines()
    logger.addFilter(told)
    try:
        for run in ("a", "b", "c"):
            say(logger, run)
        logger.error("another")
        lines = [record.getMessage() for record in caplog.records]
        assert lines == [
            "Failed to update state of flow run 'a': Server error 500 for url …/set_state",
            "another",
        ]
        assert "Traceback" not in caplog.text
        monkeypatch.setattr(seldom_lines, "QUIET_SECONDS", 0.0)
        say(logger, "d")
        assert caplog.records[-1].getMessage().startswith("Failed to update state of flow run 'd'")
    finally:
        logger.removeFilter(told)
