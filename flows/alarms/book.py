"""The book of alarms: one alarm and one recovery for each time that a condition is bad, kept in the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from db import alarms
from db.records import AlarmEvent, BookedAlarm, Telling
from flows.alarms.conditions import Reading
from flows.alarms.ledger import PATIENCE, tell_waiting
from flows.alarms.unbooked import file_of
from flows.config.settings import Config
from flows.runtime.flow_health_file import FlowHealthFile
from flows.runtime.operator_alert_ways import opened_ways

News = tuple[int, AlarmEvent]
"""The id of an alarm, and what is new of it."""


def settle(store: Database, current: Config, readings: Sequence[Reading], now: datetime, password: str) -> None:
    """Write down what begins and what is over, then tell what has still to be told. To be called by one process at a
    time. Raises StoreError where the store cannot be written."""
    with opened_ways(current, password) as ways:
        fresh = written_down(store, current, readings, list(ways), now)
        tell_waiting(store, current, ways, fresh, now)


def written_down(
    store: Database, current: Config, readings: Sequence[Reading], ways: Collection[str], now: datetime
) -> set[News]:
    """Bring the book up to the readings; returns what is new, which has to leave by those ways."""
    known = {each.key: each for each in alarms.standing(store, now - PATIENCE) if each.recovered_at is None}
    return {each for reading in readings for each in _step(store, current, reading, known.get(reading.key), ways, now)}


def _step(
    store: Database,
    current: Config,
    reading: Reading,
    known: BookedAlarm | None,
    ways: Collection[str],
    now: datetime,
) -> list[News]:
    new: list[News] = []
    file = file_of(current, reading)
    was_told = file.status in ("failing", "booked")
    if known is None and (reading.verdict == "bad" or was_told):
        known = alarms.raise_alarm(store, _begun(current, reading, ways, now))
        new += [(known.id, "raised")] if known and not was_told else []
    elif known is not None and file.status == "failing":
        _told_meanwhile(store, known, file, now)
    if known is not None and reading.verdict == "good":
        heard = [way for way in ways if ("raised", way) in known.tellings]
        alarms.recover(store, known, reading.lines, heard, now)
        new.append((known.id, "recovered"))
    if file.status not in ("sound", None):
        # The book knows of it from now on; how a flow fares is taken down in the file all the same.
        file.become("sound" if reading.verdict == "good" or reading.kind != "flow failed" else "booked")
    return new


def _begun(current: Config, reading: Reading, ways: Collection[str], now: datetime) -> BookedAlarm:
    """A new alarm. One that was told while the store could not be written says so, and is told no more by the ways that
    have taken it."""
    file = file_of(current, reading)
    spell = file.spell(reading.since)
    told = Telling("accepted", now, 1, 0, MEANWHILE) if file.status in ("failing", "booked") else None
    since = reading.since if file.status in ("sound", None) else spell.since
    lines = reading.lines if reading.verdict == "bad" else spell.lines
    waiting = Telling("waiting", now)
    tellings = {("raised", way): told if told and file.has_heard(way) else waiting for way in ways}
    return BookedAlarm(reading.kind, reading.subject, since, now, tuple(lines), tellings=tellings)  # type: ignore[arg-type]


MEANWHILE = "told while the store could not be written"


def _told_meanwhile(store: Database, known: BookedAlarm, file: FlowHealthFile, now: datetime) -> None:
    """It stood in the book before the store could no longer be written, and was told then."""
    for (event, way), telling in known.tellings.items():
        if event == "raised" and not telling.is_settled and file.has_heard(way):
            alarms.told(store, known, event, way, replace(telling, state="accepted", at=now, detail=MEANWHILE))
