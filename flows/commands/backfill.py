"""The command that reads archives."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from flows.commands import session
from flows.commands.running import config_text, home_of
from flows.commands.session import CommandError, config_of, prefect_at_hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.backfills import Backfill
    from flows.archive.loading import LoadProgress
    from flows.archive.reading import Archive
    from flows.config.settings import Config
    from flows.stories.judging import Classified


def backfill(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="JSON lines, CSV, saved feeds, OPML, or folders of them")],
    scores: Annotated[bool, typer.Option(help="score and cluster what is new afterwards")] = True,
) -> None:
    """Read archives into the store. Every entry counts as first seen on its own date, so that digests of past days
    can be made; one without a date (or dated in the future, or before 1995) is rejected, and counted.

    JSON lines and CSV have title, summary, body, url, date, outlet, kind (wire, press, think_tank, official or
    state_media), country, lang and id. A folder may hold saved feeds (named like their outlet, with a date or without)
    and an OPML file that says which feeds they are; of an OPML file, its folder is read. It can be killed and begun
    again at any time: what was read is not read again.

    Example: axiswatch backfill old-entries.jsonl saved-feeds/
    """
    config = config_of(ctx)
    for file in files:
        if not file.exists():
            raise CommandError(f"there is no file {file}")
    problems = asyncio.run(load(config, files))
    if scores:
        with prefect_at_hand(ctx, home_of(config)):
            judged = asyncio.run(_judge(config_text(ctx)))
        session.out.print(f"{judged.scored} entries scored by {judged.model_version}, {judged.flagged} flagged")
    if problems:
        raise CommandError("; ".join(problems))


async def _judge(config: str) -> Classified:
    from flows.classify import classify

    judged: Classified = await classify(config=config)
    return judged


async def load(config: Config, files: Sequence[Path]) -> list[str]:
    """Read the archives into the store, with progress and a line for each; returns what could not be read."""
    from flows.archive.reading import read_archives

    return await read_archives(config, files, datetime.now(UTC), _Terminal())


class _Terminal:
    """Shows a bar while an archive is read, and a line when it was."""

    @contextmanager
    def progress(self, archive: Archive) -> Iterator[LoadProgress]:
        """A bar on stderr: by files for a folder, by bytes for a file (one that is packed has no known end)."""
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        path, name = archive.path, archive.path.name
        is_by_files = archive.is_by_files
        total = archive.files if is_by_files else None if path.suffix == ".gz" else path.stat().st_size
        with Progress(*columns, console=session.err, transient=True, disable=not session.err.is_terminal) as bar:
            task = bar.add_task(name, total=total)

            def tell(backfill: Backfill) -> None:
                if is_by_files:
                    bar.update(task, advance=int(backfill.is_done))
                else:
                    bar.update(task, completed=backfill.position, description=f"{name}: {backfill.seen} rows")

            yield tell

    def read(self, archive: Archive, done: Sequence[Backfill], old: int) -> None:
        """Its counts, and why entries were rejected."""
        path, files = archive.path, archive.files
        if old and not done:
            session.out.print(f"{path}: nothing that was not read before", markup=False)
            return
        reasons = sum((Counter(each.reasons) for each in done), Counter[str]())
        seen, new, duplicate, rejected = (
            sum(getattr(each, name) for each in done) for name in ("seen", "new", "duplicate", "rejected")
        )
        of = f" in {files} files" if files != 1 else ""
        rest = f"; {old} of the files were read before" if old else ""
        counts = f"{seen} entries seen{of} = {new} new + {duplicate} duplicate + {rejected} rejected{rest}"
        session.out.print(f"{path}: {counts}", markup=False)
        for reason, count in sorted(reasons.items()):
            session.err.print(f"  rejected: {reason} ({count})", markup=False)

    def passed_over(self, reason: str) -> None:
        """A line on stderr."""
        session.err.print(f"  passed over: {reason}", markup=False)
