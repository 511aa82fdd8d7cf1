"""A mail of a followed thread: the composition of editions, asked for what one thread brings beside all that it held.

Pure: what the store holds of the thread comes in, the content of an edition comes out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.config.settings import DigestSettings
from flows.digest.compose.edition import compose
from flows.digest.compose.inputs import EditionInputs, StoryBackground
from flows.digest.compose.ordering import named
from flows.digest.compose.story import Story
from flows.digest.compose.story_view import story_content
from flows.digest.compose.updates import trace
from flows.digest.content.activity import Levels, Matrix
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent, Trace
from flows.digest.display_text import one_line, short_day
from flows.digest.subject import LONGEST
from flows.digest.update_words import COMMENTS, without_followed
from flows.digest.window import Window

Told = Sequence[Collection[int]]
"""For each event that was told as news the ids of its reports."""
PREFIX = "Next step: "
VOUCHED = ("now denied", "now confirmed", "now refused", "no longer")
"""How news begins that takes back, or makes sure, what the headline may only repeat."""


def thread_content(inputs: EditionInputs, settings: DigestSettings) -> EditionContent:
    """What an edition would tell of these entries beside ``inputs.told``, and nothing that belongs to a day."""
    content = compose(inputs, settings.model_copy(update={"near_misses": 0, "page": ""}))
    groups = (replace(each, stories=tuple(map(_in_thread, each.stories))) for each in content.groups)
    return replace(content, groups=tuple(groups), matrix=Matrix(), levels=Levels())


def _in_thread(story: StoryContent) -> StoryContent:
    """Without what the thread itself says: which place it has, what it follows, since when it is told."""
    news = without_followed(story.news)
    return replace(story, number=0, reason="", news=news or None, is_update=bool(news), since=None)


def as_one_thread(known: StoryBackground, thread: int, traces: Iterable[Trace]) -> StoryBackground:
    """The background of stories of one thread: whatever one takes up, it is held against all that the thread held."""
    told = {each.cluster for each in traces}
    facts = {
        cluster: each if each.follows in told else replace(each, follows=thread)
        for cluster, each in known.cluster_facts.items()
    }
    return replace(known, cluster_facts=facts, thread_ids=dict.fromkeys(known.clusters.values(), thread))


def told_before(story: Story, window: Window, settings: DigestSettings) -> Trace:
    """What is remembered of a story of the thread, as if an edition had told it on the day on which it appeared."""
    zone = ZoneInfo(settings.time_zone)
    content = named(story, story_content(story, window, zone), None, settings)
    day = min(each.entry.appeared_at for each in story.members).astimezone(zone).date()
    return replace(trace(story, content), sentence=content.sentence, edition=day.isoformat())


def told_entries(content: EditionContent) -> list[tuple[int, ...]]:
    """For each event that the content tells as news the ids of its reports."""
    repeated = {each.entry for each in content.repeated.stories}
    return [each.entries for each in content.trace if repeated.isdisjoint(each.entries)]


def can_wait(content: EditionContent) -> bool:
    """Whether nothing of it is worth a mail at once: comments alone, or what only perhaps belongs there. The digest
    tells it, and the next mail with it."""
    return all(
        story.doubt or (story.news in COMMENTS and all(part.name in COMMENTS for part in story.parts))
        for story in content.told()
    )


def steps(content: EditionContent) -> int:
    """How many events it tells or counts as news."""
    return sum(1 + story.parts_left + sum(1 + part.more for part in story.parts) for story in content.told())


def subject_of(content: EditionContent) -> str:
    """``Next step: envoys sign the pact (new figures: 40 ships) (+2)``: what the weightiest event is, what is new in
    it, and how many more there are. Where there is no room for both, what is new goes, which the headline says; but
    words of the headline go before "now denied"."""
    head = next(content.told())
    more = f" (+{steps(content) - 1})" if steps(content) > 1 else ""
    told = (f"{PREFIX}{each}{more}" for each in _forms(head))
    return next((each for each in told if len(each) <= LONGEST), "") or _cut(head, more)


def _forms(head: StoryContent) -> Iterator[str]:
    forms, news = head.short_forms or (head.headline,), (head.news or "").partition("; ")[0]
    if news.startswith(VOUCHED):
        yield from (f"{form} ({news})" for form in forms)
    for form in forms:
        if news:
            yield f"{form} ({news})"
        yield form


def _cut(head: StoryContent, more: str) -> str:
    return one_line(f"{PREFIX}{head.headline}", LONGEST - len(more)) + more


def day_of(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``17 Nov``, with its year where that is another one."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    return f"{day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def weekday_of(moment: datetime, zone: ZoneInfo) -> str:
    """``Sun 17 Nov``."""
    return short_day(moment.astimezone(zone).date().isoformat())
