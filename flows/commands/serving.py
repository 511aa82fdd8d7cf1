"""The command `serve`: the schedules, until it is asked to stop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from flows.commands import session
from flows.commands.running import count_feeds, home_of
from flows.commands.session import CommandError, config_of, options, prefect_at_hand

if TYPE_CHECKING:
    from flows.config.settings import Config
    from flows.runtime.stop_request import StopRequest


def serve(ctx: typer.Context) -> None:
    """Run the schedules here until Ctrl-C: monitor, digest, health, retrain, backup, prune.

    A pass over the feeds at once, then on a grid that counts from midnight of [digest] time_zone and does not drift.
    It says what comes next, and each run that ends is a line: what was read, what is new, what failed, seconds.

    A Prefect server is started on a free loopback port unless PREFECT_API_URL names one; there is nothing to install
    and no account. It answers to these runs alone, and to whoever has the login that is named here; where it ends by
    itself, it is started again. The desk (see axiswatch review) is kept open beside it.

    Ctrl-C or SIGTERM ends it within some ten seconds, a run under way included: what that has not done the next one
    does. A second one ends it at once. Exit code 5: its Prefect server ended again and again.

    Example: axiswatch serve
    """
    from db.file_lock import LockTakenError, locked
    from flows.runtime.stop_request import StopRequest

    config = config_of(ctx)
    count_feeds(config)
    stop = StopRequest(_stopping)
    try:
        with locked(config.store.path, "serve", patience=0), stop.listening():
            _serve(ctx, config, stop)
    except LockTakenError as error:
        who = f" (pid {error.pid})" if error.pid else ""
        raise CommandError(
            f"another axiswatch serve{who} works on the store {config.store.path} already; end that one first"
        ) from error
    session.err.print("axiswatch: ended")


def _serve(ctx: typer.Context, config: Config, stop: StopRequest) -> None:
    from flows.config.environment import known_api, name_serve_process
    from flows.runtime.prefect_server import LOGIN_FILE
    from flows.runtime.run_process import end_at_once

    home, is_ours = home_of(config) / "serve", not known_api()

    def server_ended(what: str, is_started_again: bool) -> None:
        if is_started_again:
            session.err.print(f"axiswatch: {what} and is started again", markup=False)
            return
        log = home / "server.log"
        session.err.print(f"axiswatch: {what}, again and again: {log} says why; serve ends", markup=False)
        # Without its server nothing can be ended in order: the next start closes what was under way.
        end_at_once(session.LOST)

    with prefect_at_hand(ctx, home, schedules=True, on_end=server_ended) as api:
        from flows.desk.server import desk_beside
        from flows.serve import serve as serve_schedules

        if is_ours:
            name_serve_process()
            pages, login = api.removesuffix("/api"), home / LOGIN_FILE
            session.out.print(f"Prefect's pages: {pages}; the login they ask for is in {login}", markup=False)
        with desk_beside(config) as desk:
            if desk:
                session.out.print(session.shown(f"judge entries at {desk}"), markup=False)
            asyncio.run(serve_schedules(config, options(ctx).config, stop, _say, is_alone=is_ours))


def _say(line: str) -> None:
    session.out.print(line, markup=False)
    session.out.file.flush()


def _stopping(signal: str) -> None:
    session.err.print(f"axiswatch: {signal}: ends; again ends it at once", markup=False)
