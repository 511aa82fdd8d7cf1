"""Whether each flow works: the operator is told once when one begins to fail, and once when it works again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.config.settings import Config
from flows.runtime.flow_health_file import STEADY, FailingSpell, FlowHealthFile
from flows.runtime.operator_alerts import Alarm, tell


def failed(current: Config, what: str, lines: Sequence[str], now: datetime, password: str) -> None:
    """Record that a run of ``what`` failed, and tell the operator where that is news. Waits for a mail server: not to
    be called in an event loop."""
    state = FlowHealthFile(current.store.path, what)
    spell = state.spell(now).failed(now)
    if state.status == "failing":
        state.keep(spell)
        return
    state.become("raising")
    # Before it is told: a kill in between has the next failure tell the same alarm again, as the same mail.
    state.keep(spell)
    alarm = Alarm(what, "failed", (*lines, "", _promise()), spell.since, f"{spell.since:%H%M%S}-failed")
    if tell(current, alarm, password):
        state.become("failing")


def completed(current: Config, what: str, now: datetime, password: str) -> None:
    """Record that a run of ``what`` was completed, and tell the operator where that ends a time of failures. Waits for
    a mail server: not to be called in an event loop."""
    state = FlowHealthFile(current.store.path, what)
    if state.status in ("sound", None):
        state.become("sound")
        return
    spell = state.spell(now).succeeded()
    state.keep(spell)
    if not spell.is_over(now):
        return
    if tell(current, Alarm(what, "recovered", _summary(spell), now, f"{spell.since:%H%M%S}-recovered"), password):
        state.become("sound")


def needs_telling(current: Config, what: str) -> bool:
    """Whether a completed run of ``what`` has anything to tell or to record: quick, and mostly no."""
    return FlowHealthFile(current.store.path, what).status != "sound"


def _promise() -> str:
    return (
        f"Nothing more is told of it until it works again: after {STEADY} completed runs in a row, or one that is"
        " completed half a day after the last failure."
    )


def _summary(spell: FailingSpell) -> tuple[str, ...]:
    first, last = f"{spell.since:%Y-%m-%d %H:%M} UTC", f"{spell.last:%Y-%m-%d %H:%M} UTC"
    told = f"1 run failed, at {first}" if spell.failures == 1 else f"{spell.failures} runs failed, {first} to {last}"
    return (f"{told}; completed since: {spell.completed}.",)
