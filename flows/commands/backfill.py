"""The command that reads archives."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from flows.commands import session
from flows.commands.running import config_text, home_of
from flows.commands.session import CommandError, config_of, prefect_at_hand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils import Database

    from db.backfills import Backfill
    from db.records import FeedSpec
    from flows.archive.outlets import Outlets
    from flows.archive.saved_feeds import SavedFeeds
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
    from db.connect import open_store
    from flows.archive.outlets import Outlets
    from flows.archive.saved_feeds import SavedFeeds
    from flows.feeds.subscriptions.spelling import respell
    from flows.feeds.subscriptions.user_feeds import listed

    now = datetime.now(UTC)
    with closing(open_store(config.store.path)) as store:
        respell(store)
        outlets = Outlets(store, listed(config.feeds), now)
        saved = SavedFeeds(store, outlets, config.fetch, now)
        async with saved.pool:
            loader = _Loader(store, outlets, saved, now)
            for file in files:
                await loader.load(file)
    return loader.problems


class _Loader:
    """Reads the files that the call names, prints a line for each, and keeps the problems."""

    def __init__(self, store: Database, outlets: Outlets, saved: SavedFeeds, now: datetime) -> None:
        self._store = store
        self._outlets = outlets
        self._saved = saved
        self._now = now
        self.problems: list[str] = []

    async def load(self, path: Path) -> None:
        """Read one argument of the call."""
        from flows.archive.loading import LINES, TABLES, kind_of
        from flows.archive.saved_feeds import SAVED, files_in

        folder = path if path.is_dir() else path.parent if kind_of(path) == ".opml" else None
        if folder is None and kind_of(path) not in LINES + TABLES + SAVED:
            known = " ".join((*LINES, *TABLES, *SAVED, ".opml"))
            self.problems.append(f"{path}: not read, its name must end with one of {known} (or that and .gz)")
            return
        files, also = files_in(folder) if folder else ([path], [])
        heard: dict[str, Backfill] = {}
        with _progress(path.name, len(files), path) as tell:

            def hear(backfill: Backfill) -> None:
                heard[backfill.file] = backfill
                tell(backfill)

            done = [each for file in files if (each := await self._file(file, also, hear, is_named=not folder))]
        _tell(path, list(heard.values()), len(files), old=sum(each.file not in heard for each in done))

    async def _file(
        self, file: Path, also: Sequence[FeedSpec], tell: Callable[[Backfill], None], *, is_named: bool
    ) -> Backfill | None:
        from flows.archive.loading import LINES, TABLES, kind_of, load_rows
        from flows.archive.rows import ArchiveError

        try:
            if kind_of(file) in LINES + TABLES:
                return load_rows(self._store, file, self._outlets, self._now, tell)
            return await self._saved.load(file, also, tell)
        except (ArchiveError, EOFError, OSError) as error:
            told = str(error) if isinstance(error, ArchiveError) else f"{file} is not readable: {error}"
            if is_named:
                self.problems.append(told)
            else:  # A folder may hold anything.
                session.err.print(f"  passed over: {told}", markup=False)
            return None


@contextmanager
def _progress(name: str, files: int, path: Path) -> Iterator[Callable[[Backfill], None]]:
    """A bar on stderr: by files for a folder, by bytes for a file (one that is packed has no known end)."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    is_folder = path.is_dir() or files != 1
    total = files if is_folder else None if path.suffix == ".gz" else path.stat().st_size
    with Progress(*columns, console=session.err, transient=True, disable=not session.err.is_terminal) as bar:
        task = bar.add_task(name, total=total)

        def tell(backfill: Backfill) -> None:
            if is_folder:
                bar.update(task, advance=int(backfill.is_done))
            else:
                bar.update(task, completed=backfill.position, description=f"{name}: {backfill.seen} rows")

        yield tell


def _tell(path: Path, done: Sequence[Backfill], files: int, old: int) -> None:
    if old and not done:
        session.out.print(f"{path}: nothing that was not read before", markup=False)
        return
    reasons = sum((Counter(each.reasons) for each in done), Counter[str]())
    seen, new, duplicate, rejected = (
        sum(getattr(each, name) for each in done) for name in ("seen", "new", "duplicate", "rejected")
    )
    of = f" in {files} files" if files != 1 else ""
    rest = f"; {old} of the files were read before" if old else ""
    session.out.print(
        f"{path}: {seen} entries seen{of} = {new} new + {duplicate} duplicate + {rejected} rejected{rest}", markup=False
    )
    for reason, count in sorted(reasons.items()):
        session.err.print(f"  rejected: {reason} ({count})", markup=False)
