"""How likely it is that a text tells the act that was read in it.

Two that are named in one sentence are tied by it only now and then: in a review, a round-up, a war that one of them
watches, nothing passes between them. What the grammar reads there looks as plain as where something changes hands, so a
small table weighs what else speaks for it: a claim that the text bears on, goods beside the parties, the marks that
they bear, a list that holds both, how surely it is about the topic. It is fitted by ``python -m
classifiers.tagging.fit_act_confidence`` on acts that people judged, true or not. No sign names a party or a topic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import NamedTuple

from classifiers.grammar.phrases import Phrase
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.frame_features import RoleReading
from classifiers.tagging.tag_model import logistic
from classifiers.topics.active import active
from db.records.frames import Frame

FILE = "act_confidence.json"
INTERCEPT = "1"
KINDS = ("transfer", "joint")
"""Kinds of acts that have a table."""
READ = 0.55
"""The confidence from which on who gives counts as read: of real acts for development that have it 72 in 100 are true,
of all 35."""
DOUBTFUL = {"transfer": 0.2, "joint": 0.6}
"""The confidence below which an act is doubtful: of real transfers for development 12 in 100 are true then. Of joint
acts, of which 78 in 100 are true, 89 are from there on, and one in eight of the true ones is lost."""
SURELY = 0.9
"""The probability that a text is about the topic, where nobody asked the model: it is tagged because it is."""
MOST_LIKELY, PLAIN = 4.0, 6.0
"""The log-odds of that probability, at the most and at the least; those from which on nothing is plainer."""
SIDE_BY_SIDE = 6
"""Characters between two that stand in a list."""
MOST_SENTENCES = 4


def with_confidence(frame: Frame, signs: Mapping[str, float]) -> Frame:
    """The frame as sure as its signs let it be: an act that is hardly told is doubtful, an arrow that may be none
    guessed. The frame as it is where there are no signs."""
    if frame.kind not in KINDS or not signs:
        return frame
    sure = confidence(_tables()[frame.kind], signs)
    if sure < DOUBTFUL[frame.kind]:
        return replace(frame, certainty="doubtful")
    is_guess = frame.kind == "transfer" and sure < READ and frame.certainty == "read"
    return replace(frame, certainty="guessed") if is_guess else frame


def confidence(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The probability that a text of these signs tells the act, by the table of its kind."""
    return logistic(sum(weights.get(name, 0.0) * value for name, value in signs.items()))


class Beside(NamedTuple):
    """What is known of a text beside its act: the ``probability`` of being about the topic, the strength of the
    ``strongest`` link to a claim, how plainly its sentences show who gives (``plainness``, log-odds), and the log-odds
    of the table of tags (``leaning``)."""

    probability: float
    strongest: float
    plainness: float
    leaning: Mapping[str, float]


def signs_of(
    layout: DocumentLayout, readings: Sequence[RoleReading], frame: Frame, channel: str, beside: Beside
) -> dict[str, float]:
    """What speaks for the act of a frame and against it, by name."""
    found = {
        INTERCEPT: 1.0,
        "likely": _likely(beside.probability),
        "claim": beside.strongest,
        "plain": min(PLAIN, beside.plainness),
        "guessed": float(frame.certainty == "guessed"),
        f"phase:{frame.phase}": 1.0,
        f"vouching:{frame.vouching}": 1.0,
    }
    found |= {f"kind:{kind}": beside.leaning[f"kind:{kind}"] for kind in KINDS}
    found["joined"] = float(min(MOST_SENTENCES, sum(bool(each.joins) for each in layout.analysis.sentences)))
    found["read"] = float(len(readings))
    return found | (_of_sentence(layout, readings[0], frame, channel) if readings else {})


def _likely(probability: float) -> float:
    """The log-odds of a probability, as far as they go."""
    odds = math.log(probability / (1 - probability)) if 0 < probability < 1 else MOST_LIKELY * (2 * probability - 1)
    return max(-MOST_LIKELY, min(MOST_LIKELY, odds))


def _of_sentence(layout: DocumentLayout, told: RoleReading, frame: Frame, channel: str) -> dict[str, float]:
    """What the sentence shows that tells the act first."""
    sentence = next((each for each in layout.analysis.sentences if each.index == told.index), None)
    found = {
        "goods": float(sentence is not None and any(cue.code == channel for cue in sentence.cues)),
        "implied": float(not told.focus),
    }
    found.update({f"act={each}": 1.0 for each in (told.act.classes if told.act else ())})
    focus, partner = _nearest(told, frame)
    if focus and partner:
        gap = max(focus.start, partner.start) - min(focus.end, partner.end)
        found["side by side"] = float(0 <= gap <= SIDE_BY_SIDE)
        is_focus = frame.giver == active().focus_actor.id
        giver, receiver = (focus, partner) if is_focus else (partner, focus)
        names = ("giver", "receiver") if frame.kind == "transfer" else ("one", "one")
        for name, each in zip(names, (giver, receiver), strict=True):
            found[f"{name}:{each.mark}"] = found[f"{name}={each.form}"] = 1.0
    return found


def _nearest(told: RoleReading, frame: Frame) -> tuple[Phrase | None, Phrase | None]:
    """The focus and the partner of the act that stand nearest to each other; of a joint act any partner."""
    focus = [phrase for phrase, _ in told.focus]
    sides = {frame.giver, frame.receiver} - {""}
    partners = [phrase for phrase, _ in told.partners if not sides or sides & set(phrase.codes)]
    pairs = [(one, other) for one in focus for other in partners]
    return min(pairs, key=lambda pair: abs(pair[0].start - pair[1].start), default=(None, None))


@cache
def _tables() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(
        (resources.files("classifiers.tagging") / FILE).read_text(encoding="utf-8")
    )
    return found
