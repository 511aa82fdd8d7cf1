"""The command `axiswatch`, also ``python -m flows.cli``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import (
    backfill,
    claims,
    demo,
    deploy,
    digest,
    doctor,
    feeds,
    follow,
    health,
    judging,
    keeping,
    publish,
    replay,
    rescore,
    review,
    running,
    search,
    seeds,
    serving,
    stories,
    subscriptions,
    topic,
    unsubscribed,
)
from flows.commands.session import LogFormat, Options, exit_code_of, hoisted, name_log, show_trace

HELP = """A news monitor for the ties of a state: feeds in, flagged stories and a daily digest out.

Exit codes: 0 done; 1 axiswatch itself is broken or a line was bad; 2 the call or the set-up is wrong,
or another process holds what the command needs; 3 not one feed could be reached; 4 there is an edition that
nobody could be given; 5 the Prefect server of serve cannot be kept up. Start with: axiswatch demo
"""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(help=HELP)
def shared(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="the config file; else $AXISWATCH_CONFIG, axiswatch.toml here, or the defaults"),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="show tracebacks and Prefect's log")] = False,
    log_format: Annotated[
        LogFormat | None,
        typer.Option(help="the log for a person, or an object of JSON a line; else [log] format"),
    ] = None,
    log_file: Annotated[
        Path | None, typer.Option(help="write the log into this file as well, which is rotated; else [log] file")
    ] = None,
) -> None:
    """Options of every command; they may stand before or after its name."""
    ctx.obj = Options(config, debug)
    name_log(log_format, log_file)


app.command()(demo.demo)
app.command()(running.run)
app.command()(digest.digest)
app.command()(publish.publish)
app.command()(backfill.backfill)
app.command()(replay.replay)
app.command()(serving.serve)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(keeping.prune)
app.command()(deploy.deploy)
app.command()(doctor.doctor)
app.command()(doctor.health)
app.command()(search.search)
app.command()(stories.story)
app.command()(stories.trends)
app.command()(stories.export)
app.command()(claims.claims)
app.command()(judging.label)
app.command()(follow.follow)
app.command()(unsubscribed.unsubscribed)
app.command()(review.review)
app.command()(rescore.rescore)
app.command()(running.retrain)
app.command()(judging.models)
app.command()(judging.score)
app.command()(judging.explain)
app.command()(judging.evaluate)
feeds.app.command()(health.health)
feeds.app.command()(subscriptions.add)
feeds.app.command()(subscriptions.remove)
feeds.app.command("import")(subscriptions.import_opml)
feeds.app.command("export")(subscriptions.export_opml)
app.add_typer(feeds.app, name="feeds")
app.add_typer(seeds.seeds, name="seeds")
app.add_typer(topic.topic, name="topic")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with these arguments (those of the process without); ends with SystemExit."""
    args = hoisted(list(sys.argv[1:] if arguments is None else arguments))
    try:
        app(args, prog_name="axiswatch")
    except Exception as error:
        if "--debug" in args:
            show_trace()
        sys.exit(exit_code_of(error))


if __name__ == "__main__":
    main()
