"""A frame with who says so, and what it makes of the vouching that a sentence asks or has somebody else say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers.grammar.negation import takes_back
from classifiers.lexicon.analysis import Analysis
from classifiers.tagging.claimant_names import is_outside
from classifiers.tagging.claimants import claimant_of
from classifiers.tagging.frame_features import RoleReading
from classifiers.tagging.frames import VERBS
from classifiers.text.fold import fold
from classifiers.text.titles import asks
from db.records.frames import Frame

ENDS = ".!… "
QUOTE = '"'
REFUSING = "refuse"
GIVING = VERBS | {REFUSING}


def vouched(analysis: Analysis, readings: Sequence[RoleReading], frame: Frame) -> Frame:
    """The frame with who says so. What a sentence only asks, nobody below it need have said, save in a sentence of the
    tie; without a question mark, which the model of vouching weighs, it is alleged, unless it asks what is to come.
    What a headline sets apart as the word of somebody outside the tie is alleged as well; and what is said not to be
    given is denied."""
    sentence = _sentence(readings[0]) if readings else ""
    is_asked = asks(sentence)
    if is_asked and "?" not in sentence and frame.vouching == "plain" and frame.phase != "planned":
        frame = replace(frame, vouching="alleged")
    is_told = frame.vouching == "alleged"
    frame = replace(frame, claimant=claimant_of(analysis, readings, is_told, asked=is_asked))
    if frame.kind == "transfer" and frame.vouching == "plain" and _is_word_of_others(analysis, frame.claimant):
        frame = replace(frame, vouching="alleged")
    is_not_given = not is_asked and frame.kind == "transfer" and bool(readings) and _is_taken_back(readings[0])
    return replace(frame, vouching="denied") if is_not_given and frame.phase != "ended" else frame


def _is_taken_back(told: RoleReading) -> bool:
    """Whether the sentence says of the verb that carries its tie that nothing is given, or has no verb of giving but
    one that says so."""
    act = told.act
    carrying = [act] if act is not None else [each for each in told.reading.acts if REFUSING in each.classes]
    return any(not GIVING.isdisjoint(each.classes) and takes_back(told.reading, each) for each in carrying)


def _sentence(told: RoleReading) -> str:
    return told.reading.text[told.reading.start : told.reading.end]


def _is_word_of_others(analysis: Analysis, claimant: str) -> bool:
    """Whether the headline is what somebody says who stands apart in it, and has no part in the tie."""
    if not claimant:
        return False
    said, headline = fold(claimant), analysis.folded.partition("\n")[0].strip(ENDS)
    begins, ends = (f"{said}:", f"{said} {QUOTE}"), (f": {said}", f"{QUOTE} {said}")
    if not (headline.startswith(begins) or headline.endswith(ends)):
        return False
    return is_outside(claimant, analysis.language)
