"""Who gains: patterns of who gives what to whom, weighed by where they stand."""

from __future__ import annotations

from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.topics.active import active, by_topic

ONE_WAY, MUTUAL, OUTRIGHT = 1.0, 0.45, 0.8
"""What a pattern counts. Words of meeting and trading stand in nearly every text: they count little beside a pattern
that says who gives."""
OUTRIGHT_LIST = "mutual_outright"


@by_topic
def lists() -> tuple[tuple[str, str, float], ...]:
    """(list of patterns, direction, what one of them counts); a list is called like its direction."""
    ways = active().directions
    one_way = tuple((way, way, ONE_WAY) for way in (ways.to_focus, ways.from_focus))
    return (*one_way, (ways.mutual, ways.mutual, MUTUAL), (OUTRIGHT_LIST, ways.mutual, OUTRIGHT))


def weigh(layout: DocumentLayout) -> tuple[dict[str, float], dict[str, list[Span]]]:
    """(weight, spans) by direction."""
    weights: dict[str, float] = {}
    spans: dict[str, list[Span]] = {}
    for name, way, share in lists():
        for pattern in layout.patterns.get(name, ()):
            best = 0.0
            for match in pattern.finditer(layout.roles.text):
                span = layout.roles.span(*match.span())
                best = max(best, share * layout.counts(span[0]))
                spans.setdefault(way, []).append(span)
            weights[way] = weights.get(way, 0.0) + best
    return weights, spans
