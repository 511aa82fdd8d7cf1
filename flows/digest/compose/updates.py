"""Updates: which stories earlier editions have told. Nothing is told twice without news, and nothing of weight is left
out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifiers.stories.forms import REPORT, form_of
from classifiers.tagging.keywords import IN_HEADLINE
from classifiers.topics.active import active
from flows.digest.compose.matters import is_of_one_matter
from flows.digest.compose.news import NOW_CONFIRMED, language_of, news
from flows.digest.compose.repetitions import is_repetition
from flows.digest.compose.sentences import KEYWORDS_BEHIND
from flows.digest.compose.steps import DENIED, ENDED, has_moved
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of, gloss
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.compose.told_deeds import is_interpretation
from flows.digest.content.story import StoryContent, Trace
from flows.digest.display_text import ENGLISH, form_name, one_line
from flows.digest.update_words import ANALYSIS, FOLLOWS, PARTING

MOST_NEWS = 3
ALWAYS_TOLD = 3
"""A story that so many report independently in one window is never left out, whatever is new in it."""
FOLLOWED_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Update:
    """That a story was told before: in the edition ``since`` first, under ``headline``. ``news`` is what is new, in
    words; where nothing is, ``reason`` says why, and the story can be left out. ``has_moved``: its act stands elsewhere
    than it did (`flows.digest.compose.steps`). ``is_same``: it is the event that was told, not one that follows it.
    ``is_named``: what is new is told, and not only what it follows. ``is_giver_known``: reports told before
    say who gives what the story's own only let guess."""

    since: str
    headline: str
    news: tuple[str, ...]
    reason: str = ""
    has_moved: bool = False
    is_same: bool = False
    is_named: bool = False
    is_giver_known: bool = False


def trace(story: Story, told: StoryContent) -> Trace:
    """What an edition keeps of a ``story`` that it has ``told``, for those that come after it."""
    return Trace(
        cluster=story.cluster,
        also=story.also,
        entries=tuple(sorted(each.entry.id for each in story.members)),
        figures=tuple(figures_of(story)),
        headline=told.headline,
        partner_ids=told.partner_ids,
        arrow_ids=told.arrow_ids,
        channels=told.channels,
        claims=told.claims,
        status=told.status,
        numbers=told.numbers,
        origins=told.origins,
        act=act_of(story),
        state_media_only=told.state_media_only,
        subjects=tuple(sorted(story.subjects.all)),
        words=tuple(sorted(story.subjects.words)),
    )


def update_of(
    story: Story, told: StoryContent, traces: Sequence[Trace], thread_ids: Mapping[int, int]
) -> Update | None:
    """What the ``traces`` (newest first, each with the name of its edition) say of a story that is now ``told`` so;
    None where neither it nor what it takes up was ever told. ``thread_ids`` tells the threads of clusters: beside an
    event that is taken up stands all that was told of its thread."""
    ids = {each.entry.id for each in story.members}
    same = [each for each in traces if _is_same(each, story, ids)]
    before = same or _taken_up(story, traces, thread_ids)
    if not before:
        return None
    named = news(story, told, before, is_same=bool(same))
    found = named or _otherwise(story, told, before, is_same=bool(same))
    reason = "" if found else _reason(story, is_same=bool(same))
    acts = [each.act for each in before if each.act is not None]
    moved = has_moved(act_of(story), acts) or NOW_CONFIRMED in named  # by reports beside the lead
    first = before[-1]
    follows = [_follows(story, before)] if named and not same else []
    return Update(
        first.edition,
        _named_by(first),
        (*found[:MOST_NEWS], *follows),
        reason,
        has_moved=moved,
        is_same=bool(same),
        is_named=bool(named),
        is_giver_known=any(_tells_giver(told, each) for each in before),
    )


def _tells_giver(told: StoryContent, earlier: Trace) -> bool:
    """Whether reports told before said, undenied, that what this story is guessed to tell goes that way: between the
    same sides, through the same channels."""
    act, ways, focus = earlier.act, active().directions, active().focus_actor.id
    if act is None or act.vouching == DENIED or act.phase == ENDED:
        return False
    is_of_these = {*told.tied_ids} <= {*earlier.tied_ids} and {*told.channels} & {*earlier.channels}
    ends = {ways.to_focus: (act.giver, act.receiver), ways.from_focus: (act.receiver, act.giver)}
    partner, other = ends.get(told.direction, ("", ""))
    return bool(is_of_these) and partner in told.tied_ids and other == focus


def followed(taken: Update) -> Update:
    """What is said of a story beside one of its matter that was told before or follows what was: that it follows the
    same."""
    news = next(
        (each for each in taken.news if each.startswith(FOLLOWS)), f"{FOLLOWS}“{taken.headline.replace(PARTING, ', ')}”"
    )
    return Update(taken.since, taken.headline, (news,))


def _taken_up(story: Story, traces: Sequence[Trace], thread_ids: Mapping[int, int]) -> list[Trace]:
    follows = story.facts.follows
    if follows is None or all(follows not in each.clusters for each in traces):
        return []
    thread = thread_ids.get(follows, follows)
    told = [
        each for each in traces if each.cluster is not None and thread_ids.get(each.cluster, each.cluster) == thread
    ]
    return told if any(is_of_one_matter(story, each) for each in told) else []


def _is_same(trace: Trace, story: Story, ids: set[int]) -> bool:
    """Whether a trace is of the event of a story; of what was parted the cluster alone proves nothing."""
    is_clustered = not set(story.clusters).isdisjoint(trace.clusters)
    is_told = is_clustered and (not story.is_parted or is_of_one_matter(story, trace))
    return is_told or not ids.isdisjoint(trace.entries)


def _otherwise(story: Story, told: StoryContent, before: Sequence[Trace], *, is_same: bool) -> list[str]:
    """What is said where no step can be named. Many reports are news of the same event. Another event is told by what
    it follows, unless its headline says little that was not said: such a story repeats what was told, as an opinion
    or an explainer on the same event does."""
    follows = _follows(story, before)
    if told.origins >= ALWAYS_TOLD:
        return [f"{told.origins} more independent reports" if is_same else follows]
    if any(each.subjects is None for each in before):  # told by an older version, which does not say what was named
        return [] if is_same else [gloss(story) or "another report"]
    if is_repetition(story, before, is_same=is_same):
        return []
    form = form_of(story.lead.entry.title)
    kind = ANALYSIS if is_interpretation(story) else "" if form == REPORT else form_name(form)
    return [kind, follows] if kind else [follows]


def _follows(story: Story, before: Sequence[Trace]) -> str:
    """Which report told before it takes up, of its matter where there is one."""
    near = [each for each in before if is_of_one_matter(story, each)] or before
    earlier = next((each for each in near if story.facts.follows in each.clusters), near[0])
    return f"{FOLLOWS}{_quoted(earlier)}"


def _quoted(earlier: Trace) -> str:
    """What was told, as a reader of English reads it."""
    said = _in_english(earlier)
    keywords = said.removeprefix(f"{IN_HEADLINE}: ").replace(PARTING, ", ")
    told = one_line(keywords, FOLLOWED_CHARACTERS)
    return f"what was told of {told}" if said.startswith(IN_HEADLINE) else f"“{told}”"


def _named_by(earlier: Trace) -> str:
    """By what a reader of English knows it again: keywords are no name, and the headline is better than they."""
    said = _in_english(earlier)
    return earlier.headline if said.startswith(IN_HEADLINE) else said


def _in_english(earlier: Trace) -> str:
    """The headline that was told, or in place of a foreign one our sentence, where there is one."""
    if earlier.sentence and language_of(earlier) not in ENGLISH:
        return earlier.sentence.rstrip(".").partition(KEYWORDS_BEHIND)[0]
    return earlier.headline


def _reason(story: Story, *, is_same: bool) -> str:
    """Why nothing is new: the same event, told in another form, or no step beyond what was told."""
    form = form_of(story.lead.entry.title)
    if form != REPORT:
        return f"{form_name(form)} on what was told"
    if is_same:
        return "the same act, nothing new recognised"
    return "takes up what was told, nothing new recognised"
