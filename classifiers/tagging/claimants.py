"""Who says so: the party or the source beside a word of saying, or behind "according to"."""

from __future__ import annotations

from classifiers.grammar.read import CLAIMANTS
from classifiers.grammar.sentences import Manner, SentenceReading
from classifiers.text.fold import word_end

REACH = 60
"""Characters between a claimant and the word of saying, at the most."""
LONGEST = 60
BESIDE = 4
"""Characters that may stand between two words of one claimant (the owner's name and what it owns), or between a
claimant and the word of saying in front of it."""
COMMAS = ",،、"
OV = "ov"
"""Where the verb ends the sentence, the claimant begins it."""
ASIDE = frozenset(("to", "in"))
"""Marks of a party that says nothing."""
OWNER = "'s"
Span = tuple[int, int]


def claimant_in(reading: SentenceReading, text: str) -> str:
    """The claimant of a sentence in the words of ``text`` (unfolded), "" where the outlet itself speaks."""
    span = _span(reading)
    return " ".join(text[span[0] : span[1]].split())[:LONGEST] if span else ""


def _span(reading: SentenceReading) -> Span | None:
    words = [word for word in reading.manner if word.kind == CLAIMANTS]
    speakers = _speakers(reading, words)
    sources = (_behind(reading, speakers, word, REACH) for word in words if word.what == "source")
    for span in sources:
        if span and not (_owns(reading, span) and not _has_noun(words, span)):
            return span
    saying = (_of_saying(reading, speakers, word) for word in words if word.what == "says")
    return next(
        (span for span in saying if span and (_has_noun(words, span) or not _stands_aside(reading, span))), None
    )


def _has_noun(words: list[Manner], span: Span) -> bool:
    """Whether a noun of those who speak is in it."""
    return any(word.what == "nouns" and span[0] <= word.start and word.end <= span[1] for word in words)


def _owns(reading: SentenceReading, span: Span) -> bool:
    """Whether it only says whose something is."""
    return OWNER in reading.text[span[0] : span[1] + len(OWNER)]


def _stands_aside(reading: SentenceReading, span: Span) -> bool:
    """Whether it is only where something goes or is."""
    first = next((phrase for phrase in reading.phrases if phrase.start == span[0]), None)
    return reading.grammar.order != OV and first is not None and first.mark in ASIDE


def _speakers(reading: SentenceReading, words: list[Manner]) -> list[Span]:
    """Parties named, and nouns of those who say things; a noun that takes particles ends before them."""
    nouns = [(word.start, word.end) for word in words if word.what == "nouns"]
    if reading.grammar.order != OV:
        nouns = [(start, word_end(reading.text, end)) for start, end in nouns]
    return sorted({*nouns, *((phrase.start, phrase.end) for phrase in reading.phrases)})


def _of_saying(reading: SentenceReading, speakers: list[Span], says: Manner) -> Span | None:
    """Before the word; right behind it where a comma stands in front of it, or nobody before it."""
    behind = _behind(reading, speakers, says, BESIDE)
    if behind and reading.text[reading.start : says.start].rstrip().endswith(tuple(COMMAS)):
        return behind
    return _before(reading, speakers, says) or behind


def _behind(reading: SentenceReading, speakers: list[Span], word: Manner, reach: int) -> Span | None:
    end = word_end(reading.text, word.end)
    return _joined(reading, [span for span in speakers if end <= span[0] <= end + reach], first=True)


def _before(reading: SentenceReading, speakers: list[Span], says: Manner) -> Span | None:
    if reading.grammar.order == OV:
        return _joined(reading, [span for span in speakers if span[1] <= says.start], first=True)
    spans = [
        span
        for span in speakers
        if says.start - REACH <= span[1] <= says.start and reading.one_clause(span[1], says.start)
    ]
    return _joined(reading, spans, first=False)


def _joined(reading: SentenceReading, spans: list[Span], first: bool) -> Span | None:
    """A speaker with what stands right beside it, the owner's name before a noun."""
    if not spans:
        return None
    chain = [spans[0] if first else spans[-1]]
    for span in spans[1:] if first else spans[-2::-1]:
        low, high = (chain[-1], span) if first else (span, chain[0])
        if not _beside(reading, low, high):
            break
        chain = [*chain, span] if first else [span, *chain]
    return chain[0][0], chain[-1][1]


def _beside(reading: SentenceReading, low: Span, high: Span) -> bool:
    between = reading.text[low[1] : high[0]]
    if len(between.strip()) > BESIDE or any(comma in between for comma in COMMAS):
        return False
    if reading.grammar.order != OV:
        return True
    mark = next((phrase.mark for phrase in reading.phrases if phrase.end == low[1]), "")
    return mark == "of" or (not mark and not between[:1].isalpha())
