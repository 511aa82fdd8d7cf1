"""Commands that run flows: run, retrain, serve."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, options, prefect_at_hand
from flows.commands.tables import feeds_progress, print_coverage, print_failures, print_notices, print_sent

if TYPE_CHECKING:
    from db.records import ModelVersion
    from flows.config.settings import Config
    from flows.digest.dispatch import Sent
    from flows.monitor import Pass


ANOTHER = "another axiswatch is reading the feeds into this store: this one steps aside, and nothing is missed"


def run(
    ctx: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="read only the feeds whose next check has come")] = False,
) -> None:
    """Read every configured feed once, then send the digest of the last 24 hours.

    Where another process is reading the feeds already, this one says so and ends. Feeds of a host that asked for quiet
    are left alone.

    The digest covers what was first seen since the last edition, 24 hours back at the most. Where nothing came in
    since an edition of the last 24 hours, no other is sent. Exit code 3: not one feed could be reached; 4: there is a
    digest, and nobody could be given it.

    Example: axiswatch --config axiswatch.toml run
    """
    config = config_of(ctx)
    total = count_feeds(config)
    with prefect_at_hand(ctx, home_of(config)):
        done = asyncio.run(one_pass(config_text(ctx), total, everything=not due))
        if done is None:
            session.err.print(ANOTHER)
            return
        print_failures(done.coverage)
        print_notices(config, done.run_id)
        out_of_reach = done.coverage.read == 0 < done.coverage.feeds
        if not out_of_reach:
            print_coverage(done.coverage)
            judged = done.judged
            session.out.print(f"{judged.scored} entries scored by {judged.model_version}, {judged.flagged} flagged")
            if judged.unknown_language:
                session.out.print(f"{judged.unknown_language} of them in a language that the lexicon does not cover")
            sent = asyncio.run(one_digest(config_text(ctx), "recent"))
            print_sent(sent)
            if sent.reached_nobody:
                raise unsent([sent])
    if out_of_reach:
        raise CommandError(
            f"0 of {done.coverage.feeds} feeds could be reached: the store is as it was, and no digest was sent",
            session.UNREACHED,
        )


def count_feeds(config: Config) -> int:
    """How many feeds the config lists. Raises CatalogueError, also where there is none."""
    from flows.feeds.subscriptions.user_feeds import to_read

    return len(to_read(config.feeds))


def home_of(config: Config) -> Path:
    """Where Prefect keeps its state: beside the store."""
    return config.store.path.parent / "prefect"


async def one_pass(config: str, total: int, now: str = "", *, everything: bool = True) -> Pass | None:
    """The monitor flow, with a progress bar; None where another process reads. Call it inside `prefect_at_hand`."""
    from flows.ingest import on_feed
    from flows.monitor import monitor

    with feeds_progress(total) as read:
        token = on_feed.set(read)
        try:
            done: Pass | None = await monitor(config=config, now=now, everything=everything)
        finally:
            on_feed.reset(token)
    return done


async def one_digest(config: str, day: str, now: str = "") -> Sent:
    """The digest flow. Call it inside `prefect_at_hand`."""
    from flows.send_digest import send_digest

    sent: Sent | None = await send_digest(config=config, day=day, now=now)
    assert sent is not None  # only scheduled runs step aside
    return sent


def unsent(lost: Sequence[Sent]) -> CommandError:
    """What ends a command whose editions nobody has got; the first of them says why."""
    names = ", ".join(sent.edition.name for sent in lost if sent.edition)
    why = next(each.detail or each.state for each in lost[0].deliveries)
    again = any(each.state == "deferred" and not each.given_up for sent in lost for each in sent.deliveries)
    remedy = "it is tried again with the next pass" if again else "axiswatch health says who was to get it"
    return CommandError(f"nobody has got the edition {names}: {why}; {remedy}", session.UNSENT)


def config_text(ctx: typer.Context) -> str:
    """The path of the config file as a flow takes it."""
    path = options(ctx).config
    return str(path.resolve()) if path else ""


def retrain(ctx: typer.Context) -> None:
    """Train a model on the seed and your labels; it takes over only where it is better than the present one.

    Example: axiswatch retrain
    """
    config = config_of(ctx)
    with prefect_at_hand(ctx, home_of(config)):
        version = asyncio.run(_retrain(config_text(ctx)))
    session.out.print(f"{version.id}: {version.status}. {version.note}", markup=False)


async def _retrain(config: str) -> ModelVersion:
    from flows.retrain import retrain as retrain_flow

    version: ModelVersion | None = await retrain_flow(config=config)
    assert version is not None  # only scheduled runs step aside
    return version


def serve(ctx: typer.Context) -> None:
    """Run the schedules here until Ctrl-C: monitor, digest, retrain, backup, prune.

    A Prefect server is started on a free loopback port unless PREFECT_API_URL names one; there is nothing to install
    and no account. It answers to these runs alone, and to whoever has the login that is named here. The desk (see
    axiswatch review) is kept open beside it.

    Example: axiswatch serve
    """
    from db.file_lock import LockTakenError, locked

    config = config_of(ctx)
    count_feeds(config)
    try:
        with locked(config.store.path, "serve", patience=0):
            _serve(ctx, config)
    except LockTakenError as error:
        who = f" (pid {error.pid})" if error.pid else ""
        raise CommandError(
            f"another axiswatch serve{who} works on the store {config.store.path} already; end that one first"
        ) from error


def _serve(ctx: typer.Context, config: Config) -> None:
    from flows.config.environment import known_api
    from flows.runtime.prefect_server import LOGIN_FILE

    home, is_ours = home_of(config) / "serve", not known_api()
    with prefect_at_hand(ctx, home, schedules=True) as api:
        from flows.desk.server import desk_beside
        from flows.serve import close_stopped
        from flows.serve import serve as serve_schedules

        if is_ours:
            pages, login = api.removesuffix("/api"), home / LOGIN_FILE
            session.out.print(f"Prefect's pages: {pages}; the login they ask for is in {login}", markup=False)
        with desk_beside(config) as desk:
            if desk:
                session.out.print(session.shown(f"judge entries at {desk}"), markup=False)
            try:
                asyncio.run(serve_schedules(config, options(ctx).config, is_alone=is_ours))
            finally:
                if is_ours:
                    asyncio.run(close_stopped())
