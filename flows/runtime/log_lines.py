"""A record of the log as one line, for a person or a machine: what feeds wrote may end no line and move no cursor."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import uuid
from datetime import UTC, datetime

from flows.config.environment import works_for_a_run

_command_id = uuid.uuid4().hex
# Controls, separators of lines, halves of characters, and marks that turn the direction of what follows.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def run_id() -> str:
    """The id of the flow run that is under way here, with its hyphens; where there is none, one made for this command.
    A process that a command forks keeps the command's."""
    context = sys.modules.get("prefect.context")
    found = context.FlowRunContext.get() if context is not None and hasattr(context, "FlowRunContext") else None
    flow_run = getattr(found, "flow_run", None)
    return str(flow_run.id) if flow_run is not None else works_for_a_run() or _command_id


def one_line(text: str) -> str:
    """The text with whatever could end the line, or change how it is shown, written as an escape."""
    return _UNSAFE.sub(lambda found: _NAMED.get(found[0], f"\\x{ord(found[0]):02x}"), text)


def text_line(record: logging.LogRecord) -> str:
    """For a person: moment (UTC), level, where it comes from, the first eight digits of the run, what is said."""
    told = one_line("\n".join(filter(None, (record.getMessage(), record.exc_text))))
    return f"{_moment(record)} {record.levelname} {record.name} [{_run_of(record)[:8]}] {told}"


def json_line(record: logging.LogRecord) -> str:
    """For a machine: one object of ASCII. ``error`` is there where an error is told of, and holds where it arose."""
    told = {
        "time": _moment(record),
        "level": record.levelname,
        "logger": record.name,
        "run": _run_of(record),
        "pid": os.getpid(),
        "message": record.getMessage(),
    }
    return json.dumps(told | ({"error": record.exc_text} if record.exc_text else {}))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _run_of(record: logging.LogRecord) -> str:
    """What Prefect says of a record that it made for a run elsewhere, else the run that is under way here."""
    told = getattr(record, "flow_run_id", None)
    return str(told) if told and str(told) != "<unknown>" else run_id()
