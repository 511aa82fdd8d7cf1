"""Whether a text is about a third party's response to a partnership, or about friction inside it."""

from __future__ import annotations

from classifiers.tagging.document_layout import TITLE, DocumentLayout, Span
from classifiers.tagging.patterns.read import patterns_of

STANCES = ("response", "friction")
LINE = {"response": 0.55, "friction": 0.4}
"""The weight that each needs. Chosen on the judged articles for development."""
UNSHOWN = {"friction": 0.6}
"""What one needs at least of which the language has patterns, where none of them is found in a headline and more: what
stands below it makes the table alone wrong of friction more often than right. Chosen on the judged entries for
development, on either half of which it holds."""


def weigh(layout: DocumentLayout) -> tuple[dict[str, float], dict[str, list[Span]]]:
    """(weight 0 … 1, spans) by stance: the headline decides, the first sentence below it counts half."""
    weights = dict.fromkeys(STANCES, 0.0)
    spans: dict[str, list[Span]] = {stance: [] for stance in STANCES}
    for stance in STANCES:
        for pattern in layout.patterns(stance):
            for match in pattern.finditer(layout.roles.text):
                span = layout.roles.span(*match.span())
                spans[stance].append(span)
                weights[stance] = max(weights[stance], layout.counts(span[0]) / TITLE)
    return weights, spans


def line_of(layout: DocumentLayout, stance: str, shown: float) -> float:
    """The weight that a stance needs which patterns show so much."""
    found = patterns_of(layout.analysis.language)
    is_unshown = not shown and found is not None and bool(found.roles.get(stance)) and "\n" in layout.analysis.text
    return max(LINE[stance], UNSHOWN.get(stance, 0.0) if is_unshown else 0.0)
