"""Commands about the set-up as a whole: doctor, health."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.health import moment
from flows.commands.session import CommandError, options, watched

if TYPE_CHECKING:
    from datetime import datetime

    from flows.config.settings import Config
    from flows.doctor.finding import Finding

MARKS = {"sound": ("ok     ", "green"), "warning": ("warning", "yellow"), "fault": ("fault  ", "red")}


def health(
    ctx: typer.Context,
    metrics: Annotated[bool, typer.Option("--metrics", help="OpenMetrics text in place of JSON")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="first raise and end alarms, and ping: for cron")] = False,
    at: Annotated[str, typer.Option(help="as of another moment, as 2024-11-18T12:00+00:00")] = "",
) -> None:
    """Say as JSON how the monitor fares, from the store alone: passes, entries, feeds, deliveries, model, disk, alarms.

    Exit code 0: it fares well; 2: it does not, and "faults" says why: no pass for three intervals (an hour at least),
    a store that cannot be read, a full disk. Needs no Prefect and no network, and changes nothing. With --watch the
    store is looked over, alarms are raised, ended and told by the ways of [alarm], and [watch] ping is asked, as the
    flow health does it every hour.

    Example: axiswatch health --metrics
    """
    from flows.config.settings import load_config
    from flows.doctor.health import as_record, health_of

    current, now = load_config(options(ctx).config), moment(at)
    if watch:
        _watch(current, now)
    found = health_of(current, now)
    if metrics:
        from flows.doctor.openmetrics import openmetrics

        print(openmetrics(found), end="")
    else:
        print(json.dumps(as_record(found), ensure_ascii=False))
    if found.faults:
        raise typer.Exit(session.MISUSED)


def _watch(current: Config, now: datetime) -> None:
    from flows.alarms.watch import look_and_ping
    from flows.config.environment import smtp_password

    password = smtp_password()
    if not password and current.delivery.smtp.password_block and current.alarm.mail:
        import asyncio

        # Here, since it loads Prefect, which takes seconds.
        from flows.runtime.secrets import password_of

        password = asyncio.run(password_of(current))
    look_and_ping(current, now, password, deep=True)


def doctor(
    ctx: typer.Context,
    network: Annotated[bool, typer.Option(" /--no-network", help="look at nothing beyond this machine")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Look the whole set-up over, and say of each fault how to put it right. Changes nothing and sends no mail.

    Looked at: config, store, model and essays, disk, clock and zone, login at the mail server, a sample of the feeds,
    Prefect, the desk, who may read the secrets. Each check has 20 seconds. Exit code 0: no fault (warnings are none);
    2: at least one.

    Example: axiswatch doctor --no-network
    """
    found = _examined(ctx, network=network)
    for each in found:
        _show(each, as_json=as_json)
    faults, warnings = (sum(each.level == level for each in found) for level in ("fault", "warning"))
    if not as_json:
        session.out.print(f"{len(found)} looked at: {faults} faults, {warnings} warnings")
    if faults:
        raise typer.Exit(session.MISUSED)


def _examined(ctx: typer.Context, *, network: bool) -> list[Finding]:
    from flows.doctor.finding import from_error, sound

    try:
        current = watched(ctx)
    except Exception as error:
        if type(error).__name__ not in session.MISUSES and not isinstance(error, CommandError):
            raise
        return [from_error("config", error)]
    from flows.doctor.examine import examine

    config = options(ctx).config
    found = [sound("config", "every setting is known")]
    with session.err.status("looking") as status:
        found += examine(current, config, network=network, on_step=lambda name: status.update(f"looking at {name}"))
    return found


def _show(each: Finding, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(each), ensure_ascii=False))
        return
    mark, style = MARKS[each.level]
    remedy = f"; {each.remedy}" if each.remedy else ""
    session.out.print(f"{mark} {each.what}: {each.found}{remedy}", markup=False, style=style)
