"""What is expected: acts that stories announce, with their days, and those of earlier editions that are still ahead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from flows.digest.compose.expected_days import WEEKDAYS, ExpectedDay, expected_day
from flows.digest.compose.sentences import sentence
from flows.digest.compose.short_forms import watched_in
from flows.digest.compose.story import Story, believed
from flows.digest.compose.story_tags import NOT_YET, act_of
from flows.digest.content.front import ExpectedAct
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import ENGLISH, short_day

BELOW = 400
"""Characters of the text below a headline in which a day is looked for."""
PLANNED = "planned"
Done = tuple[frozenset[str], frozenset[str]]
NO_THREADS: Mapping[int, int] = MappingProxyType({})
OVER = ("done", "ended")
RELATIVE_DAY = re.compile(
    rf"\b(?:today|tonight|tomorrow|(?:next|this|in a|coming) (?:week|month|year|weekend)|{'|'.join(WEEKDAYS)})\b", re.I
)


def announced_day(story: Story, last: date) -> ExpectedDay | None:
    """The day for which the story announces its act, after the edition's ``last`` day; None where it announces none or
    its text, which must be in English, names no day."""
    if not _announces(story):
        return None
    for each in story.members:
        if each.score.language in ENGLISH:
            entry, published = each.entry, believed(each.entry)
            below = (entry.summary or entry.body)[:BELOW]
            found = expected_day(entry.title, below, (published or entry.first_seen_at).date())
            if found and found.day > last:
                return found
    return None


def _announces(story: Story) -> bool:
    act = act_of(story)
    return act is not None and act.vouching != "denied" and (act.phase == PLANNED or bool(act.coming))


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
    found = list(_of_stories(events, told, last))

    def thread(cluster: int | None) -> int | None:
        return None if cluster is None else thread_ids.get(cluster, cluster)

    settled = {thread(story.cluster) for story in events if announced_day(story, last) or _is_over(act_of(story))}
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
        and each.sentence
    ]
    ordered = sorted({(each.day, each.text): each for each in reversed(found)}.values(), key=lambda each: each.day)
    return tuple(ordered[:most]), max(0, len(ordered) - most)


def _of_stories(events: Sequence[Story], told: Mapping[int, StoryContent], last: date) -> Iterator[ExpectedAct]:
    for story in events:
        content, day = told[story.lead.entry.id], announced_day(story, last)
        if day:
            text = in_few_words(story, content)
            yield ExpectedAct(day=day.day.isoformat(), when=day.when, text=text, entry=content.entry)


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


def in_few_words(story: Story, content: StoryContent) -> str:
    """The headline in English; our own sentence where that says "next week", which on another day is another week, or
    names nobody who is watched."""
    told = content.sentence or f"{content.headline}."
    is_plain = watched_in(told, "en") and not RELATIVE_DAY.search(told)
    words = told if is_plain else sentence(story) or told
    act = act_of(story)
    # What the headline tells has happened; what is to come is a word of it ("arrives for a summit").
    return f"{act.coming[0]} ({words})" if act and act.coming and act.phase not in (*NOT_YET, "") else words
