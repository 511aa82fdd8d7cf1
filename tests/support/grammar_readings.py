"""Sentences of the shipped topic, read by the grammar of their language: what these tests share."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from classifiers.grammar.sentences import SentenceReading
from classifiers.lexicon.analysis import analyse
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.frame_features import readings_of
from classifiers.text.fold import word_end


def grammar_file(language: str) -> dict[str, Any]:
    """The grammar of a language as its file tells it."""
    file = resources.files("classifiers.grammar") / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def reading_of(text: str, language: str = "en") -> SentenceReading:
    """The first sentence that can tell of a tie."""
    return readings_of(DocumentLayout(analyse(text, language)))[0].reading


def parties(reading: SentenceReading) -> dict[str, tuple[str, str]]:
    """Each party in its own words → its mark and form."""
    return {reading.text[phrase.start : phrase.end]: (phrase.mark, phrase.form) for phrase in reading.phrases}


def acts(reading: SentenceReading) -> dict[str, tuple[str, ...]]:
    """Each act as it stands, to the end of its word → its classes."""
    told = ((act, word_end(reading.text, act.end)) for act in reading.acts)
    return {reading.text[act.start : end].strip(): act.classes for act, end in told}
