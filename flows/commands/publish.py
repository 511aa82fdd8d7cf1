"""The command `publish`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.progress import Progress

from flows.commands import session
from flows.commands.session import CommandError, config_of


def publish(
    ctx: typer.Context,
    anew: Annotated[bool, typer.Option("--anew", help="make every file again, changed or not")] = False,
    force: Annotated[bool, typer.Option("--force", help="take over a folder that another store published to")] = False,
) -> None:
    r"""Bring the folder of \[publish] up to date: an archive of pages, and feeds of flagged stories.

    run, digest and serve do so by themselves after each edition; this is for the first time, or after editions of past
    days were composed. Only files that changed are written, and only what axiswatch wrote there is ever removed. A
    folder to which another store has published is left alone without --force, which removes that store's pages.

    Example: axiswatch publish
    """
    config = config_of(ctx)
    if config.publish.folder is None:
        raise CommandError('nothing says where to publish; set folder = "var/site" in [publish]')
    with session.existing_store(config):
        pass
    from classifiers.tagging.watchlist import ClaimError
    from flows.digest.content.codec import ContentError
    from flows.publish.folder import FolderError
    from flows.publish.publishing import publish as bring

    try:
        with Progress(console=session.err, transient=True, disable=not session.err.is_terminal) as progress:
            done = bring(config, anew=anew, force=force, on_file=lambda total: _told(progress, total))
    except (FolderError, ClaimError, ContentError) as error:
        raise CommandError(str(error)) from error
    assert done is not None  # there is a folder
    told = f"{done.written} files written, {done.removed} removed, {done.same} as they were"
    session.out.print(f"{told}: open {config.publish.folder / 'index.html'}", markup=False, soft_wrap=True)


def _told(progress: Progress, total: int) -> Callable[[str], None]:
    task = progress.add_task("publishing", total=total)
    return lambda _: progress.advance(task)
