"""Wordings that are sure of what they say: they go before the tables of weights, which learn what is usual.

One file a language (``classifiers/grammar/rules``); what a rule may say is told in ``en.toml`` there. No rule names a
party: whoever stands in a wording has the part that it gives.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from classifiers.tagging.document_layout import SENTENCES_BELOW, DocumentLayout, Head
from classifiers.tagging.patterns.read import channel_rows, words_of
from classifiers.tagging.role_text import compile_roles
from classifiers.tagging.stances import STANCES
from classifiers.topics.active import by_topic

FOLDER = "classifiers.grammar"
PHASE, VOUCHING, KIND, ARROW = "phase", "vouching", "kind", "arrow"
YES, NO = "yes", "no"
"""What rules of friction and of response say."""
KINDS_OF_RULES = (PHASE, VOUCHING, KIND, ARROW, *STANCES)
BEYOND = {"title": 0, "lead": 1, "below": SENTENCES_BELOW}
"""How many sentences below the headline a rule is looked for in."""
BELOW = 2
"""How many of them a claim's own wordings are looked for in."""
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
    patterns: tuple[re.Pattern[str], ...]

    def found(self, head: Head) -> tuple[int, re.Match[str]] | None:
        """(where its sentence begins in the text of roles, match) of the first of its wordings."""
        for begin, line in head.lines[: head.titles + self.beyond]:
            for pattern in self.patterns:
                if match := pattern.search(line):
                    return begin, match
        return None


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
        tuple(compile_roles(pattern, words) for pattern in row["patterns"]),
    )


def ruled_value(layout: DocumentLayout, about: str, told: str, kind: str, talk: bool = False) -> str:
    """What the first rule that fits says, or ``told``. ``talk``: whether the act goes through contact alone."""
    head = layout.head
    for rule in rules_of(layout.analysis.language).get(about, ()):
        fits = (not rule.over or told in rule.over) and (not rule.kinds or kind in rule.kinds)
        if fits and (talk or not rule.talk) and rule.found(head):
            return rule.says
    return told


def ruled_channels(layout: DocumentLayout, told: list[str]) -> list[str]:
    """The channels as the rules of the topic correct them; a rule that would leave none changes nothing."""
    head = layout.head
    for rule in channel_rules(layout.analysis.language):
        if (not rule.over or not rule.over.isdisjoint(told)) and rule.found(head):
            kept = [channel for channel in told if channel not in rule.drops]
            told = [*kept, *([rule.says] if rule.says and rule.says not in kept else [])] or told
    return told


def ruled_arrows(layout: DocumentLayout) -> Iterator[tuple[str, str]]:
    """(giver, receiver) as the rules of arrows read them, the first rule first; "" for a party that is not named."""
    head, roles = layout.head, layout.roles
    names = {mention.start: mention.code for mention in layout.analysis.actors}
    for rule in rules_of(layout.analysis.language).get(ARROW, ()):
        if found := rule.found(head):
            begin, match = found
            parties = {part: match.start(part) for part, text in match.groupdict().items() if text}
            giver, receiver = (
                names.get(roles.place(begin + parties[part]), "") if part in parties else ""
                for part in (GIVER, RECEIVER)
            )
            yield giver, receiver


def found_in_head(layout: DocumentLayout, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether one of the patterns stands in the headline or in the two sentences below it, as written or with its
    parties as letters."""
    listed = tuple(patterns)
    if not listed:
        return False
    head = layout.head
    several = head.titles + BELOW
    end = layout.starts[several] if several < len(layout.starts) else len(layout.folded)
    lines = (*(line for _, line in head.lines[:several]), layout.folded[:end])
    return any(pattern.search(line) for pattern in listed for line in lines)
