"""Which edition covers what, and freezing it: daily, missed, recomposed, reconstructed. No Prefect, no mail."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from classifiers.tagging.watchlist import read_watchlist
from db import editions, entries, fetches
from db.connect import open_store
from db.file_lock import locked
from db.records import Edition, EditionKind
from flows.config.environment import settle_environment
from flows.config.settings import Config
from flows.digest.compose.edition import compose
from flows.digest.content.codec import to_json, typed
from flows.digest.delivery.personalise import LATE, marked
from flows.digest.display_text import day_and_time, long_date
from flows.digest.judge_links import with_links
from flows.digest.read_inputs import inputs_of
from flows.digest.render.chart_process import chart_process
from flows.digest.render.pages import render_pages
from flows.digest.window import Window, daily_window, latest_day

MOST_MISSED = 7
"""Missed days whose editions are still sent; older ones are composed with `axiswatch digest --from … --to …`."""


class DayError(Exception):
    """There can be no edition of that day (yet); the message says why."""


def window_of(current: Config, day: date) -> Window:
    """What the daily edition named after ``day`` covers: that day, or (where the digest goes out at an hour) the 24
    hours, or 23 or 25, up to that hour of the day."""
    zone, hour = current.digest.time_zone, current.digest.hour
    return daily_window(day if hour == 0 else day - timedelta(days=1), zone, hour)


def newest_day(current: Config, now: datetime) -> date:
    """The day of the daily edition whose window closed last."""
    zone, hour = current.digest.time_zone, current.digest.hour
    return latest_day(now, zone, hour) + timedelta(days=hour != 0)


def day_of(current: Config, moment: datetime) -> date:
    """The day of the daily edition that covers the moment (aware)."""
    day = moment.astimezone(ZoneInfo(current.digest.time_zone)).date()
    while window_of(current, day).end <= moment:
        day += timedelta(days=1)
    return day


def closed_day(current: Config, text: str, now: datetime) -> date:
    """The day that ``text`` names in ISO form. Raises DayError where it is none or its window is still open."""
    try:
        day = date.fromisoformat(text)
        window = window_of(current, day)
    except (ValueError, OverflowError) as error:
        raise DayError(f"{text!r} is no date; write it as 2024-11-18") from error
    if window.end > now:
        raise DayError(f"the edition of {text} closes at {window.end:%Y-%m-%d %H:%M} UTC; ask again then")
    return day


def missed_days(store: Database, current: Config, now: datetime) -> tuple[list[date], list[date]]:
    """The days between the last daily edition and the newest one due: (those on which something was read, and whose
    editions were therefore missed; those on which nothing was read)."""
    last = editions.latest_daily(store)
    if last is None:
        return [], []
    newest = newest_day(current, now)
    between = [newest - timedelta(days=back) for back in range(MOST_MISSED, 0, -1)]
    open_days = [day for day in between if window_of(current, day).start >= last.window_end - timedelta(hours=12)]
    read = [day for day in open_days if was_awake(store, window_of(current, day))]
    return read, [day for day in open_days if day not in read]


def is_due(current: Config, now: datetime) -> bool:
    """Whether the daily edition whose window closed last is still to be made. Where nothing was read in its window it
    is due for an hour only, and only after an earlier edition: a monitor that was off tells nothing of the past."""
    newest = newest_day(current, now)
    window = window_of(current, newest)
    with closing(open_store(current.store.path)) as store:
        last = editions.latest_daily(store)
        if editions.find(store, newest.isoformat()) or (last is not None and last.window_end >= window.end):
            return False
        return was_awake(store, window) or (last is not None and now - window.end <= LATE)


def was_awake(store: Database, window: Window) -> bool:
    """Whether anything was read in the window, or any feed was asked."""
    return bool(entries.count_seen(store, *window) or fetches.coverage_of_window(store, *window).feeds)


def daily(current: Config, day: date, now: datetime, silent: Sequence[date] = ()) -> Edition:
    """The daily edition of ``day``, frozen now where it is not yet. Late ones say so, and name the ``silent`` days
    before, on which nothing was read. It begins where the last one ended, also when hour or zone were changed."""
    window = window_of(current, day)
    with closing(open_store(current.store.path)) as store:
        last = editions.latest_daily(store)
    if last is not None and window.start - timedelta(days=1) < last.window_end < window.end:
        window = Window(last.window_end, window.end)
    marks = [f"No edition was made for {long_date(each)}: nothing was read in its window." for each in silent]
    if now - window.end > LATE:
        marks.insert(0, f"Made late: due {_at(current, window.end)}, made {_at(current, now)}.")
    return freeze(current, day.isoformat(), window, now, "daily", marks)


def reconstruction(current: Config, day: date, now: datetime) -> Edition:
    """The edition of a past day: the stored one, else one composed now and marked as a reconstruction."""
    mark = f"Reconstruction: composed {_at(current, now)} from what the store holds now; none was made on the day."
    return freeze(current, day.isoformat(), window_of(current, day), now, "reconstruction", [mark])


def past(current: Config, day: date, now: datetime) -> Edition:
    """The edition of a day that is over, for showing it. Raises DayError for the newest day while its daily edition
    is not made: a reconstruction would take its place."""
    with closing(open_store(current.store.path)) as store:
        missed, _ = missed_days(store, current, now)
        stored = editions.find(store, day.isoformat())
    if stored is None and (day == newest_day(current, now) or day in missed):
        raise DayError(f"the edition of {day} is due and not made yet; make and send it with: axiswatch digest")
    return stored or reconstruction(current, day, now)


def recomposed(current: Config, day: date, now: datetime) -> Edition:
    """A new edition of a day that has one, numbered 2 and up: ``2026-11-21.2``. Raises DayError where there is none."""
    with locked(current.store.path, "composing"), closing(open_store(current.store.path)) as store:
        first = editions.find(store, day.isoformat())
        if first is None:
            raise DayError(f"there is no edition of {day}; leave --recompose out to compose one")
        number = 2
        while editions.find(store, f"{day}.{number}") is not None:
            number += 1
        before = f"the first was made {_at(current, first.composed_at)}"
        mark = f"Number {number} of this day, composed again {_at(current, now)}; {before}."
        window = Window(first.window_start, first.window_end)
        return freeze(current, f"{day}.{number}", window, now, "recomposed", [mark])


def freeze(
    current: Config, name: str, window: Window, now: datetime, kind: EditionKind, marks: Sequence[str] = ()
) -> Edition:
    """The edition of that name: the stored one, else composed, rendered and stored with its pages."""
    with closing(open_store(current.store.path)) as store:
        stored = editions.find(store, name)
        if stored is not None:
            return stored
        # Where matplotlib keeps its list of fonts: in a person's home it would be a trace that nobody asked for.
        settle_environment({"MPLCONFIGDIR": str(current.store.path.parent / "matplotlib")})
        chart_process.start()
        inputs = inputs_of(store, current.digest, name, window, now, read_watchlist(current.claims.file))
        content = with_links(chart_process.illustrated(compose(inputs, current.digest)), current)
        for mark in marks:
            content = marked(content, mark)
        content = replace(content, past=kind == "reconstruction")
        judge = inputs.model.id if inputs.model else ""
        made = Edition(0, name, *window, _whole(now), judge, current.digest_hash(), to_json(content), kind)
        return store_frozen(store, made)


def store_frozen(store: Database, made: Edition) -> Edition:
    """Store an edition with its pages; returns the one that the store then holds under its name."""
    return editions.insert(
        store,
        name=made.name,
        window=(made.window_start, made.window_end),
        composed_at=made.composed_at,
        model_version=made.model_version,
        config_hash=made.config_hash,
        content=made.content,
        kind=made.kind,
        pages=render_pages(typed(replace(made, composed_at=_whole(made.composed_at)))),
    )


def _whole(moment: datetime) -> datetime:
    """As the store writes it: whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _at(current: Config, moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(current.digest.time_zone))
    return f"{day_and_time(local)} ({current.digest.time_zone})"
