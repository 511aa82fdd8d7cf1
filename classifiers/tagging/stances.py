"""Whether a text is about a third party's response to a partnership, or about friction inside it."""

from __future__ import annotations

from classifiers.tagging.document_layout import TITLE, DocumentLayout, Span

STANCES = ("response", "friction")


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
