"""Who counts what is counted below a headline: a figure there may be somebody's own, though the act is told plainly."""

from __future__ import annotations

from classifiers.grammar.read import grammar_of
from classifiers.grammar.sentences import SentenceReading, read_one, read_sentence
from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.tagging.claimant_names import claimant_name, is_outside, says
from classifiers.tagging.claimants import claimant_in
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.named_actors import actors_in
from classifiers.text.fold import entry_text
from db.records.tags import Quantity


def source_of(quantity: Quantity, told: Told) -> str:
    """Who says a figure that stands below the headline, as an English sentence calls them; "" where the outlet does, or
    somebody who has a part in the tie and counts what is his own."""
    start = quantity.spans[0][0] if quantity.spans else 0
    if not told.language or start <= len(told.headline):
        return ""
    analysis = analyse(entry_text(told.headline, told.lead), told.language)
    reading = _sentence_at(analysis, start)
    claimant = claimant_in(reading, analysis.text) if reading else ""
    return _counting(claimant, told.language) if claimant and is_outside(claimant, told.language) else ""


def _sentence_at(analysis: Analysis, place: int) -> SentenceReading | None:
    """The sentence around a place, which need not name anybody."""
    bounds = (*analysis.starts, len(analysis.folded))
    index = max((number for number, start in enumerate(analysis.starts) if start <= place), default=0)
    known = next((each for each in analysis.sentences if each.index == index), None)
    grammar = grammar_of(analysis.language)
    if place >= bounds[-1] or grammar is None:
        return None
    if known is not None:
        return read_one(analysis, known)
    return read_sentence(grammar, analysis.text, analysis.folded, (bounds[index], bounds[index + 1]), (), ())


def _counting(claimant: str, language: str) -> str:
    """Who counts as a sentence calls them behind "of": who is named, several of a kind, or the one of its kind."""
    name = claimant_name(claimant, language)
    if name.startswith("the ") or (name.islower() and says(name) == "say"):
        return name
    return (f"the {name}" if name.isupper() else name) if actors_in(claimant, language) else ""
