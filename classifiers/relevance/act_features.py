"""What is done in the sentences that may tell a tie, and what parts are played in it, as the grammar of the language
reads them: "from A to B", "A sells", "in B". No feature says who plays a part, and none holds a word of any language.
"""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.grammar.items import acts_in, items_in
from classifiers.grammar.part_features import features_of_phrases
from classifiers.grammar.phrases import phrases_in
from classifiers.grammar.read import Grammar, grammar_of
from classifiers.grammar.sentences import SentenceReading
from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.text.fold import fold, sentence_starts
from classifiers.topics.active import active

SENTENCES_READ = 4
"""How far below the headline acts are looked for."""
FALLBACK = "en"
"""The grammar for texts in a language without one: firms and arms keep their Latin names in it."""
PART, ACT, BESIDE = "part:", "act:", "beside:"
"""How names of these features begin: the part of the focus or a partner, an act, who else plays a part."""
MOST = 2
"""A part played twice counts whole, once half."""


def act_features(analysis: Analysis) -> dict[str, float]:
    """Feature → value (0.5 or 1), the headline's own also behind "title:". ``analysis`` joins the focus and a
    partner."""
    grammar = grammar_of(analysis.language) or grammar_of(FALLBACK)
    assert grammar is not None
    folded = fold(analysis.text)
    bounds = (*sentence_starts(analysis.text), len(folded))
    features: dict[str, float] = {}
    for sentence in analysis.sentences:
        if sentence.index < SENTENCES_READ and (sentence.joins or sentence.implies):
            span = (bounds[sentence.index], bounds[sentence.index + 1])
            for name, value in _counted(_read(grammar, analysis.text, folded, span, sentence)).items():
                features[name] = max(value, features.get(name, 0.0))
                if sentence.index == 0:
                    features[f"title:{name}"] = value
    return features


def _read(grammar: Grammar, text: str, folded: str, span: tuple[int, int], sentence: Sentence) -> SentenceReading:
    """The sentence without its words of manner, which nothing is learned from here."""
    items = items_in(grammar, text, folded, *span)
    mentions = sorted((*sentence.focus, *sentence.partners, *sentence.thirds, *sentence.opponent))
    goods = [cue[:2] for cue in sentence.cues if cue.code in active().channels]
    phrases = phrases_in(grammar, items, mentions, goods, folded)
    acts = acts_in(grammar, items, folded)
    return SentenceReading(grammar, folded, *span, tuple(items), tuple(acts), tuple(phrases), ())


def _counted(reading: SentenceReading) -> dict[str, float]:
    counts: dict[str, int] = {}
    for name in _names(reading):
        counts[name] = counts.get(name, 0) + 1
    return {name: min(count, MOST) / MOST for name, count in counts.items()}


def _names(reading: SentenceReading) -> Iterator[str]:
    actors = active().actors
    for phrase, features in features_of_phrases(reading):
        roles = {actors[code].role for code in phrase.codes}
        if len(roles) == 1 and roles <= {"focus", "partner"}:
            yield from (f"{PART}{feature}" for feature in features)
        else:
            yield BESIDE + ("both" if "focus" in roles else min(roles))
    for act in reading.acts:
        yield from (f"{ACT}{each}" for each in act.classes)
