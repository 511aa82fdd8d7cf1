"""What a sentence shows of the part that a party plays in it, as features: mark, form, and the acts around it.

None of them says who the party is: what is learned from them holds for whoever stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from classifiers.grammar.items import TRANSFERS, Act
from classifiers.grammar.phrases import Phrase

if TYPE_CHECKING:
    from classifiers.grammar.sentences import SentenceReading

NOTHING = "-"
KEPT = 20_000
"""Parts whose features are kept at hand: the same few hundred fill nearly every sentence."""
Classes = tuple[str, ...]


def part_features(reading: SentenceReading) -> list[tuple[str, ...]]:
    """The features of the part of every phrase of the sentence, in their order."""
    acts = reading.transfers()
    return [_of_phrase(reading, acts, phrase) for phrase in reading.phrases]


def _of_phrase(reading: SentenceReading, acts: list[Act], phrase: Phrase) -> tuple[str, ...]:
    before = next((act for act in reversed(acts) if act.end <= phrase.start), None)
    after = next((act for act in acts if act.start >= phrase.end), None)
    behind = _classes(reading, before, before.end, phrase.start) if before else (NOTHING,)
    ahead = _classes(reading, after, phrase.end, after.start) if after else (NOTHING,)
    return _of_part(phrase.mark or "0", phrase.form, reading.grammar.order, behind, ahead)


@lru_cache(maxsize=KEPT)
def _of_part(mark: str, form: str, order: str, behind: Classes, ahead: Classes) -> tuple[str, ...]:
    return tuple(_names(mark, form, order, behind, ahead))


def _names(mark: str, form: str, order: str, behind: Classes, ahead: Classes) -> Iterator[str]:
    yield f"m={mark}"
    yield f"f={form}"
    yield f"m={mark}|f={form}"
    for place, classes in (("p", behind), ("n", ahead)):
        for each in classes:
            yield f"m={mark}|{place}={each}"
            yield f"m={mark}|f={form}|{place}={each}"
            yield f"{order}|m={mark}|{place}={each}"
    for first in behind:
        for second in ahead:
            yield f"m={mark}|p={first}|n={second}"


def _classes(reading: SentenceReading, act: Act, start: int, end: int) -> Classes:
    """The classes of an act by which something changes hands, marked where another party (~) or the beginning of a
    clause (/) lies between it and the phrase."""
    between = end - start > 1 and any(start <= each.start and each.end <= end for each in reading.phrases)
    sign = ("~" if between else "") + ("" if reading.one_clause(start, end) else "/")
    return tuple([f"{each}{sign}" for each in act.classes if each in TRANSFERS])
