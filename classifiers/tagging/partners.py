"""Which partners a text ties to the focus, strongest first, and where they stand."""

from __future__ import annotations

from classifiers.lexicon.analysis import Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.tagging.document_layout import BELOW, LEAD, TITLE, DocumentLayout, Span

VERY_WEAK = 0.2
"""What a mention counts that only says what others speak about ("the situation around" it)."""
LEAST_SHARE = 0.3
"""The part of the strongest partner's weight below which another is dropped."""


def partners_of(layout: DocumentLayout) -> dict[str, list[Span]]:
    """Partner → where it stands, strongest first: those in a sentence with the focus (or, where none is, those in one
    with the opponent, or all that are named). Topics and mere parts of an axis count little beside those who act."""
    found = _weigh(layout, [sentence for sentence in layout.analysis.sentences if sentence.joins])
    if not found:
        found = _weigh(layout, [sentence for sentence in layout.analysis.sentences if sentence.implies])
    if not found:
        found = _weigh(layout, list(layout.analysis.sentences))
    if not found:
        return {}
    line = LEAST_SHARE * max(weight for weight, _ in found.values())
    kept = [partner for partner, (weight, _) in found.items() if weight >= line]
    return {partner: found[partner][1] for partner in sorted(kept, key=lambda name: (-found[name][0], name))}


def _weigh(layout: DocumentLayout, sentences: list[Sentence]) -> dict[str, tuple[float, list[Span]]]:
    topics, axes = _topics(layout), _axes(layout)
    found: dict[str, tuple[float, list[Span]]] = {}
    for sentence in sentences:
        place = TITLE if sentence.index == 0 else LEAD if sentence.index == 1 else BELOW
        best: dict[str, float] = {}
        spans: dict[str, list[Span]] = {}
        for mention in sentence.partners:
            weak = mention.start in topics or mention[:2] in axes
            best[mention.code] = max(best.get(mention.code, 0.0), place * (VERY_WEAK if weak else 1.0))
            spans.setdefault(mention.code, []).append(mention[:2])
        for partner, weight in best.items():
            former, places = found.get(partner, (0.0, []))
            found[partner] = (former + weight, places + spans[partner])
    return found


def _topics(layout: DocumentLayout) -> set[int]:
    """Where partners begin that are only spoken about, in a text that names another one."""
    codes = {mention.code for sentence in layout.analysis.sentences for mention in sentence.partners}
    if len(codes) < 2:
        return set()
    ends = (
        layout.roles.span(*match.span())[1]
        for pattern in layout.patterns.get("topic", ())
        for match in pattern.finditer(layout.roles.text)
    )
    by_end = {mention.end: mention.start for mention in _mentions(layout)}
    return {by_end[end] for end in ends if end in by_end}


def _axes(layout: DocumentLayout) -> set[Span]:
    """Words that name three partners at once, in a text that also names one by itself beside the focus."""
    counts: dict[Span, int] = {}
    for mention in _mentions(layout):
        counts[mention[:2]] = counts.get(mention[:2], 0) + 1
    axes = {span for span, count in counts.items() if count >= 3}
    title = layout.sentences.get(0)
    alone = title is not None and any(mention[:2] not in axes for mention in title.partners) and title.joins
    return axes if alone else set()


def _mentions(layout: DocumentLayout) -> list[Mention]:
    return [mention for sentence in layout.analysis.sentences for mention in sentence.partners]
