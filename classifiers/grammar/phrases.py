"""A sentence → its acts and the parties in it, each with the mark that says its part: "to", "from", "by", ..."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.grammar.read import ACT, BODY, BREAK, MARK, PASSIVE, Grammar
from classifiers.lexicon.mentions import Mention
from classifiers.text.fold import word_end

GAP = 4
"""Words between a preposition and the name that it goes with, at the most."""
GAP_UNSPACED = 8
"""The same in characters, where words are not divided."""
BODY_GAP = 3
TRANSFERS = frozenset(
    ("give", "given", "giving", "take", "taken", "taking", "seek", "decline", "move", "use", "thank", "passive")
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STOP = re.compile(r"[,;:?!()\"،؛؟、]| - |\.{2,}|…")


@dataclass(frozen=True, slots=True)
class Item:
    """A word of the grammar that stands in a text: ``kind`` and ``what`` are those of its file."""

    start: int
    end: int
    kind: str
    what: str
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What is done: its classes (several where a word may be more than one)."""

    start: int
    end: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A party as it stands in a sentence. ``mark`` says its part ("" where nothing does), ``form`` what it is: name,
    body (an adjective before a firm, an army), good (an adjective before something else, or a weapon's name), made."""

    start: int
    end: int
    codes: tuple[str, ...]
    mark: str
    form: str


def items_in(grammar: Grammar, text: str, folded: str, start: int, end: int) -> list[Item]:
    """The words of the grammar in a stretch of a text, the longest where they overlap, by position."""
    found: dict[tuple[int, int], dict[str, Item]] = {}
    for low, high, alias in grammar.matcher.find(text[start:end], folded[start:end]):
        begin, stop = start + low, start + high
        kind, _, what = alias.codes[0].partition(":")
        item = Item(begin, stop, kind, what, _joined(grammar, folded, begin))
        found.setdefault((begin, stop), {})[f"{kind}:{what}"] = item
    kept: list[Item] = []
    reach = start
    for begin, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if begin >= reach:
            reach = stop
            kept.extend(found[begin, stop].values())
    return kept


def _joined(grammar: Grammar, folded: str, start: int) -> str:
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
    if _STOP.search(between):
        return False
    if not grammar.spaced:
        return len(between) <= words * 2
    return len(_WORD.findall(between)) <= words


def phrases_in(
    grammar: Grammar, items: Sequence[Item], mentions: Sequence[Mention], goods: Sequence[tuple[int, int]], folded: str
) -> list[Phrase]:
    """The parties of a sentence, by position. ``goods`` are where words of what is given stand."""
    spans: dict[tuple[int, int], list[str]] = {}
    for mention in mentions:
        spans.setdefault((mention.start, mention.end), []).append(mention.code)
    ends = {span: word_end(folded, span[1]) for span in spans}
    found = []
    for span, codes in sorted(spans.items()):
        start, end = span[0], ends[span]
        others = [other for other in spans if other != span]
        form, reach, head = _form(grammar, items, others, goods, folded, start, span[1], end)
        mark = _mark(grammar, items, others, folded, start, end, span[1], reach, head)
        found.append(Phrase(start, end, tuple(codes), mark, form))
    return found


def _form(
    grammar: Grammar,
    items: Sequence[Item],
    others: Sequence[tuple[int, int]],
    goods: Sequence[tuple[int, int]],
    folded: str,
    start: int,
    stem: int,
    end: int,
) -> tuple[str, int, Item | None]:
    """(form, where its noun phrase ends, the noun that makes it a party)."""
    word = folded[start:end]
    tail = folded[end : end + 40]
    if (grammar.made and (grammar.made.match(tail) or grammar.made.match(folded[stem : stem + 40]))) or (
        grammar.made_before and grammar.made_before.search(folded[max(0, start - 30) : start])
    ):
        return "made", end, None
    if grammar.made and grammar.made.search(word):
        return "made", end, None
    adjective = bool(
        grammar.adjective
        and grammar.adjective.search(word)
        and not (grammar.not_adjective and grammar.not_adjective.search(word))
    )
    before = _body_before(grammar, items, folded, start)
    after = _body_after(grammar, items, others, folded, stem, end)
    if any(low <= start and high >= stem for low, high in goods) or any(sign.isdigit() for sign in word):
        return "good", end, None
    if adjective and grammar.adjective_after and before is not None:
        return "body", end, before
    direct = after is not None and near(grammar, folded, end, after.start, BODY_GAP if adjective else 0)
    if direct and after is not None and not (grammar.adjective_after and grammar.spaced):
        reach = _reach(grammar, items, folded, after)
        return ("body" if adjective or not grammar.spaced else "name"), reach, after
    if adjective:
        return "good", end, None
    if grammar.adjective is None and any(0 <= low - end <= 1 for low, _ in goods):
        return "good", end, None
    return "name", end, None


def _body_before(grammar: Grammar, items: Sequence[Item], folded: str, start: int) -> Item | None:
    """The noun right before an adjective that makes it a party."""
    found = (item for item in reversed(items) if item.kind == BODY and item.end <= start)
    return next((item for item in found if near(grammar, folded, item.end, start, 1)), None)


def _body_after(
    grammar: Grammar, items: Sequence[Item], others: Sequence[tuple[int, int]], folded: str, stem: int, end: int
) -> Item | None:
    """The noun behind a name that makes it a party: nothing that begins another phrase stands between."""
    for item in items:
        if item.start < stem:
            continue
        if any(end <= low and high <= item.start for low, high in others):
            return None
        if item.kind == BODY:
            return item if near(grammar, folded, end, item.start, BODY_GAP) else None
        if item.kind in (ACT, MARK, BREAK) and item.start >= end:
            return None
    return None


def _reach(grammar: Grammar, items: Sequence[Item], folded: str, body: Item) -> int:
    """Where a chain of such nouns ends ("air force pilots and crews"): what follows it marks the whole."""
    reach, joint = body.end, 2 if grammar.spaced else 1
    for item in items:
        if item.kind == BODY and reach <= item.start <= reach + 4 and len(folded[reach : item.start].strip()) <= joint:
            reach = item.end
    return reach


def _mark(
    grammar: Grammar,
    items: Sequence[Item],
    others: Sequence[tuple[int, int]],
    folded: str,
    start: int,
    end: int,
    stem: int,
    reach: int,
    head: Item | None,
) -> str:
    joined = _joined(grammar, folded, start)
    if head is not None and head.end <= start and not joined:
        joined = head.joined
    if head is not None and head.end <= start:
        start = head.start
    if joined:
        return joined
    for mark, pattern in grammar.after:
        if pattern.match(folded, stem) or (reach != end and pattern.match(folded, reach)):
            return mark
    case = next((case for case, pattern in grammar.endings if pattern.search(folded[start:end])), "")
    mark = _before(grammar, items, others, folded, start)
    if mark:
        return grammar.with_case.get(f"{mark}+{case}", mark)
    return case


def _before(grammar: Grammar, items: Sequence[Item], others: Sequence[tuple[int, int]], folded: str, start: int) -> str:
    """The preposition in front of a name, with nothing between that would take it."""
    for item in reversed(items):
        if item.end > start:
            continue
        if not near(grammar, folded, item.end, start, GAP):
            return ""
        if any(item.end <= low and high <= start for low, high in others):
            return ""
        if item.kind == MARK:
            return item.what
        if item.kind in (ACT, BREAK):
            return ""
    return ""
