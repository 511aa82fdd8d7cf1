"""The command by which readers follow threads: who follows what, beginning, stopping."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.records import Follow
    from flows.config.settings import Config
    from flows.digest.thread_inputs import Thread


def follow(
    ctx: typer.Context,
    story: Annotated[str, typer.Argument(help="a number of axiswatch story, or 2026-11-21#3: EDITION#PLACE")] = "",
    to: Annotated[str, typer.Option("--to", help="who follows: a mail address, or the name of a webhook")] = "",
    stop: Annotated[bool, typer.Option("--stop", help="follow it no more")] = False,
) -> None:
    """Send a reader the next steps of a story's thread at once, until nothing is reported of it for 14 days
    (quiet_days in the config). Without a story, show who follows what, since when, the last step sent, when it ends.

    Example: axiswatch follow 12 --to analyst@example.org
    """
    from flows.digest.following import FollowError, reader_named, story_named

    config = config_of(ctx)
    with existing_store(config) as store:
        try:
            if not story:
                _no_options(to, stop=stop)
                return _list(store, config)
            number = story_named(store, story)
            if not to:
                raise CommandError(f"say who follows it: axiswatch follow {story} --to analyst@example.org")
            address = reader_named(config, to)
            _stop(store, address, number) if stop else _begin(store, config, address, number)
        except FollowError as error:
            raise CommandError(str(error)) from error


def _no_options(to: str, *, stop: bool) -> None:
    if to or stop:
        raise CommandError("say which story: axiswatch follow 12 --to analyst@example.org; axiswatch export lists them")


def _begin(store: Database, config: Config, address: str, number: int) -> None:
    from flows.digest.following import begin, standing

    is_new = begin(store, address, number, datetime.now(UTC))
    kept = standing(store, address, number)
    assert kept is not None  # begun now or before
    told = f"{address} follows {_named(store, kept)}"
    if not is_new:
        told = f"{told} already, since {kept.followed_at:%Y-%m-%d %H:%M} UTC"
    days = config.follow.quiet_days
    session.out.print(f"{told}; it ends when nothing is reported of it for {days} days", markup=False)


def _stop(store: Database, address: str, number: int) -> None:
    from db import follows
    from flows.digest.following import standing

    kept = standing(store, address, number)
    if kept is None:
        raise CommandError(f"{address} does not follow story {number}; axiswatch follow shows who follows what")
    follows.end(store, kept.id, "reader", datetime.now(UTC))
    session.out.print(f"{address} follows {_named(store, kept)} no more", markup=False)


def _named(store: Database, kept: Follow) -> str:
    from flows.digest.thread_inputs import thread_of

    thread = thread_of(store, kept.story_id)
    return f"thread {kept.story_id} ({_size(thread)}): {_name(thread)}"


def _size(thread: Thread) -> str:
    from flows.digest.display_text import counted

    return counted(len(thread.stories), "story", "stories")


def _name(thread: Thread) -> str:
    from flows.digest.thread_steps import name_of, timeline

    steps = timeline(thread.stories, (), ())
    return name_of(steps[0])[0] if steps else "a story that the store no longer holds"


def _list(store: Database, config: Config) -> None:
    from db import follows

    standing = follows.standing(store)
    for kept in standing:
        session.out.print(f"{kept.address}: {_named(store, kept)}", markup=False)
        session.out.print(f"  {_state(store, config, kept)}", markup=False, style="dim")
    session.out.print(f"{len(standing)} followed")


def _state(store: Database, config: Config, kept: Follow) -> str:
    """Since when, what was sent last, and when it ends if nothing more is reported."""
    from db import follows, unsubscriptions
    from flows.digest.following import reader_of_follow
    from flows.digest.thread_inputs import thread_of

    sent = next((each for each in follows.mails(store, kept.id) if each.steps), None)
    last = (
        f"last step sent {_moment(sent.composed_at)}, “{_subject(store, sent.edition)}”" if sent else "no step sent yet"
    )
    thread = thread_of(store, kept.story_id)
    newest = max(thread.last_report, kept.followed_at) if thread.stories else kept.followed_at
    ends = newest + timedelta(days=config.follow.quiet_days)
    parts = [f"since {_moment(kept.followed_at)}", last, f"ends {ends:%Y-%m-%d} if nothing more is reported"]
    if kept.address.casefold() in unsubscriptions.standing(store):
        parts[2] = "gets none: has unsubscribed"
    elif reader_of_follow(config, kept) is None:
        parts[2] = "gets none: no [[delivery.webhook]] is called so; add it, or stop"
    return ", ".join(parts)


def _subject(store: Database, name: str) -> str:
    from db import editions
    from flows.digest.content.codec import content_of

    edition = editions.find(store, name)
    followed = content_of(edition.content).followed if edition else None
    return followed.subject if followed else name


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
