"""Who could speak in a sentence: parties named, and nouns of those who say things, with what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.grammar.phrases import Phrase
from classifiers.grammar.read import PASSIVE
from classifiers.grammar.sentences import Manner, SentenceReading
from classifiers.text.fold import word_end
from classifiers.text.kept import kept
from classifiers.topics.active import active

BESIDE = 4
"""Characters that may stand between two words of one claimant: the owner's name and what it owns."""
WORDS_BETWEEN, SIGNS_BETWEEN = 4, 8
"""Words between a claimant and the word of saying, at the most (a name, an adverb); characters, where words are not
parted by spaces."""
COMMAS, QUOTE, COLON = ",،、", '"', ":"
EDGES = f" \n.!?-–—…{COMMAS}{QUOTE}{COLON}"
OWNER = "'s"
OV = "ov"
"""Where the verb ends the sentence, the claimant begins it, and particles follow nouns."""
NOUNS = ("nouns", "offices", "opens")
SUBJECT = frozenset(("", "subj", "und", "v2", "says"))
"""Marks of a party that can be the subject of its sentence."""
OF_THE_TIE = ("focus", "partner")
"""Roles of those who have a part in the tie."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One word of a claimant: a party named (``phrase``), or a noun of those who say things (None)."""

    start: int
    end: int
    phrase: Phrase | None = None
    what: str = ""


Chain = list[Speaker]
"""A speaker with what stands right beside it."""


def is_outside(phrase: Phrase) -> bool:
    """Whether it names nobody who has a part in the tie."""
    return not any(active().actors[code].role in OF_THE_TIE for code in phrase.codes)


def is_somebody(chain: Chain) -> bool:
    """Whether it names a body or a state: a noun of those who speak, no office without its state, or a proper name."""
    nouns = [each for each in chain if each.phrase is None]
    if nouns:
        return len(chain) > len(nouns) or any(each.what != "offices" for each in nouns)
    return any(each.phrase is not None and each.phrase.form == "name" for each in chain)


def tells_none(reading: SentenceReading) -> bool:
    """Whether neither a word of attribution nor a sign sets a speaker apart."""
    signs = (COLON, QUOTE)
    return not reading.attribution and all(reading.text.find(sign, reading.start, reading.end) < 0 for sign in signs)


@dataclass(frozen=True)
class Speakers:
    """A sentence with everybody in it who could speak."""

    reading: SentenceReading

    @property
    def is_ov(self) -> bool:
        """Whether the verb ends the sentence."""
        return self.reading.grammar.order == OV

    @kept
    def words(self) -> tuple[Manner, ...]:
        """The words that tell who says so."""
        return self.reading.attribution

    @kept
    def all(self) -> Chain:
        """Parties and nouns in the order of the text, none within another."""
        named = [Speaker(each.start, each.end, each) for each in self.reading.phrases]
        nouns = [Speaker(each.start, self._end(each), None, each.what) for each in self.words if each.what in NOUNS]
        bare = [each for each in nouns if not any(_holds(name, each) for name in named)]
        opened = [each for each in bare if each.what == "opens"]
        others = [each for each in (*named, *bare) if not any(_holds(one, each) for one in opened if one is not each)]
        return sorted(others, key=lambda each: (each.start, each.end))

    def _end(self, noun: Manner) -> int:
        """Where a noun ends: before its particles, at the end of its word, or, where it opens a phrase, with that."""
        if self.is_ov:
            return noun.end
        end = word_end(self.reading.text, noun.end)
        if noun.what != "opens":
            return end
        says = min((each.start for each in self.words if each.what == "says" and each.start >= end), default=end)
        return says if self.is_near(end, says, WORDS_BETWEEN) else end

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies within a quotation."""
        return self.reading.text.count(QUOTE, self.reading.start, at) % 2 == 1

    def is_near(self, low: int, high: int, words: int) -> bool:
        """Whether no other clause and few words lie between; what two commas enclose may stand there."""
        between = self.reading.text[low:high].strip()
        if len(between) > 1 and between[0] in COMMAS and between[-1] in COMMAS:
            between = between[1:-1]
        if any(comma in between for comma in COMMAS) or not self.reading.one_clause(low, high):
            return False
        return len(_WORD.findall(between)) <= words if self.reading.grammar.spaced else len(between) <= SIGNS_BETWEEN

    def chain(self, found: Sequence[Speaker], first: bool) -> Chain:
        """The first or last of the speakers with those right beside it."""
        chain = list(found[:1] if first else found[-1:])
        for each in found[1:] if first else found[-2::-1]:
            low, high = (chain[-1], each) if first else (each, chain[0])
            if not self._beside(low, high):
                break
            chain = [*chain, each] if first else [each, *chain]
        return chain

    def _beside(self, low: Speaker, high: Speaker) -> bool:
        between = self.reading.text[low.end : high.start]
        if len(between.strip()) > BESIDE or any(sign in between for sign in COMMAS + QUOTE + COLON):
            return False
        if (
            low.phrase
            and high.phrase
            and not self._belongs(low.phrase, between)
            and not self._joined(low.end, high.start)
        ):
            return False
        mark = low.phrase.mark if low.phrase else ""
        return not self.is_ov or mark == "of" or (high.phrase is None and not between[:1].isalpha())

    def _belongs(self, low: Phrase, between: str) -> bool:
        """Whether a name says whose the next one is, or is part of it: an adjective, a genitive, no space between."""
        if not self.reading.grammar.spaced:
            return not between.strip()
        return not between.strip() and (low.form != "name" or low.mark not in SUBJECT)

    def _joined(self, low: int, high: int) -> bool:
        """Whether "and" alone stands between two names."""
        between = (each for each in self.words if each.what == "and" and low <= each.start and each.end <= high)
        text = self.reading.text
        return any(not (text[low : each.start] + text[each.end : high]).strip() for each in between)

    def owns(self, chain: Chain) -> bool:
        """Whether it only says whose something is."""
        end = chain[-1].end if chain and chain[-1].phrase else 0
        return bool(end) and OWNER in self.reading.text[end - len(OWNER) : end + len(OWNER)]

    def may_say(self, chain: Chain) -> bool:
        """Whether it can be the subject of a word of saying: no adjective and no oblique case; a genitive with nothing
        in front of it is none."""
        if not is_somebody(chain) or self.owns(chain):
            return False
        last = chain[-1].phrase
        if last is None:
            return True
        opens = not self.reading.text[self.reading.start : chain[0].start].strip(EDGES)
        return last.form == "name" and (last.mark in SUBJECT or (last.mark == "of" and opens))

    def suffers(self, chain: Chain, says: Manner) -> bool:
        """Whether it is said of the subject and not by it ("was said", "is believed")."""
        between = (item for item in self.reading.items if chain[-1].end <= item.start and item.end <= says.start)
        return any(item.kind == PASSIVE and item.what == "before" for item in between)


def _holds(speaker: Speaker, other: Speaker) -> bool:
    return speaker.start <= other.start and other.end <= speaker.end
