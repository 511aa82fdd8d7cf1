"""Alarms while the store cannot be written: known by small files beside it, told once one of the ways has taken them.

They are those of `flows.runtime.flow_health_file`, which are renamed where nothing can be written, and lie among the
system's temporary files where not even that can be done. When the store can be written again, its book takes them over,
and tells those ways of them that had not taken them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.alarms.conditions import Reading
from flows.alarms.names import name_of
from flows.alarms.outgoing import outgoing
from flows.config.settings import Config
from flows.runtime.flow_health_file import FlowHealthFile
from flows.runtime.operator_alerts import tell


def file_of(current: Config, reading: Reading) -> FlowHealthFile:
    """The file that knows of it."""
    return FlowHealthFile(current.store.path, name_of(reading.kind, reading.subject))


def settle_unbooked(current: Config, reading: Reading, now: datetime, password: str) -> None:
    """Raise the alarm, or tell that it is over, where that is news; what has reached nobody is tried again at the next
    look."""
    state = file_of(current, reading)
    if reading.verdict == "bad" and state.status != "failing":
        _raise(current, reading, now, password)
    elif reading.verdict == "good" and state.status in ("raising", "failing"):
        since = state.spell(reading.since).since
        over = outgoing(reading.kind, reading.subject, "recovered", reading.lines, since, now)
        # Nobody is told of the end of what they have not been told of.
        if tell(current, over, password, state.has_heard).is_told:
            state.become("sound")


def _raise(current: Config, reading: Reading, now: datetime, password: str) -> None:
    state = file_of(current, reading)
    if state.status != "raising":
        spell = state.spell(reading.since)
        state.become("raising")
        state.keep(replace(spell, lines=reading.lines))
    since = state.spell(reading.since).since
    begun = tell(current, outgoing(reading.kind, reading.subject, "raised", reading.lines, since, now), password)
    if begun.is_told:
        state.become("failing")
        state.note_heard(begun.ways)
