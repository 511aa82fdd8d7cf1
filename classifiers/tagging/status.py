"""How a text vouches for what it says (status), and what it takes back (negation)."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import NamedTuple

from classifiers.lexicon.aliases import Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.patterns.read import status_words
from classifiers.text.scripts import UNSPACED_LANGUAGES
from classifiers.topics.active import by_topic

NEGATION = "negation"
REACH = 40
"""Characters in front of a word within which a negation takes it back."""
CLAUSE_EDGE = re.compile(r"[,;:،、](?!\d)")
"""What ends a clause in a folded text, and with it what is negated there."""


class StatusWord(NamedTuple):
    """A word of status or negation and where it stands."""

    start: int
    end: int
    code: str


@by_topic
def matcher_of(language: str) -> Matcher:
    """The words of status and negation of a language, with those that the topic adds."""
    told = tomllib.loads((resources.files("classifiers.tagging") / "status.toml").read_text(encoding="utf-8"))
    match: Match = "substring" if language in UNSPACED_LANGUAGES else "word"
    sections = (*told.get(language, {}).items(), *status_words(language).items())
    return Matcher(alias_of(text, code, language, match) for code, texts in sections for text in texts)


def said_in(layout: DocumentLayout) -> list[StatusWord]:
    """Every word of status and negation, by position."""
    hits = matcher_of(layout.analysis.language).find(layout.analysis.text, layout.folded)
    return sorted(StatusWord(start, end, alias.codes[0]) for start, end, alias in hits)


def is_negated(layout: DocumentLayout, span: Span, said: list[StatusWord]) -> bool:
    """Whether its sentence denies the span: a denial stands before it, or a negation in its clause, shortly before or
    within it."""
    index = layout.index(span[0])
    return any(
        layout.index(word.start) == index
        and (word.code == "denied" or _reaches(layout, word, span))
        and word.end <= span[1]
        for word in said
        if word.code in (NEGATION, "denied")
    )


def _reaches(layout: DocumentLayout, negation: StatusWord, span: Span) -> bool:
    between = layout.folded[negation.end : max(negation.end, span[0])]
    return len(between) <= REACH and not CLAUSE_EDGE.search(between)
