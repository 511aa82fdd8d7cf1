"""The account of a soak: a table for people, JSON for programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.soak.alarm_checks import alarm_checks, wanted, ways_of
from tests.soak.checks import Check, checks
from tests.soak.heard import Heard, heard
from tests.soak.soak import Soak
from tests.soak.world import World


@dataclass(frozen=True)
class Account:
    """What is told at the end."""

    way: str
    done: Soak
    checks: tuple[Check, ...]
    restarts: tuple[str, ...]
    told: tuple[Heard, ...]

    @property
    def holds(self) -> bool:
        """Whether all of it holds."""
        return all(check.holds for check in self.checks)

    def table(self) -> str:
        """Markdown."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        passes = self.done.passes
        head = f"Soak of {self.way}: {len(passes)} passes in {self.done.seconds / 60:.0f} minutes"
        titles = "| what was broken | passes | how they came out | seconds | its alarm was received by |"
        yield from (head, "", titles, "|---|---|---|---|---|")
        for came in self.done.came:
            if came.episode.faults:
                outcomes = ", ".join(each.outcome for each in came.passes)
                seconds = ", ".join(f"{each.seconds:.0f}" for each in came.passes)
                heard_by = (", ".join(ways_of(came, self.told)) or "**nobody**") if wanted(came) else "-"
                count = f"{came.episode.passes} + {came.episode.calm}"
                yield f"| {came.episode.name} | {count} | {outcomes} | {seconds} | {heard_by} |"
        yield from ("", "| what must hold | holds | found |", "|---|---|---|")
        for check in self.checks:
            yield f"| {check.what} | {'yes' if check.holds else '**no**'} | {check.found} |"
        yield from ("", f"Started again, as systemd would: {', '.join(self.restarts) or 'nothing'}.")
        if self.done.left_out:
            yield f"Left out: {'; '.join(self.done.left_out)}."

    def json(self) -> str:
        """All of it."""
        came = [
            {
                "faults": each.episode.name,
                "begun": each.begun,
                "ended": each.ended,
                "passes": list(map(asdict, each.passes)),
            }
            for each in self.done.came
        ]
        told = {
            "way": self.way,
            "seconds": self.done.seconds,
            "holds": self.holds,
            "checks": list(map(asdict, self.checks)),
            "episodes": came,
            "heard": list(map(asdict, self.told)),
            "restarts": self.restarts,
            "left_out": self.done.left_out,
        }
        return json.dumps(told, default=str, indent=1) + "\n"

    def keep_logs(self, world: World, folder: Path) -> None:
        """Copy the logs of the processes and what the operator was told."""
        folder.mkdir(parents=True, exist_ok=True)
        for log in (*world.folder.glob("*.log"), *world.heard.iterdir()):
            if log.exists():
                shutil.copy(log, folder / log.name)


def account_of(world: World, done: Soak, way: str) -> Account:
    """The account."""
    told = heard(world)
    found = (*checks(world, done), *alarm_checks(world, done, told))
    return Account(way, done, found, tuple(world.way.restarts), tuple(told))
