"""Freezing the edition of a week: composed once from the frozen editions of its days, then rendered and stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from classifiers.tagging.watchlist import read_watchlist
from db import editions
from db.connect import open_store
from db.records import Edition, EditionKind
from flows.config.environment import settle_environment
from flows.config.settings import Config
from flows.digest.content.codec import to_json
from flows.digest.delivery.personalise import LATE, marked
from flows.digest.display_text import day_and_time
from flows.digest.editions import DayError, is_due, newest_day, store_frozen
from flows.digest.render.week_charts import illustrated
from flows.digest.weekly.compose import compose_week
from flows.digest.weekly.read_week import week_inputs
from flows.digest.weekly.weeks import days_of, is_week_due, name_of, newest_week, was_told, week_of


def weekly(current: Config, now: datetime, *, anyway: bool = False) -> Edition:
    """The weekly edition of the week that closed last, frozen now where it is not yet. Raises DayError where its last
    daily edition is still to be made, and where no edition tells a day of it (``anyway``: then one that says so)."""
    day = newest_week(current, now)
    return _stored(current, day) or _made(current, day, now, "weekly", anyway=anyway)


def past_week(current: Config, day: date, now: datetime, *, anyway: bool = False) -> Edition:
    """The edition of the week that closed on ``day``, for showing it: the stored one, else one that is composed now and
    marked so. Raises DayError as `weekly` does, and for a week whose edition is due: this would take its place."""
    stored = _stored(current, day)
    if stored is None and day == newest_week(current, now) and is_week_due(current, now):
        raise DayError(f"the edition of the week to {day} is due; make and send it with: axiswatch digest --weekly")
    return stored or _made(current, day, now, "lookback", anyway=anyway)


def _stored(current: Config, day: date) -> Edition | None:
    with closing(open_store(current.store.path)) as store:
        return editions.find(store, name_of(day))


def _made(current: Config, day: date, now: datetime, kind: EditionKind, *, anyway: bool) -> Edition:
    week = week_of(current, day)
    with closing(open_store(current.store.path)) as store:
        refuse_week(store, current, day, now, anyway=anyway)
        inputs = week_inputs(store, current, day, read_watchlist(current.claims.file))
        # Where matplotlib keeps its list of fonts: in a person's home it would be a trace that nobody asked for.
        settle_environment({"MPLCONFIGDIR": str(current.store.path.parent / "matplotlib")})
        content = illustrated(compose_week(inputs, current.digest))
        for mark in _marks(current, week.end, now, kind):
            content = marked(content, mark)
        judge = inputs.model.id if inputs.model else ""
        composed = now.astimezone(UTC).replace(microsecond=0)
        made = Edition(0, inputs.name, *week, composed, judge, current.digest_hash(), to_json(content), kind)
        return store_frozen(store, made)


def refuse_week(store: Database, current: Config, day: date, now: datetime, *, anyway: bool) -> None:
    """Raises DayError where there is no edition of the week that closes on ``day`` and none can be made: its last daily
    edition is still to be made, or (save ``anyway``) no edition tells a day of it."""
    if editions.find(store, name_of(day)) is not None:
        return
    if newest_day(current, now) in days_of(day) and is_due(current, now):
        raise DayError(f"the daily edition of {newest_day(current, now)} is due; send it first: axiswatch digest")
    if not anyway and not was_told(store, week_of(current, day)):
        raise DayError(
            f"no daily edition tells a day of the week to {day}, so there is nothing to make a weekly one of;"
            " add --anyway for an empty one"
        )


def _marks(current: Config, due: datetime, now: datetime, kind: EditionKind) -> Iterator[str]:
    zone = ZoneInfo(current.digest.time_zone)
    made = day_and_time(now.astimezone(zone))
    if kind == "lookback":
        yield f"Composed {made} ({zone.key}) of what the daily editions told; none was made at the end of the week."
    elif now - due > LATE:
        yield f"Made late: due {day_and_time(due.astimezone(zone))}, made {made} ({zone.key})."
