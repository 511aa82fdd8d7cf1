"""The parties in a sentence, each with the mark that says its part: "to", "from", "by", ..."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from classifiers.grammar.items import GAP, Item, joined_mark, near
from classifiers.grammar.read import ACT, BODY, BREAK, MARK, Grammar
from classifiers.lexicon.mentions import Mention
from classifiers.text.fold import word_end

REACH = 30
"""Characters before a name within which it is said what it is there for."""
BODY_GAP = 3
"""Words between an adjective and the noun that makes it a party, at the most."""


class Phrase(NamedTuple):
    """A party as it stands in a sentence. ``mark`` says its part ("" where nothing does), ``form`` what it is: name,
    body (an adjective before a firm, an army), good (an adjective before something else, or a weapon's name), made."""

    start: int
    end: int
    codes: tuple[str, ...]
    mark: str
    form: str


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
    if _is_made(grammar, folded, start, stem, end):
        return "made", end, None
    adjective = bool(
        grammar.adjective
        and grammar.adjective.search(word)
        and not (grammar.not_adjective and grammar.not_adjective.search(word))
    )
    if any(low <= start and high >= stem for low, high in goods) or any(sign.isdigit() for sign in word):
        return "good", end, None
    if adjective and grammar.adjective_after:
        before = _body_before(grammar, items, folded, start)
        if before is not None:
            return "body", end, before
    after = _body_after(grammar, items, others, folded, stem, end)
    direct = after is not None and near(grammar, folded, end, after.start, BODY_GAP if adjective else 0)
    if direct and after is not None and not (grammar.adjective_after and grammar.spaced):
        reach = _reach(grammar, items, folded, after)
        return ("body" if adjective or not grammar.spaced else "name"), reach, after
    if adjective:
        return "good", end, None
    if grammar.adjective is None and any(0 <= low - end <= 1 for low, _ in goods):
        return "good", end, None
    return "name", end, None


def _is_made(grammar: Grammar, folded: str, start: int, stem: int, end: int) -> bool:
    """Whether the name only says who made a thing ("...-made", "made in ...")."""
    if grammar.made_before and grammar.made_before.search(folded[max(0, start - REACH) : start]):
        return True
    made = grammar.made
    if made is None:
        return False
    tail, behind_stem = folded[end : end + 40], folded[stem : stem + 40]
    return bool(made.match(tail) or made.match(behind_stem) or made.search(folded[start:end]))


def tells_likeness(grammar: Grammar, phrase: Phrase, folded: str) -> bool:
    """Whether a name only says what a thing is like ("...-type", "of ... design"), whoever made it."""
    before, behind = grammar.likeness_before, grammar.likeness
    if before and before.search(folded[max(0, phrase.start - REACH) : phrase.start]):
        return True
    within = folded[phrase.start : phrase.end]
    return bool(behind and (behind.match(folded, phrase.end) or behind.search(within)))


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
        # A word may be a noun and a preposition of several words at once ("the side of"): the noun goes first.
        same = (each for each in items if each.kind == BODY and (each.start, each.end) == (item.start, item.end))
        if body := next(same, None):
            return body if near(grammar, folded, end, body.start, BODY_GAP) else None
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
    joined = joined_mark(grammar, folded, start)
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
        alike = [each for each in items if (each.start, each.end) == (item.start, item.end)]
        if mark := next((each.what for each in alike if each.kind == MARK), ""):
            return mark
        if item.kind in (ACT, BREAK):
            return ""
    return ""
