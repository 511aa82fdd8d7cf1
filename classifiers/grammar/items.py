"""A sentence → the words of the grammar in it, and the acts that they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.grammar.read import ACT, PASSIVE, Grammar

GAP = 4
"""Words between a preposition and the name that it goes with, at the most."""
TRANSFERS = frozenset(
    ("give", "given", "giving", "take", "taken", "taking", "seek", "decline", "move", "use", "thank", "passive")
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STOP = re.compile(r"[,;:?!()\"،؛؟、]| - |\.{2,}|…")


class Item(NamedTuple):
    """A word of the grammar that stands in a text: ``kind`` and ``what`` are those of its file."""

    start: int
    end: int
    kind: str
    what: str
    joined: str = ""


class Act(NamedTuple):
    """What is done: its classes (several where a word may be more than one)."""

    start: int
    end: int
    classes: tuple[str, ...]


def items_in(grammar: Grammar, text: str, folded: str, start: int, end: int) -> list[Item]:
    """The words of the grammar in a stretch of a text, the longest where they overlap, by position."""
    found: dict[tuple[int, int], dict[str, Item]] = {}
    for low, high, alias in grammar.matcher.find(text[start:end], folded[start:end]):
        begin, stop = start + low, start + high
        kind, _, what = alias.codes[0].partition(":")
        item = Item(begin, stop, kind, what, joined_mark(grammar, folded, begin))
        found.setdefault((begin, stop), {})[f"{kind}:{what}"] = item
    kept: list[Item] = []
    reach = start
    for begin, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if begin >= reach:
            reach = stop
            kept.extend(found[begin, stop].values())
    return kept


def joined_mark(grammar: Grammar, folded: str, start: int) -> str:
    """The mark that is written before a word without a space."""
    if not grammar.joined:
        return ""
    begin = start
    while begin > 0 and folded[begin - 1].isalpha():
        begin -= 1
    return grammar.joined.get(folded[begin:start], "")


def acts_in(grammar: Grammar, items: Sequence[Item], folded: str) -> list[Act]:
    """The acts among the words; a participle behind (or before) a word of the passive is "passive"."""
    by_span: dict[tuple[int, int], list[str]] = {}
    for item in items:
        if item.kind == ACT:
            by_span.setdefault((item.start, item.end), []).append(item.what)
    acts = []
    for (start, end), classes in by_span.items():
        if "given" in classes and _is_passive(grammar, items, folded, start, end):
            classes = ["passive"]
        acts.append(Act(start, end, tuple(classes)))
    return acts


def _is_passive(grammar: Grammar, items: Sequence[Item], folded: str, start: int, end: int) -> bool:
    for item in items:
        if item.kind != PASSIVE:
            continue
        before = item.what == "before" and item.end <= start
        after = item.what == "after" and item.start >= end
        if (before and near(grammar, folded, item.end, start, grammar.passive_gap)) or (
            after and near(grammar, folded, end, item.start, grammar.passive_gap)
        ):
            return True
    return False


def near(grammar: Grammar, folded: str, start: int, end: int, words: int) -> bool:
    """Whether no more than so many words, and no stop, lie between two places."""
    between = folded[start:end]
    if not between or (between == " " and grammar.spaced):
        return True
    if _STOP.search(between):
        return False
    if not grammar.spaced:
        return len(between) <= words * 2  # a word of two characters, where words are not divided
    return len(_WORD.findall(between)) <= words
