"""Whether two headlines say the same of another: the same words around another actor, place, thing or time, or with the
roles of two exchanged. Such headlines are nearly copies, and two events."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.lexicon.names.read import name_matcher
from classifiers.text.scripts import has_cjk

LONGEST, LONGEST_UNSPACED = 2, 4
"""What may stand in the place of something else, in words, or in characters of a script without spaces: longer pieces
are other words for the same."""
LEAST_SHARED = 4
SHARE = 0.6
"""The words that must be the same, and their share of the shorter headline. With these, of 172 and 228 pairs of real
articles that tell one story (tests/classifiers/stories) one is parted."""
MOST_EXCHANGED = 3


def exchanged(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether headlines (their words in order) differ in one short piece, or in names that changed places."""
    if one == other or min(len(one), len(other)) < LEAST_SHARED + 1:
        return False
    return _in_one_piece(one, other) or _by_places(one, other)


def _in_one_piece(one: Sequence[str], other: Sequence[str]) -> bool:
    begin = 0
    shorter = min(len(one), len(other))
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    mine, theirs = one[begin : len(one) - end], other[begin : len(other) - end]
    if not mine or not theirs or begin + end < max(LEAST_SHARED, SHARE * shorter):
        return False
    most = LONGEST_UNSPACED if has_cjk("".join((*mine, *theirs))) else LONGEST
    return max(len(mine), len(theirs)) <= most and not _is_short_for(mine, theirs) and not _is_short_for(theirs, mine)


def _is_short_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one word abbreviates the other piece, or is another form of it."""
    word, initials = one[0], "".join(each[0] for each in other)
    if len(one) != 1:
        return False
    stem = min(len(word), len(other[0]), 5)
    return word == initials or other[0].startswith(word) or (stem > 2 and word[:stem] == other[0][:stem])


def _by_places(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return False
    differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if not 2 <= len(differ) <= MOST_EXCHANGED or len(one) - len(differ) < LEAST_SHARED - 1:
        return False
    named = [(_name(a), _name(b)) for a, b in differ]
    return any(a and b and a != b and (b, a) in named for a, b in named)


def _name(word: str) -> str:
    """The name that a word is, or ""."""
    return next((alias.codes[0] for _, _, alias in name_matcher().find(word, word)), "")
