"""What is expected: acts that stories announce, with their days, and those of earlier editions that are still ahead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from db.records import ScoredEntry
from flows.digest.compose.expected_days import WEEKDAYS, ExpectedDay, expected_day, looks_ahead
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.sentences import sentence
from flows.digest.compose.short_forms import watched_in
from flows.digest.compose.story import Story, believed
from flows.digest.compose.story_tags import NOT_YET, act_of, coming_in
from flows.digest.content.front import ExpectedAct
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import ENGLISH, short_day

BELOW = 400
"""Characters of the text below a headline in which a day is looked for."""
PLANNED = "planned"
MOST_DEEDS = 2
Done = tuple[frozenset[str], frozenset[str]]
NO_THREADS: Mapping[int, int] = MappingProxyType({})
OVER = ("done", "ended")
RELATIVE_DAY = re.compile(
    rf"\b(?:today|tonight|tomorrow|(?:next|this|in a|coming) (?:week|month|year|weekend)|{'|'.join(WEEKDAYS)})\b", re.I
)


class Announcement(NamedTuple):
    """The day for which a story announces an act, and the deeds that the sentence with that day names, in words."""

    day: ExpectedDay
    deeds: tuple[str, ...]


@once_a_story
def _announcements(story: Story) -> tuple[Announcement, ...]:
    """Of its reports in English, in their order: of other languages no days are read."""
    found = []
    for each in story.members:
        if each.score.language in ENGLISH:
            entry, published = each.entry, believed(each.entry)
            below = (entry.summary or entry.body)[:BELOW]
            day = expected_day(entry.title, below, (published or entry.first_seen_at).date())
            if day and (told := _announced(story, each, day)):
                found.append(told)
    return tuple(found)


def announced(story: Story, last: date) -> Announcement | None:
    """What the story announces for a day after the edition's ``last`` day; None where it announces nothing or its
    text, which must be in English, names no day."""
    return next((each for each in _announcements(story) if each.day.day > last), None)


def _announced(story: Story, scored: ScoredEntry, day: ExpectedDay) -> Announcement | None:
    """What the sentence with the day announces. Below the headline the day is that of a deed which that sentence names,
    or of the act that the headline announces; where that tells of something done, of some other matter."""
    act, title, language = act_of(story), scored.entry.title, scored.score.language
    if act is None or act.vouching == "denied":
        return None
    announces = act.phase == PLANNED or bool(act.coming)
    if day.sentence == title:
        return Announcement(day, tuple(sorted(coming_in(title, language)))) if announces else None
    deeds = tuple(sorted(coming_in(day.sentence, language)))
    is_ahead = announces and (bool(coming_in(title, language)) or looks_ahead(title))
    return Announcement(day, deeds) if is_ahead or (deeds and day.is_one_day) else None


def expected(
    events: Sequence[Story],
    told: Mapping[int, StoryContent],
    earlier: Sequence[Trace],
    last: date,
    most: int,
    thread_ids: Mapping[int, int] = NO_THREADS,
) -> tuple[tuple[ExpectedAct, ...], int]:
    """The acts that have a day, the nearest first: those of the edition's ``events``, then those that ``earlier``
    editions announced for a day after ``last``, which nothing of its thread (``thread_ids``) names again since,
    or tells as over, nor any other story of the same partner and deed; and how many are left out."""

    def thread(cluster: int | None) -> int | None:
        return None if cluster is None else thread_ids.get(cluster, cluster)

    found = list(_of_stories(events, told, last, earlier, thread))
    anew = [(story.partners, each) for story in events if (each := announced(story, last))]
    settled = {thread(story.cluster) for story in events if announced(story, last) or _is_over(act_of(story))}
    done = [_done(story.partners, act_of(story)) for story in events]
    found += [
        ExpectedAct(
            day=each.expected,
            when=each.expected_when or short_day(each.expected),
            text=each.sentence,
            entry=0,
            since=each.edition,
        )
        for each in _still_announced(earlier, thread)
        if each.expected > last.isoformat()
        and (each.cluster is None or thread(each.cluster) not in settled)
        and not _has_come(each, done)
        and not _is_told_anew(each, anew)
        and each.sentence
    ]
    ordered = sorted({(each.day, each.text): each for each in reversed(found)}.values(), key=lambda each: each.day)
    return tuple(ordered[:most]), max(0, len(ordered) - most)


def _of_stories(
    events: Sequence[Story],
    told: Mapping[int, StoryContent],
    last: date,
    earlier: Sequence[Trace],
    thread: Callable[[int | None], int | None],
) -> Iterator[ExpectedAct]:
    for story in events:
        content, found = told[story.lead.entry.id], announced(story, last)
        if found:
            before = _told_before(story, found, earlier, thread)
            when = f"{found.day.when} (before: {before})" if before else found.day.when
            text = in_few_words(story, content, found)
            yield ExpectedAct(day=found.day.day.isoformat(), when=when, text=text, entry=content.entry)


def _told_before(
    story: Story, found: Announcement, earlier: Sequence[Trace], thread: Callable[[int | None], int | None]
) -> str:
    """The day for which the newest trace of the same thread and deed announced it, where that was another day; of a
    week or a month a day within it is no other."""
    days = (each for each in earlier if each.expected and each.cluster is not None)
    of_thread = (each for each in days if thread(each.cluster) == thread(story.cluster))
    same = (each for each in of_thread if each.act and not set(found.deeds).isdisjoint(each.act.coming))
    newest = next(same, None)
    if newest is None or newest.expected == found.day.day.isoformat() or not found.day.is_one_day:
        return ""
    return newest.expected_when if newest.expected_when == short_day(newest.expected) else ""


def _still_announced(traces: Sequence[Trace], thread: Callable[[int | None], int | None]) -> list[Trace]:
    """Of each thread the newest trace that names a day, where nothing newer tells that the act is over: a later report
    need not name the day again."""
    found: dict[object, Trace] = {}
    over: set[object] = set()
    done: list[Done] = []
    for each in traces:
        story = thread(each.cluster) if each.cluster is not None else each.entries
        if _is_over(each.act):
            over.add(story)
        elif each.expected and story not in over and not _has_come(each, done):
            found.setdefault(story, each)
        done.append(_done(each.partner_ids, each.act))
    return list(found.values())


def _done(partners: Iterable[str], act: ToldAct | None) -> Done:
    """(partners, deeds that are done) of a story."""
    return frozenset(partners), frozenset(act.deeds if act is not None and act.phase in OVER else ())


def _has_come(announced: Trace, done: Iterable[Done]) -> bool:
    """Whether a story of the same partner tells as done what was announced, in whatever thread it stands."""
    coming = announced.act.coming if announced.act else ()
    return any(
        not deeds.isdisjoint(coming) and not partners.isdisjoint(announced.partner_ids) for partners, deeds in done
    )


def _is_over(act: ToldAct | None) -> bool:
    return act is not None and not act.coming and act.phase in OVER


def _is_told_anew(earlier: Trace, anew: Iterable[tuple[Sequence[str], Announcement]]) -> bool:
    """Whether a story of the same partner announces the same deed for a day within what was announced."""
    coming = earlier.act.coming if earlier.act else ()
    return any(
        not set(partners).isdisjoint(earlier.partner_ids)
        and not set(each.deeds).isdisjoint(coming)
        and each.day.day.isoformat() <= earlier.expected
        for partners, each in anew
    )


def as_announced(trace: Trace, story: Story, content: StoryContent, last: date) -> Trace:
    """The trace of a story with what it announces for a day after ``last``, if anything."""
    found = announced(story, last)
    if found is None:
        return trace
    act = trace.act and replace(trace.act, coming=tuple(dict.fromkeys((*trace.act.coming, *found.deeds))))
    day, words = found.day, in_few_words(story, content, found)
    return replace(trace, act=act, sentence=words, expected=day.day.isoformat(), expected_when=day.when)


def in_few_words(story: Story, content: StoryContent, found: Announcement) -> str:
    """The headline in English; our own sentence where that says "next week", which on another day is another week, or
    names nobody who is watched. Where that tells of what has happened, the deed to come stands before it ("a meeting
    (… arrives for a summit)")."""
    told = content.sentence or f"{content.headline}."
    is_plain = watched_in(told, "en") and not RELATIVE_DAY.search(told)
    words = told if is_plain else sentence(story) or told
    act = act_of(story)
    coming = found.deeds or (act.coming if act else ())
    is_behind = act is not None and act.phase not in (*NOT_YET, "")
    return f"{' and '.join(coming[:MOST_DEEDS])} ({words})" if coming and is_behind else words
