"""Whether each flow works: the operator is told once when one begins to fail, and once when it works again.

What is known lies in one small file a flow beside the store, since the store may be what has failed, and the file's
name says it (``monitor.sound``, ``.raising``, ``.failing``): a full disk lets a file be renamed when it lets nothing be
written. `raising` means that the alarm has not reached anybody yet; the next failure tries again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from flows.alarm import Alarm, tell
from flows.config import Config

logger = logging.getLogger(__name__)

FOLDER = "flow-state"
STEADY = 3
"""Runs that must be completed in a row before a flow is said to work again: one that fails every other time is told of
once, and not each time."""
CALM = timedelta(hours=12)
"""Or one completed run so long after the last failure, for flows that run once a day or a week."""
Status = Literal["sound", "raising", "failing"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a flow failed: since when and until when it did, how often, and the runs completed since."""

    since: datetime
    last: datetime
    failures: int = 0
    completed: int = 0

    def failed(self, now: datetime) -> Spell:
        """With one more failure."""
        return replace(self, last=now, failures=self.failures + 1, completed=0)

    def succeeded(self) -> Spell:
        """With one more completed run."""
        return replace(self, completed=self.completed + 1)

    def is_over(self, now: datetime) -> bool:
        """Whether the flow works again."""
        return self.completed >= STEADY or (self.completed > 0 and now - self.last >= CALM)


def failed(current: Config, what: str, lines: Sequence[str], now: datetime, password: str) -> None:
    """Take down that a run of ``what`` failed, and tell it where that is news. Never raises. Waits for a mail server:
    not to be called in an event loop."""
    state = _State(current, what)
    spell = state.spell(now).failed(now)
    if state.status != "failing":
        state.become("raising")
        alarm = Alarm(what, "failed", (*lines, "", _promise()), spell.since, f"{spell.since:%H%M%S}-failed")
        if tell(current, alarm, password):
            state.become("failing")
    state.keep(spell)


def completed(current: Config, what: str, now: datetime, password: str) -> None:
    """Take down that a run of ``what`` was completed, and tell it where that ends a time of failures. Never raises.
    Waits for a mail server: not to be called in an event loop."""
    state = _State(current, what)
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
    """Whether a completed run of ``what`` has anything to say or to take down: quick, and mostly no."""
    return _State(current, what).status != "sound"


def _promise() -> str:
    return (
        f"Nothing more is told of it until it works again: after {STEADY} completed runs in a row, or one that is"
        " completed half a day after the last failure."
    )


def _summary(spell: Spell) -> tuple[str, ...]:
    first, last = f"{spell.since:%Y-%m-%d %H:%M} UTC", f"{spell.last:%Y-%m-%d %H:%M} UTC"
    told = f"1 run failed, at {first}" if spell.failures == 1 else f"{spell.failures} runs failed, {first} to {last}"
    return (f"{told}; completed since: {spell.completed}.",)


class _State:
    """The file of one flow."""

    def __init__(self, current: Config, what: str) -> None:
        self._folder = current.store.path.parent / FOLDER
        self._what = what
        found = [status for status in get_args(Status) if self._path(status).exists()]
        # Two are there where two runs began at once; the worse one is believed.
        self.status: Status | None = found[-1] if found else None

    def _path(self, status: Status) -> Path:
        return self._folder / f"{self._what}.{status}"

    def become(self, status: Status) -> None:
        """Take that status, by a name alone where that is possible."""
        if self.status == status:
            return
        try:
            if self.status is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._path(status).touch()
            else:
                self._path(self.status).rename(self._path(status))
        except OSError as error:
            logger.error("cannot take down that %s is %s: %s", self._what, status, error)
        self.status = status

    def spell(self, now: datetime) -> Spell:
        """What is known of the present time of failures; a new one where it has just begun or cannot be read."""
        if self.status in ("raising", "failing"):
            try:
                told = json.loads(self._path(self.status).read_text(encoding="utf-8"))
                since, last = (datetime.fromisoformat(told[name]) for name in ("since", "last"))
                return Spell(since, last, int(told["failures"]), int(told["completed"]))
            except (OSError, ValueError, KeyError, TypeError):
                pass
        return Spell(now, now)

    def keep(self, spell: Spell) -> None:
        """Write the spell into the file; a full disk costs the figures, and no alarm."""
        assert self.status is not None
        path = self._path(self.status)
        try:
            path.write_text(json.dumps(asdict(spell), default=datetime.isoformat), encoding="utf-8")
        except OSError as error:
            logger.error("cannot write %s: %s", path, error)
