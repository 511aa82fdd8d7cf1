"""One development told once: of the events of a thread the weightiest is the story, the others are its named parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from classifiers.stories.forms import FORMS, REPORT, form_of
from flows.digest.compose import story_tags
from flows.digest.compose.matters import are_of_one_matter
from flows.digest.compose.story import Story
from flows.digest.compose.subjects import CONCEPT
from flows.digest.compose.told_deeds import told_deeds
from flows.digest.content.story import StoryContent, StoryPart
from flows.digest.display_text import form_name
from flows.digest.update_words import FOLLOWS, PARTING

MOST_PARTS = 7
"""Parts named beneath a story; the events of the others are counted."""
OUTCOME, SIGNED, TO_BE_SIGNED, REACTION, REACTIONS, ANALYSIS = (
    "outcome", "what was signed", "to be signed", "reaction", "reactions", "analysis",
)  # fmt: skip
FIRST, LAST = (OUTCOME, SIGNED, TO_BE_SIGNED), (REACTION, ANALYSIS)
"""The parts that stand before and behind what else is done in a thread, in their order; other forms end it."""
OUTCOMES = frozenset(f"{CONCEPT}{concept}" for concept in ("agreement", "treaty"))
"""What a visit comes to, if its headline names it."""
SIGNINGS = ("a signing", "a ratification")
ANALYSES = ("opinion", "explainer")


@dataclass
class ThreadStories:
    """The events of one thread in an edition: the ``head`` is the weightiest that is neither a comment nor an answer,
    if there is one that surely belongs in the edition."""

    head: Story
    others: list[Story] = field(default_factory=list)

    def put(self, story: Story, *, may_lead: bool = True) -> None:
        """One event more; a report takes the place of a comment that stood for the thread, and one of the act that of
        an answer of others."""
        if may_lead and _aside(story) < _aside(self.head):
            self.head, story = story, self.head
        self.others.append(story)

    @property
    def events(self) -> int:
        """Its events that are reports, the head among them."""
        return 1 + sum(not story.is_comment for story in self.others)

    @property
    def entries(self) -> int:
        """The reports of all."""
        return sum(len(story.members) for story in (self.head, *self.others))


def _aside(story: Story) -> int:
    """How far from the act of its thread an event stands: a comment further than an answer to it."""
    return 2 if story.is_comment else 1 if story_tags.has(story, "response") else 0


def by_thread(
    ordered: Sequence[Story], thread_ids: Mapping[int, int], doubted: Collection[int] = ()
) -> list[ThreadStories]:
    """The stories, in the order of the first of each thread. An event of a thread that shares no matter with the
    others of the day stands alone: a campaign holds much beside what was done today. ``doubted`` are the lead entries
    of those that only perhaps belong in the edition: none of them takes the head of a thread from another."""
    found: list[ThreadStories] = []
    of_thread: dict[int, list[ThreadStories]] = {}
    for story in ordered:
        thread = None if story.cluster is None else thread_ids.get(story.cluster, story.cluster)
        told = of_thread.setdefault(thread, []) if thread is not None else []
        if head := next((each for each in told if _belongs(story, each)), None):
            head.put(story, may_lead=story.lead.entry.id not in doubted)
        else:
            told.append(ThreadStories(story))
            found.append(told[-1])
    return found


def _belongs(story: Story, thread: ThreadStories) -> bool:
    return any(are_of_one_matter(story, each) for each in (thread.head, *thread.others))


def with_parts(thread: ThreadStories, told: Mapping[int, StoryContent]) -> StoryContent:
    """The head of a thread with its other events, gathered by what they are beside it: of each part the weightiest
    event is shown, the others are counted."""
    parts: dict[str, list[Story]] = {}
    for story in thread.others:
        parts.setdefault(part_of(story), []).append(story)
    named = sorted(parts, key=_place)
    head = told[thread.head.lead.entry.id]
    return replace(
        head,
        parts=tuple(_part(name, parts[name], told, head.news or "") for name in named[:MOST_PARTS]),
        parts_left=sum(len(parts[name]) for name in named[MOST_PARTS:]),
        part_entries=thread.entries - len(thread.head.members),
    )


def _part(name: str, events: Sequence[Story], told: Mapping[int, StoryContent], of_head: str) -> StoryPart:
    """The weightiest of the events. ``of_head``: what is new in the head of the thread; what that follows already is
    not said again."""
    content = told[events[0].lead.entry.id]
    followed = {each for each in of_head.split(PARTING) if each.startswith(FOLLOWS)}
    news = PARTING.join(each for each in (content.news or "").split(PARTING) if each not in followed)
    shown = REACTIONS if name == REACTION and len(events) > 1 else name
    # Where the news of the event says what it is, its name would say it again.
    is_said = any(f"now {deed.in_words()}" in news for deed in told_deeds(events[0]) if deed.phrase == name)
    return content.as_part(name="" if is_said else shown, news=news, more=len(events) - 1)


def _place(name: str) -> int:
    """Where a part stands among others; those alike stay in the order of their weight."""
    if name in FIRST:
        return FIRST.index(name) - len(FIRST)
    if name in LAST:
        return 1 + LAST.index(name)
    return 1 + len(LAST) if name in map(form_name, FORMS) else 0


def part_of(story: Story) -> str:
    """What the event is beside the others of its thread: by its form, as a reaction, or by what is done; empty where
    nothing says it."""
    form = form_of(story.lead.entry.title)
    if form != REPORT:
        return ANALYSIS if form in ANALYSES else form_name(form)
    if story.is_comment:
        return ANALYSIS
    if story_tags.has(story, "response"):
        return REACTION
    done, coming = _plain(story, story_tags.deeds(story)), _plain(story, story_tags.coming(story))
    if not set(done).isdisjoint(SIGNINGS):
        return SIGNED
    if not done and not set(coming).isdisjoint(SIGNINGS):
        return TO_BE_SIGNED
    if not coming and not OUTCOMES.isdisjoint(story.subjects.headline):
        return OUTCOME
    return next(iter((*done, *(f"{deed}, planned" for deed in coming))), "")


def _plain(story: Story, deeds: Sequence[str]) -> tuple[str, ...]:
    """Those that are the act itself, or that a verb tells: an arrest that is only named is no part of a visit."""
    told = {deed.phrase for deed in told_deeds(story)}
    return tuple(deed for deed in deeds if deed in story_tags.OF_THE_ACT or deed in told)
