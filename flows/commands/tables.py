"""What people see: progress while feeds are read, and tables of what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows.commands.session import err, out

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Coverage, Feed, Fetch
    from flows.config.settings import Config
    from flows.digest.dispatch import Sent

COUNTS = ("seen", "new", "duplicate", "edited", "capped", "rejected")


@contextmanager
def feeds_progress(total: int) -> Iterator[Callable[[Feed, Fetch], None]]:
    """A progress bar on stderr for as long as the block lasts; gives what to call for each feed that was read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("starting", total=total)

        def read(feed: Feed, _: Fetch) -> None:
            done = progress.tasks[0].completed + 1
            description = "scoring" if done >= total else f"read {escape(feed.outlet[:32])}"
            progress.update(task, advance=1, description=description)

        yield read


def feeds_table(rows: Sequence[tuple[str, Fetch]]) -> Table:
    """Every feed with what stood in it: the first of ``COUNTS`` is the sum of the others; and why some failed."""
    table = Table(box=None, pad_edge=False)
    table.add_column("feed", overflow="ellipsis", no_wrap=True, min_width=24)
    for heading in (*COUNTS, "ms"):
        table.add_column(heading, justify="right")
    table.add_column("remark", overflow="fold")
    for outlet, fetch in rows:
        numbers = (*(getattr(fetch, name) for name in COUNTS), fetch.milliseconds)
        style = "red" if fetch.outcome in ("failed", "postponed") else None
        table.add_row(escape(outlet), *map(str, numbers), escape(remark(fetch)), style=style)
    totals = [sum(getattr(fetch, name) for _, fetch in rows) for name in COUNTS]
    table.add_section()
    table.add_row(f"{len(rows)} feeds", *map(str, totals), "", "", style="bold")
    return table


def remark(fetch: Fetch) -> str:
    """Why a feed failed, or why some of its elements were rejected."""
    if fetch.outcome in ("failed", "postponed"):
        return f"{fetch.outcome}: {fetch.error}"
    if fetch.outcome == "unchanged":
        return "unchanged since the last reading"
    return ", ".join(f"{reason} ({count})" for reason, count in sorted(fetch.reasons.items()))


def print_failures(coverage: Coverage) -> None:
    """The feeds that could not be read, a line each, on stderr; those that fail by the proxy alone, in one."""
    from flows.feeds.http.proxy import is_of_proxy

    by_proxy = Counter(error for _, error in coverage.failures if is_of_proxy(error))
    for outlet, error in coverage.failures:
        if error not in by_proxy:
            err.print(f"  failed: {outlet}: {error}", markup=False)
    for error, feeds in by_proxy.items():
        err.print(f"  failed: {feeds} {'feed' if feeds == 1 else 'feeds'}: {error}", markup=False)


def print_notices(config: Config, run_id: str) -> None:
    """What the run has to say of feeds, a line each, on stderr."""
    from db import notices
    from db.connect import open_store

    with closing(open_store(config.store.path)) as store:
        for outlet, notice in notices.of_run(store, run_id):
            err.print(f"  notice: {outlet} {notice.text}", markup=False)


def print_coverage(coverage: Coverage) -> None:
    """One line of sums."""
    out.print(
        f"{coverage.read} of {coverage.feeds} feeds read"
        f"{f' ({coverage.unchanged} unchanged)' if coverage.unchanged else ''}; {coverage.seen} entries seen ="
        f" {coverage.new} new + {coverage.duplicate} duplicate + {coverage.edited} edited"
        f" + {coverage.capped} capped + {coverage.rejected} rejected"
    )


def print_sent(sent: Sent) -> None:
    """What became of the digest."""
    from flows.config.settings import OUTBOX

    if sent.edition is None:
        out.print("nothing new since the last edition: no digest was sent")
        return
    name = sent.edition.name
    if sent.repeated:
        out.print(f"the edition {name} had been sent already: nothing was sent again")
    for delivery in sent.deliveries:
        line = f"{delivery.recipient}: {delivery.state}"
        if not sent.repeated or delivery.way == OUTBOX:
            out.print(f"edition {name} to {line}{': ' if delivery.detail else ''}{delivery.detail}", markup=False)
    if sent.left_out:
        readers = "1 reader gets" if sent.left_out == 1 else f"{sent.left_out} readers get"
        out.print(f"{readers} nothing, having unsubscribed: axiswatch unsubscribed")
