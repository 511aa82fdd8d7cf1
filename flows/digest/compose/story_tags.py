"""Who gives what to whom, and which claims that bears on: the tags of a story in a reader's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from classifiers.lexicon.concepts.read import acts, named_in
from classifiers.lexicon.concepts.to_come import not_done, to_come
from classifiers.lexicon.members import members_told, read_members
from classifiers.tagging.answers import is_answer as answers
from classifiers.tagging.at_odds import tells_quarrel
from classifiers.tagging.claimant_names import denied_outside
from classifiers.tagging.gloss import gloss_of, tells_act, told_of
from classifiers.tagging.joint_acts import RATIFY, SIGN, Told, ratifies
from classifiers.text.figure_words import in_words
from classifiers.text.figures import Figure, new_figures, stored
from classifiers.text.fold import fold
from classifiers.topics.active import active
from db.records import ScoredEntry
from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.soundness import is_doubtful, sound
from flows.digest.compose.story import Story
from flows.digest.compose.told_deeds import ratifying
from flows.digest.content.story import Bearing, ToldAct
from flows.digest.display_text import claim_name, one_line

T = TypeVar("T")
MOST_CHANNELS = 3
MOST_CLAIMS = 4
"""Claims named with one story; the others stay among its ids."""
MOST_NUMBERS = 4
STANCES = {"supports": "supports", "cuts_against": "cuts against", "updates": "updates"}
DISPUTES = "disputes"
"""What a denial by a party of the tie does to a claim."""
OF_THE_ACT = frozenset(
    ("a delivery", "a deployment", "a meeting", "a patrol", "a ratification", "a signing", "a visit")
)
"""Deeds that are the act itself, done by its parties, so that its phase is theirs: sanctions or an attack beside an act
that is planned are not."""
NOT_YET = ("sought", "planned")
"""Phases in which such a deed is still to come."""
GLOSS_CHARACTERS = 160


def channels_of(story: Story) -> tuple[str, ...]:
    """The ids of its channels, that which most members name first."""
    return tuple(_most_named(story, "channel"))


def direction_of(story: Story) -> str:
    """Who gives to whom, as most members say it, or as what is denied would have it; empty where they say that nobody
    does, or nothing, and where the act is doubtful."""
    if is_doubtful(story):
        return ""
    told = [tag for tags in sound(story) for tag in tags.tags if tag.kind == "direction"]
    denied = (tag.value for tag in told if tag.negated)
    direction = next(iter(_by_count(tag for tag in told if not tag.negated)), "") or next(denied, "")
    return "" if direction == active().directions.none else direction


def bearings(story: Story, claim_names: Mapping[str, str]) -> tuple[Bearing, ...]:
    """The claims that are named with the story, the strongest link first."""
    return tuple(
        Bearing(claim=link.claim, name=claim_name(link.claim, claim_names), stance=_stance(link.stance, story))
        for link in story.claims[:MOST_CLAIMS]
    )


def _stance(stance: str, story: Story) -> str:
    return DISPUTES if stance == "cuts_against" and is_own_denial(story) else STANCES[stance]


def numbers(story: Story) -> tuple[str, ...]:
    """Its figures as a reader is shown them."""
    return tuple(map(in_words, figures(story)))


def _tags(story: Story, kind: str) -> list[Tag]:
    return [tag for tags in story.tags for tag in tags.tags if tag.kind == kind and not tag.negated]


def _most_named(story: Story, kind: str) -> list[str]:
    """The values of a kind, that which most members name first; the lead's order decides between equals."""
    return _by_count(_tags(story, kind))


def _by_count(tags: Iterable[Tag]) -> list[str]:
    counted = Counter(tag.value for tag in tags)
    return sorted(counted, key=lambda value: -counted[value])


def has(story: Story, kind: str) -> bool:
    """Whether half of the tagged members or more have a tag of that kind."""
    said = sum(any(tag.kind == kind for tag in tags.tags) for tags in story.tags)
    return said * 2 >= max(1, len(story.tags))


def gloss(story: Story) -> str:
    """The lead's act in a sentence of our own, for a headline in a language that not every reader reads."""
    told = _told(story)
    return one_line(gloss_of(*told) if told else "", GLOSS_CHARACTERS)


def gloss_tells(story: Story) -> bool:
    """Whether the gloss tells the lead's own act, and no more of a background than a headline does."""
    told = _told(story)
    return told is not None and tells_act(*told)


def is_answer(story: Story) -> bool:
    """Whether the lead tells of others who answer, so that its arrow is that of the background."""
    told = _told(story)
    return told is not None and answers(*told)


def is_quarrel(story: Story) -> bool:
    """Whether the headline of the lead says that the two are at odds: what passes between them is the background."""
    told = _told(story)
    return told is not None and tells_quarrel(*told)


def is_transfer(story: Story) -> bool:
    """Whether something is handed over in it."""
    told = _told(story)
    return told is not None and told[0].frames[0].kind == "transfer"


def is_own_denial(story: Story) -> bool:
    """Whether it is denied by nobody outside the tie: what the accused says is no evidence."""
    act, told = act_of(story), _told(story)
    if act is None or told is None or act.vouching != "denied" or act.phase == "ended":
        return False
    return not denied_outside(told[0].frames[0], told[1])


def _told(story: Story) -> tuple[Tags, Told] | None:
    """The first member with an act: what it is tagged with, and what it says."""
    members = (each for each in story.members if each.score.tags.frames)
    return next(((each.score.tags, told_of(each.entry, each.score.language)) for each in members), None)


@once_a_story
def figures(story: Story) -> list[Figure]:
    """The figures that a reader is shown: those that nobody denies, each once, the lead's first."""
    found = (stored(each) for tags in story.tags for each in tags.quantities if not each.negated)
    return new_figures(filter(None, found), ())[:MOST_NUMBERS]


@once_a_story
def act_of(story: Story) -> ToldAct | None:
    """The act as most members tell it, the lead's where they are equal; a denial where any tells one. None where none
    was scored with an act; of a doubtful one only the deeds of its headlines are told."""
    frames = [frame for tags in sound(story) for frame in tags.frames[:1]]
    if not frames:
        return None
    frames = [] if is_doubtful(story) else frames
    giver, receiver = _most([(each.giver, each.receiver) for each in frames if each.certainty == "read"]) or ("", "")
    return ToldAct(
        giver=giver,
        receiver=receiver,
        phase=_most([each.phase for each in frames if each.phase]) or "",
        vouching=_vouching(frames),
        deeds=deeds(story),
        coming=coming(story),
        response=has(story, "response"),
        ratified=ratifying(story),
        members=_members_of(story, giver, receiver),
    )


def _members_of(story: Story, *sides: str) -> tuple[str, ...] | None:
    """The members of those sides that are groups whom the reports name; None where none is a group, as most are not."""
    groups = [side for side in sides if side in read_members().pieces]
    texts = [told_of(each.entry, each.score.language) for each in story.members] if groups else []
    named = {name for group in groups for text in texts for name in members_told(group, *text)}
    return tuple(sorted(named)) if groups else None


def _vouching(frames: Sequence[Frame]) -> str:
    said = [each.vouching for each in frames if each.vouching]
    return "denied" if "denied" in said else _most(said) or ""


def _most(values: Sequence[T]) -> T | None:
    """The value that most have, the first of equals."""
    return max(dict.fromkeys(values), key=values.count, default=None)


@once_a_story
def deeds(story: Story) -> tuple[str, ...]:
    """What is done, in words ("a signing"), as the lead's headline says it or half of all headlines."""
    return _said_by_most([_deeds(each) for each in story.members])


@once_a_story
def coming(story: Story) -> tuple[str, ...]:
    """What is still to come, in words, in the same way."""
    done = deeds(story)
    return tuple(deed for deed in _said_by_most([_coming(each) for each in story.members]) if deed not in done)


def _said_by_most(named: Sequence[frozenset[str]]) -> tuple[str, ...]:
    counted = Counter(deed for each in named for deed in each)
    return tuple(deed for deed in sorted(counted) if deed in named[0] or 2 * counted[deed] >= len(named))


def _deeds(scored: ScoredEntry) -> frozenset[str]:
    return _named(scored) - _coming(scored)


def _coming(scored: ScoredEntry) -> frozenset[str]:
    """Those that the headline announces, and the act itself where it is only sought or planned."""
    found = coming_in(scored.entry.title, scored.score.language)
    phase = next((frame.phase for frame in scored.score.tags.frames), "")
    return found | (_named(scored) & OF_THE_ACT) if phase in NOT_YET else found


def coming_in(text: str, language: str) -> frozenset[str]:
    """The deeds, in words, that a headline or another sentence announces."""
    return _phrases(to_come(text, language) - not_done(text, language))


def _named(scored: ScoredEntry) -> frozenset[str]:
    title, language = scored.entry.title, scored.score.language
    named = frozenset(concept for concept, _, _ in named_in(title, fold(title), language))
    if SIGN in named and ratifies(title, language):
        named = named - {SIGN} | {RATIFY}
    return _phrases(named - not_done(title, language))


def _phrases(concepts: frozenset[str]) -> frozenset[str]:
    return frozenset(acts()[concept] for concept in concepts & acts().keys())
