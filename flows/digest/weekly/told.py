"""What the editions of days told, story by story, and the week's events: a thread each, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from flows.digest.compose.changes import STATUS_CHANGED
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent, Trace
from flows.digest.content.week import WeekLine
from flows.digest.display_text import ENGLISH

ORIGINS_WEIGH = 0.5
"""For each doubling of those who report an event independently, where the first place of one day counts 1."""
OTHERS_WEIGH = 0.25
"""What the other events of a thread add to its heaviest: more would put threads before others for being long."""
HEAVY = 0.5
"""An event with this share of the heaviest one's weight stands for the thread where it is newer. All three are set on
the sample's two weeks: a treaty of nine outlets stands before a story that led a single day, its ratification stands
for it, and a count of guns does not stand for soldiers who begin to fight."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Entry → the event that it reports, event → its thread; what is not named stands for itself."""

    events: Mapping[int, int]
    threads: Mapping[int, int]

    def event(self, entry: int) -> str:
        """The event of an entry; "e" before the number of an entry that no story cluster holds."""
        found = self.events.get(entry)
        return f"e{entry}" if found is None else str(found)

    def thread(self, entry: int) -> str:
        """The thread of an entry."""
        found = self.events.get(entry)
        return self.event(entry) if found is None else str(self.threads.get(found, found))

    def thread_of(self, trace: Trace) -> str:
        """The thread of what an edition remembers."""
        entry = next(iter(trace.entries), 0)
        return self.thread(entry) if trace.cluster is None else str(self.threads.get(trace.cluster, trace.cluster))


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as the edition of ``day`` tells it: its ``place`` there (from one on), and whether that edition says that
    its status changed."""

    day: str
    story: StoryContent
    place: int
    has_moved: bool
    event: str
    thread: str

    @property
    def is_sound(self) -> bool:
        """Whether it surely or likely belongs in the edition."""
        return not self.story.doubt


@dataclass(frozen=True, slots=True)
class Event:
    """The sound tellings of one event, the oldest first."""

    tellings: tuple[Telling, ...]

    @property
    def face(self) -> Telling:
        """As it was told last; where the words of that are not English, as it was last told in English with the same
        status."""
        newest = self.tellings[-1]
        english = [each for each in self.tellings if each.story.language in ENGLISH]
        return next((each for each in reversed(english) if each.story.status == newest.story.status), newest)

    @property
    def days(self) -> tuple[str, ...]:
        """The days on which it was told."""
        return tuple(dict.fromkeys(each.day for each in self.tellings))

    @property
    def weight(self) -> float:
        """The sum of its best places (1, ½, ⅓ …) on the days that told it, and what its independent reports add."""
        best: dict[str, int] = {}
        for each in self.tellings:
            best[each.day] = min(each.place, best.get(each.day, each.place))
        origins = max(each.story.origins or each.story.outlets for each in self.tellings)
        return sum(1 / place for place in best.values()) + ORIGINS_WEIGH * log2(max(origins, 1))


@dataclass(frozen=True, slots=True)
class Thread:
    """The events of one thread, in the order in which they were told last."""

    name: str
    events: tuple[Event, ...]

    @property
    def chosen(self) -> Event:
        """The event that stands for the thread: the newest of those that weigh about as much as its heaviest, or a
        newer one by which an edition said that the status changed: nothing is shown as it no longer stands."""
        line = HEAVY * max(each.weight for each in self.events)
        return next(each for each in reversed(self.events) if each.weight >= line or each.face.has_moved)

    @property
    def face(self) -> Telling:
        """What is shown of it."""
        return self.chosen.face

    @property
    def weight(self) -> float:
        """The weight of its heaviest event, and a share of the others'."""
        weights = sorted((each.weight for each in self.events), reverse=True)
        return weights[0] + OTHERS_WEIGH * sum(weights[1:])


def tellings(days: Iterable[tuple[str, EditionContent]], keys: Keys) -> list[Telling]:
    """Every story that the editions (day, content) tell, in their order."""
    return [
        Telling(
            day=day,
            story=story,
            place=place,
            has_moved=story.entry in moved,
            event=keys.event(story.entry),
            thread=keys.thread(story.entry),
        )
        for day, content in days
        for moved in [_moved(content)]
        for place, story in enumerate(content.told(), 1)
    ]


def _moved(content: EditionContent) -> frozenset[int]:
    """The lead entries of the stories of which the edition says that their status changed."""
    changes = content.front.changes if content.front else ()
    return frozenset(entry for each in changes if each.about == STATUS_CHANGED for entry in each.entries)


def threads(told: Iterable[Telling]) -> list[Thread]:
    """The sound events by thread, the weightiest thread first."""
    together: dict[str, dict[str, list[Telling]]] = {}
    for each in told:
        if each.is_sound:
            events = together.setdefault(each.thread, {})
            events[each.event] = [*events.pop(each.event, []), each]
    found = [Thread(name, tuple(Event(tuple(each)) for each in events.values())) for name, events in together.items()]
    return sorted(found, key=_place)


def _place(thread: Thread) -> tuple[float, int, int]:
    face = thread.face
    return -round(thread.weight, 3), -int(face.day.replace("-", "")), face.place


def newest(told: Sequence[Telling]) -> list[Telling]:
    """Each event as it was told last, in the order in which the events were told last."""
    found: dict[str, Telling] = {}
    for each in told:
        found.pop(each.event, None)
        found[each.event] = each
    return list(found.values())


def in_english(story: StoryContent) -> str:
    """Its headline where that is English, else what the edition said of it in our own words, else the headline."""
    own = story.sentence or story.gloss or ""
    return story.headline if story.language in ENGLISH or not own else own


def line(each: Telling) -> WeekLine:
    """The telling in a line."""
    story = each.story
    return WeekLine(
        entry=story.entry,
        text=in_english(story),
        link=story.link,
        outlet=story.outlet,
        day=each.day,
        language=story.language if in_english(story) == story.headline else "",
        in_language=story.in_language,
        state_media=story.state_media,
        partner_ids=story.partner_ids,
    )
