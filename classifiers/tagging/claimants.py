"""Who says so: the party or the source before a word of saying, or behind "according to"."""

from __future__ import annotations

from classifiers.grammar.read import CLAIMANTS
from classifiers.grammar.sentences import Manner, SentenceReading

REACH = 60
"""Characters between a claimant and the word of saying, at the most."""
LONGEST = 60
JOINT = 4
"""Characters that may stand between a party and its spokesman ("of", "'s")."""


def claimant_in(reading: SentenceReading, text: str) -> str:
    """The claimant of a sentence in the words of ``text`` (unfolded), "" where the outlet itself speaks."""
    span = _span(reading)
    return " ".join(text[span[0] : span[1]].split())[:LONGEST] if span else ""


def _span(reading: SentenceReading) -> tuple[int, int] | None:
    words = [word for word in reading.manner if word.kind == CLAIMANTS]
    for word in words:
        if word.what == "source" and (found := _behind(reading, words, word)):
            return found
    for word in words:
        if word.what == "says" and (found := _before(reading, words, word)):
            return found
    return None


def _speakers(reading: SentenceReading, words: list[Manner]) -> list[tuple[int, int]]:
    nouns = [(word.start, word.end) for word in words if word.what == "nouns"]
    return sorted({*nouns, *((phrase.start, phrase.end) for phrase in reading.phrases)})


def _behind(reading: SentenceReading, words: list[Manner], source: Manner) -> tuple[int, int] | None:
    spans = [span for span in _speakers(reading, words) if source.end <= span[0] <= source.end + REACH]
    return _joined(reading, spans, first=True)


def _before(reading: SentenceReading, words: list[Manner], says: Manner) -> tuple[int, int] | None:
    spans = [
        span
        for span in _speakers(reading, words)
        if says.start - REACH <= span[1] <= says.start and reading.one_clause(span[1], says.start)
    ]
    return _joined(reading, spans, first=False)


def _joined(reading: SentenceReading, spans: list[tuple[int, int]], first: bool) -> tuple[int, int] | None:
    """A speaker with what stands right beside it ("Seoul's" + "spy agency")."""
    if not spans:
        return None
    chain = [spans[0] if first else spans[-1]]
    for span in spans[1:] if first else spans[-2::-1]:
        low, high = (chain[-1], span) if first else (span, chain[0])
        between = reading.text[low[1] : high[0]]
        if "," in between or len(between.strip()) > JOINT:
            break
        chain = [*chain, span] if first else [span, *chain]
    return chain[0][0], chain[-1][1]
