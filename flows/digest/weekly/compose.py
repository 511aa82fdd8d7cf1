"""Composition of a weekly edition: what the week's editions told in, the content of one edition out. Pure.

Its stories, arrows, stances and measures are those that the daily editions told, so that it never contradicts them;
from the store come only counts that no daily edition holds (see docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from classifiers.stories.trends import LEAST_KNOWN
from flows.config.settings import DigestSettings
from flows.digest.compose import footer
from flows.digest.compose.edition import FORMAT
from flows.digest.content.activity import ClaimActivity, LevelRow, Levels
from flows.digest.content.edition import Counts, EditionContent, StoryGroup, WindowContent
from flows.digest.content.front import Front
from flows.digest.content.story import StoryContent
from flows.digest.content.week import Week, WeekEvent
from flows.digest.display_text import counted, day_and_time, long_date, one_line, usual_band
from flows.digest.weekly import account, charts
from flows.digest.weekly.claims import claims
from flows.digest.weekly.inputs import WeekInputs
from flows.digest.weekly.partners import partners
from flows.digest.weekly.threads import expected, quiet, statuses, steps
from flows.digest.weekly.told import Telling, Thread, newest, tellings, threads
from flows.digest.weekly.weeks import DAYS

MOST_EVENTS = 5
"""Events on the first screen."""
TOLD_BELOW = 15
"""Further events that the content carries: where a reader's part leaves out the first ones, these take their place."""


def compose_week(inputs: WeekInputs, settings: DigestSettings) -> EditionContent:
    """The content of the weekly edition: events as stories of its groups, everything else in ``week``."""
    zone = ZoneInfo(settings.time_zone)
    told = tellings(inputs.days, inputs.keys)
    ranked = threads(told)
    shown = ranked[: MOST_EVENTS + TOLD_BELOW]
    week = _week(inputs, told, ranked, settings)
    counts = _counts(inputs, told, shown)
    levels = charts.partner_levels(inputs)
    return EditionContent(
        format=FORMAT,
        name=inputs.name,
        title=f"{one_line(settings.title, 72)} weekly",
        day=f"Week to {long_date(inputs.day)}",
        time_zone=settings.time_zone,
        window=_window(inputs, zone),
        counts=counts,
        groups=_groups(shown),
        coverage=footer.coverage(inputs.coverage, archived=inputs.archived),
        model=footer.model(inputs.model),
        overview=tuple(_overview(inputs, levels, counts, week)) if counts.stories else (),
        claims=_quiet_claims(inputs),
        levels=levels,
        page=settings.page.replace("{edition}", inputs.name),
        marks=account.gaps(week.days),
        front=Front(),
        week=week,
    )


def _week(inputs: WeekInputs, told: Sequence[Telling], ranked: Sequence[Thread], settings: DigestSettings) -> Week:
    before = tellings(inputs.before, inputs.keys)
    last_week = None if inputs.week_before is None else tellings(inputs.week_before, inputs.keys)
    first_screen = {each.face.event: each.face.story for each in ranked[:MOST_EVENTS]}
    moved, claims_left, claims_still = claims(told, last_week, inputs.days, settings.max_claims)
    in_week = [trace for trace in inputs.traces if trace.edition in {content.name for _, content in inputs.days}]
    silent, quiet_left = quiet(before, in_week, inputs.keys)
    ahead, expected_left = expected(inputs.traces, inputs.keys, inputs.day, settings.max_expected)
    return Week(
        events=tuple(map(_event, ranked[: MOST_EVENTS + TOLD_BELOW])),
        claims=moved,
        claims_left=claims_left,
        claims_still=claims_still,
        partners=partners(told, last_week, inputs.days, ranked, first_screen),
        steps=tuple(steps(told, statuses(before))),
        quiet=silent,
        quiet_left=quiet_left,
        expected=ahead,
        expected_left=expected_left,
        days=account.day_accounts(inputs),
        doubtful=sum(not each.is_sound for each in newest(told)),
        unread=charts.unread(inputs),
        partly_read=charts.partly_read(inputs),
        claim_levels=charts.claim_levels(inputs, [each.claim for each in moved]),
    )


def _event(thread: Thread) -> WeekEvent:
    return WeekEvent(entry=thread.face.story.entry, days=thread.chosen.days, more=len(thread.events) - 1)


def _groups(shown: Sequence[Thread]) -> tuple[StoryGroup, ...]:
    stories = tuple(_shown(each.face.story, number) for number, each in enumerate(shown, 1))
    first, others = stories[:MOST_EVENTS], stories[MOST_EVENTS:]
    groups = (
        StoryGroup(partner="", name="The week", stories=first, leads=True),
        StoryGroup(partner="", name="Further events", stories=others),
    )
    return tuple(group for group in groups if group.stories)


def _shown(story: StoryContent, number: int) -> StoryContent:
    """The story without what belongs to its day: what was new in it then, its reports in full, the links to judge."""
    return replace(
        story,
        number=number,
        summary="",
        sentences=(),
        parts=(),
        parts_left=0,
        part_entries=0,
        is_update=None,
        news=None,
        since=None,
        before=None,
        judge=(),
        review="",
    )


def _counts(inputs: WeekInputs, told: Sequence[Telling], shown: Sequence[Thread]) -> Counts:
    events = newest(told)
    outlets = {name for each in told for name in (each.story.outlet, *(other.outlet for other in each.story.others))}
    return Counts(
        flagged=sum(content.counts.flagged for _, content in inputs.days),
        stories=len(events),
        shown=len(shown),
        held_back=0,
        held_back_entries=0,
        outlets=len(outlets),
        max_stories=MOST_EVENTS + TOLD_BELOW,
        updates=sum(bool(each.story.is_update) for each in events),
    )


def _overview(inputs: WeekInputs, levels: Levels, counts: Counts, week: Week) -> Iterator[str]:
    """``60 stories told on 7 days by 40 outlets. 35 events began; usual is 20 to 30 a week.`` And how much is known of
    the week that all counts are compared with."""
    days = sum(bool(each.edition) for each in week.days)
    told = f"{counted(counts.stories, 'story', 'stories')} told on {counted(days, 'day', 'days')}"
    line = f"{told} by {counted(counts.outlets, 'outlet', 'outlets')}."
    whole = next((row for row in levels.rows if row.kind == "all"), None)
    yield line if whole is None else f"{line} {_began(whole)}; {_usual(whole, week)}."
    known = len({day for day, _ in inputs.week_before or ()})
    if 0 < known < DAYS:
        yield f"Of the week before only {counted(known, 'day was', 'days were')} told: counts of it are too low."


def _began(whole: LevelRow) -> str:
    return f"{counted(whole.counts[-1], 'event', 'events')} began (a story may hold several)"


def _usual(whole: LevelRow, week: Week) -> str:
    usual = usual_band(whole.low, whole.high)
    if not usual:
        earlier = len(whole.counts) - len(week.unread) - 1
        known = counted(earlier, "earlier week was", "earlier weeks were") if earlier else "no earlier week was"
        return f"what is usual is not known yet ({known} read, and {LEAST_KNOWN['week']} are needed)"
    unusual = {"more": "more than the usual", "less": "fewer than the usual"}.get(whole.mark, "usual is")
    return f"{unusual} {usual} a week"


def _quiet_claims(inputs: WeekInputs) -> ClaimActivity:
    """The claims gone quiet, as the last edition of the week told them."""
    last = inputs.days[-1][1].claims if inputs.days else ClaimActivity()
    return ClaimActivity(quiet=last.quiet, quiet_left=last.quiet_left)


def _window(inputs: WeekInputs, zone: ZoneInfo) -> WindowContent:
    start, end = inputs.week
    return WindowContent(
        start=_iso(start),
        end=_iso(end),
        local_start=day_and_time(start.astimezone(zone)),
        local_end=day_and_time(end.astimezone(zone)),
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
