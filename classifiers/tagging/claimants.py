"""Who says so: the party or the source that is the subject of a word of saying, or stands in a form of attribution.

Better none than a wrong one: an adjective, an oblique case, a party in front of another clause or an office without its
state says nothing, and neither does whoever stands inside the quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from classifiers.grammar.sentences import Manner, SentenceReading, read_headline, read_one
from classifiers.lexicon.analysis import Analysis
from classifiers.lexicon.names.read import name_kinds, name_matcher
from classifiers.tagging.frame_features import RoleReading
from classifiers.tagging.headline_words import PEOPLE
from classifiers.tagging.speakers import (
    BESIDE,
    COLON,
    COMMAS,
    EDGES,
    QUOTE,
    SUBJECT,
    WORDS_BETWEEN,
    Chain,
    Speaker,
    Speakers,
    is_outside,
    is_somebody,
    tells_none,
)
from classifiers.text.fold import word_end

LONGEST = 60
VSO = "vso"
"""Where the verb begins the sentence, the claimant follows it."""
BEFORE_LIST = 1
"""Words between an owner and what is his list, at the most."""
LEAD, BELOW = 1, 2
"""The numbers of the sentences below the headline."""


def claimant_of(analysis: Analysis, readings: Sequence[RoleReading], alleged: bool, *, asked: bool = False) -> str:
    """Who says what a text tells: in the sentence that tells it, or set apart in the headline, or, where it is
    ``alleged``, in the lead, of what is only ``asked`` in one that names the tie; "" where the outlet itself speaks."""
    told = claimant_in(readings[0].reading, analysis.text) if readings else ""
    if not told and not any(each.index == 0 for each in readings):
        told = _of_headline(analysis, _set_apart)
    if told or not alleged:
        return told
    leads = (each.reading for each in readings[1:] if LEAD <= each.index <= (BELOW if asked else LEAD))
    told = next((claimant_in(each, analysis.text) for each in leads), "")
    told = told or next(filter(None, _below(analysis, readings, asked)), "")
    return told if asked else told or _of_headline(analysis, _whose_list)


def _of_headline(analysis: Analysis, tells: Callable[[SentenceReading, str], str]) -> str:
    headline = read_headline(analysis)
    return tells(headline, analysis.text) if headline and not tells_none(headline) else ""


def _whose_list(headline: SentenceReading, text: str) -> str:
    """Whose list, report or study a headline begins with: what stands in it, its owner says."""
    first = next(iter(headline.phrases), None)
    if first is None or first.start != headline.start or not is_outside(first):
        return ""
    lists = (each.start for each in headline.attribution if each.what == "lists" and each.start >= first.end)
    between = headline.text[first.end : next(lists, len(headline.text))].removeprefix("'s")
    return text[first.start : first.end].removesuffix("'s") if len(between.split()) <= BEFORE_LIST else ""


def _set_apart(headline: SentenceReading, text: str) -> str:
    """Who speaks in a headline that names no tie: only who stands apart from what is said."""
    claims = _Claims(Speakers(headline))
    found = (chain for form in (claims.apart, claims.at_the_end) for chain in form())
    return _shown(next(found, []), text)


def _below(analysis: Analysis, readings: Sequence[RoleReading], asked: bool) -> Iterator[str]:
    """Who says something in the sentences below the headline that name no tie: a body that speaks ("officials"), or,
    where somebody outside the tie is named, that one by name: of an adjective it is not known what it goes with. Of
    what is only ``asked`` a sentence must name one of the tie."""
    read = {each.index for each in readings}
    for sentence in analysis.sentences:
        named = sentence.focus or sentence.partners or not asked
        if LEAD <= sentence.index <= BELOW and sentence.index not in read and named:
            chain = _saying(_Claims(Speakers(read_one(analysis, sentence))))
            outside = sentence.thirds or sentence.opponent
            if all(_speaks(each, named=bool(outside)) for each in chain):
                yield _shown(chain, analysis.text)


def _saying(claims: _Claims) -> Chain:
    return next((chain for form in (claims.subjects, claims.at_the_end) for chain in form()), [])


def _speaks(speaker: Speaker, *, named: bool) -> bool:
    if speaker.phrase is None:
        return speaker.what != "offices"
    return named and speaker.phrase.form == "name"


def claimant_in(reading: SentenceReading, text: str) -> str:
    """The claimant of a sentence in the words of ``text`` (unfolded), "" where the outlet itself speaks."""
    if tells_none(reading):
        return ""
    claims = _Claims(Speakers(reading))
    found = (chain for form in (claims.apart, claims.sources, claims.subjects, claims.offices) for chain in form())
    return _shown(next(found, []), text)


def _shown(chain: Chain, text: str) -> str:
    return " ".join(text[chain[0].start : chain[-1].end].split())[:LONGEST].rstrip() if chain else ""


@dataclass(frozen=True)
class _Claims:
    """The claimants of a sentence, by the forms in which languages name them."""

    speakers: Speakers

    @property
    def reading(self) -> SentenceReading:
        return self.speakers.reading

    def apart(self) -> Iterator[Chain]:
        """Set apart from what is said: alone before or behind the colon of a headline, or beside its quotation."""
        yield from filter(None, (*self._beside_colon(), *self._beside_quotation()))

    def _beside_colon(self) -> Iterator[Chain]:
        text, start, end = self.reading.text, self.reading.start, self.reading.end
        first, last = text.find(COLON, start, end), text.rfind(COLON, start, end)
        for chain in (self._alone(start, first), self._alone(last + 1, end)) if first >= 0 else ():
            # The name of a party of the tie is as often what a headline is about as who speaks; that of its minister
            # is who speaks.
            if any(each.phrase is None or is_outside(each.phrase) for each in chain) or self._is_person(chain):
                yield chain

    def _is_person(self, chain: Chain) -> bool:
        named = self.reading.text[chain[0].start : chain[-1].end] if chain else ""
        return any(name_kinds().get(alias.codes[0]) == PEOPLE for *_, alias in name_matcher().find(named, named))

    def _beside_quotation(self) -> Iterator[Chain]:
        """Where the verb ends the sentence, headlines leave it out behind a quotation."""
        text, start, end = self.reading.text, self.reading.start, self.reading.end
        opening, closing = text.find(QUOTE, start, end), text.rfind(QUOTE, start, end)
        if self.speakers.is_ov and opening < closing:
            yield self._alone(start, opening) if not text[closing:end].strip(EDGES) else []
            yield self._alone(closing + 1, end) if not text[start:opening].strip(EDGES) else []

    def _alone(self, low: int, high: int) -> Chain:
        """The speaker that a stretch names and nothing else, save a word of saying behind it."""
        within = [each for each in self.speakers.all if low <= each.start and each.end <= high]
        chain = self.speakers.chain(within, first=True)
        if not chain or not is_somebody(chain):
            return []
        end = chain[-1].end
        says = next((each.end for each in self.speakers.words if each.what == "says" and end <= each.start < high), end)
        text = self.reading.text
        rest = text[low : chain[0].start].strip(EDGES) + text[word_end(text, says) if says > end else end : high]
        return chain if len(rest.strip(EDGES)) <= self.speakers.is_ov else []  # a particle, where nouns take them

    def sources(self) -> Iterator[Chain]:
        """Beside "according to"."""
        for word in self.speakers.words:
            if word.what == "source":
                chain = self._before_source(word) or self._behind(word, WORDS_BETWEEN)
                if is_somebody(chain) and not self.speakers.owns(chain):
                    yield chain

    def _before_source(self, word: Manner) -> Chain:
        """The speaker in front of a word that follows its source, a particle between."""
        before = [each for each in self.speakers.all if each.end <= word.start] if self.speakers.is_ov else []
        chain = self.speakers.chain(before, first=False)
        return chain if chain and len(self.reading.text[chain[-1].end : word.start].strip()) <= BESIDE else []

    def subjects(self) -> Iterator[Chain]:
        """Subjects of words of saying outside quotations."""
        for word in self.speakers.words:
            if word.what == "says" and not self.speakers.is_quoted(word.start) and not self._is_of_a_name(word):
                chain = self._of_saying(word) if self.reading.text[word.start] != COLON else []
                if self.speakers.may_say(chain) and not self._of_another_act(chain, word):
                    yield chain

    def offices(self) -> Iterator[Chain]:
        """An office at the end that stands for itself ("…, envoy says"); "the minister" is one of a state unnamed."""
        for chain in self.at_the_end():
            is_office = {each.what for each in chain} == {"offices"}
            if is_office and not self.reading.text.startswith("the ", chain[0].start):
                yield chain

    def at_the_end(self) -> Iterator[Chain]:
        """Behind the comma with which a sentence ends ("…, trade minister says"): there an office needs no state."""
        text, end = self.reading.text, self.reading.end
        for word in self.speakers.words if self.reading.grammar.spaced and not self.speakers.is_ov else ():
            if word.what == "says" and not text[word_end(text, word.end) : end].strip(EDGES):
                comma = text.rfind(COMMAS[0], self.reading.start, word.start)
                within = [each for each in self.speakers.all if comma < each.start and each.end <= word.start]
                chain = self.speakers.chain(within, first=False) if comma >= 0 else []
                if chain and chain[-1].phrase is None and not text[chain[-1].end : word.start].strip():
                    begin = comma + 1 + len(text[comma + 1 :]) - len(text[comma + 1 :].lstrip())
                    yield [replace(chain[0], start=begin), *chain[1:]]

    def _is_of_a_name(self, word: Manner) -> bool:
        """Whether the word is part of a name (a state of states)."""
        named = self.reading.phrases if self.reading.grammar.spaced else ()
        return any(each.start < word.end and word.start < each.end for each in named)

    def _of_saying(self, says: Manner) -> Chain:
        return (self._behind(says, 0) if self._stands_open(says) else []) or self._before(says)

    def _stands_open(self, says: Manner) -> bool:
        """Whether the subject can follow the word: what is said ends before it, or the verb comes first."""
        before = self.reading.text[self.reading.start : says.start].rstrip()
        return self.reading.grammar.order == VSO or not before or before[-1] in COMMAS + QUOTE + "-–—"

    def _behind(self, word: Manner, words: int) -> Chain:
        end = word_end(self.reading.text, word.end)
        found = [each for each in self.speakers.all if each.start >= end and not self.speakers.is_quoted(each.start)]
        near = bool(found) and self.speakers.is_near(end, found[0].start, words)
        chain = self.speakers.chain(found, first=True) if near else []
        return [] if chain and word.what == "says" and self._is_told(word, chain) else chain

    def _is_told(self, says: Manner, chain: Chain) -> bool:
        """Whether it is told something: the sentence goes on behind who follows a comma and a word of saying."""
        before = self.reading.text[self.reading.start : says.start].rstrip()
        after = self.reading.text[chain[-1].end : self.reading.end].lstrip(" ")
        return before[-1:] in tuple(COMMAS) and before[-2:-1] != QUOTE and after[:1].isalnum()

    def _before(self, says: Manner) -> Chain:
        """The subject right before the word, or, where the verb ends the sentence, that with which it begins."""
        before = (each for each in self.speakers.all if each.start < says.start and each.end <= says.end)
        open_ = (each for each in before if not self.speakers.is_quoted(each.start))
        found = [replace(each, end=min(each.end, says.start)) for each in open_]
        beside = self.speakers.chain(found, first=False)
        near = bool(beside) and self.speakers.is_near(beside[-1].end, says.start, WORDS_BETWEEN)
        if near and self.speakers.may_say(beside) and not self.speakers.suffers(beside, says):
            return beside
        return self.speakers.chain(found, first=True) if self.speakers.is_ov else []

    def _of_another_act(self, chain: Chain, says: Manner) -> bool:
        """Whether a sentence about what somebody outside the tie does ends with who says that."""
        first = next(iter(self.reading.phrases), None)
        behind = self.reading.text[word_end(self.reading.text, says.end) : self.reading.end]
        if self.speakers.is_ov or behind.strip(EDGES) or first is None or first.start >= chain[0].start:
            return False
        return is_outside(first) and first.form == "name" and first.mark in SUBJECT
