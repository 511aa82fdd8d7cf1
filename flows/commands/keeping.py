"""Commands that keep the store: backup, restore, prune."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import config_of, options

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.keeping.manifest import Manifest


def backup(
    ctx: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", help="the folder of the backups; else that of the config")] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="how many stay there; else what the config says")] = None,
) -> None:
    """Copy the store, and what its next edition needs beside it, into a new folder of its own; look the copy over.

    It can be made at any time, in the middle of a pass too: it holds the store as it is at one moment. With the store
    go its models, your essays, the feeds you added, the secret of the desk, your config and what that names;
    manifest.json says what is in it and what is not. Of the backups of this store the newest stay, and the rest is
    taken away when the new one is sound. It holds addresses of readers: its files are for their owner alone.

    Example: axiswatch backup --to /mnt/elsewhere --keep 14
    """
    config = config_of(ctx)
    from flows.keeping.backup import make_backup

    with _progress("copying the store") as progress:
        made = make_backup(config, options(ctx).config, datetime.now(UTC), to=to, keep=keep, progress=progress)
    session.out.print(f"{made.folder}: {told(made.manifest)}; looked over and sound", markup=False)
    for line in made.manifest.absent:
        session.out.print(f"not in it: {line}", markup=False)
    if made.removed:
        session.out.print(f"taken away: {', '.join(folder.name for folder in made.removed)}", markup=False)


def restore(
    ctx: typer.Context,
    backup: Annotated[Path, typer.Argument(help="the folder of a backup, or a file in it")],
    force: Annotated[bool, typer.Option("--force", help="replace the store that is there; it is kept beside")] = False,
) -> None:
    """Bring a backup back, to where the config says that the store lies.

    The backup is looked over first. Nothing is replaced without --force, nor while serve, a pass or a digest works on
    the store; what is replaced is kept beside it under a name that ends in the moment. The config, claims, lists of
    feeds and topic of a backup are put where they are missing, and never over anything. Where there is no config here,
    that of the backup is put here first and says where the rest belongs.

    Example: axiswatch restore var/backups/axiswatch-20241118T023000Z --force
    """
    from flows.keeping.restore import backup_at
    from flows.keeping.restore import restore as put_back

    folder, manifest = backup_at(backup)
    with _config_put(ctx, folder, manifest):
        config = config_of(ctx)
        done = put_back(config, options(ctx).config, folder, manifest, datetime.now(UTC), force=force)
    session.out.print(
        f"{config.store.path}: {told(manifest)}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC", markup=False
    )
    for what, files in (("also restored", done.written[1:]), ("kept as", done.replaced)):
        for file in files:
            session.out.print(f"{what}: {file}", markup=False)
    for file in done.left:
        session.err.print(f"left as it is, and different in the backup: {file}", markup=False)


@contextmanager
def _config_put(ctx: typer.Context, folder: Path, manifest: Manifest) -> Iterator[None]:
    """Where no config is named or here, put the backup's here: its relative paths begin here then, as all paths do.
    Where the block fails, it is taken away again."""
    from db.private import FILE
    from db.whole_file import write_whole
    from flows.config.settings import DEFAULT_FILE, named_file

    kept, here = manifest.of("config"), Path(DEFAULT_FILE).resolve()
    if not kept or named_file(options(ctx).config) is not None or here.exists():
        yield
        return
    write_whole(here, (folder / kept[0].path).read_bytes(), FILE)
    try:
        yield
    except BaseException:
        here.unlink()
        raise
    session.out.print(f"also restored: {here}", markup=False)


def told(manifest: Manifest) -> str:
    """What is in a backup, in a line."""
    rows = manifest.facts.rows
    files = [each for each in manifest.files if each.role != "store"]
    size = sum(each.bytes for each in manifest.files)
    return (
        f"{rows['entries']} entries, {rows['editions']} editions, {rows['labels']} labels (schema"
        f" {manifest.facts.schema}) and {len(files)} files beside, {size / 1e6:.1f} MB"
    )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr for as long as the block lasts; gives what to tell the share that is done."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=session.err, transient=True, disable=not session.err.is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def prune(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="give it up; without it, only say what could be")] = False,
) -> None:
    """Say what the store could give up by the ages that the config sets under keep, and with --yes give it up.

    That is the log of fetches and runs, and the bodies of entries that were never flagged nor labelled, are in no story
    and that no edition named. All else is kept for ever, the keys too by which an entry is known again: nothing is
    taken for new. Where it pays and the disk has room, the file is then written anew without what it no longer needs.
    Prefect's own databases beside the store lose their oldest runs where they are larger than prefect_megabytes there.

    Example: axiswatch prune --yes
    """
    config = config_of(ctx)
    from flows.keeping.prune import could_give_up, give_up

    now = datetime.now(UTC)
    found = could_give_up(config, now)
    for line in found.lines():
        session.out.print(line, markup=False)
    if not yes:
        session.out.print("nothing was changed: add --yes to give it up")
        return
    with _progress("giving up") as progress:
        done = give_up(config, now, progress=progress)
    for line in done.lines():
        session.out.print(line, markup=False)
