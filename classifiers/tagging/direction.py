"""Who gains: patterns of who gives what to whom, weighed by where they stand."""

from __future__ import annotations

from classifiers.tagging.document_layout import DocumentLayout, Span

LISTS = (
    ("to_russia", "to_russia", 1.0),
    ("from_russia", "from_russia", 1.0),
    ("mutual", "mutual", 0.45),
    ("mutual_outright", "mutual", 0.8),
)
"""(list of patterns, direction, what one of them counts). Words of meeting and trading stand in nearly every text: they
count little beside a pattern that says who gives."""


def weigh(layout: DocumentLayout) -> tuple[dict[str, float], dict[str, list[Span]]]:
    """(weight, spans) by direction."""
    weights: dict[str, float] = {}
    spans: dict[str, list[Span]] = {}
    for name, way, share in LISTS:
        for pattern in layout.likely.get(name, ()):
            best = 0.0
            for match in pattern.finditer(layout.roles.text):
                span = layout.roles.span(*match.span())
                best = max(best, share * layout.counts(span[0]))
                spans.setdefault(way, []).append(span)
            weights[way] = weights.get(way, 0.0) + best
    return weights, spans
