"""The tables of the book of alarms: what was raised, what is over, and what left the machine by which way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import AlarmEvent, BookedAlarm, Telling
from db.times import to_moment, to_text


def raise_alarm(store: Database, alarm: BookedAlarm) -> BookedAlarm | None:
    """Put a new alarm into the book; returns it with its id. None where it stands there already, open or over."""
    with writing(store) as connection:
        added = connection.execute(
            "INSERT INTO alarms (kind, subject, since, raised_at, lines) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (alarm.kind, alarm.subject, to_text(alarm.since), to_text(alarm.raised_at), json.dumps(alarm.lines)),
        )
        if not added.rowcount:
            return None
        booked = replace(alarm, id=int(added.lastrowid or 0))
        for (event, way), telling in alarm.tellings.items():
            _tell(connection, booked.id, event, way, telling)
        return booked


def recover(store: Database, alarm: BookedAlarm, ending: Sequence[str], ways: Iterable[str], now: datetime) -> None:
    """Write down that it is over, and by which ways that has to be told."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE alarms SET recovered_at = ?, ending = ? WHERE id = ?",
            (to_text(now), json.dumps(ending), alarm.id),
        )
        for way in ways:
            _tell(connection, alarm.id, "recovered", way, Telling("waiting", now))


def told(store: Database, alarm: BookedAlarm, event: AlarmEvent, way: str, telling: Telling) -> BookedAlarm:
    """Write down where that event stands on that way; returns the alarm so."""
    with writing(store) as connection:
        _tell(connection, alarm.id, event, way, telling)
    return replace(alarm, tellings={**alarm.tellings, (event, way): telling})


def _tell(connection: sqlite3.Connection, alarm_id: int, event: AlarmEvent, way: str, telling: Telling) -> None:
    connection.execute(
        "INSERT INTO alarm_tellings (alarm_id, event, way, state, tries, unsure, detail, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alarm_id, event, way) DO UPDATE SET state = excluded.state,"
        " tries = excluded.tries, unsure = excluded.unsure, detail = excluded.detail, at = excluded.at",
        (alarm_id, event, way, telling.state, telling.tries, telling.unsure, telling.detail, to_text(telling.at)),
    )


def standing(store: Database, since: datetime) -> list[BookedAlarm]:
    """The alarms that are open, and those of which something may still have to be told: raised or over since then. In
    the order in which they were raised."""
    return _read(
        store.conn, "recovered_at IS NULL OR raised_at >= ? OR recovered_at >= ?", [to_text(since), to_text(since)]
    )


def open_alarms(connection: sqlite3.Connection) -> list[BookedAlarm]:
    """Those that are open, in the order in which they were raised. Reads alone."""
    return _read(connection, "recovered_at IS NULL", [])


def every(store: Database) -> list[BookedAlarm]:
    """The whole book, in the order in which alarms were raised."""
    return _read(store.conn, "1", [])


def _read(connection: sqlite3.Connection, which: str, values: Sequence[str]) -> list[BookedAlarm]:
    found = _rows(connection, f"SELECT * FROM alarms WHERE {which} ORDER BY id", values)
    ids = json.dumps([row["id"] for row in found])
    tellings: dict[int, dict[tuple[AlarmEvent, str], Telling]] = {row["id"]: {} for row in found}
    for row in _rows(
        connection, "SELECT * FROM alarm_tellings WHERE alarm_id IN (SELECT value FROM json_each(?))", [ids]
    ):
        telling = Telling(row["state"], to_moment(row["at"]), row["tries"], row["unsure"], row["detail"])
        tellings[row["alarm_id"]][row["event"], row["way"]] = telling
    return [_alarm(row, tellings[row["id"]]) for row in found]


def _rows(connection: sqlite3.Connection, query: str, values: Iterable[str]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, list(values))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _alarm(row: Mapping[str, Any], tellings: Mapping[tuple[AlarmEvent, str], Telling]) -> BookedAlarm:
    return BookedAlarm(
        kind=row["kind"],
        subject=row["subject"],
        since=to_moment(row["since"]),
        raised_at=to_moment(row["raised_at"]),
        lines=tuple(json.loads(row["lines"])),
        recovered_at=to_moment(row["recovered_at"]) if row["recovered_at"] else None,
        ending=tuple(json.loads(row["ending"])),
        tellings=tellings,
        id=row["id"],
    )
