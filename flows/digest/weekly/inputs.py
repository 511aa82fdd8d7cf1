"""What a weekly edition is composed from, as records: what editions told, and counts of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.records import Coverage, DayCount, ModelVersion
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import Trace
from flows.digest.weekly.told import Keys
from flows.digest.window import Window

DayContents = Sequence[tuple[str, EditionContent]]
"""(day in ISO form, content of an edition that tells it), the oldest first."""


@dataclass(frozen=True, slots=True)
class WeekInputs:
    """``days`` are the editions of the week, ``before`` those of the fortnight before it. ``traces`` is what editions
    of eight weeks and of this one remember, the newest first. ``history`` counts the events that began, by day, and
    ``feeds`` says how many feeds were read on each. ``read`` are the days of the week of which anything was read."""

    name: str
    day: date
    week: Window
    days: DayContents
    before: DayContents
    keys: Keys
    traces: Sequence[Trace]
    coverage: Coverage
    archived: int = 0
    history: Sequence[DayCount] = ()
    feeds: Mapping[date, int] = field(default_factory=dict)
    read: frozenset[str] = frozenset()
    claim_names: Mapping[str, str] = field(default_factory=dict)
    model: ModelVersion | None = None

    @property
    def week_before(self) -> DayContents | None:
        """The editions of the seven days before the week; None where there are none."""
        first = date.fromordinal(self.day.toordinal() - 13).isoformat()
        return [each for each in self.before if each[0] >= first] or None
