"""What became of a run, in one line for people: on the terminal of `axiswatch serve`, and in the flow's own log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from db.records import RunOutcome

Detail = Mapping[str, Any]
ASKED_TO_STOP = ("TerminationSignal", "KeyboardInterrupt", "CancelledError")
"""The errors by which a process ends that was asked to."""


def outcome_line(flow: str, outcome: RunOutcome, detail: Detail, seconds: float) -> str:
    """The counts of a run that was completed, or why it was not, and its seconds. ``detail`` is that of our log."""
    if outcome == "failed" and str(detail.get("error", "")).startswith(ASKED_TO_STOP):
        return f"asked to stop after {_told(seconds)} s; the next run goes on from there"
    if outcome == "failed":
        kind = "crashed" if detail.get("crashed") else "failed"
        return f"{kind} after {_told(seconds)} s: {_first_line(str(detail.get('error', 'no reason is known')))}"
    if outcome == "skipped":
        late = detail.get("late_seconds")
        return "stepped aside: " + (f"it was due {late} s ago" if late else str(detail.get("beside", "")))
    told = _COUNTS.get(flow, _plainly)(detail)
    return f"{told}; {_told(seconds)} s" if told else f"{_told(seconds)} s"


def _told(seconds: float) -> str:
    """``4.1``; ``4`` where only whole seconds are known, as in the log of runs."""
    return f"{seconds:.1f}".removesuffix(".0")


def _first_line(error: str) -> str:
    return " ".join(error.split())[:300]


def _entries(detail: Detail) -> str:
    new = f"{detail.get('seen', 0)} entries read, {detail.get('new', 0)} new"
    return f"{new}, {detail['flagged']} flagged" if "flagged" in detail else new


def _reading(detail: Detail) -> str:
    return f"{_entries(detail)}; {detail.get('failed', 0)} of {detail.get('feeds', 0)} feeds failed"


def _judging(detail: Detail) -> str:
    return f"{detail.get('scored', 0)} entries scored, {detail.get('flagged', 0)} flagged"


def _judging_again(detail: Detail) -> str:
    newly, no_longer = detail.get("newly", 0), detail.get("no_longer", 0)
    return f"{_judging(detail)}, {newly} newly and {no_longer} no longer"


def _sending(detail: Detail) -> str:
    states = ", ".join(f"{count} {state}" for state, count in sorted(detail.get("deliveries", {}).items()))
    edition = f"edition {detail['edition']}" if detail.get("edition") else "no edition is due"
    return f"{edition}: {states}" if states else edition


def _learning(detail: Detail) -> str:
    return f"{detail.get('model_version', '?')} {detail.get('status', '?')}. {_first_line(str(detail.get('note', '')))}"


def _copying(detail: Detail) -> str:
    folder = Path(str(detail.get("folder", ""))).name
    return f"{folder}, {int(detail.get('bytes', 0)) / 1e6:.1f} MB, {detail.get('removed', 0)} older removed"


def _pruning(detail: Detail) -> str:
    freed = int(detail.get("store_bytes", 0)) + int(detail.get("prefect_bytes", 0))
    troubles = len(detail.get("troubles", ()))
    return f"gave up {detail.get('rows', 0)} rows or bodies, {freed / 1e6:.1f} MB freed, {troubles} not done"


def _looking(detail: Detail) -> str:
    return "; ".join(map(str, detail.get("bad", ()))) or "sound"


def _plainly(detail: Detail) -> str:
    """Whatever a run tells: lists by their length."""
    told = ((name, len(value) if isinstance(value, (list, tuple)) else value) for name, value in detail.items())
    return ", ".join(f"{name} {value}" for name, value in told if value and not isinstance(value, Mapping))


_COUNTS: dict[str, Callable[[Detail], str]] = {
    "backfill": _entries,
    "monitor": _reading,
    "ingest": _reading,
    "classify": _judging,
    "digest": _sending,
    "retrain": _learning,
    "backup": _copying,
    "prune": _pruning,
    "rescore": _judging_again,
    "health": _looking,
}
