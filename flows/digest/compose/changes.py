"""What an edition changes in what was known: claims whose evidence moved, ties that were never told before, threads
whose status is another one now."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from classifiers.tagging.claim_measures import Measure, may_measure
from classifiers.text.figure_words import in_words
from classifiers.text.figures import Figure
from classifiers.text.fold import entry_text
from flows.digest.compose.inputs import EditionInputs
from flows.digest.compose.ranking import FIRST_IN, first_ties
from flows.digest.compose.story import Story
from flows.digest.content.activity import MovingClaim
from flows.digest.content.front import Change
from flows.digest.content.story import StoryContent
from flows.digest.display_text import channel_name, counted, partner_name
from flows.digest.update_words import PARTING

PASSED = 1.5
"""Times the highest value of a vague figure of an essay: twelve thousand are still its "thousands"."""
PERIODS = {"month": " a month", "year": " a year", "once": ""}
MOST_FIRSTS = 5
"""Ties told of for the first time that have a line each; in a young store there are many."""
FIRST_TIE = "first reported together"
"""How the text of a line begins that tells a first tie; a weekly edition knows it by that."""
FIRST_TIES_LEFT = "for the first time"
"""The text of the line that counts those of which no more is said."""
STATUS_CHANGED = "Status changed"
"""What the line is about that tells of another status."""
LEAST_SUPPORT = 2
"""A claim that fewer stories support than this, none of which leads, is named behind the others."""
STANCES = {
    "supports": "supported",
    "cuts against": "cut against",
    "updates": "updated",
    "disputes": "denied by a party",
}
"""What a story does to a claim → how it is told of the claim, in this order."""
AND = " and "
LEADING = 5
"""The stories with which an edition begins."""


def changes(
    stories: Sequence[Story],
    told: Sequence[StoryContent],
    moving: Sequence[MovingClaim],
    inputs: EditionInputs,
    most: int,
    moved: Collection[int] = (),
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The lines that the stories, ``told`` so, make; and those of the ``moving`` claims of which less is to be said, or
    that are more than ``most``. ``moved`` are the lead entries of those whose act stands elsewhere than it did."""
    pairs = list(zip(stories, told, strict=True))
    found = [_claim(row, pairs, inputs) for row in moving]
    claims = sorted(
        (lines for lines, weighs in found if weighs), key=lambda lines: not any(each.against for each in lines)
    )
    less = (*claims[most:], *(lines for lines, weighs in found if not weighs))
    first = tuple(chain.from_iterable(claims[:most]))
    return (*_steps(told, moved), *first, *_firsts(stories, inputs)), tuple(chain.from_iterable(less))


Lines = tuple[Change, ...]


def _claim(row: MovingClaim, pairs: Sequence[tuple[Story, StoryContent]], inputs: EditionInputs) -> tuple[Lines, bool]:
    """The lines of a claim, and whether it weighs enough to stand among the first. A line for each stance: which story
    speaks for it and which against must not have to be looked up. With a figure it is one line."""
    stances = [(story, each.stance) for story, content in pairs for each in content.bears if each.claim == row.claim]
    about = [story for story, _ in stances]
    measured = [_measured(measure, about) for measure in inputs.measures.get(row.claim, ())]
    figures = [each for each in measured if each]
    leads = any(story is each for story, _ in pairs[:LEADING] for each in about)
    weighs = figures or row.cuts or row.disputes or row.supports >= LEAST_SUPPORT or (row.supports and leads)
    if figures:
        entries = tuple(story.lead.entry.id for story in about)
        text = "; ".join([_stances(row), *figures])
        return (Change(about=row.name, text=text, entries=entries, against=bool(row.cuts)),), True
    of = {word: tuple(story.lead.entry.id for story, said in stances if said == word) for word in STANCES}
    lines = (
        Change(about=row.name, text=STANCES[word], entries=entries, against=word == "cuts against")
        for word, entries in of.items()
        if entries
    )
    return tuple(lines), bool(weighs)


def _stances(row: MovingClaim) -> str:
    """``supported and cut against``: how many do so, the numbers of the stories say."""
    told = zip(STANCES.values(), (row.supports, row.cuts, row.updates, row.disputes), strict=True)
    return AND.join(word for word, number in told if number)


def is_bare_stance(text: str) -> bool:
    """Whether the text of a line says no more than a stance of a claim's stories."""
    return bool(text) and all(word in STANCES.values() for word in text.split(AND))


def _measured(measure: Measure, stories: Iterable[Story]) -> str:
    """What the stories report of the figure beside what the essay had; empty where that is the same."""
    now = next((figure for story in stories for figure in _reported(measure, story)), None)
    before = Figure(measure.value, measure.most or measure.value, measure.unit, measure.counted)
    if now is None or _is_as_before(now, before):
        return ""
    per = PERIODS[measure.per]
    return f"{in_words(now)}{per}; the essay of {_month(measure.date)} had {_bare(before, now)}{per}"


def _is_as_before(now: Figure, before: Figure) -> bool:
    """Whether they may be one figure. A vague one ("thousands") is passed by what is well above it: of other reports it
    may mean ten times as much, of the essay's thousands a hundred thousand would be news."""
    if before.is_vague and now.low > PASSED * before.high:
        return False
    return now.overlaps(before._replace(counted=now.counted), 0.1)


def _reported(measure: Measure, story: Story) -> Iterator[Figure]:
    for each in (one for one in story.members if may_measure(one.score.tags)):
        text = entry_text(each.entry.title, each.entry.summary, each.entry.body)
        for told in each.score.tags.quantities:
            spanned = bool(told.spans) and not told.negated
            if spanned and measure.reported(told.amount, told.unit, told.counted, text, told.spans[0]):
                yield Figure(told.amount, told.high, told.unit, told.counted)


def _bare(before: Figure, now: Figure) -> str:
    """The earlier figure without the name of what is counted, which stands beside the later one."""
    thing = in_words(now).partition(" ")[2]
    told = in_words(before)
    return told.removesuffix(thing).rstrip() if thing else told


def _month(day: str) -> str:
    """``November 2024`` for "2024-11"."""
    year, _, month = day.partition("-")
    return f"{calendar.month_name[int(month[:2])]} {year}" if month[:2].isdecimal() else year


def _firsts(stories: Iterable[Story], inputs: EditionInputs) -> Iterator[Change]:
    found: dict[tuple[str, str], list[int]] = {}
    for story in stories:
        for tie in first_ties(story, inputs):
            found.setdefault(tie, []).append(story.lead.entry.id)
    for (partner, channel), entries in islice(found.items(), MOST_FIRSTS):
        never = inputs.ties[partner, channel] is None
        since = f"since reading began ({_day(inputs)})" if never else f"in {FIRST_IN.days} days"
        about = f"{partner_name(partner)}, {channel_name(channel)}"
        yield Change(about=about, text=f"{FIRST_TIE} {since}", entries=tuple(entries))
    if left := [entry for entries in islice(found.values(), MOST_FIRSTS, None) for entry in entries]:
        pairs = counted(len(found) - MOST_FIRSTS, "more pair", "more pairs")
        yield Change(about=f"{pairs} of partner and channel", text=FIRST_TIES_LEFT, entries=tuple(left))


def _day(inputs: EditionInputs) -> str:
    began = inputs.began
    return f"{began.day} {began:%B %Y}" if began else ""


def _steps(told: Iterable[StoryContent], moved: Collection[int]) -> Iterator[Change]:
    """Where acts stand that stood elsewhere, each step once, and the stories that tell it."""
    found: dict[str, list[int]] = {}
    for each in told:
        if each.entry in moved:
            found.setdefault((each.news or "").partition(PARTING)[0], []).append(each.entry)
    for step, entries in found.items():
        yield Change(about=STATUS_CHANGED, text=step, entries=tuple(entries))
