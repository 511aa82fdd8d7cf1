"""The ledger of alarms: every way by which one has to leave, and what came of it. What was not accepted is tried again
at the next look, for some days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from db import alarms
from db.records import AlarmEvent, BookedAlarm, Telling
from flows.alarms.outgoing import outgoing
from flows.config.settings import Config
from flows.runtime.operator_alert_ways import Tell
from flows.runtime.operator_alerts import Alarm, announce, filed, trouble

PATIENCE = timedelta(days=3)
"""What no way has taken for so long is given up."""
MOST_UNSURE = 2
"""How often it may leave without an answer before it is given up: there is at most one copy too many."""
EVENTS: tuple[AlarmEvent, ...] = ("raised", "recovered")


def tell_waiting(
    store: Database, current: Config, ways: Mapping[str, Tell], fresh: Collection[tuple[int, AlarmEvent]], now: datetime
) -> None:
    """Tell what waits, in the order in which it was raised; ``fresh`` is announced on this machine, too. Raises
    StoreError where the store cannot be written."""
    ledger = _Ledger(store, current, ways, now)
    for alarm in alarms.standing(store, now - PATIENCE):
        for event in EVENTS:
            moment = alarm.raised_at if event == "raised" else alarm.recovered_at
            if moment is not None and moment > now - PATIENCE:
                told = as_told(alarm, event)
                if (alarm.id, event) in fresh:
                    announce(current, told)
                alarm = ledger.tell(alarm, told, event)


def as_told(alarm: BookedAlarm, event: AlarmEvent) -> Alarm:
    """What is told of that event."""
    lines = alarm.lines if event == "raised" else alarm.ending
    return outgoing(alarm.kind, alarm.subject, event, lines, alarm.since, alarm.recovered_at or alarm.raised_at)


def _is_due(alarm: BookedAlarm, event: AlarmEvent, way: str) -> bool:
    """Whether that way has still to take it. Nobody is told of the end of what they have not been told of."""
    telling = alarm.tellings.get((event, way))
    begun = alarm.tellings.get(("raised", way))
    if telling is None or telling.is_settled:
        return False
    return event == "raised" or begun is None or begun.is_settled


class _Ledger:
    """The store in which every try is written down, before it and after it, and the ways that are open."""

    def __init__(self, store: Database, current: Config, ways: Mapping[str, Tell], now: datetime) -> None:
        self._store, self._current, self._ways, self._now = store, current, ways, now

    def tell(self, alarm: BookedAlarm, told: Alarm, event: AlarmEvent) -> BookedAlarm:
        """Tell one event by every way that has still to take it; returns the alarm as it stands then."""
        troubles: list[str] = []
        for way in self._ways:
            if _is_due(alarm, event, way):
                after = self._tried(alarm, told, event, way, troubles)
                alarm = alarms.told(self._store, alarm, event, way, after)
        states = [each.state for (which, _), each in alarm.tellings.items() if which == event]
        filed(self._current, told, troubles, arrived=not states or "accepted" in states)
        return alarm

    def _tried(self, alarm: BookedAlarm, told: Alarm, event: AlarmEvent, way: str, troubles: list[str]) -> Telling:
        """Try that way, and say where it stands then; what went wrong is added to the ``troubles``."""
        before = alarm.tellings[event, way]
        # One that is still sending was cut off: nobody else tells alarms now.
        unsure = before.unsure + (before.state == "sending")
        if unsure >= MOST_UNSURE:
            return replace(before, state="given_up", at=self._now, unsure=unsure)
        sending = Telling("sending", self._now, before.tries + 1, unsure, before.detail)
        alarms.told(self._store, alarm, event, way, sending)
        result = self._ways[way](told.note(self._current), troubles)
        unsure += result.unsure
        if result.state == "accepted":
            return replace(sending, state="accepted", unsure=unsure, detail=result.detail)
        troubles.append(trouble(way, result.detail))
        is_lost = result.state == "refused" or unsure >= MOST_UNSURE
        return replace(sending, state="given_up" if is_lost else "waiting", unsure=unsure, detail=result.detail)
