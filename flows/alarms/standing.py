"""Which alarms are open, for who shows them. Quick: it loads no way by which they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db import alarms
from db.connect import StoreError
from db.inspection import looking
from db.records import BookedAlarm
from flows.alarms.conditions import HEADLINES
from flows.alarms.names import PREFIX, name_of
from flows.config.settings import Config
from flows.runtime.flow_health_file import FlowHealthFile, known


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """An alarm that is open: its kind, of what, how it is called, since when (None: not known), and way → where telling
    it stands."""

    kind: str
    subject: str
    headline: str
    since: datetime | None
    told: dict[str, str]


def open_alarms(current: Config, now: datetime) -> list[OpenAlarm]:
    """Those of the book as far as it can be read, and those that it has not taken over yet."""
    booked = [_booked(each) for each in in_the_book(current)]
    named = {name_of(each.kind, each.subject) for each in booked}
    return booked + [_unbooked(current, what, now) for what in known(current.store.path) if what not in named]


def in_the_book(current: Config) -> list[BookedAlarm]:
    """Those that are open by the book, as far as it can be read."""
    try:
        with looking(current.store.path) as connection:
            return alarms.open_alarms(connection)
    except StoreError:
        return []


def headline(alarm: BookedAlarm) -> str:
    """How an open alarm is called."""
    return HEADLINES[alarm.kind][0].format(alarm.subject) if alarm.kind in HEADLINES else alarm.kind


def _booked(alarm: BookedAlarm) -> OpenAlarm:
    told: dict[str, str] = {way: each.state for (event, way), each in alarm.tellings.items() if event == "raised"}
    return OpenAlarm(alarm.kind, alarm.subject, headline(alarm), alarm.since, told)


def _unbooked(current: Config, what: str, now: datetime) -> OpenAlarm:
    file = FlowHealthFile(current.store.path, what)
    kinds = {name_of(kind, ""): kind for kind in HEADLINES if kind != "flow failed"}
    kind = next((kind for name, kind in kinds.items() if what.startswith(name)), "flow failed")
    subject = what.removeprefix(name_of(kind, "")).lstrip("-") if what.startswith(PREFIX) else what
    spell = file.spell(now)
    since = spell.since if spell.since != now else None
    return OpenAlarm(kind, subject, HEADLINES[kind][0].format(subject), since, {"any": file.status or ""})
