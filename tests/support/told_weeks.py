"""Weeks invented for weekly editions: days whose editions tell what a test says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from classifiers.tagging.watchlist import shipped
from db.records import Coverage, DayCount
from flows.config.settings import DigestSettings
from flows.digest.content.edition import EditionContent, StoryGroup, TypedEdition
from flows.digest.content.front import Change, Front
from flows.digest.content.story import StoryContent, Trace
from flows.digest.content.week import Week
from flows.digest.read_inputs import names_of
from flows.digest.render.pages import render_text
from flows.digest.render.week_charts import illustrated
from flows.digest.weekly.compose import compose_week
from flows.digest.weekly.inputs import DayContents, WeekInputs
from flows.digest.weekly.told import Keys
from flows.digest.window import Window
from tests.support import sample_editions
from tests.support.edition_records import composed, scored, stored_again

MONDAY = date(2024, 11, 18)
END = datetime(2024, 11, 18, 18, tzinfo=UTC)
WEEK = Window(END - timedelta(days=7), END)
SETTINGS = DigestSettings(hour=18)


def inputs(days: DayContents, before: DayContents = (), **changes: Any) -> WeekInputs:
    """What a weekly edition of these days is composed from."""
    plain = WeekInputs(
        name="weekly-2024-11-18",
        day=MONDAY,
        week=WEEK,
        days=days,
        before=before,
        keys=Keys({}, {}),
        traces=[replace(trace, edition=name) for name, each in reversed([*before, *days]) for trace in each.trace],
        coverage=Coverage(feeds=9, read=8, failed=1, new=50, failures=(("Slow Gazette", "timed out"),)),
        read=frozenset(day for day, _ in days),
    )
    return replace(plain, **changes)


def told_week(made: EditionContent) -> Week:
    assert made.week is not None
    return made.week


def day(name: str, *stories: StoryContent, changes: tuple[Change, ...] = (), **more: Any) -> tuple[str, EditionContent]:
    """An edition of that day which tells these stories, all of them leading."""
    base = composed([scored(1)], name=name)
    told = tuple(replace(each, number=place) for place, each in enumerate(stories, 1))
    groups = (StoryGroup(partner="", name="Leading stories", leads=True, stories=told),) if told else ()
    counts = replace(base.counts, stories=len(told), shown=len(told))
    trace = more.pop("trace", ())
    front = Front(changes=changes)
    return name, replace(base, name=name, groups=groups, counts=counts, trace=trace, front=front, **more)


def story(entry: int, headline: str, **changes: Any) -> StoryContent:
    """A story as an edition tells it."""
    (found,) = composed([scored(entry, headline)]).told()
    return replace(found, sentence=headline, **({"certainty": "sure", "doubt": ""} | changes))


def text_of(made: EditionContent) -> str:
    return " ".join(render_text(TypedEdition(made.name, END, made)).split())


def trace(entry: int, name: str, **changes: Any) -> Trace:
    told: dict[str, Any] = {
        "cluster": None, "entries": (entry,), "headline": "", "partner_ids": ("iran",), "channels": (), "claims": (),
        "status": "", "numbers": (), "origins": 1, "edition": name,
    }  # fmt: skip
    return Trace(**(told | changes))


LEVELS = (("all", "", 7), ("partner", "china", 2), ("partner", "iran", 1), ("claim", "visits", 1))
"""(kind, id, events on the quietest day) of the invented weeks."""


def sample_week() -> TypedEdition:
    """The weekly edition of the sample's second week, as the store would give it back, with its charts: behind it stand
    eight invented weeks, one of which nobody read."""
    made = [(each.name, each.content) for each in sample_editions.editions(date(2024, 11, 5))]
    read = {MONDAY - timedelta(days=back): 17 for back in range(70) if not 28 <= back < 35}
    rows = [
        DayCount(each, kind, name, level + each.day % 3)
        for each in read
        for kind, name, level in (
            ("all", "", 7),
            ("partner", "china", 2),
            ("partner", "iran", 1),
            ("claim", "visits", 1),
        )
    ]
    names = names_of(shipped())
    told = inputs(made[7:], made[:7], history=rows, feeds=read, claim_names=names)
    content = illustrated(compose_week(told, SETTINGS))
    return TypedEdition(content.name, END, stored_again(content))
