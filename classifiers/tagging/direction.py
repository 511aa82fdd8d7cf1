"""Who gains: patterns of who gives what to whom, weighed by where they stand."""

from __future__ import annotations

from classifiers.tagging.document_layout import DocumentLayout
from classifiers.topics.active import active, by_topic
from db.records.frames import Kind

ONE_WAY, MUTUAL, OUTRIGHT = 1.0, 0.45, 0.8
"""What a pattern counts. Words of meeting and trading stand in nearly every text: they count little beside a pattern
that says who gives."""
OUTRIGHT_LIST = "mutual_outright"
LEAST = 0.1
"""The weight below which the patterns tell of no act."""
Lists = tuple[tuple[str, str, float], ...]
"""(list of patterns, direction, what one of them counts); a list is called like its direction."""


@by_topic
def one_way() -> Lists:
    """The lists that say who gives."""
    ways = active().directions
    return tuple((way, way, ONE_WAY) for way in (ways.to_focus, ways.from_focus))


@by_topic
def all_lists() -> Lists:
    """These and the lists of what is done together, which a topic without a fitted table needs."""
    mutual = active().directions.mutual
    return (*one_way(), (mutual, mutual, MUTUAL), (OUTRIGHT_LIST, mutual, OUTRIGHT))


def weigh(layout: DocumentLayout, lists: Lists) -> dict[str, float]:
    """Direction → what its patterns weigh together."""
    weights: dict[str, float] = {}
    for name, way, share in lists:
        for pattern in layout.patterns(name):
            counted = (
                layout.counts(layout.roles.span(*match.span())[0]) for match in pattern.finditer(layout.roles.text)
            )
            weights[way] = weights.get(way, 0.0) + share * max(counted, default=0.0)
    return weights


def kind_of(direction: str) -> Kind:
    """What kind of act a direction tells of."""
    ways = active().directions
    if direction in (ways.to_focus, ways.from_focus):
        return "transfer"
    return "joint" if direction == ways.mutual else "none"


def kind_by_patterns(layout: DocumentLayout) -> Kind:
    """The kind of act that the patterns tell of most."""
    weights = weigh(layout, all_lists())
    best = max(weights, key=lambda way: weights[way], default="")
    return kind_of(best) if weights.get(best, 0.0) >= LEAST else "none"
