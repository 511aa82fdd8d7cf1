"""A record as a line: one line whatever a feed wrote, with the run to which it belongs."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from flows.runtime.log_lines import json_line, one_line, run_id, text_line

HOSTILE = "Quay\r\nERROR all is lost\x1b[2J\u2028\u202eesrever\x00\ud800"


def record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("flows.ingest", logging.WARNING, "", 0, message, arguments, None)
    made.created = 1_795_932_001.25
    made.__dict__ |= more
    return made


def test_a_line_for_a_person_says_when_what_and_whose() -> None:
    told = text_line(record("%s fails", "Old Quay"))
    assert told == f"2026-11-29T06:00:01.250Z WARNING flows.ingest [{run_id()[:8]}] Old Quay fails"


@pytest.mark.parametrize("form", [text_line, json_line])
def test_what_a_feed_wrote_ends_no_line_and_moves_no_cursor(form: object) -> None:
    assert callable(form)
    line = form(record("%s", HOSTILE))
    assert len(line.splitlines()) == 1
    assert not {"\x1b", "\x00", "\u202e", "\ud800"} & set(line)


def test_an_error_is_told_in_the_same_line() -> None:
    with pytest.raises(ValueError, match="worn"):
        raise ValueError("worn\nout")
    told = record("it failed", exc_text='Traceback:\n  File "x"\nValueError: worn')
    assert text_line(told).endswith(r'it failed\nTraceback:\n  File "x"\nValueError: worn')
    assert json.loads(json_line(told))["error"].endswith("ValueError: worn")


def test_a_machine_reads_all_of_it_back() -> None:
    read = json.loads(json_line(record("%s", HOSTILE)))
    assert read["message"] == HOSTILE
    assert (read["level"], read["logger"], read["time"]) == ("WARNING", "flows.ingest", "2026-11-29T06:00:01.250Z")
    assert read["run"] == run_id()
    assert "error" not in read


def test_what_prefect_made_for_a_run_elsewhere_carries_that_run() -> None:
    flow_run = "0198aaaa-0000-7000-8000-000000000001"
    assert json.loads(json_line(record("ended", flow_run_id=flow_run)))["run"] == flow_run
    assert json.loads(json_line(record("ended", flow_run_id="<unknown>")))["run"] == run_id()


def test_persian_and_korean_stay_as_they_are_for_a_person() -> None:
    text = "می‌رود 미사일"
    assert one_line(text) == text


def test_the_command_has_one_id_for_all_its_life() -> None:
    assert run_id() == run_id()
    assert len(run_id()) == 32 or "prefect.context" in sys.modules
