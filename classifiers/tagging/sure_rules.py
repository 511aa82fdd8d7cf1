"""Wordings that are sure of what they say: they go before the tables of weights, which learn what is usual.

One file a language (``classifiers/grammar/rules``); what a rule may say is told in ``en.toml`` there. No rule names a
party: whoever stands in a wording has the part that it gives.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from classifiers.tagging.document_layout import SENTENCES_BELOW, DocumentLayout, Head, Span
from classifiers.tagging.literals import Alternatives, Wordings
from classifiers.tagging.patterns.read import channel_rows, words_of
from classifiers.tagging.role_text import alternatives
from classifiers.tagging.stances import STANCES
from classifiers.topics.active import by_topic

FOLDER = "classifiers.grammar"
PHASE, VOUCHING, KIND, ARROW = "phase", "vouching", "kind", "arrow"
YES, NO = "yes", "no"
"""What rules of friction and of response say."""
KINDS_OF_RULES = (PHASE, VOUCHING, KIND, ARROW, *STANCES)
HEADLINE = -1
BEYOND = {"title": 0, "lead": 1, "below": SENTENCES_BELOW, "headline": HEADLINE}
"""How many sentences below the headline a rule is looked for in; `HEADLINE`: in the whole of it, as if it were one."""
GIVER, RECEIVER = "giver", "receiver"


@dataclass(frozen=True, slots=True)
class Rule:
    """``says``: the value that it gives ("" for an arrow, whose parties are groups of the pattern). ``over``: what it
    overrules, all where it names none. ``kinds``: the kinds of act that it is for, all where it names none.
    ``talk``: it is for what goes through contact alone. ``beyond``: how many sentences below the headline it reads.
    ``drops``: of a rule of channels, those that it takes away.
    """

    says: str
    over: frozenset[str]
    kinds: frozenset[str]
    talk: bool
    beyond: int
    drops: frozenset[str]
    patterns: Alternatives

    def lines(self, head: Head) -> Sequence[tuple[int, str]]:
        """The sentences that it reads, each with where it begins in the text of roles."""
        return ((0, head.headline),) if self.beyond == HEADLINE else head.lines[: head.titles + self.beyond]

    def found(self, head: Head, possible: Set[int]) -> tuple[int, re.Match[str]] | None:
        """(where its sentence begins in the text of roles, match) of the first of its wordings that are possible."""
        patterns = self.patterns.among(possible)
        for begin, line in self.lines(head):
            for pattern in patterns:
                if match := pattern.search(line):
                    return begin, match
        return None


def _standing(layout: DocumentLayout, rules: Iterable[Rule]) -> Iterator[tuple[Rule, int, re.Match[str]]]:
    """Those of the rules of its language of which a wording is found, in their order, each with what `found` gives."""
    possible = layout.possible(wordings_of(layout.analysis.language))
    for rule in rules:
        if not rule.patterns.ids.isdisjoint(possible) and (found := rule.found(layout.head, possible)):
            yield rule, *found


@cache
def rules_for(language: str, about: str, told: str, kind: str, talk: bool) -> tuple[Rule, ...]:
    """The rules of a language about one matter that may overrule ``told`` of such an act."""
    fitting = [
        rule
        for rule in rules_of(language).get(about, ())
        if (not rule.over or told in rule.over) and (not rule.kinds or kind in rule.kinds) and (talk or not rule.talk)
    ]
    while fitting and fitting[-1].says == told:
        fitting.pop()  # whether the last ones are found makes no difference
    return tuple(fitting)


@by_topic
def wordings_of(language: str) -> Wordings:
    """All wordings of the rules of a language, those of the topic's channels included."""
    rules = [*channel_rules(language), *(rule for each in rules_of(language).values() for rule in each)]
    return Wordings(pattern for rule in rules for pattern in rule.patterns)


@cache
def rules_of(language: str) -> Mapping[str, tuple[Rule, ...]]:
    """The rules of a language by what they are about."""
    file = resources.files(FOLDER) / "rules" / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2}", language) or not file.is_file():
        return {}
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    words = tuple(told.get("words", {}).items())
    return {about: tuple(_rule(row, words) for row in told.get(about, ())) for about in KINDS_OF_RULES}


@by_topic
def channel_rules(language: str) -> tuple[Rule, ...]:
    """The rules of channels, which the topic's file of patterns holds, since channels are the topic's."""
    return tuple(_rule(row, words_of(language)) for row in channel_rows(language))


def _rule(row: Mapping[str, Any], words: tuple[tuple[str, str], ...]) -> Rule:
    return Rule(
        row.get("says", ""),
        frozenset(row.get("over", ())),
        frozenset(row.get("kinds", ())),
        row.get("talk", False),
        BEYOND[row.get("where", "title")],
        frozenset(row.get("drops", ())),
        alternatives(row["patterns"], words),
    )


def ruled_value(layout: DocumentLayout, about: str, told: str, kind: str, talk: bool = False) -> str:
    """What the first rule that fits says, or ``told``. ``talk``: whether the act goes through contact alone."""
    fitting = rules_for(layout.analysis.language, about, told, kind, talk)
    return next((rule.says for rule, *_ in _standing(layout, fitting)), told)


def ruled_at(layout: DocumentLayout, about: str, told: str, kind: str) -> list[Span]:
    """Where the wording stands by which the first rule that fits says so; nowhere where none does."""
    fitting = rules_for(layout.analysis.language, about, told, kind, False)
    _, begin, match = next(_standing(layout, fitting), (None, 0, None))
    return [layout.roles.span(begin + match.start(), begin + match.end())] if match else []


def ruled_channels(layout: DocumentLayout, told: list[str]) -> list[str]:
    """The channels as the rules of the topic correct them; a rule that would leave none changes nothing."""
    rules = channel_rules(layout.analysis.language)
    # Lazily, since what a rule leaves decides whether the next one fits.
    fitting = (rule for rule in rules if not rule.over or not rule.over.isdisjoint(told))
    for rule, *_ in _standing(layout, fitting):
        kept = [channel for channel in told if channel not in rule.drops]
        told = [*kept, *([rule.says] if rule.says and rule.says not in kept else [])] or told
    return told


def ruled_arrows(layout: DocumentLayout) -> Iterator[tuple[str, str]]:
    """(giver, receiver) as the rules of arrows read them, the first rule first; "" for a party that is not named."""
    for _, begin, match in _standing(layout, rules_of(layout.analysis.language).get(ARROW, ())):
        names = {mention.start: mention.code for mention in layout.analysis.actors}
        parties = {part: match.start(part) for part, text in match.groupdict().items() if text}
        giver, receiver = (
            names.get(layout.roles.place(begin + parties[part]), "") if part in parties else ""
            for part in (GIVER, RECEIVER)
        )
        yield giver, receiver


def found_in_head(layout: DocumentLayout, patterns: Alternatives, possible: Set[int] | None = None) -> bool:
    """Whether one of the patterns stands in the headline or in the two sentences below it, as written or with its
    parties as letters. Where the ids of those that are ``possible`` are known, only these are tried."""
    looked_for = patterns if possible is None else patterns.among(possible)
    return any(pattern.search(line) for pattern in looked_for for line in layout.head_twice)
