"""What a story announces: the day of an act that is to come, the deeds of it, and how that is told in few words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from classifiers.tagging.named_actors import names_outsider
from db.records import ScoredEntry
from flows.digest.compose.arrows import arrow_partners, name_in
from flows.digest.compose.expected_days import WEEKDAYS, ExpectedDay, expected_day, expected_day_elsewhere, looks_ahead
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.sentences import sentence
from flows.digest.compose.short_forms import watched_in
from flows.digest.compose.story import Story, believed
from flows.digest.compose.story_tags import NOT_YET, OF_THE_ACT, act_of, coming_in
from flows.digest.content.story import StoryContent, Trace
from flows.digest.display_text import ENGLISH, focus_name

BELOW = 400
"""Characters of the text below a headline in which a day is looked for."""
PLANNED = "planned"
MOST_DEEDS = 2
MOST_PARTIES = 3
"""Of more a line does not say whose deed it is."""
RELATIVE_DAY = re.compile(
    rf"\b(?:today|tonight|tomorrow|(?:next|this|in a|coming) (?:week|month|year|weekend)|{'|'.join(WEEKDAYS)})\b", re.I
)


class Announcement(NamedTuple):
    """The day for which a story announces an act, and the deeds, in words, that the sentence with that day names, or
    else the story."""

    day: ExpectedDay
    deeds: tuple[str, ...]


@once_a_story
def _announcements(story: Story) -> tuple[Announcement, ...]:
    """Of its reports, in their order."""
    named = ((each, _day_of(each)) for each in story.members)
    return tuple(told for each, day in named if day and (told := _announced(story, each, day)))


def _day_of(scored: ScoredEntry) -> ExpectedDay | None:
    """The day that a report names; of other languages than English the headline alone is read."""
    entry, language = scored.entry, scored.score.language
    published = (believed(entry) or entry.first_seen_at).date()
    if language in ENGLISH:
        return expected_day(entry.title, (entry.summary or entry.body)[:BELOW], published)
    return expected_day_elsewhere(entry.title, language, published)


def announced(story: Story, last: date) -> Announcement | None:
    """What the story announces for a day after the edition's ``last`` day, for an exact one where another report names
    one within the first's week or month; None where it announces nothing or its text names no day."""
    found = [each for each in _announcements(story) if each.day.day > last]
    if not found:
        return None
    first = found[0].day
    return next((each for each in found if each.day.is_one_day and first.begins <= each.day.day <= first.day), found[0])


def _announced(story: Story, scored: ScoredEntry, day: ExpectedDay) -> Announcement | None:
    """What the sentence with the day announces. Below the headline the day is that of a deed which that sentence names,
    or of the act that the headline announces; where that tells of something done, of some other matter."""
    act, title, language = act_of(story), scored.entry.title, scored.score.language
    if act is None or act.vouching == "denied":
        return None
    announces = act.phase == PLANNED or bool(act.coming)
    if language not in ENGLISH and not _announces(scored):
        return None  # what its own words tell of may have been on that day
    deeds = tuple(sorted(coming_in(day.sentence, language)))
    if day.sentence != title and not (announces and (bool(coming_in(title, language)) or looks_ahead(title))):
        return Announcement(day, deeds) if deeds and day.is_one_day else None
    return Announcement(day, deeds or act.coming) if announces else None


def _announces(scored: ScoredEntry) -> bool:
    """Whether the report itself tells of something planned or to come."""
    is_planned = any(frame.phase == PLANNED for frame in scored.score.tags.frames)
    return is_planned or bool(coming_in(scored.entry.title, scored.score.language))


def as_announced(trace: Trace, story: Story, content: StoryContent, last: date) -> Trace:
    """The trace of a story with what it announces for a day after ``last``, if anything."""
    found = announced(story, last)
    if found is None:
        return trace
    act = trace.act and replace(trace.act, coming=tuple(dict.fromkeys((*trace.act.coming, *found.deeds))))
    return replace(
        trace,
        act=act,
        sentence=in_few_words(story, content, found),
        expected=found.day.day.isoformat(),
        expected_when=found.day.when,
        expected_deeds=found.deeds,
    )


def in_few_words(story: Story, content: StoryContent, found: Announcement) -> str:
    """The headline in English; our own sentence where that says "next week", which on another day is another week, or
    names nobody who is watched. Where that tells of what has happened, whose deed is to come stands before it ("… and
    …: a meeting (… arrives for a summit)")."""
    told = content.sentence or f"{content.headline}."
    is_plain = watched_in(told, "en") and not RELATIVE_DAY.search(told)
    words = told if is_plain else sentence(story) or told
    act = act_of(story)
    coming = found.deeds or (act.coming if act else ())
    is_behind = act is not None and act.phase not in (*NOT_YET, "")
    if not (coming and is_behind):
        return words
    whose = _whose(story) if OF_THE_ACT.issuperset(coming) and not names_outsider(found.day.sentence, "en") else ""
    return f"{whose}{' and '.join(coming[:MOST_DEEDS])} ({words})"


def _whose(story: Story) -> str:
    parties = [focus_name(), *(name_in(story, each) for each in arrow_partners(story))]
    return f"{', '.join(parties[:-1])} and {parties[-1]}: " if 1 < len(parties) <= MOST_PARTIES else ""
