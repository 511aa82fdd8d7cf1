"""One sentence, read by the grammar of its language: its words, its acts, its parties, its manner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from classifiers.grammar.items import TRANSFERS, Act, Item, acts_in, items_in
from classifiers.grammar.part_features import part_features
from classifiers.grammar.phrases import Phrase, phrases_in
from classifiers.grammar.read import BREAK, MANNERS, Grammar, grammar_of
from classifiers.lexicon.analysis import Analysis
from classifiers.lexicon.mentions import Mention
from classifiers.topics.active import active

_PAUSE = re.compile(r"[;:؛…]| - |\.\.\.")


class Manner(NamedTuple):
    """A word that says how far an act has come, who vouches for it, or who says so."""

    start: int
    end: int
    kind: str
    what: str


@dataclass(frozen=True)
class SentenceReading:
    """``text`` is the whole folded text, ``original`` the same unfolded, [start, end) the sentence; everything else is
    in the order of the text."""

    grammar: Grammar
    text: str
    start: int
    end: int
    items: tuple[Item, ...]
    acts: tuple[Act, ...]
    phrases: tuple[Phrase, ...]
    original: str = field(repr=False)

    @cached_property
    def manner(self) -> tuple[Manner, ...]:
        """The words of phase, vouching and claimants, looked for only when asked for: relevance does without."""
        return tuple(manner_in(self.grammar, self.original, self.text, self.start, self.end))

    @cached_property
    def parts(self) -> list[tuple[str, ...]]:
        """The features of the part that each of the phrases plays."""
        return part_features(self)

    def transfers(self) -> list[Act]:
        """The acts by which something may change hands."""
        return [act for act in self.acts if not TRANSFERS.isdisjoint(act.classes)]

    def one_clause(self, first: int, second: int) -> bool:
        """Whether no clause begins between two places."""
        low, high = min(first, second), max(first, second)
        if any(item.kind == BREAK and low <= item.start < high for item in self.items):
            return False
        return _PAUSE.search(self.text, low, high) is None


def read_sentence(
    grammar: Grammar,
    text: str,
    folded: str,
    span: tuple[int, int],
    mentions: Sequence[Mention],
    goods: Sequence[tuple[int, int]],
) -> SentenceReading:
    """Read the sentence at ``span``. ``mentions`` are the parties named in it, ``goods`` where words of what may be
    given stand."""
    items = items_in(grammar, text, folded, *span)
    return SentenceReading(
        grammar,
        folded,
        *span,
        tuple(items),
        tuple(acts_in(grammar, items, folded)),
        tuple(phrases_in(grammar, items, mentions, goods, folded)),
        text,
    )


SENTENCES_READ = 4
"""How far below the headline acts are looked for."""
FALLBACK = "en"
"""The grammar by which a text in a language without one is read: names of firms and arms stand in it all the same."""


Head = tuple[tuple[int, SentenceReading], ...]
"""(number, reading) of each sentence that was read."""


def read_head(analysis: Analysis) -> Head:
    """The sentences at the head of a text that can tell of a tie, by the grammar of its language."""
    return tuple(_read_head(analysis))


def _read_head(analysis: Analysis) -> Iterator[tuple[int, SentenceReading]]:
    grammar = grammar_of(analysis.language) or grammar_of(FALLBACK)
    assert grammar is not None
    folded = analysis.folded
    bounds = (*analysis.starts, len(folded))
    for sentence in analysis.sentences:
        if sentence.index < SENTENCES_READ and (sentence.joins or sentence.implies):
            mentions = sorted((*sentence.focus, *sentence.partners, *sentence.thirds, *sentence.opponent))
            goods = [cue[:2] for cue in sentence.cues if cue.code in active().channels]
            span = (bounds[sentence.index], bounds[sentence.index + 1])
            yield sentence.index, read_sentence(grammar, analysis.text, folded, span, mentions, goods)


def manner_in(grammar: Grammar, text: str, folded: str, start: int, end: int) -> list[Manner]:
    """The words of phase, vouching and claimants in a stretch of a text, the longest of a kind where they overlap."""
    told: dict[str, list[Manner]] = {kind: [] for kind in MANNERS}
    for begin, stop, alias in grammar.manner.find(text[start:end], folded[start:end]):
        kind, _, what = alias.codes[0].partition(":")
        told[kind].append(Manner(start + begin, start + stop, kind, what))
    found = [word for words in told.values() for word in _longest(words)]
    return sorted(found, key=lambda each: each[:2])


def _longest(words: list[Manner]) -> Iterator[Manner]:
    """Of words that overlap the longest alone, all that it may mean."""
    reach, last = 0, (-1, -1)
    for word in sorted(words, key=lambda each: (each.start, -each.end)):
        if word.start >= reach or word[:2] == last:
            reach, last = max(reach, word.end), word[:2]
            yield word
