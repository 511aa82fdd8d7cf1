"""Composition: the store's facts in, the content of an edition out. Pure.

The content holds everything that a rendering shows, already chosen, ordered, cut and cleaned, so that the web page,
the HTML mail and the text mail say the same and the same edition gives the same bytes for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.config.settings import DigestSettings
from flows.digest.compose import baselines, claim_activity, footer, matrix
from flows.digest.compose.announcements import as_announced
from flows.digest.compose.first_screen import front
from flows.digest.compose.inputs import EditionInputs
from flows.digest.compose.one_event import as_events
from flows.digest.compose.ordering import doubt_of, named, ordered, threads_in_order, with_update
from flows.digest.compose.sections import sections
from flows.digest.compose.state_media import carried_by_others
from flows.digest.compose.story import Story, gather, is_late
from flows.digest.compose.story_view import story_content
from flows.digest.compose.thread_parts import ThreadStories, by_thread
from flows.digest.compose.updates import Update, followed, trace, update_of
from flows.digest.content.edition import Counts, EditionContent, Late, Repeated, WindowContent
from flows.digest.content.story import NearMiss, RepeatedStory, StoryContent, Trace
from flows.digest.display_text import day_and_time, long_date, one_line, short_day
from flows.digest.window import Window

FORMAT = 2
"""Raised when the shape of the content changes so that defaults cannot say what an older edition means."""
MAX_REPEATED = 200
"""Stories that go on without news and are kept by name, each with the reason; the rest is counted."""


def compose(inputs: EditionInputs, settings: DigestSettings) -> EditionContent:
    """The content of an edition.

    Flagged entries that a cluster holds are one story; those without stand alone, or beside those with the very same
    headline. What was published long before the window is kept apart as late; what earlier editions told is an
    update, or left out where nothing is new. Events of one thread are one story with parts. The weightiest stories
    lead, the others stand by partner, what goes on and what only perhaps belongs here behind them. Every cap is
    counted: flagged = entries of the stories shown and of their parts + held back + repeated + late. A name that
    begins with a date dates the edition.
    """
    zone = ZoneInfo(settings.time_zone)
    edge = inputs.window.start - timedelta(hours=settings.late_hours)
    late = gather([each for each in inputs.flagged if is_late(each, edge)], inputs.known)
    fresh = gather([each for each in inputs.flagged if not is_late(each, edge)], inputs.known)
    fresh = as_events(fresh, inputs.known.thread_ids)
    told = {story.lead.entry.id: story_content(story, inputs.window, zone, inputs.known.claim_names) for story in fresh}
    told |= carried_by_others(fresh, told)
    updates = _updates(fresh, told, inputs)
    repeated = [story for story in fresh if (met := updates.get(story.lead.entry.id)) and not met.news]
    in_turn = ordered([story for story in fresh if story not in repeated], updates, inputs, settings)
    doubted = {each.lead.entry.id for each in in_turn if doubt_of(each, updates.get(each.lead.entry.id), settings)}
    threads = by_thread(in_turn, inputs.known.thread_ids, doubted)
    updates |= _of_parts(threads, updates)
    threads = threads_in_order(threads, updates, inputs, settings)
    shown, held = threads[: settings.max_stories], threads[settings.max_stories :]
    for story in in_turn:
        lead = story.lead.entry.id
        told[lead] = with_update(told[lead], updates.get(lead), inputs.name)
    for story in _events(shown):
        told[story.lead.entry.id] = named(story, told[story.lead.entry.id], updates.get(story.lead.entry.id), settings)
    all_told = _all_told(in_turn, told)
    # For where the store does not count the day: the days before are counted by the events that opened on them, whether
    # they followed others or were left out.
    opened = [story for story in fresh if not ((met := updates.get(story.lead.entry.id)) and met.is_same)]
    found = baselines.levels(_all_told(opened, told), inputs)
    quiet = baselines.quiet(all_told, inputs, settings.quiet_days)
    moving = claim_activity.claims(all_told, inputs.known.claim_names, quiet, settings.max_claims)
    counts = _counts(inputs, threads, shown, held, updates, settings)
    return EditionContent(
        format=FORMAT,
        name=inputs.name,
        title=one_line(settings.title, 80),
        day=long_date(_day(inputs, zone)),
        time_zone=settings.time_zone,
        window=_window(inputs.window, zone),
        counts=counts,
        overview=claim_activity.overview(counts, found, baselines.period(inputs), _doubted(threads, told)),
        groups=sections(shown, told, settings.lead_stories),
        claims=moving,
        repeated=_repeated(repeated, told, updates),
        late=_late(late, inputs, zone, settings),
        near=_near(inputs, zone, settings),
        levels=matrix.levels(baselines.days(inputs, _day(inputs, zone)), found),
        matrix=matrix.matrix(all_told, inputs.told, inputs.claim_ties),
        languages=footer.languages(inputs.flagged, inputs.unknown_languages),
        coverage=footer.coverage(inputs.coverage, inputs.lagging, inputs.archived, inputs.alarms),
        model=footer.model(inputs.model, inputs.refitted),
        page=settings.page.replace("{edition}", inputs.name),
        trace=tuple(_trace(each, told, inputs) for each in (*_events(shown), *repeated)),
        front=front(_events(shown), told, inputs, settings, _moved(updates)),
    )


def _updates(fresh: Sequence[Story], told: Mapping[int, StoryContent], inputs: EditionInputs) -> dict[int, Update]:
    found = {
        story.lead.entry.id: update_of(story, told[story.lead.entry.id], inputs.told, inputs.known.thread_ids)
        for story in fresh
    }
    return {lead: update for lead, update in found.items() if update is not None}


def _of_parts(threads: Sequence[ThreadStories], updates: Mapping[int, Update]) -> dict[int, Update]:
    """What the events at the head of a thread follow that follow nothing themselves, while one told beneath them does:
    it is of their matter, and what it takes up was told."""
    found: dict[int, Update] = {}
    for thread in threads:
        head, below = thread.head.lead.entry.id, (updates.get(each.lead.entry.id) for each in thread.others)
        taken = next((each for each in below if each is not None), None)
        if head not in updates and taken is not None:
            found[head] = followed(taken)
    return found


def _moved(updates: Mapping[int, Update]) -> set[int]:
    """The lead entries of those whose line says that their act stands elsewhere than it did."""
    return {lead for lead, each in updates.items() if each.has_moved and each.is_named}


def _events(threads: Sequence[ThreadStories]) -> list[Story]:
    return [story for thread in threads for story in (thread.head, *thread.others)]


def _counts(
    inputs: EditionInputs,
    threads: Sequence[ThreadStories],
    shown: Sequence[ThreadStories],
    held: Sequence[ThreadStories],
    updates: Mapping[int, Update],
    settings: DigestSettings,
) -> Counts:
    return Counts(
        flagged=len(inputs.flagged),
        stories=len(threads),
        updates=sum(thread.head.lead.entry.id in updates for thread in threads),
        shown=len(shown),
        held_back=len(held),
        held_back_entries=sum(thread.entries for thread in held),
        outlets=len({each.entry.outlet for story in _events(threads) for each in story.members}),
        max_stories=settings.max_stories,
    )


def _doubted(threads: Sequence[ThreadStories], told: Mapping[int, StoryContent]) -> int:
    """How many stories only perhaps belong in the edition."""
    return sum(bool(told[thread.head.lead.entry.id].doubt) for thread in threads)


def _all_told(stories: Sequence[Story], told: Mapping[int, StoryContent]) -> tuple[StoryContent, ...]:
    return tuple(told[story.lead.entry.id] for story in stories)


def _trace(story: Story, told: Mapping[int, StoryContent], inputs: EditionInputs) -> Trace:
    content = told[story.lead.entry.id]
    told_now = replace(trace(story, content), sentence=content.sentence)
    return told_now if content.doubt else as_announced(told_now, story, content, baselines.last_day(inputs))


def _repeated(repeated: Sequence[Story], told: Mapping[int, StoryContent], updates: Mapping[int, Update]) -> Repeated:
    return Repeated(
        total=len(repeated),
        entries=sum(len(story.members) for story in repeated),
        stories=tuple(
            _repeats(told[story.lead.entry.id], updates[story.lead.entry.id]) for story in repeated[:MAX_REPEATED]
        ),
    )


def _repeats(story: StoryContent, update: Update) -> RepeatedStory:
    return story.as_repeated(since=short_day(update.since), before=update.headline, reason=update.reason)


def _late(late: Sequence[Story], inputs: EditionInputs, zone: ZoneInfo, settings: DigestSettings) -> Late:
    return Late(
        hours=settings.late_hours,
        stories=tuple(
            story_content(story, inputs.window, zone, inputs.known.claim_names) for story in late[: settings.max_late]
        ),
        total=len(late),
        entries=sum(len(story.members) for story in late),
    )


def _near(inputs: EditionInputs, zone: ZoneInfo, settings: DigestSettings) -> tuple[NearMiss, ...]:
    """The stories just below the threshold, the nearest first, and at their end the one that was drawn, to be judged by
    a reader."""
    near = sorted(gather(inputs.near, {}), key=lambda story: -story.probability)[: settings.near_misses]
    ids = {each.entry.id for story in near for each in story.members}
    drawn = gather([inputs.drawn], {}) if inputs.drawn and inputs.drawn.entry.id not in ids else []
    return tuple(
        NearMiss.of(
            story_content(story, inputs.window, zone),
            drawn=story in drawn,
            review=settings.review.replace("{entry}", str(story.lead.entry.id)),
        )
        for story in (*near, *drawn)
    )


def _day(inputs: EditionInputs, zone: ZoneInfo) -> date:
    try:
        return date.fromisoformat(inputs.name[:10])
    except ValueError:
        return (inputs.window.end - timedelta(seconds=1)).astimezone(zone).date()


def _window(window: Window, zone: ZoneInfo) -> WindowContent:
    return WindowContent(
        start=_iso(window.start),
        end=_iso(window.end),
        local_start=day_and_time(window.start.astimezone(zone)),
        local_end=day_and_time(window.end.astimezone(zone)),
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
