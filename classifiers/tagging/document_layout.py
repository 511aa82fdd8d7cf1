"""Where in a text something stands, and what that place counts: the headline says what a text is about."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.tagging.literals import Wordings
from classifiers.tagging.patterns.read import patterns_of
from classifiers.tagging.role_text import RoleText, role_text
from classifiers.text.fold import sentence_of
from classifiers.text.kept import kept

TITLE, LEAD, BELOW, APART = 3.0, 1.5, 0.75, 0.4
"""What a word counts in the headline, in the first sentence below, further down in a sentence that names the focus and
a partner, and anywhere else."""

Span = tuple[int, int]
LONGEST_TITLE = 3
"""Sentences that a headline has at the most."""
SENTENCES_BELOW = 3
"""Sentences below it that belong to the head of a text."""
CLAIMS_BELOW = 2
"""How many of them a claim's own wordings are looked for in."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first sentences of a text of roles, each with where it begins there; ``titles`` of them are the headline, and
    ``headline`` is all of it as one line."""

    lines: tuple[tuple[int, str], ...]
    titles: int
    headline: str


@dataclass(frozen=True)
class DocumentLayout:
    """An analysis laid out for the tags. What is expensive is made once, and only when it is asked for."""

    analysis: Analysis

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.analysis.folded

    @property
    def starts(self) -> tuple[int, ...]:
        """Where the sentences begin."""
        return self.analysis.starts

    @kept
    def pieces(self) -> set[str]:
        """The beginnings of its words, names masked."""
        # Only where a text is tagged: it brings libraries of numbers, without which commands that read do.
        from classifiers.relevance.pipeline import pieces_of

        return pieces_of(self.analysis)

    @kept
    def roles(self) -> RoleText:
        """The text with every party as one letter."""
        return role_text(self.analysis.actors, self.folded, self.starts)

    @kept
    def head(self) -> Head:
        """Its first sentences, with every party as one letter."""
        end = self.analysis.text.find("\n")
        titles = sum(start <= end or end < 0 for start in self.starts[:LONGEST_TITLE])
        lines: list[tuple[int, str]] = []
        begin = 0
        for line in self.roles.text.split("\n", titles + SENTENCES_BELOW)[: titles + SENTENCES_BELOW]:
            lines.append((begin, line.rstrip()))
            begin += len(line) + 1
        headline = " ".join(self.roles.text.split("\n", titles)[:titles])
        return Head(tuple(lines), titles, headline.rstrip())

    @kept
    def head_twice(self) -> tuple[str, ...]:
        """Headline and the two sentences below it: each with its parties as letters, and all together as written."""
        several = self.head.titles + CLAIMS_BELOW
        end = self.starts[several] if several < len(self.starts) else len(self.folded)
        return (*(line for _, line in self.head.lines[:several]), self.folded[:end])

    def possible(self, wordings: Wordings) -> Set[int]:
        """The ids of those of the wordings that its head, or its text of roles, may have (see `Wordings.possible`)."""
        known = self._possible.get(id(wordings))
        if known is None:
            # Every stretch of letters of the text of roles stands in the text itself, whose lines are spaces there.
            known = self._possible[id(wordings)] = wordings.possible(self.folded.replace("\n", " "))
        return known

    @kept
    def _possible(self) -> dict[int, Set[int]]:
        return {}

    def patterns(self, name: str) -> Sequence[re.Pattern[str]]:
        """Those of a list of role patterns of its language that its text of roles may have."""
        found = patterns_of(self.analysis.language)
        listed = found.roles.get(name) if found else None
        return listed.among(self.possible(found.wordings)) if found and listed else ()

    @kept
    def sentences(self) -> dict[int, Sentence]:
        """Those in which something was found, by number."""
        return {sentence.index: sentence for sentence in self.analysis.sentences}

    @kept
    def _owners(self) -> dict[int, bool]:
        """End of a mention → whether it names the focus or a partner."""
        ends: dict[int, bool] = {}
        for sentence in self.analysis.sentences:
            for others in (sentence.thirds, sentence.opponent):
                ends.update({mention.end: False for mention in others})
            for ours in (sentence.focus, sentence.partners):
                ends.update({mention.end: True for mention in ours})
        return ends

    def index(self, offset: int) -> int:
        """The number of the sentence in which an offset lies."""
        return sentence_of(self.starts, offset)

    def counts(self, offset: int) -> float:
        """What something at that offset counts."""
        index = self.index(offset)
        if index == 0:
            return TITLE
        if index == 1:
            return LEAD
        sentence = self.sentences.get(index)
        return BELOW if sentence is not None and (sentence.joins or sentence.implies) else APART

    def follows_others(self, start: int) -> bool:
        """Whether the party named last before ``start`` in its sentence is the opponent or a third party."""
        sentence = self.sentences.get(self.index(start))
        if sentence is None:
            return False
        ours = max(
            (mention.end for mention in (*sentence.focus, *sentence.partners) if mention.end <= start), default=0
        )
        return any(ours < mention.end <= start for mention in (*sentence.thirds, *sentence.opponent))

    def is_others(self, start: int) -> bool:
        """Whether the word at ``start`` is the opponent's or a third party's (their drones, their oil)."""
        return self._owners.get(start - 1) is False
