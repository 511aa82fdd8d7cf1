"""What the flows report on Prefect's pages: the ledger of feeds, the edition, what retraining came to."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from db import fetches
from db.connect import open_store
from db.records import Coverage, Edition, Fetch, ModelVersion
from flows.config.settings import Config
from flows.digest.content.codec import typed
from flows.digest.render.markdown import markdown_of, plain
from flows.runtime.shown_runs import is_looked_at, show_markdown, show_table

MOST_FEEDS = 100
"""Rows of the ledger that one run shows: Prefect keeps each for two weeks. Failures come first; the rest is counted,
and `axiswatch feeds health` has all."""


async def report_feeds(current: Config, run_id: str, coverage: Coverage) -> None:
    """The ledger of the run: each feed that failed or brought something, as a table."""
    if not is_looked_at():
        return
    with closing(open_store(current.store.path)) as store:
        read = fetches.of_run(store, run_id)
    rows = feed_rows(read)
    shown = rows[:MOST_FEEDS]
    left = f" {len(rows) - len(shown)} more are not shown." if len(rows) > len(shown) else ""
    told = f"{coverage.unchanged} unchanged and not shown, {coverage.failed} failed of {coverage.feeds} feeds.{left}"
    counts = f"{coverage.seen} entries seen, {coverage.new} new."
    await show_table("feeds", shown, f"{counts} {told}")


def feed_rows(read: Sequence[tuple[str, Fetch]]) -> list[dict[str, Any]]:
    """A row for each fetch that was not merely unchanged: those that went wrong first, then by what is new."""
    told = [(outlet, fetch) for outlet, fetch in read if fetch.outcome != "unchanged"]
    told.sort(key=lambda each: (each[1].outcome == "ok", -each[1].new, each[0]))
    return [
        {
            "feed": outlet,
            "outcome": fetch.outcome,
            "seen": fetch.seen,
            "new": fetch.new,
            "edited": fetch.edited,
            "rejected": fetch.rejected,
            "error": fetch.error or "",
        }
        for outlet, fetch in told
    ]


async def report_edition(edition: Edition | None, deliveries: dict[str, int]) -> None:
    """The edition as it was composed, with its link; nothing where there is none."""
    if edition is None or not is_looked_at():
        return
    told = ", ".join(f"{count} {state}" for state, count in sorted(deliveries.items()))
    await show_markdown(f"edition {edition.name}", markdown_of(typed(edition)), told)


async def report_model(version: ModelVersion) -> None:
    """What became of the candidate, and by what figures."""
    if is_looked_at():
        await show_markdown("retrain", model_report(version))


def model_report(version: ModelVersion) -> str:
    """The version, its status, why, and its figures as a table."""
    figures = [(name, value) for name, value in sorted(version.metrics.items()) if isinstance(value, (int, float, str))]
    lines = [f"# {plain(version.id)}: {version.status}", "", plain(version.note) or "No note.", ""]
    lines += ["| figure | value |", "|---|---|", f"| threshold | {version.threshold:.4f} |"]
    lines += [f"| {plain(name)} | {_told(value)} |" for name, value in figures]
    return "\n".join(lines) + "\n"


def _told(value: float | str) -> str:
    return f"{value:.4f}" if isinstance(value, float) else plain(str(value))
