"""Why a text got its score: what moved it most, told in words, with the places in the text."""

from __future__ import annotations

from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.relevance.feature_phrases import Family, families, family_phrase, link_phrase, words_phrase
from classifiers.relevance.features import spelled
from classifiers.relevance.model import Judgement, Model
from classifiers.relevance.model_protocol import Explanation
from classifiers.text.languages import function_words
from classifiers.topics.active import active
from db.records import Reason

MOST = 5
LEAST_WEIGHT = 0.15
"""Log-odds below which a reason is not worth a reader's time."""
CUES_TOLD = 3
WORDS_TOLD = 3
LETTERS_TOLD = (4, 20)
"""Shorter words say nothing by themselves; what is longer is a clause of a script without spaces."""
ReasonSpans = tuple[tuple[int, int], ...]
Weights = dict[Family, float]


def reasons(model: Model, analysis: Analysis, judgement: Judgement | None = None) -> tuple[Reason, ...]:
    """The reasons of one analysis: how the focus and the partner are linked, then what else moved the score, the
    heaviest first, then the wording as a whole. None where the text does not name both."""
    judged = judgement or model.judge([analysis])[0]
    if judged.rows is None:
        return ()
    explanation = model.fitted.explain(judged.rows, judged.place, sorted(_words(analysis)))
    link, rest = _link(_family_weights(explanation, model.slope), analysis)
    heaviest = sorted(rest, key=lambda family: (-abs(rest[family]), family))[: MOST - 1 - len(link)]
    told = [
        Reason(family_phrase(family, analysis, rest[family]), rest[family], spans_of(family, analysis))
        for family in heaviest
    ]
    return tuple(
        Reason(reason.text, round(reason.weight, 2), reason.spans)
        for reason in (*link, *told, _wording(explanation, model.slope))
        if abs(reason.weight) >= LEAST_WEIGHT
    )


def _family_weights(explanation: Explanation, slope: float) -> Weights:
    """Calibrated log-odds by family of mention features: what a reader would call one reason."""
    weights: Weights = {}
    known = families()
    for name, moved in explanation.features.items():
        family = known[name]
        weights[family] = weights.get(family, 0.0) + moved * slope
    return weights


def _link(weights: Weights, analysis: Analysis) -> tuple[list[Reason], Weights]:
    """The one reason that tells how the sides are linked (together in a sentence, by which acts and cues), and the
    families that are left."""
    rest = dict(weights)
    sentence = next((sentence for sentence in analysis.sentences if sentence.joins), None)
    joined = Family("joined")
    if sentence is None or joined not in rest:
        return [], rest
    present = {cue.code for cue in sentence.cues}
    cues = [family for family in rest if family.kind == "cue" and family.cue in present and rest[family] > 0]
    told = sorted(cues, key=lambda family: (-rest[family], family))[:CUES_TOLD]
    acts = Family("act")
    if rest.get(acts, 0.0) > 0:  # what speaks against stays a reason of its own
        told.append(acts)
    weight = rest.pop(joined) + sum(rest.pop(family) for family in told)
    words = [next(cue for cue in sentence.cues if cue.code == family.cue) for family in told if family != acts]
    spans = _places(sentence.focus + sentence.partners + tuple(words))
    return [Reason(link_phrase(sentence, words, analysis), weight, tuple(sorted(set(spans))))], rest


def _wording(explanation: Explanation, slope: float) -> Reason:
    """The n-grams as one reason, with the words that carry it."""
    weight = explanation.wording * slope
    way = 1 if weight > 0 else -1
    carried = sorted((-way * pull, word) for word, pull in explanation.words.items() if way * pull > 0)
    told = [word for _, word in carried]
    return Reason(words_phrase(told[:WORDS_TOLD], weight), weight)


def _words(analysis: Analysis) -> set[str]:
    """The words of the text that say something by themselves."""
    words = {
        word for word in analysis.masked.split() if LETTERS_TOLD[0] <= len(word) <= LETTERS_TOLD[1] and word.isalpha()
    }
    told = words - function_words()
    for names in active().roles.values():
        told = {word for word in told if names.mask not in word}
    return told


def spans_of(family: Family, analysis: Analysis) -> ReasonSpans:
    """Where in the text a family's words stand: the parties of the sentences that join them, and its cue."""
    spans: set[tuple[int, int]] = set()
    for sentence in analysis.sentences:
        if sentence.joins or family.kind == "against":
            spans.update(_spans_in(family, sentence))
    return tuple(sorted(spans))


def _spans_in(family: Family, sentence: Sentence) -> ReasonSpans:
    if family.kind not in ("against", "cue", "partner", "others"):
        return _places(sentence.focus + sentence.partners)
    cues = tuple(mention for mention in sentence.cues if mention.code == family.cue)
    if family.kind == "against":
        return _places(cues)
    if family.kind == "partner":
        return _places(tuple(mention for mention in sentence.partners if spelled(mention) == family.cue))
    if family.kind == "cue":
        return _places(sentence.focus + sentence.partners + cues) if cues else ()
    return _places(sentence.thirds + sentence.opponent)


def _places(mentions: tuple[Mention, ...]) -> ReasonSpans:
    return tuple((mention.start, mention.end) for mention in mentions)
