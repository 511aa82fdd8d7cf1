"""Whether each flow works, taken down run by run beside the store: by that `flows.alarms` raises alarms of flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.config.settings import Config
from flows.runtime.flow_health_file import FlowHealthFile, known


def failed(current: Config, what: str, lines: Sequence[str], now: datetime) -> None:
    """Record that a run of ``what`` failed, and why."""
    state = FlowHealthFile(current.store.path, what)
    spell = replace(state.spell(now).failed(now), lines=tuple(lines))
    if state.status in ("sound", None):
        state.become("raising")
    # Before it is told: a kill in between has the next look tell the same alarm.
    state.keep(spell)


def completed(current: Config, what: str, now: datetime) -> None:
    """Record that a run of ``what`` was completed."""
    state = FlowHealthFile(current.store.path, what)
    if state.status in ("sound", None):
        state.become("sound")
    else:
        state.keep(state.spell(now).succeeded())


def needs_telling(current: Config, what: str) -> bool:
    """Whether a completed run of ``what`` has anything to tell or to record: quick, and mostly no."""
    return FlowHealthFile(current.store.path, what).status != "sound"


def is_failing(current: Config, what: str) -> bool:
    """Whether the last runs of ``what`` failed, and it is not said yet to work again."""
    return what in known(current.store.path)
