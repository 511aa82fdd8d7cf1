"""Which channels a text speaks of: the words that name each, weighed by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.patterns.read import STRONG, WEAK, patterns_of
from classifiers.topics.active import active
from classifiers.topics.read import OTHER

ENOUGH = 0.7
"""The weight that a channel needs: a weak word in the first sentence below the headline has it."""
SHARE = 0.45
"""The part of the weightiest channel's weight that another needs to stand beside it."""
MERE_TALK = 0.3
"""What contact counts where the opponent or a third party is named last before it: their visits are not the tie."""
MOST_PER_CHANNEL = 2
"""Words of one channel that are added up: the third tells nothing new."""


def outright(weights: Mapping[str, float]) -> set[str]:
    """The channels that the words name: those near the weightiest, or that of mere contact where no word names any."""
    line = max(ENOUGH, SHARE * max(weights.values(), default=0.0))
    return {channel for channel, weight in weights.items() if weight >= line} or {active().contact or OTHER}


def weigh(layout: DocumentLayout) -> tuple[dict[str, float], dict[str, list[Span]]]:
    """(weight, spans) by channel."""
    found: dict[str, list[float]] = {}
    spans: dict[str, list[Span]] = {}
    contact = active().contact
    for start, end, channel, strength in _hits(layout):
        if channel == contact and layout.follows_others(start):
            strength *= MERE_TALK
        if not layout.is_others(start):
            found.setdefault(channel, []).append(strength * layout.counts(start))
            spans.setdefault(channel, []).append((start, end))
    weights = {name: sum(sorted(told, reverse=True)[:MOST_PER_CHANNEL]) for name, told in found.items()}
    return weights, spans


def _hits(layout: DocumentLayout) -> Iterator[tuple[int, int, str, float]]:
    patterns = patterns_of(layout.analysis.language)
    if patterns is None or patterns.words is None:
        for sentence in layout.analysis.sentences:
            for cue in sentence.cues:
                if cue.code in active().channels:
                    yield cue.start, cue.end, cue.code, STRONG
        return
    for start, end, alias in patterns.words.find(layout.analysis.text, layout.folded):
        code = alias.codes[0]
        if ":" not in code:
            yield start, end, code.rstrip("?"), WEAK if code.endswith("?") else STRONG
