"""The demo: a site on loopback, read by the real flows into a store of its own, with digests in the outbox."""

from __future__ import annotations

import asyncio
import webbrowser
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.running import one_digest, one_pass
from flows.commands.session import CommandError, config_of, prefect_at_hand
from flows.commands.tables import feeds_table, print_coverage, print_sent

if TYPE_CHECKING:
    from db.records import FeedSpec
    from flows.config.settings import Config
    from flows.digest.dispatch import Sent
    from flows.monitor import Pass
    from flows.sample.site import SampleSite

PASS_AT = timedelta(hours=17, minutes=40)
DIGEST_HOUR = 18
SAMPLE_DAYS = 13
"""Days that may be replayed: the sample covers one more."""


def demo(
    ctx: typer.Context,
    site: Annotated[Path | None, typer.Option(help="a folder of feed files to read instead of the sample")] = None,
    show: Annotated[bool, typer.Option("--open", help="open the digest in the browser")] = False,
    days: Annotated[int, typer.Option(min=1, max=SAMPLE_DAYS, help="how many of the sample's days are replayed")] = 3,
) -> None:
    """Watch the whole of it work: a site on loopback, feeds, scores, a digest. It needs no network and no account.

    The last days of the topic's sample are replayed: first the backlog, then a pass over the feeds and a digest
    a day. With --site there is one pass, and the digest covers what it saw first, whatever the dates. Each demo
    begins with an empty store in var/demo, beside a config file with which every other command can look into it.

    Example: axiswatch demo --open
    """
    config = config_of(ctx)
    with prefect_at_hand(ctx, config.store.path.parent / "prefect"):
        sent = _folder(config, site) if site else _sample(config, days)
    print_sent(sent)
    page = Path(sent.outbox_path).with_suffix(".html") if sent.outbox_path else None
    if page is not None:
        session.out.print(f"digest: {page}", markup=False, style="bold")
        file = config.store.path.parent / "demo" / "axiswatch.toml"
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        session.out.print(f"its buttons answer while this runs: axiswatch review --config {shown}", markup=False)
        if show:
            webbrowser.open(page.as_uri())


def _sample(config: Config, days: int) -> Sent:
    from flows.sample.site import SampleSite, last_day

    last = last_day()
    first = last - timedelta(days=days)
    with SampleSite(first + PASS_AT) as site:
        file = write_config(config, site.feeds())
        total = len(site.feeds())
        return asyncio.run(_days(file, site, total, days, last))


async def _days(file: Path, site: SampleSite, total: int, days: int, last: datetime) -> Sent:
    sent: Sent | None = None
    for back in range(days, -1, -1):
        day = last - timedelta(days=back)
        site.now = day + PASS_AT
        done = _not_beside(await one_pass(str(file), total, site.now.isoformat()))
        print_pass(done, file, f"{day:%Y-%m-%d}{' (backlog)' if back == days else ''}", detailed=back == 0)
        if back < days:
            moment = day + timedelta(hours=DIGEST_HOUR)
            sent = await one_digest(str(file), day.date().isoformat(), moment.isoformat())
    assert sent is not None  # there is one day at least
    return sent


def _folder(config: Config, folder: Path) -> Sent:
    from flows.sample.site import FolderSite

    if not folder.is_dir():
        raise CommandError(f"there is no folder {folder}")
    with FolderSite(folder) as site:
        specs = site.feeds()
        if not specs:
            raise CommandError(f"{folder} holds no file to serve as a feed")
        file = write_config(config, specs)

        async def once() -> Sent:
            done = _not_beside(await one_pass(str(file), len(specs)))
            print_pass(done, file, str(folder), detailed=True)
            return await one_digest(str(file), "recent")

        return asyncio.run(once())


def _not_beside(done: Pass | None) -> Pass:
    if done is None:
        raise CommandError("another demo is running in this folder; wait for its end")
    return done


def write_config(config: Config, specs: list[FeedSpec]) -> Path:
    """Empty the folder ``demo`` beside the store and write a config and a feed list into it; returns the config."""
    from db.private import private_folder, write_private

    folder = config.store.path.parent / "demo"
    try:
        private_folder(folder)
        for old in folder.glob("axiswatch.db*"):
            old.unlink()
    except OSError as error:
        raise CommandError(f"cannot use the folder of the demo: {error}") from error
    from flows.feeds.subscriptions.catalogue import feed_table

    write_private(folder / "feeds.toml", "".join(map(feed_table, specs)))
    file = folder / "axiswatch.toml"
    write_private(file, _config_text(config))
    return file


def _config_text(config: Config) -> str:
    from flows.feeds.subscriptions.catalogue import quoted

    return "\n".join(
        (
            "# Written by `axiswatch demo`: use it with --config to look into the demo's store.",
            *([f"[topic]\nfolder = {quoted(str(config.topic.folder))}"] if config.topic.folder else []),
            '[store]\npath = "axiswatch.db"',
            '[feeds]\nfile = "feeds.toml"',
            "[fetch]\nallow_private = true\nper_host = 24\nhost_seconds = 0",
            f"[classifier]\nmodels = {quoted(str(config.classifier.models))}",
            f"[digest]\ntitle = {quoted(config.digest.title)}\nhour = {DIGEST_HOUR}\nlate_hours = 1000000",
            f"[delivery]\noutbox = {quoted(str(config.delivery.outbox))}",
            "",
        )
    )


def print_pass(done: Pass, file: Path, heading: str, *, detailed: bool) -> None:
    """What one pass came to; with every feed where ``detailed``."""
    from db import fetches
    from db.connect import open_store
    from flows.config.settings import load_config

    session.out.rule(heading, align="left")
    if detailed:
        with closing(open_store(load_config(file).store.path)) as store:
            session.out.print(feeds_table(fetches.of_run(store, done.run_id)))
    print_coverage(done.coverage)
    judged = done.judged
    session.out.print(f"{judged.scored} entries scored by {judged.model_version}, {judged.flagged} flagged")
