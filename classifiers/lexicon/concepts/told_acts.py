"""Which acts a headline tells plainly: by a verb of its main clause, and not by a word ("poised for arrest").

``told_acts.toml`` holds the verbs of each language; in a language without its part no act is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from classifiers.lexicon.concepts.main_clause import LONGEST_PREFIX, main_clauses, without_quotations
from classifiers.lexicon.concepts.read import FOLDER, acts
from classifiers.lexicon.names.read import name_matcher
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk

FILE = FOLDER / "told_acts.toml"
DONE, COMING, BARE = "done", "coming", "bare"
SAYING = frozenset(
    (
        "accuse", "ask", "concern", "condemn", "condole", "confirm", "congratulate", "criticise", "deny", "dismiss",
        "offer", "praise", "promise", "propose", "refuse", "say", "support", "thank", "threaten", "warn", "welcome",
    )
)  # fmt: skip
"""Acts that are done by saying something: what follows is said, and not told."""
CONFIRMING = "confirm"
REACH = 24
"""Characters between a word that announces, or that takes an assertion away, and the verb."""
LONGEST_SUBJECT = 6
"""Words before "to" in a headline of the form "who to do what"; longer ones hold another verb."""
OF_A_NOUN = (" of ", " that ")
"""What stands behind a noun of the same form: "a sign of"."""
_GAP = r"(?:\s[\w'-]+){0,3}?\s"
_WHO = r"\b(?:leaders?|presidents?|ministers?|chiefs?|officials|diplomats?|envoys?|pm|premier|troops|ships|navy)\s*$"


class ToldConcept(NamedTuple):
    """A concept whose act a headline tells by a verb at [start, end) of the headline: as done, or as ``coming``;
    ``alleged`` where a word says that it is only likely."""

    concept: str
    start: int
    end: int
    coming: bool = False
    alleged: bool = False


class _Verbs(NamedTuple):
    """The patterns of a language."""

    acts: Mapping[str, Mapping[str, re.Pattern[str]]]
    cuts: re.Pattern[str]
    hedges: re.Pattern[str]
    ahead: re.Pattern[str]
    nouns: re.Pattern[str]
    marks: re.Pattern[str]
    asserts: re.Pattern[str]
    who: re.Pattern[str]
    starts_with_verb: bool


@cache
def phrase_of(concept: str) -> str:
    """What an English sentence calls the act of a concept."""
    return str(acts().get(concept) or _file()["phrases"][concept])


@cache
def offices() -> frozenset[str]:
    """Words that may stand between a name and the verb of its bearer: "the premier of"."""
    told = _file()
    return frozenset(fold(word) for name in told if name != "phrases" for word in told[name].get("offices", ()))


def told_acts(title: str, language: str) -> tuple[ToldConcept, ...]:
    """The acts that a headline tells plainly, in its order. Behind a verb of saying only what is confirmed is told."""
    verbs = _verbs(language)
    if verbs is None:
        return ()
    folded = without_quotations(fold(title))
    found = [each for span in main_clauses(folded, verbs.cuts) for each in _told_in(folded, *span, verbs)]
    return tuple(found)


def stated_by(title: str, language: str) -> tuple[int, int] | None:
    """[start, end) of what stands before a colon in a headline, where a statement follows it: who makes it."""
    verbs, folded = _verbs(language), fold(title)
    colon = folded.find(":")
    if verbs is None or not 0 < colon <= LONGEST_PREFIX:
        return None
    return (0, colon) if verbs.asserts.search(folded, colon) else None


def asserted(title: str, language: str) -> list[tuple[int, int]]:
    """[start, end) of the main clauses of a headline that assert something, without "could", "would" and their like;
    none in a language without verbs."""
    verbs = _verbs(language)
    if verbs is None:
        return []
    folded = without_quotations(fold(title))
    return [span for span in main_clauses(folded, verbs.cuts) if not verbs.hedges.search(folded, *span)]


def _told_in(folded: str, start: int, end: int, verbs: _Verbs) -> Iterator[ToldConcept]:
    """Of one clause; its verbs in their order, up to the first that says something."""
    marked = bool(verbs.marks.search(folded, start, end))
    for each in _longest(_matches(folded, start, end, verbs)):
        told = _read(folded, start, each, verbs)
        if told:
            yield told._replace(alleged=marked)
        if each.concept in SAYING and each.concept != CONFIRMING:
            return


class _Match(NamedTuple):
    start: int
    end: int
    concept: str
    form: str


def _matches(folded: str, start: int, end: int, verbs: _Verbs) -> Iterator[_Match]:
    for concept, forms in verbs.acts.items():
        for form, pattern in forms.items():
            for found in pattern.finditer(folded, start, end):
                yield _Match(found.start(), found.end(), concept, form)


def _longest(found: Iterable[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for each in sorted(found, key=lambda match: (match.start, -match.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _read(folded: str, start: int, verb: _Match, verbs: _Verbs) -> ToldConcept | None:
    before = folded[start : verb.start]
    if not verbs.starts_with_verb and not before.strip(" ,-"):
        return None
    near = before[-REACH:].rpartition(",")[2]
    ahead = verbs.ahead.search(before)
    is_noun = not (ahead and verb.form != DONE) and verbs.nouns.search(before)
    if is_noun or verbs.hedges.search(near) or _is_possessed(before):
        return None
    told = ToldConcept(verb.concept, verb.start, verb.end)
    if verb.form == COMING:
        return told._replace(coming=True)
    if verb.form == DONE:
        return None if ahead else told
    if ahead:
        return told._replace(coming=True) if _announces(before, ahead, verbs) else None
    return told if verb.form == BARE and not folded.startswith(OF_A_NOUN, verb.end) else None


def _is_possessed(before: str) -> bool:
    """Whether what stands before makes the form a noun: "its leader's visits"."""
    return before.rstrip().endswith(("'s", "s'"))


def _announces(before: str, ahead: re.Match[str], verbs: _Verbs) -> bool:
    """Whether the word ahead is the headline's own: a bare "to" only right behind who is to act."""
    if ahead.group().strip() != "to":
        return True
    subject = before[: ahead.start()].rstrip()
    if len(subject.split()) > LONGEST_SUBJECT:
        return False
    named = any(end >= len(subject) - 3 for _, end, _ in name_matcher().find(subject, subject))
    return named or bool(verbs.who.search(subject))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _verbs(language: str) -> _Verbs | None:
    told = _file().get(language)
    if told is None or language == "phrases":
        return None
    return _Verbs(
        acts={
            concept: {form: re.compile(_any(words)) for form, words in forms.items()}
            for concept, forms in told["acts"].items()
        },
        cuts=re.compile(_any(told["cuts"])),
        hedges=re.compile(_any(told["hedges"])),
        ahead=re.compile(rf"{_any(told['ahead'])}(?=.{{0,{REACH}}}$)"),
        nouns=re.compile(rf"{_any(told['nouns'])}\s*$"),
        marks=re.compile(_any(told["marks"])),
        asserts=re.compile(_any(told.get("asserts", ()))),
        who=re.compile(_WHO),
        starts_with_verb=not told["nouns"],
    )


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first; where there is none, nothing."""
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(_word, listed)) + ")" if listed else r"(?!)"


def _word(word: str) -> str:
    """Whole words, or beginnings of them where they end in a star; a line between words stands for up to three."""
    if has_cjk(word):
        return re.escape(fold(word))
    parts = [r"\w*".join(map(re.escape, part.split("*"))) for part in fold(word).split(" _ ")]
    return r"\b" + _GAP.join(parts) + r"(?![\w'])" * (not word.endswith("*"))
