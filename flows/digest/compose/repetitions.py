"""Whether a story of which no step can be named repeats what earlier editions told.

It does where its headline names nobody and nothing that was not named, tells no deed that was not told, and nobody
speaks. Whatever is left out for it is listed with its reason, and can be opened.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.doers import DOING, speaker_of
from classifiers.stories.forms import COLLECTIONS, REPORT, form_of
from flows.digest.compose.named_anew import acts_of, names_anew
from flows.digest.compose.news import VOUCHING
from flows.digest.compose.steps import BEGUN, PHASES, is_told
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of, has
from flows.digest.compose.subjects import KNOWN, NAME, are_other_words
from flows.digest.compose.told_deeds import told_deeds
from flows.digest.content.story import Trace

OPINION = "opinion"
THIRD = 0.34
"""The share of the words of a headline that must have been told, where it names what we know."""
ALIKE = 0.44
"""A story of another event is no repetition of one that it reads less like (`classifiers.stories.similarity`): what its
headline tells may be what we do not know the words of."""


def is_repetition(story: Story, before: Sequence[Trace], *, is_same: bool) -> bool:
    """Whether a story says nothing beyond what was told ``before`` of its event (``is_same``) or its thread. A live
    page, a briefing and a newsletter of what was told are repetitions: they gather what others report.

    The rule and its lines were chosen on 79 + 32 pairs of days with news and 31 + 16 without, and on the 32 stories
    that a bolder rule had left out (``tests.support.story_steps``, decision 0103).
    """
    form = form_of(story.lead.entry.title)
    if form in COLLECTIONS:
        return True
    likeness = story.facts.likeness
    if not is_same and likeness is not None and likeness < ALIKE:
        return False
    return not (
        names_anew(story, before)
        or _has_begun(story, before)
        or (not is_same and _is_said(story, before))
        or ((form == REPORT or not (is_same or form == OPINION)) and _is_in_other_words(story, before, is_same=is_same))
    )


def _is_said(story: Story, before: Sequence[Trace]) -> bool:
    """Whether somebody says something of it, or answers it; who vouches once more for what was told does not."""
    lead = story.lead
    if speaker_of(lead.entry.title, lead.score.language) or has(story, "response"):
        return True
    known = VOUCHING if is_told(act_of(story), acts_of(before)) else ()
    return any(deed.is_saying and deed.concept not in known for deed in told_deeds(story))


def _has_begun(story: Story, before: Sequence[Trace]) -> bool:
    """Whether somebody gives, or gave, what was only sought or planned in all that was told of it."""
    now = act_of(story)
    if now is None or not now.giver or now.phase not in PHASES[BEGUN:] or now.response:
        return False
    phases = {each.phase for each in acts_of(before) if (each.giver, each.receiver) == (now.giver, now.receiver)}
    return bool(phases) and phases <= {*PHASES[:BEGUN]}


def _is_in_other_words(story: Story, before: Sequence[Trace], *, is_same: bool) -> bool:
    """Whether too few of the words of its headline stood in headlines that were told for us to say that it tells the
    same: of one that names nothing that we know but states and people, most of them, of others a third."""
    is_bare = all(name_kinds().get(term.removeprefix(NAME)) in DOING for term in story.subjects.headline)
    told = (word for each in before for word in each.words)
    return are_other_words(story.subjects.said, told, is_same=is_same, known=KNOWN if is_bare else THIRD)
