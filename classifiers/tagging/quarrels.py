"""Friction between the focus and a partner, read from the words of the headline.

The words are data, one file a language (``quarrel_words/en.toml``), under the codes that they are events of: ``sure``
ones tell of friction wherever they stand beside the two, those of ``between`` only where one of the two does it to the
other within a clause, unless what follows is one of ``spared`` (who rejects criticism rejects nobody). One of
``undone`` shortly before a word of either kind, or behind it, takes it back: a ban is lifted, a rift denied. What a
third party does, or what is done to it, is about that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise, takewhile
from typing import Any

from classifiers.lexicon.aliases import Alias, Match, alias_of
from classifiers.lexicon.analysis import WAR_FRAME
from classifiers.lexicon.mentions import Matcher, Mention, find_actors
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.joint_acts import is_joint
from classifiers.tagging.status import CLAUSE_EDGE
from classifiers.text.fold import fold
from classifiers.topics.active import active

FOLDER = "quarrel_words"
SURE, BETWEEN, SPARED, UNDONE = "sure", "between", "spared", "undone"
REACH: Mapping[Match, int] = {"word": 45, "proclitic": 45, "substring": 16}
"""Characters between a word of `BETWEEN` and those whom it is between, by how a script writes words."""
SETTING_OFF = " ,、"
"""What stands between a subject and an object in languages that put the verb last."""
UNDOES: Mapping[Match, int] = {"word": 25, "proclitic": 25, "substring": 8}
"""Characters before a word of friction, and a third of them behind it, in which another takes it back."""


@dataclass(frozen=True)
class QuarrelWords:
    """One language: what finds its words, how its script writes them, whether the verb stands at the end."""

    matcher: Matcher
    match: Match
    verb_last: bool


def words_in(language: str) -> Mapping[str, Any]:
    """The words of a language as its file gives them, by kind and code; nothing for a language without a file. They are
    thousands: who needs them to find words keeps what finds them."""
    file = resources.files("classifiers.tagging") / FOLDER / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if language.isalpha() and file.is_file() else {}


@cache
def words_of(language: str) -> QuarrelWords | None:
    """What finds the words of a language, None where it has none."""
    told = words_in(language)
    if not told:
        return None
    return QuarrelWords(Matcher(_aliases(told, language)), told["match"], told.get("order") == "ov")


def _aliases(told: Mapping[str, Any], language: str) -> Iterator[Alias]:
    for kind in (SURE, BETWEEN, SPARED, UNDONE):
        codes = (kind,)
        for texts in told[kind].values():
            yield from (alias_of(fold(text), codes, language, told["match"]) for text in texts)


def quarrel_acts(language: str) -> Iterator[tuple[str, list[str]]]:
    """(code, texts) of the words of a language: each is the act of an event, whoever does it."""
    told = words_in(language)
    for kind in (SURE, BETWEEN):
        yield from told.get(kind, {}).items()


def quarrels_in(layout: DocumentLayout) -> list[Span]:
    """Where the headline tells of friction between the focus and a partner, in its order."""
    end = layout.analysis.text.find("\n")
    headline = layout.analysis.text[: end if end >= 0 else None]
    return quarrels_of(headline, layout.analysis.language, layout.analysis.actors)


def quarrels_of(headline: str, language: str, actors: Iterable[Mention] | None = None) -> list[Span]:
    """The same of a headline alone; ``actors`` are the mentions of its text, where they are known."""
    words, folded = words_of(language), fold(headline)
    if words is None:
        return []
    named = find_actors(headline, folded, language) if actors is None else actors
    parties = [each for each in named if each.start < len(headline)]
    if not any(_sides(*pair) for pair in pairwise(parties)):
        return []
    found = [(start, stop, alias.codes[0]) for start, stop, alias in words.matcher.find(headline, folded)]
    beside = {each: [(start, stop) for start, stop, kind in found if kind == each] for each in (SPARED, UNDONE)}
    told = _Headline(folded, language, words, parties, [start for start, _ in beside[SPARED]], beside[UNDONE])
    spans = sorted((start, stop) for start, stop, kind in found if told.is_friction((start, stop), kind))
    return [span for span in spans if not any(_within(span, other) for other in spans)]


def _within(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


@dataclass(frozen=True)
class _Headline:
    """A headline with its parties in their order, where words stand that spare the one before, and those that take
    back what stands beside them."""

    folded: str
    language: str
    words: QuarrelWords
    parties: list[Mention]
    spared: list[int]
    undone: list[Span]

    def is_friction(self, span: Span, kind: str) -> bool:
        """Whether a word of that kind at ``span`` tells of friction between the two."""
        before = [each for each in self.parties if each.end <= span[0]]
        after = [each for each in self.parties if each.start >= span[1]]
        if not all(map(_is_ours, before)) or self._is_undone(span):  # a third party that is named first acts itself
            return False
        if kind == SURE:
            between = bool(before) and bool(after) and _sides(before[-1], after[0])
            return between or all(map(_is_ours, after))
        return kind == BETWEEN and (self._over(before, span, after) or self._behind(before, span))

    def _over(self, before: list[Mention], span: Span, after: list[Mention]) -> bool:
        """Whether the word stands between the two: who acts is the one named last before it."""
        if not before or span[0] - before[-1].end > self._reach or self._act_together(before):
            return False
        reached = list(takewhile(lambda each: each.start - span[1] <= self._reach and _is_ours(each), after))
        other = next((each for each in reached if _sides(before[-1], each)), None)
        if other is None or self._are_spared(span[1], other.start):
            return False
        return self.words.verb_last or not CLAUSE_EDGE.search(self.folded, span[1], other.start)

    def _behind(self, before: list[Mention], span: Span) -> bool:
        """Whether the word stands behind the two, in languages that say so what one does to the other."""
        if not self.words.verb_last or len(before) < 2 or self._are_spared(before[-1].end, span[0]):
            return False
        near = span[0] - before[-1].end <= self._reach
        return near and _sides(before[-2], before[-1]) and not self._act_together(before)

    def _act_together(self, before: list[Mention]) -> bool:
        """Whether the last two are a list. Where the verb stands last, a comma, or nothing, sets off who does it from
        what it is done to."""
        if len(before) < 2 or not _sides(before[-2], before[-1]):
            return False
        between = self.folded[before[-2].end : before[-1].start]
        is_set_off = self.words.verb_last and not between.strip(SETTING_OFF)
        return is_joint(between, self.language) and not is_set_off

    def _is_undone(self, span: Span) -> bool:
        reach = UNDOES[self.words.match]
        return any(
            (start < span[0] and span[0] - end <= reach and not CLAUSE_EDGE.search(self.folded, end, span[0]))
            or (0 <= start - span[1] <= reach // 3 and not CLAUSE_EDGE.search(self.folded, span[1], start))
            for start, end in self.undone
        )

    def _are_spared(self, start: int, end: int) -> bool:
        return any(start <= at < end for at in self.spared)

    @property
    def _reach(self) -> int:
        return REACH[self.words.match]


def _is_ours(party: Mention) -> bool:
    return _role(party) in ("focus", "partner")


def _sides(one: Mention, other: Mention) -> bool:
    """Whether one is the focus and the other a partner."""
    return {_role(one), _role(other)} == {"focus", "partner"}


def _role(party: Mention) -> str:
    actor = active().actors.get(party.code)
    return WAR_FRAME if actor is None else actor.role
