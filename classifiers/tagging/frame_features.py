"""One sentence as the frame model sees it: who stands where (signed), what is done, and how it is vouched for.

What says who gives is the focus's part minus the partner's: swap the two and every number changes its sign, so that no
habit can be learned ("this partner gives") but only what sentences show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from classifiers.grammar.items import Act
from classifiers.grammar.phrases import Phrase, tells_likeness
from classifiers.grammar.read import PHASE, Grammar, grammar_of
from classifiers.grammar.sentences import FALLBACK, Head, Manner, SentenceReading, manner_in, read_head
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.text.fold import word_end
from classifiers.text.kept import kept
from classifiers.topics.active import active

BELOW = 0.5
"""What a sentence counts for the arrow beside the one above it."""
MEETING = 25
"""Characters by which a meeting counts as further away than it is."""
KEPT = 20_000
"""Names of features that are kept at hand."""
NEAR = 20
"""Characters between an act and a word of its manner that stands right beside it."""


@dataclass(frozen=True)
class RoleReading:
    """A sentence with the parties of the topic told apart: ``focus`` and ``partners`` are phrases with the features of
    their parts, ``others`` the roles of everyone else named."""

    index: int
    reading: SentenceReading
    focus: tuple[tuple[Phrase, tuple[str, ...]], ...]
    partners: tuple[tuple[Phrase, tuple[str, ...]], ...]
    others: tuple[str, ...]

    @property
    def parties(self) -> list[Phrase]:
        """The phrases of the focus and its partners."""
        return [phrase for phrase, _ in (*self.focus, *self.partners)]

    def likens(self, phrase: Phrase) -> bool:
        """Whether a party is named only for what a thing is like."""
        return tells_likeness(self.reading.grammar, phrase, self.reading.text)

    @kept
    def act(self) -> Act | None:
        """The act that the tie hangs on: the nearest to its parties, a meeting only where nothing nearer changes
        hands; None where there is none."""
        transfers, parties = self.reading.transfers(), self.parties
        acts = [act for act in self.reading.acts if "meet" in act.classes or act in transfers]

        def distance(act: Act) -> float:
            away = sum(min(abs(act.start - each.end), abs(each.start - act.end)) for each in parties)
            return away + (0 if act in transfers else MEETING)

        return min(acts, key=distance) if acts and parties else None


def readings_of(layout: DocumentLayout, head: Head | None = None) -> list[RoleReading]:
    """The sentences at the head of the text that can tell of a tie. ``head`` are these as the grammar of its language
    reads them, where they have been read."""
    return [_by_role(*each) for each in (read_head(layout.analysis) if head is None else head)]


def _by_role(index: int, reading: SentenceReading) -> RoleReading:
    actors = active().actors
    focus, partners, others = [], [], []
    for phrase, features in zip(reading.phrases, reading.parts, strict=True):
        roles = {actors[code].role for code in phrase.codes}
        if roles == {"focus"}:
            focus.append((phrase, features))
        elif roles == {"partner"}:
            partners.append((phrase, features))
        else:
            others.append("both" if "focus" in roles else min(roles))
    return RoleReading(index, reading, tuple(focus), tuple(partners), tuple(others))


def is_only_likened(readings: Sequence[RoleReading], partner: str) -> bool:
    """Whether the focus, or that partner, is named, and only for what a thing is like ("...-type"): who gives it is not
    said so."""
    focus = [(each, phrase) for each in readings for phrase, _ in each.focus]
    theirs = [(each, phrase) for each in readings for phrase, _ in each.partners if partner in phrase.codes]
    return any(side and all(each.likens(phrase) for each, phrase in side) for side in (focus, theirs))


def arrow_features(told: RoleReading, partner: str) -> dict[str, float]:
    """The focus's part minus that partner's; where only one of the two is named, that one's alone."""
    theirs = [pair for pair in told.partners if partner in pair[0].codes]
    found: dict[str, float] = defaultdict(float)
    for side, sign in ((told.focus, 1.0), (theirs, -1.0)):
        share = sign / max(1, len(side)) ** 0.5
        for _, features in side:
            for feature in features:
                found[feature] += share
    if told.focus and theirs:
        first = 1.0 if told.focus[0][0].start < theirs[0][0].start else -1.0
        classes = {each for act in told.reading.acts for each in act.classes}
        found.update({"first": first} | {f"first|{each}": first for each in classes or {"-"}})
    return dict(found)


def text_arrow_features(readings: Sequence[RoleReading], partner: str) -> dict[str, float]:
    """The same over all sentences read, each counting half of the one above it."""
    found: dict[str, float] = defaultdict(float)
    weight = 1.0
    for told in readings:
        features = arrow_features(told, partner)
        for name, value in features.items():
            found[name] += weight * value
        weight *= BELOW if features else 1.0
    return dict(found)


def act_features(told: RoleReading) -> dict[str, float]:
    """What is done in the sentence, and what parts there are, whoever plays them."""
    found: dict[str, float] = defaultdict(float)
    for _, features in (*told.focus, *told.partners):
        for name in _shown(features):
            found[name] += 1.0
    for other in told.others:
        found[f"other:{other}"] += 1.0
    for act in told.reading.acts:
        for each in act.classes:
            found[f"act:{each}"] += 1.0
    return dict(found)


@lru_cache(maxsize=KEPT)
def _shown(features: tuple[str, ...]) -> tuple[str, ...]:
    """The features of a part, whoever plays it."""
    return tuple(f"s:{feature}" for feature in features)


def head_manner(layout: DocumentLayout) -> dict[str, float]:
    """The features of manner of a text of which no sentence names both sides: the words of headline and lead alone."""
    grammar = grammar_of(layout.analysis.language) or grammar_of(FALLBACK)
    assert grammar is not None
    return {"1": 1.0} | _of_the_head(layout, grammar)


def manner_features(layout: DocumentLayout, told: RoleReading) -> dict[str, float]:
    """How far the act has come and who vouches for it, as the words of its sentence, headline and lead show."""
    reading, act, language = told.reading, told.act, layout.analysis.language
    place = act.start if act else told.parties[0].start if told.parties else reading.start
    found: dict[str, float] = {"1": 1.0}
    for word in reading.manner:
        found.update(dict.fromkeys(_of_manner(told, word, act, place), 1.0))
    for each in reading.acts:
        found.update({f"has={name}": 1.0 for name in each.classes})
    if act is not None:
        found.update({f"act={name}": 1.0 for name in act.classes})
        form = reading.text[act.start : word_end(reading.text, act.end)]
        found[f"{language}|{form[-2:]}"] = found[f"{language}|{form[-3:]}"] = 1.0
    found.update({f"has-{role}": 1.0 for role in told.others})
    found[f"first-{_first(told)}"] = 1.0
    sentence = reading.text[reading.start : reading.end]
    found.update({sign: 1.0 for sign in '?"' if sign in sentence})
    return found | _of_the_head(layout, reading.grammar, reading)


def _of_the_head(layout: DocumentLayout, grammar: Grammar, read: SentenceReading | None = None) -> dict[str, float]:
    """The words of manner in the headline and the sentence below it, whatever they name. ``read`` is a sentence whose
    words are known: as a rule one of the two."""
    bounds = (*layout.starts[:2], layout.starts[2] if len(layout.starts) > 2 else len(layout.folded))
    found: dict[str, float] = {}
    for place, span in zip("tl", pairwise(bounds), strict=False):
        known = read is not None and (read.start, read.end) == span
        words = read.manner if read and known else manner_in(grammar.manner, layout.analysis.text, layout.folded, *span)
        found.update({f"{place}:{word.kind[0]}:{word.what}": 1.0 for word in words})
    return found


def _of_manner(told: RoleReading, word: Manner, act: Act | None, place: int) -> Iterable[str]:
    name = f"{word.kind[0]}:{word.what}"
    clause = "in" if told.reading.one_clause(place, word.start) else "out"
    itself = act is not None and word.start < act.end and word.end > act.start
    side = "self" if itself else "bef" if word.start < place else "aft"
    near = "near" if abs(word.start - place) < NEAR else "far"
    names = _placed(name, clause, side, near)
    return names if word.kind == PHASE else (*names, f"{name}|says={_before(told, word.start)}")


@lru_cache(maxsize=KEPT)
def _placed(name: str, clause: str, side: str, near: str) -> tuple[str, ...]:
    """The features of a word of manner by its place."""
    return (name, f"{name}|{clause}", f"{name}|{side}", f"{name}|{clause}|{side}", f"{name}|{near}|{side}")


def _before(told: RoleReading, place: int) -> str:
    """The role of the party named last before a place."""
    phrases = [phrase for phrase in told.reading.phrases if phrase.end <= place]
    return _role(phrases[-1]) if phrases else "none"


def _first(told: RoleReading) -> str:
    return _role(told.reading.phrases[0]) if told.reading.phrases else "none"


def _role(phrase: Phrase) -> str:
    roles = {active().actors[code].role for code in phrase.codes}
    return "own" if roles <= {"focus", "partner"} else min(roles)
