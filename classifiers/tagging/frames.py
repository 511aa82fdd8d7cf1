"""A text → the act that it tells: who gives, who receives, how far it has come and who vouches for it.

The headline goes before the rest. Who gives is read from the sentence (`classifiers.grammar`); only where the sentence
shows nothing does what is usual of such texts decide, and the frame says that it was guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from classifiers.tagging.aspects import BETWEEN, with_aspect
from classifiers.tagging.document_layout import Span
from classifiers.tagging.frame_features import (
    RoleReading,
    is_only_likened,
    text_arrow_features,
)
from classifiers.tagging.frame_model import PHASES, VOUCHINGS, frame_model, probabilities
from classifiers.topics.active import active
from db.records.frames import Certainty, Frame, Kind, Phase, Vouching
from db.records.tags import Status

READ, PLAIN, USUAL = 0.7, 3.0, 0.3
"""The log-odds of an arrow from which on it counts as read; those from which on the sentence alone decides, below which
what is usual is added; and what that counts. Chosen on the half for development of pairs and judged articles."""
VERBS = frozenset(("give", "given", "passive", "take", "taken"))
"""Classes of verbs by which something changes hands; their nouns stand as often for mere words ("support")."""
ENDING = frozenset(("p:ended", "t:p:ended", "l:p:ended", "has=refuse", "has=halt", "has=decline"))
DENYING = frozenset(("v:denied", "t:v:denied", "l:v:denied"))
"""Features one of which must be there: an end and a denial are never told without a word of it, and both turn what an
entry says into its opposite."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """``gives``: the log-odds that the focus gives, over the sentences; ``partner``: to or from whom."""

    gives: float
    partner: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual of texts of such words. ``leaning``: the log-odds that the focus gives; ``shown``: what patterns
    of who gives add to it, which takes long to find out; ``most``: it is never more than that, nor less than minus."""

    leaning: float
    shown: Callable[[], float]
    most: float


def arrow_of(readings: Sequence[RoleReading], partners: Iterable[str]) -> Arrow:
    """Who gives to whom, as the sentences show it most plainly of those ``partners`` that the first sentence of a tie
    names, or of all where it names none of them; the first where none does."""
    listed = list(partners)
    told = {code for phrase, _ in (readings[0].partners if readings else ()) for code in phrase.codes}
    found = [
        Arrow(frame_model().gives(text_arrow_features(readings, each)), each)
        for each in [partner for partner in listed if partner in told] or listed
    ]
    return max(found, key=lambda each: abs(each.gives), default=Arrow(0.0, ""))


def frame_of(
    readings: Sequence[RoleReading],
    manner: Mapping[str, float],
    aspects: Callable[[], Mapping[str, float]],
    kind: Kind,
    partners: Iterable[str],
    usual: Usual,
) -> tuple[Frame, float]:
    """(the act that a text tells, without who says so; how plainly its sentences show who gives, as log-odds of 0 and
    more). ``manner`` are the features of manner of its first reading, or of its head, ``aspects`` gives those of the
    verbs, which take long to find; ``usual`` counts only where no sentence says who gives.
    """
    arrow = arrow_of(readings, partners)
    if kind == "joint" and abs(arrow.gives) >= PLAIN and readings and _hands_over(readings[0]):
        kind = "transfer"
    told = readings[0] if readings else None
    phase, vouching = manner_of(manner, aspects) if kind != "none" else ("", "")
    certain = abs(arrow.gives) >= READ and not is_only_likened(readings, arrow.partner)
    giver, receiver = _parties(arrow, usual) if kind == "transfer" else ("", "")
    certainty: Certainty = "read" if certain or kind != "transfer" else "guessed"
    return Frame(kind, giver, receiver, phase, vouching, "", certainty, _spans(told)), abs(arrow.gives)


def _hands_over(told: RoleReading) -> bool:
    """Whether a verb of giving or receiving carries the sentence, and nobody meets in it."""
    act = told.act
    meets = any("meet" in each.classes for each in told.reading.acts)
    return act is not None and not meets and not VERBS.isdisjoint(act.classes)


def _parties(arrow: Arrow, usual: Usual) -> tuple[str, str]:
    gives = arrow.gives
    if abs(gives) < PLAIN:
        gives += USUAL * usual.leaning
        if abs(gives) <= USUAL * usual.most:  # else nothing that is shown could turn the arrow
            gives = arrow.gives + USUAL * (usual.leaning + usual.shown())
    focus = active().focus_actor.id
    return (focus, arrow.partner) if gives > 0 else (arrow.partner, focus)


def manner_of(features: Mapping[str, float], aspects: Callable[[], Mapping[str, float]]) -> tuple[Phase, Vouching]:
    """How far the act of a sentence has come, and who vouches for it, by its features of manner."""
    # Not log-odds, which would spare the exponentials: those that are equal but for the last bit are a tie here.
    phases = probabilities(frame_model().phase, PHASES, features)
    vouchings = probabilities(frame_model().vouching, VOUCHINGS, features)
    vouched = [each for each in VOUCHINGS if each != "denied" or not DENYING.isdisjoint(features)]
    phase = likeliest(phases, features)
    if phase in BETWEEN:
        phase = with_aspect(phase, phases, aspects())
    return phase, max(vouched, key=lambda name: vouchings[name])


def likeliest(phases: Mapping[str, float], features: Mapping[str, float]) -> Phase:
    """The likeliest phase; nothing has ended where no word of manner says so."""
    said = [phase for phase in PHASES if phase != "ended" or not ENDING.isdisjoint(features)]
    return max(said, key=lambda name: phases[name])


def _spans(told: RoleReading | None) -> tuple[Span, ...]:
    """The words that told the act: its parties and the act itself."""
    if told is None:
        return ()
    act = told.act
    spans = [(phrase.start, phrase.end) for phrase in told.parties]
    return tuple(sorted({*spans, *([(act.start, act.end)] if act else [])}))


def direction_of(frame: Frame) -> str:
    """The direction that a frame tells of, as it is stored."""
    ways = active().directions
    if frame.kind != "transfer":
        return ways.mutual if frame.kind == "joint" else ways.none
    return ways.from_focus if frame.giver == active().focus_actor.id else ways.to_focus


def status_of(frame: Frame) -> Status:
    """The one word that editions and tags of status hold, from phase and vouching: the only place that maps them."""
    if frame.vouching in ("denied", "alleged", "confirmed"):
        return frame.vouching
    return "planned" if frame.phase in ("sought", "planned") else "reported"
