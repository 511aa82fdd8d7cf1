"""Which acts a headline tells plainly: by a verb of its main clause, and not by a word ("poised for arrest").

``told_acts.toml`` holds the verbs of each language; in a language without its part no act is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from classifiers.lexicon.concepts.main_clause import main_clauses, without_quotations
from classifiers.lexicon.concepts.read import TRAPS
from classifiers.lexicon.concepts.told_verbs import REACH, Verbs, offices, verbs_of
from classifiers.lexicon.mentions import find_actors
from classifiers.lexicon.names.read import name_matcher
from classifiers.text.fold import fold
from classifiers.topics.active import active

DONE, COMING, BARE = "done", "coming", "bare"
SAYING = frozenset(
    (
        "accuse", "ask", "concern", "condemn", "condole", "confirm", "congratulate", "criticise", "deny", "dismiss",
        "offer", "praise", "promise", "propose", "refuse", "say", "support", "thank", "threaten", "warn", "welcome",
    )
)  # fmt: skip
"""Acts that are done by saying something: what follows is said, and not told."""
CONFIRMING = "confirm"
NOUN_OF = " of "
"""Behind what stands far behind "to" and is a noun: "invites him to the capital in a sign of support"."""
READ_BEFORE = 4096
"""Headlines whose acts are kept: the lead, its deeds and their doers are asked of the same ones within an edition."""
AND = ("and", "the", "leaders", "presidents", "ministers")
"""Words that, beside names and offices, may stand before "to" in a headline of the form "who to do what"."""
ENDING = 3
"""Letters that a name may go on with: the ending of a case."""
_WORD = re.compile(r"[^\W\d_]+")


class ToldConcept(NamedTuple):
    """A concept whose act a headline tells by a verb at [start, end) of the headline: as done, or as ``coming``;
    ``alleged`` where a word says that it is only likely."""

    concept: str
    start: int
    end: int
    coming: bool = False
    alleged: bool = False


def told_acts(title: str, language: str) -> tuple[ToldConcept, ...]:
    """The acts that a headline tells plainly, in its order. Behind a verb of saying only what is confirmed is told."""
    return _told_acts(title, language, active().folder)


@lru_cache(maxsize=READ_BEFORE)
def _told_acts(title: str, language: str, _topic: Path) -> tuple[ToldConcept, ...]:
    """The same, kept for each topic apart: its names say who can act."""
    verbs = verbs_of(language)
    if verbs is None:
        return ()
    line = _Headline(title, without_quotations(fold(title)), language)
    if not verbs.begins.concepts(line.folded):
        return ()
    return tuple(each for span in main_clauses(line.folded, verbs.cuts) for each in _told_in(line, *span, verbs))


def asserted(title: str, language: str) -> list[tuple[int, int]]:
    """[start, end) of the main clauses of a headline that assert something, without "could", "would" and their like;
    none in a language without verbs."""
    verbs = verbs_of(language)
    if verbs is None:
        return []
    folded = without_quotations(fold(title))
    return [span for span in main_clauses(folded, verbs.cuts) if not verbs.hedges.search(folded, *span)]


def _told_in(line: _Headline, start: int, end: int, verbs: Verbs) -> Iterator[ToldConcept]:
    """Of one clause; its verbs in their order, up to the first that says something."""
    marked = bool(verbs.marks.search(line.folded, start, end))
    for each in _longest(_matches(line.folded, start, end, verbs)):
        told = None if each.concept == TRAPS else _read(line, start, each, verbs)
        if told:
            yield told._replace(alleged=marked)
        if each.concept in SAYING and each.concept != CONFIRMING:
            return


class _Headline(NamedTuple):
    """As it is written, and folded without what it quotes."""

    text: str
    folded: str
    language: str


class _Match(NamedTuple):
    start: int
    end: int
    concept: str
    form: str


def _matches(folded: str, start: int, end: int, verbs: Verbs) -> Iterator[_Match]:
    begun = verbs.begins.concepts(folded)
    for concept, forms in verbs.acts.items():
        for form, pattern in forms.items() if concept in begun else ():
            for found in pattern.finditer(folded, start, end):
                yield _Match(found.start(), found.end(), concept, form)


def _longest(found: Iterable[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for each in sorted(found, key=lambda match: (match.start, -match.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _read(line: _Headline, start: int, verb: _Match, verbs: Verbs) -> ToldConcept | None:
    before = line.folded[start : verb.start]
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
    if ahead and line.folded.startswith(NOUN_OF, verb.end):
        return None
    if ahead:
        return told._replace(coming=True) if _announces(line, start, start + ahead.start(), verbs) else None
    return told if verb.form == BARE and not _is_noun_too(line, verb, verbs) else None


def _is_possessed(before: str) -> bool:
    """Whether what stands before makes the form a noun: "its leader's visits"."""
    return before.rstrip().endswith(("'s", "s'"))


def _is_noun_too(line: _Headline, verb: _Match, verbs: Verbs) -> bool:
    """Whether a form that may be a noun is one: "sanctions on", "more sanctions"."""
    if line.folded[verb.start : verb.end] not in verbs.nouns_too:
        return False
    return bool(verbs.behind.match(line.folded, verb.end)) or not _is_who(line, verb.start, verbs)


def _is_who(line: _Headline, end: int, verbs: Verbs) -> bool:
    """Whether what stands before ``end`` ends in somebody who can act."""
    folded = line.folded[:end].rstrip()
    ends = [stop for _, stop in _names_before(line, len(folded))]
    return any(stop >= len(folded) - ENDING for stop in ends) or bool(verbs.who.search(folded))


def _names_before(line: _Headline, end: int) -> list[tuple[int, int]]:
    folded = line.folded[:end]
    actors = [(each.start, each.end) for each in find_actors(line.text[:end], folded, line.language)]
    return actors + [hit[:2] for hit in name_matcher().find(folded, folded)]


def _announces(line: _Headline, start: int, ahead: int, verbs: Verbs) -> bool:
    """Whether the word ahead is the headline's own: a bare "to" only right behind who is to act and nothing else, since
    in "presses him to" another verb comes first."""
    if not line.folded.startswith("to ", ahead):
        return True
    letters = list(line.folded[start:ahead])
    for low, high in _names_before(line, ahead):
        letters[max(0, low - start) : max(0, high - start)] = " " * (high - max(low, start))
    return _is_who(line, ahead, verbs) and offices().union(AND).issuperset(_WORD.findall("".join(letters)))
