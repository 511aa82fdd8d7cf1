"""Whether an act stands elsewhere than when it was told last. It decides a story's place; what is said of it in words
(`flows.digest.compose.news`) asks for more: that a headline tells it plainly."""

from __future__ import annotations

from collections.abc import Sequence

from flows.digest.compose.story_tags import OF_THE_ACT
from flows.digest.content.story import ToldAct

PHASES = ("sought", "planned", "under way", "done")
"""Phases in their order. From "under way" to "done" is no step: news tells of one act in both ways."""
BEGUN = PHASES.index("under way")
ENDED, DENIED, CONFIRMED = "ended", "denied", "confirmed"


def has_moved(now: ToldAct | None, before: Sequence[ToldAct]) -> bool:
    """Whether the act is further on than in all that was told ``before`` of it, has ended, is denied or confirmed for
    the first time, or is done now by a deed of its own (a signing, a delivery) that none of them had, or
    ratified by another side."""
    if now is None or not before:
        return False
    same = [each for each in before if is_act(each, now)]
    is_vouched_anew = now.vouching in (DENIED, CONFIRMED) and now.vouching not in {each.vouching for each in before}
    deeds = {deed for each in before for deed in each.deeds}
    is_done_anew = now.phase == PHASES[-1] and not deeds.issuperset(OF_THE_ACT.intersection(now.deeds))
    is_ratified_too = not {each for one in before for each in one.ratified}.issuperset(now.ratified)
    return is_ratified_too or is_vouched_anew or is_done_anew or _has_ended(now, same) or _is_further(now, same)


def is_act(one: ToldAct, other: ToldAct) -> bool:
    """Whether two reports tell one act: of the same roles, or by the same deed where it is done together. What is given
    to a whole group and what one of it is given are two acts."""
    roles = (one.giver, one.receiver)
    if one.members is not None and other.members is not None and not _share(one.members, other.members):
        return False
    return roles == (other.giver, other.receiver) and (any(roles) or not set(one.deeds).isdisjoint(other.deeds))


def is_told(now: ToldAct | None, before: Sequence[ToldAct]) -> bool:
    """Whether it was told before that the one gives it to the other, as far on (what is under way is told as done) and
    vouched for in the same way."""
    if now is None or not (now.giver and now.receiver) or now.response:
        return False
    return any(_standing(now) == _standing(each) for each in before)


def _standing(act: ToldAct) -> tuple[str, ...]:
    phase = PHASES[BEGUN] if act.phase in PHASES[BEGUN:] else act.phase
    return act.giver, act.receiver, phase, act.vouching


def _share(members: Sequence[str], others: Sequence[str]) -> bool:
    return not set(members).isdisjoint(others) or not (members or others)


def _has_ended(now: ToldAct, same: Sequence[ToldAct]) -> bool:
    return now.phase == ENDED and bool(same) and ENDED not in {each.phase for each in same}


def _is_further(now: ToldAct, same: Sequence[ToldAct]) -> bool:
    reached = [PHASES.index(each.phase) for each in same if each.phase in PHASES]
    if now.phase not in PHASES or now.phase == PHASES[BEGUN] or not reached:
        return False
    return PHASES.index(now.phase) > max(reached) and max(reached) < BEGUN
