"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["sound", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``what`` it is, what was ``found``, and the ``remedy``, which only a sound one
    lacks. A fault keeps axiswatch from its work; a warning will, or costs something that is not lost."""

    level: Level
    what: str
    found: str
    remedy: str = ""


def sound(what: str, found: str) -> Finding:
    """All is well."""
    return Finding("sound", what, found)


def warning(what: str, found: str, remedy: str) -> Finding:
    """Something to look at; work goes on."""
    return Finding("warning", what, found, remedy)


def fault(what: str, found: str, remedy: str) -> Finding:
    """Something that keeps axiswatch from its work."""
    return Finding("fault", what, found, remedy)


def from_error(what: str, error: Exception) -> Finding:
    """The fault of one of our own errors: they say what, and the remedy behind the last semicolon or colon."""
    told = " ".join(str(error).split())
    mark = "; " if "; " in told else ": "
    found, _, remedy = told.rpartition(mark)
    return fault(what, found or told, remedy if found else "see the message")
