"""The words of a weekly edition's pages that need more than a template: which events come first, days, counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent
from flows.digest.content.week import Week, WeekClaim, WeekDay
from flows.digest.display_text import counted, short_day

MOST_EVENTS = 5


def first_events(content: EditionContent) -> list[StoryContent]:
    """The weightiest events of the week, or of a reader's part of it."""
    return list(content.told())[:MOST_EVENTS]


def events_text(story: StoryContent, place: int, content: EditionContent) -> str:
    """The sentence that tells the event; of two acts that our words do not tell apart the second has its headline's."""
    before = {each.sentence for each in first_events(content)[:place]}
    return story.headline if not story.sentence or story.sentence in before else story.sentence


def days_in_words(days: Sequence[str]) -> str:
    """``Wed 13, Thu 14 and Mon 18 Nov``: the month once, where it is the same."""
    dates = [date.fromisoformat(day) for day in days]
    names = [
        short_day(each.isoformat())
        if number == len(dates) - 1 or each.month != dates[number + 1].month
        else f"{each:%a} {each.day}"
        for number, each in enumerate(dates)
    ]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def places(entries: Sequence[int], content: EditionContent) -> str:
    """``events 1 and 4``: where the events of these lead entries stand on the first screen; empty where none does."""
    found = [str(place) for place, each in enumerate(first_events(content), 1) if each.entry in entries]
    if not found:
        return ""
    return f"event {found[0]}" if len(found) == 1 else f"events {', '.join(found[:-1])} and {found[-1]}"


def for_and_against(row: WeekClaim) -> str:
    """``1 against, 2 for; 3 stories the week before``."""
    told = [f"{number} {word}" for number, word in _stances(row) if number]
    before = "" if row.before is None else f"; {row.before or 'none'} the week before"
    return ", ".join(told) + before


def others_in_words(week: Week) -> str:
    """``2 more claims moved; 15 have stories that add little.``: of the claims that are not named."""
    more = f"{counted(week.claims_left, 'more claim', 'more claims')} moved" if week.claims_left else ""
    none = "No other claim moved" if week.claims else "No claim moved"
    has = "has" if week.claims_still == 1 else "have"
    still = f"{week.claims_still:,} {has} stories that add little" if week.claims_still else ""
    return "; ".join(filter(None, (more or none * bool(still), still))) + "." * bool(more or still)


def _stances(row: WeekClaim) -> list[tuple[int, str]]:
    return [(row.cuts, "against"), (row.supports, "for"), (row.updates, "update" if row.updates == 1 else "updates")]


def day_account(day: WeekDay) -> str:
    """What one day came to, in a line."""
    if not day.edition:
        return "read, but no daily edition was made" if day.was_read else "not read; no daily edition"
    if not day.was_read:
        return "no feed could be read"
    feeds = f"{counted(day.read, 'feed', 'feeds')} read{f', {day.failed:,} failed' if day.failed else ''}"
    told = f"{counted(day.new, 'new entry', 'new entries')}, {counted(day.stories, 'story', 'stories')}"
    return f"{feeds}; {told}" if day.read else told
