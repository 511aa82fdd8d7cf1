"""What a story tells plainly: by verbs of the lead's headline, or of two independent reports and half of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.lexicon.concepts.told_acts import SAYING, ToldConcept, told_acts
from classifiers.lexicon.concepts.told_verbs import done_by, houses, leads_to, phrase_of, step_of
from classifiers.lexicon.names.read import display_name, within_sentence
from classifiers.stories.doers import doer_of, has_doer, object_of
from classifiers.stories.fingerprint import stem
from classifiers.stories.forms import REPORT, form_of
from classifiers.tagging.joint_acts import RATIFY, SIGN, ratifies
from classifiers.text.fold import fold
from classifiers.text.verbs import conjugated
from classifiers.topics.active import active
from db.records import ScoredEntry
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.story import Story
from flows.digest.display_text import partner_name

STATEMENT = "say"
"""The concept of a deed that is no more than words."""
INTERPRETING = "interpret"
"""The concept of what does nothing, and is read as a sign of something."""
INDEPENDENT = 2
"""Reports of different outlets that must say what the lead does not."""


class ToldDeed(NamedTuple):
    """A deed in words ("a signing"), the concept that it is told by, whether it is still to come or only ``alleged``,
    the id of the ``doer`` and of ``whom`` it is done to where the headline says it, and the stem of its verb."""

    phrase: str
    concept: str
    coming: bool
    alleged: bool
    doer: str
    verb: str
    whom: str = ""

    @property
    def is_saying(self) -> bool:
        """Whether it is done by saying something."""
        return self.concept in SAYING

    def in_words(self) -> str:
        """As a reader is told it behind "now": "signed", "the one accuses the other", "praise by the one"; what each
        side does for itself is told with the side."""
        if self.concept == RATIFY and self.doer:
            return f"ratified {by(self.doer)}"
        doubt = ", alleged" if self.alleged and not self.is_saying else ""
        if self.doer and (done := done_by(self.concept, _within(self.whom) if self.whom else "")):
            return f"{_within(self.doer)} {conjugated(done, _within(self.doer))}{doubt}"
        doer = f" {by(self.doer)}" if self.doer and self.is_saying else ""
        return step_of(self.concept) + doer + doubt


@once_a_story
def told_deeds(story: Story) -> tuple[ToldDeed, ...]:
    """Those of the lead first, each phrase once; none of a live page, an opinion, an explainer."""
    read = [_told_by(each) for each in story.members]
    by_outlet = {
        (_key(each), one.entry.outlet) for one, deeds in zip(story.members, read, strict=True) for each in deeds
    }
    outlets = Counter(deed for deed, _ in by_outlet)
    more = [each for deeds in read[1:] for each in deeds if _is_shared(outlets[_key(each)], len(read))]
    return tuple({_key(each): each for each in (*reversed(more), *reversed(read[0]))}.values())[::-1]


def ratifying(story: Story) -> tuple[str, ...]:
    """The ids of those who ratify something in it, as a headline plainly says."""
    return tuple(each.doer for each in told_deeds(story) if each.concept == RATIFY and each.doer and not each.coming)


def is_interpretation(story: Story) -> bool:
    """Whether the lead reads a sign in something, and tells nothing else: "the visit signals …"."""
    title, language = story.lead.entry.title, story.lead.score.language
    first = next(iter(told_acts(title, language)), None)
    return first is not None and first.concept == INTERPRETING and not has_doer(title, language, first.start)


def doer_name(doer: str) -> str:
    """Who does it, as a reader knows them."""
    return partner_name(doer) if doer in active().partners else display_name(doer)


def by(doer: str) -> str:
    """``by`` somebody, with the article of a name that has one."""
    return f"by {_within(doer)}"


def _within(actor: str) -> str:
    return partner_name(actor) if actor in active().partners else within_sentence(actor)


def _key(deed: ToldDeed) -> tuple[str, bool, str]:
    """By what two reports tell the same deed: what is said, by who says it."""
    return deed.phrase, deed.coming, deed.doer if deed.is_saying else ""


def _is_shared(reports: int, members: int) -> bool:
    return reports >= INDEPENDENT and 2 * reports >= members


def _told_by(scored: ScoredEntry) -> Sequence[ToldDeed]:
    return deeds_in(scored.entry.title, scored.score.language)


def deeds_in(title: str, language: str) -> list[ToldDeed]:
    """The deeds of one headline; what is done by the word of another ("…, officials say") is alleged."""
    if form_of(title) != REPORT:
        return []
    found = [_ratified(title, language, each) for each in told_acts(title, language)]
    said = [each.start for each in found if each.concept == STATEMENT]
    return [_deed(title, language, each, said) for each in found]


def _ratified(title: str, language: str, told: ToldConcept) -> ToldConcept:
    """What puts an agreement into force at home is no mere signing."""
    return told._replace(concept=RATIFY) if told.concept == SIGN and ratifies(title, language) else told


def _deed(title: str, language: str, told: ToldConcept, said: Sequence[int]) -> ToldDeed:
    is_attributed = told.concept not in SAYING and any(told.end < start for start in said)
    return ToldDeed(
        phrase=phrase_of(told.concept),
        concept=told.concept,
        coming=told.coming,
        alleged=told.alleged or is_attributed,
        doer=doer_of(title, language, told.start, told.end, houses() if told.concept == RATIFY else ()),
        verb=f"{language}:{stem(fold(title)[told.start : told.end].split()[0])}",
        whom=object_of(title, language, told.start, told.end, leads_to(told.concept)),
    )
