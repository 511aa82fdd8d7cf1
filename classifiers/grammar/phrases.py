"""The parties in a sentence, each with the mark that says its part: "to", "from", "by", ..."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from classifiers.grammar.items import GAP, Item, joined_mark, near
from classifiers.grammar.read import ACT, BODY, BREAK, MARK, Grammar
from classifiers.lexicon.mentions import Mention
from classifiers.text.fold import word_end

REACH = 30
"""Characters before a name within which it is said what it is there for."""
BODY_GAP = 3
"""Words between an adjective and the noun that makes it a party, at the most."""
KEPT = 20_000
"""Words of which is kept at hand what their form shows: a few hundred names come again and again."""
Span = tuple[int, int]


class Phrase(NamedTuple):
    """A party as it stands in a sentence. ``mark`` says its part ("" where nothing does), ``form`` what it is: name,
    body (an adjective before a firm, an army), good (an adjective before something else, or a weapon's name), made."""

    start: int
    end: int
    codes: tuple[str, ...]
    mark: str
    form: str


def phrases_in(
    grammar: Grammar, items: Sequence[Item], mentions: Sequence[Mention], goods: Sequence[Span], folded: str
) -> list[Phrase]:
    """The parties of a sentence, by position. ``goods`` are where words of what is given stand."""
    spans: dict[Span, list[str]] = {}
    for mention in mentions:
        spans.setdefault((mention.start, mention.end), []).append(mention.code)
    words = _Words(grammar, items, goods, folded)
    found = []
    for span, codes in sorted(spans.items()):
        start, stem = span
        party = _Party(start, stem, word_end(folded, stem), [other for other in spans if other != span])
        form, reach, head = words.form(party)
        found.append(Phrase(start, party.end, tuple(codes), words.mark(party, reach, head), form))
    return found


def tells_likeness(grammar: Grammar, phrase: Phrase, folded: str) -> bool:
    """Whether a name only says what a thing is like ("...-type", "of ... design"), whoever made it."""
    before, behind = grammar.likeness_before, grammar.likeness
    if before and before.search(folded[max(0, phrase.start - REACH) : phrase.start]):
        return True
    within = folded[phrase.start : phrase.end]
    return bool(behind and (behind.match(folded, phrase.end) or behind.search(within)))


class _Party(NamedTuple):
    """A name at [start, stem), its word at [start, end), and where the ``others`` of its sentence stand."""

    start: int
    stem: int
    end: int
    others: Sequence[Span]

    def has_other_between(self, start: int, end: int) -> bool:
        """Whether another party stands there."""
        for low, high in self.others:  # noqa: SIM110  # asked so often that the generator would cost most of it
            if start <= low and high <= end:
                return True
        return False


@lru_cache(maxsize=KEPT)
def _is_adjective(grammar: Grammar, word: str) -> bool:
    if grammar.adjective is None or not grammar.adjective.search(word):
        return False
    return not (grammar.not_adjective and grammar.not_adjective.search(word))


@lru_cache(maxsize=KEPT)
def _case(grammar: Grammar, word: str) -> str:
    """The case that the form of a name shows, "" where none does."""
    return next((case for case, pattern in grammar.endings if pattern.search(word)), "")


class _Words:
    """The words of the grammar in a sentence, looked up by where they stand."""

    def __init__(self, grammar: Grammar, items: Sequence[Item], goods: Sequence[Span], folded: str) -> None:
        self.grammar, self.items, self.goods, self.folded = grammar, items, goods, folded
        # A word may be several things at once; of a kind the first one counts.
        self.bodies: dict[Span, Item] = {}
        self.marks: dict[Span, str] = {}
        for item in items:
            if item.kind == BODY:
                self.bodies.setdefault(item[:2], item)
            elif item.kind == MARK:
                self.marks.setdefault(item[:2], item.what)

    def form(self, party: _Party) -> tuple[str, int, Item | None]:
        """(form, where its noun phrase ends, the noun that makes it a party)."""
        grammar, (start, stem, end, _) = self.grammar, party
        word = self.folded[start:end]
        if self._is_made(party, word):
            return "made", end, None
        adjective = _is_adjective(grammar, word)
        if self._is_good(start, stem, word):
            return "good", end, None
        if adjective and grammar.adjective_after:
            before = self._body_before(start)
            if before is not None:
                return "body", end, before
        after = self._body_after(party)
        direct = after is not None and near(grammar, self.folded, end, after.start, BODY_GAP if adjective else 0)
        if direct and after is not None and not (grammar.adjective_after and grammar.spaced):
            return ("body" if adjective or not grammar.spaced else "name"), self._reach(after), after
        if adjective:
            return "good", end, None
        if grammar.adjective is None and any(0 <= low - end <= 1 for low, _ in self.goods):
            return "good", end, None
        return "name", end, None

    def _is_good(self, start: int, stem: int, word: str) -> bool:
        """Whether the name is itself a word for what is given, or has a number ("Su-35")."""
        for low, high in self.goods:
            if low <= start and high >= stem:
                return True
        return not word.isalpha() and any(map(str.isdigit, word))

    def _is_made(self, party: _Party, word: str) -> bool:
        """Whether the name only says who made a thing ("...-made", "made in ...")."""
        grammar, folded = self.grammar, self.folded
        if grammar.made_before and grammar.made_before.search(folded[max(0, party.start - REACH) : party.start]):
            return True
        made = grammar.made
        if made is None:
            return False
        tail, behind_stem = folded[party.end : party.end + 40], folded[party.stem : party.stem + 40]
        return bool(made.match(tail) or (tail != behind_stem and made.match(behind_stem)) or made.search(word))

    def _body_before(self, start: int) -> Item | None:
        """The noun right before an adjective that makes it a party."""
        found = (item for item in reversed(self.items) if item.kind == BODY and item.end <= start)
        return next((item for item in found if near(self.grammar, self.folded, item.end, start, 1)), None)

    def _body_after(self, party: _Party) -> Item | None:
        """The noun behind a name that makes it a party: nothing that begins another phrase stands between."""
        for item in self.items:
            if item.start < party.stem:
                continue
            if party.has_other_between(party.end, item.start):
                return None
            # A word may be a noun and a preposition of several words at once ("the side of"): the noun goes first.
            if body := self.bodies.get(item[:2]):
                return body if near(self.grammar, self.folded, party.end, body.start, BODY_GAP) else None
            if item.kind in (ACT, MARK, BREAK) and item.start >= party.end:
                return None
        return None

    def _reach(self, body: Item) -> int:
        """Where a chain of such nouns ends ("air force pilots and crews"): what follows it marks the whole."""
        reach, joint = body.end, 2 if self.grammar.spaced else 1
        for item in self.items:
            linked = item.kind == BODY and reach <= item.start <= reach + 4
            if linked and len(self.folded[reach : item.start].strip()) <= joint:
                reach = item.end
        return reach

    def mark(self, party: _Party, reach: int, head: Item | None) -> str:
        """What says the party's part: a sign within its word, behind it, before it, or its case."""
        grammar, folded, start = self.grammar, self.folded, party.start
        joined = joined_mark(grammar, folded, start)
        if head is not None and head.end <= start:
            joined, start = joined or head.joined, head.start
        if joined:
            return joined
        for mark, pattern in grammar.after:
            if pattern.match(folded, party.stem) or (reach != party.end and pattern.match(folded, reach)):
                return mark
        case = _case(grammar, folded[start : party.end]) if grammar.endings else ""
        mark = self._before(party, start)
        return grammar.with_case.get(f"{mark}+{case}", mark) if mark else case

    def _before(self, party: _Party, start: int) -> str:
        """The preposition in front of a name, with nothing between that would take it."""
        for item in reversed(self.items):
            if item.end > start:
                continue
            if not near(self.grammar, self.folded, item.end, start, GAP) or party.has_other_between(item.end, start):
                return ""
            if mark := self.marks.get(item[:2]):
                return mark
            if item.kind in (ACT, BREAK):
                return ""
        return ""
