"""An alarm as what is told: by the same name, and so as the same mail, whether or not it stands in the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.records import AlarmEvent
from flows.alarms.conditions import HEADLINES
from flows.runtime.operator_alerts import Alarm


def outgoing(
    kind: str, subject: str, event: AlarmEvent, lines: Sequence[str], since: datetime, moment: datetime
) -> Alarm:
    """What is told of it. ``moment``: when it was seen to be over."""
    what = subject if kind == "flow failed" else " ".join(filter(None, (kind, subject)))
    said = HEADLINES[kind][event == "recovered"].format(subject)
    if event == "raised":
        return Alarm(what, "failed", tuple(lines), since, f"{since:%H%M%S}-failed", said)
    return Alarm(what, "recovered", tuple(lines), moment, f"{since:%H%M%S}-recovered", said)
