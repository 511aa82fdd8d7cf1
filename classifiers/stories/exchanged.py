"""Whether two headlines say the same of another: the same words around another actor, place, thing or time, or with the
roles of two exchanged. Such headlines are nearly copies, and two events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from classifiers.lexicon.concepts.read import acts, concepts_in
from classifiers.lexicon.names.read import name_kinds, name_matcher
from classifiers.stories.doers import DOING, JOINING
from classifiers.text.fold import word_end
from classifiers.text.languages import function_words
from classifiers.text.scripts import has_cjk

LONGEST, LONGEST_UNSPACED = 4, 6
"""What may stand in the place of something else, in telling words, or in characters of a script without spaces: longer
pieces are other words for the same."""
SHORT = 2
"""Words of a piece in whose place one of any length may stand: of longer ones one stands for about as many."""
ENGLISH = "en"
BEFORE_VERB = "to"
THIRD_PERSON = re.compile(r"[a-z]{2,}[^s\W]s")
"""How an English verb ends, and many a noun: this is asked only where a verb may stand."""
STEM = 4
"""Letters by which two words are forms of one."""
LEAST_SHARED = 4
SHARE = 0.5
"""The words that must be the same, and their share of the shorter headline. With these, of 172 and 228 pairs of real
articles that tell one story (tests/classifiers/stories) three are parted."""
MUTUAL = frozenset(("a meeting", "a phone call", "a signing", "an exercise", "a patrol"))
"""What acts are called that two do together."""
VISIT = "a visit"
"""What one pays to the other, whatever they do together then."""
BY = "by"
"""What turns an English sentence round: "the one supplies it", "it is supplied by the one"."""
GAP = "\0"
"""What stands for a name."""
LEAST_COMMON = 0.6
"""The share of the words of the one with fewer that both must have to be looked at: it spares time and parted the same
of the judged pairs."""
ALIKE = 0.75
"""How alike two headlines must be without their names (`difflib`, of words or characters) for these to have changed
places in them."""


def exchanged(one: Sequence[str], other: Sequence[str], language: str = "") -> bool:
    """Whether headlines (their words in order) differ in one short piece, or in names that changed places."""
    if one == other or min(len(one), len(other)) < LEAST_SHARED + 1:
        return False
    return _in_one_piece(one, other, language) or _by_places(one, other, language)


def _in_one_piece(one: Sequence[str], other: Sequence[str], language: str) -> bool:
    begin = 0
    shorter = min(len(one), len(other))
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    mine, theirs = one[begin : len(one) - end], other[begin : len(other) - end]
    if begin + end < max(LEAST_SHARED, SHARE * shorter):
        return False
    return not (language == ENGLISH and _are_verbs(one[:begin], mine, theirs)) and _is_another(mine, theirs)


def _are_verbs(before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the pieces of an English headline are what somebody does, of which one may mean the other: behind "to",
    or as it ends behind who does it ("quits", "resigns"); neither names something that the glossary or the table of
    names knows."""
    if _names(mine) or _names(theirs):
        return False
    if before[-1:] == (BEFORE_VERB,):
        return True
    is_behind_words = bool(before) and before[-1] not in function_words()
    return is_behind_words and all(each and THIRD_PERSON.fullmatch(each[0]) for each in (mine, theirs))


def _names(piece: Sequence[str]) -> bool:
    text = " ".join(piece)
    return bool(concepts_in(text, ENGLISH)) or bool(list(name_matcher().find(text, text)))


def _is_another(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two pieces that stand in one place are short and have nothing in common; function words tell nothing."""
    if set(mine) == set(theirs):
        return False
    is_unspaced = has_cjk("".join((*mine, *theirs)))
    if not is_unspaced and max(len(mine), len(theirs)) > SHORT and abs(len(mine) - len(theirs)) > 1:
        return False
    if not is_unspaced:
        mine, theirs = (tuple(word for word in each if word not in function_words()) for each in (mine, theirs))
        if not {word[:STEM] for word in mine}.isdisjoint(word[:STEM] for word in theirs):
            return False
    most = LONGEST_UNSPACED if is_unspaced else LONGEST
    if not mine or not theirs or max(len(mine), len(theirs)) > most:
        return False
    return not _is_short_for(mine, theirs) and not _is_short_for(theirs, mine)


def _is_short_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one word abbreviates the other piece, or is another form of it."""
    word, initials = one[0], "".join(each[0] for each in other)
    if len(one) != 1:
        return False
    stem = min(len(word), len(other[0]), 5)
    return word == initials or other[0].startswith(word) or (stem > 2 and word[:stem] == other[0][:stem])


def _by_places(one: Sequence[str], other: Sequence[str], language: str) -> bool:
    """Whether the same two are named in the other order in what else is the same; not "A and B" for "B and A"."""
    if len({*one} & {*other}) < LEAST_COMMON * min(len({*one}), len({*other})):
        return False
    (mine, bare), (theirs, others) = _without_names(one), _without_names(other)
    if len(mine) < 2 or mine[:2] != theirs[1::-1] or mine[0] == mine[1]:
        return False
    if _is_mutual(one, language) or _is_mutual(other, language) or (BY in one) != (BY in other):
        return False
    return GAP * 2 not in bare and GAP * 2 not in others and SequenceMatcher(None, bare, others).ratio() >= ALIKE


def _is_mutual(words: Sequence[str], language: str) -> bool:
    """Whether a headline tells what two do together: whoever of them is named first."""
    between = "" if has_cjk("".join(words)) else " "
    told = {acts().get(each, "") for each in concepts_in(between.join(words), language)}
    return not MUTUAL.isdisjoint(told) and VISIT not in told


def _without_names(words: Sequence[str]) -> tuple[list[str], str]:
    """The ids of the parties and people named, in order, and the headline with a gap for each; those that "and" joins
    have one gap of two."""
    between = "" if has_cjk("".join(words)) else " "
    text = between.join(words)
    named: list[str] = []
    pieces: list[str] = []
    last = 0
    for start, end, alias in sorted(name_matcher().find(text, text), key=lambda hit: (hit[0], -hit[1])):
        if start < last or name_kinds().get(alias.codes[0]) not in DOING:
            continue
        gap = text[last:start]
        pieces += ["" if named and gap.strip() in ("", *JOINING) else gap, GAP]
        named.append(alias.codes[0])
        last = word_end(text, end)
    return named, "".join((*pieces, text[last:]))
