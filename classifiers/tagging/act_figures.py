"""Which figure of a text is that of its act: it counts what the act is made of and belongs to the act's parties.

Where that is not plain there is none: a force of which a part is meant, what comes a day, what another state gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifiers.grammar.items import Act
from classifiers.grammar.phrases import Phrase
from classifiers.grammar.sentences import SentenceReading, read_one
from classifiers.tagging.claim_stance import LEAST_MEASURED, PASSING
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.frame_features import RoleReading
from classifiers.text.numbers.words import words_of
from classifiers.text.scripts import UNSPACED_LANGUAGES
from classifiers.text.titles import asks
from classifiers.topics.active import active
from db.records.frames import Frame
from db.records.tags import Quantity

NOTHING_GIVEN = PASSING | {"dead", "wounded", "casualties", "prisoners"}
"""What is counted in passing, or is nothing that anybody gives."""
MANY = frozenset(("people", "soldiers", "workers"))
"""Classes of which a handful is always somebody else: two experts, two leaders."""
LEAST_TOLD, LEAST_MONEY, LEAST_PEOPLE = 2, 10_000, 100
"""One of a thing says nothing, small money is a price, and a few people of a headline are those who came to harm."""
PEOPLE = "people"
MONEY = "money"
"""Any currency, as a topic's channels say it."""
NEAR = 40
"""Characters within which it is said whose something is, at what rate, and of what it is a part."""
OWNING = ("from", "of")
COMMAS = ",،、;"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class ActFigures:
    """The figures of a text beside its act."""

    layout: DocumentLayout
    readings: Sequence[RoleReading]
    frame: Frame
    channels: Sequence[str]

    def spans(self, quantities: Sequence[Quantity]) -> Iterator[Span]:
        """Where the figures stand that are the act's, in the order of the text."""
        for quantity in quantities:
            told = quantity.spans[0] if quantity.spans else None
            if told and not quantity.negated and self._counts(quantity) and self._is_of_the_act(quantity, told):
                yield told

    def _counts(self, quantity: Quantity) -> bool:
        """Whether what goes through the channel is counted so."""
        if quantity.counted in NOTHING_GIVEN or (quantity.counted in MANY and quantity.high < LEAST_MEASURED):
            return False
        name = next((each for each in self.channels if each in active().channels), "")
        known = active().channels[name].counts if name else None
        is_money = len(quantity.unit) == 3 and quantity.unit.isupper()
        if quantity.high < (LEAST_MONEY if is_money else LEAST_TOLD):
            return False
        kinds = {quantity.counted, quantity.unit, MONEY if is_money else ""} - {""}
        return quantity.counted != PEOPLE if known is None else not known.isdisjoint(kinds)

    def _is_of_the_act(self, quantity: Quantity, span: Span) -> bool:
        owners = {code for phrase in self._owners(span) for code in phrase.codes}
        ours = {self.frame.giver, self.frame.receiver}
        if (owners and owners.isdisjoint(ours)) or not self._is_told_there(span) or self._is_whole(span):
            return False
        if not self._in_headline(span) and self._is_awaited(span):
            return False
        if self._in_headline(span) and asks(self.layout.folded.partition("\n")[0]):
            return False
        if quantity.counted == PEOPLE and self.frame.giver not in owners:
            return self._in_headline(span) and quantity.high >= LEAST_PEOPLE
        if quantity.high < LEAST_MEASURED and not (self._in_headline(span) or self._is_of_the_tie(span)):
            return False
        return bool(quantity.unit) or not self._is_rate(span)

    def _is_awaited(self, span: Span) -> bool:
        """Whether its sentence asks or waits for it, while the act itself has come further."""
        acts = self._acts(self.layout.index(span[0]))
        nearest = min(acts, key=lambda act: min(abs(act.end - span[0]), abs(act.start - span[1])), default=None)
        return self.frame.phase != "sought" and nearest is not None and "seek" in nearest.classes

    def _in_headline(self, span: Span) -> bool:
        return self.layout.index(span[0]) < self.layout.head.titles

    def _is_of_the_tie(self, span: Span) -> bool:
        return any(each.index == self.layout.index(span[0]) for each in self.readings)

    def _is_told_there(self, span: Span) -> bool:
        """Whether it stands in the headline, in a sentence of the tie, or in one below that names nobody else."""
        index = self.layout.index(span[0])
        if self._in_headline(span) or self._is_of_the_tie(span):
            return True
        sentence = self.layout.sentences.get(index)
        near = index <= self.layout.head.titles + 1
        return near and (sentence is None or not (sentence.thirds or sentence.opponent))

    def _owners(self, span: Span) -> Iterator[Phrase]:
        """Parties within the figure (whose drones they are), and the one right behind from whom it is."""
        behind = None
        for phrase in self._phrases(self.layout.index(span[0])):
            if span[0] <= phrase.start < span[1]:
                yield phrase
            elif phrase.start >= span[1] and behind is None:
                behind = phrase
        if behind and behind.mark in OWNING and not set(COMMAS) & set(self._after(span, behind.start)):
            yield behind

    def _phrases(self, index: int) -> Sequence[Phrase]:
        """The parties of a sentence, read now where it names no tie."""
        read = self._read(index)
        return read.phrases if read else ()

    def _acts(self, index: int) -> Sequence[Act]:
        """The acts of a sentence."""
        read = self._read(index)
        return read.acts if read else ()

    def _read(self, index: int) -> SentenceReading | None:
        read = next((each.reading for each in self.readings if each.index == index), None)
        sentence = self.layout.sentences.get(index)
        return read_one(self.layout.analysis, sentence) if read is None and sentence is not None else read

    def _after(self, span: Span, end: int) -> str:
        """The text behind a figure up to a place, or a comma where that is far."""
        return self.layout.folded[span[1] : end] if end - span[1] <= NEAR else COMMAS

    def _tail(self, span: Span) -> str:
        """What follows the figure near by in its sentence, between blanks."""
        starts = self.layout.starts
        index = self.layout.index(span[0])
        end = starts[index + 1] if index + 1 < len(starts) else len(self.layout.folded)
        return f" {' '.join(_WORD.findall(self.layout.folded[span[1] : min(end, span[1] + NEAR)]))} "

    def _is_whole(self, span: Span) -> bool:
        """Whether the part of it that is the giver's is told behind it ("50,000 men, 11,000 of them theirs")."""
        tail = self._tail(span)
        told = (each for each in self._phrases(self.layout.index(span[0])) if 0 <= each.start - span[1] <= 2 * NEAR)
        if not any(self.frame.giver in each.codes for each in told):
            return False
        return any(self._has(tail, each) for each in words_of(self.layout.analysis.language).list("part"))

    def _is_rate(self, span: Span) -> bool:
        """Whether it is so many a day, a month, a year."""
        tail = self._tail(span)
        return any(self._has(tail, each) for each in words_of(self.layout.analysis.language).list("rate"))

    def _has(self, tail: str, words: str) -> bool:
        return words in tail if self.layout.analysis.language in UNSPACED_LANGUAGES else f" {words} " in tail
