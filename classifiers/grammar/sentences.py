"""One sentence, read by the grammar of its language: its words, its acts, its parties, its manner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from classifiers.grammar.items import TRANSFERS, Act, Item, acts_in, items_in
from classifiers.grammar.part_features import part_features
from classifiers.grammar.phrases import Phrase, phrases_in
from classifiers.grammar.read import BREAK, CLAIMANTS, Grammar, grammar_of
from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Matcher, Mention
from classifiers.text.kept import kept
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

    @kept
    def manner(self) -> tuple[Manner, ...]:
        """The words of phase, vouching and claimants, looked for only when asked for: relevance does without."""
        return tuple(manner_in(self.grammar.manner, self.original, self.text, self.start, self.end))

    @kept
    def attribution(self) -> tuple[Manner, ...]:
        """The words that tell who says so: those of claimants, with those that count for no model."""
        span = (self.start, self.end)
        more = manner_in(self.grammar.attribution, self.original, self.text, *span)
        told = (
            each
            for each in self.manner
            if each.kind == CLAIMANTS and not any(word.start < each.end and each.start < word.end for word in more)
        )
        return tuple(sorted((*told, *more), key=lambda each: (each.start, each.end)))

    @kept
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


def read_headline(analysis: Analysis) -> SentenceReading | None:
    """The first sentence of a text where it names the focus or a partner, whether it can tell of a tie or not."""
    first = next(iter(analysis.sentences), None)
    named = first is not None and first.index == 0 and (first.focus or first.partners)
    return read_one(analysis, first) if first is not None and named else None


def _read_head(analysis: Analysis) -> Iterator[tuple[int, SentenceReading]]:
    for sentence in analysis.sentences:
        if sentence.index < SENTENCES_READ and (sentence.joins or sentence.implies):
            yield sentence.index, read_one(analysis, sentence)


def read_one(analysis: Analysis, sentence: Sentence) -> SentenceReading:
    """A sentence of a text, read by the grammar of its language."""
    grammar = grammar_of(analysis.language) or grammar_of(FALLBACK)
    assert grammar is not None
    mentions = sorted((*sentence.focus, *sentence.partners, *sentence.thirds, *sentence.opponent))
    goods = [cue[:2] for cue in sentence.cues if cue.code in active().channels]
    bounds = (*analysis.starts, len(analysis.folded))
    span = (bounds[sentence.index], bounds[sentence.index + 1])
    return read_sentence(grammar, analysis.text, analysis.folded, span, mentions, goods)


def manner_in(matcher: Matcher, text: str, folded: str, start: int, end: int) -> list[Manner]:
    """The words of manner or of attribution in a stretch of a text, the longest of a kind where they overlap."""
    told: dict[str, list[Manner]] = {}
    for begin, stop, alias in matcher.find(text[start:end], folded[start:end]):
        kind, _, what = alias.codes[0].partition(":")
        told.setdefault(kind, []).append(Manner(start + begin, start + stop, kind, what))
    found = [word for words in told.values() for word in _longest(words)]
    return sorted(found, key=lambda each: each[:2])


def _longest(words: list[Manner]) -> Iterator[Manner]:
    """Of words that overlap the longest alone, all that it may mean."""
    reach, last = 0, (-1, -1)
    for word in sorted(words, key=lambda each: (each.start, -each.end)):
        if word.start >= reach or word[:2] == last:
            reach, last = max(reach, word.end), word[:2]
            yield word
