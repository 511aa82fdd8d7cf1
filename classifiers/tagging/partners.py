"""Which partners a text ties to the focus, strongest first, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from classifiers.lexicon.analysis import Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.tagging.document_layout import BELOW, LEAD, TITLE, DocumentLayout, Span
from classifiers.tagging.joint_acts import Told, alike
from classifiers.topics.active import active
from db.records.frames import Frame

TOPIC, SETTING = "topic", "setting"
"""The lists of patterns for partners that are only spoken about, and for those that are where something takes place."""
VERY_WEAK, WEAK = 0.2, 0.5
"""What a mention counts that only says what others speak about ("the situation around" it), and what one counts that is
a setting (the club that another is to join): it stays beside that other, behind it."""
LEAST_SHARE = 0.3
"""The part of the strongest partner's weight below which another is dropped."""


def partners_of(layout: DocumentLayout) -> dict[str, list[Span]]:
    """Partner → where it stands, strongest first, of equals the one that is named first: those in a sentence with the
    focus (or, where there is none, or only topics while the headline names one who acts, those in one with the
    opponent, or all that are named). Topics and mere parts of an axis count little beside those who act."""
    sentences = layout.analysis.sentences
    weak = _weak(layout)
    headline = layout.sentences.get(0)
    acts = headline is not None and any(mention[:2] not in weak for mention in headline.partners)
    found: dict[str, tuple[float, list[Span]]] = {}
    for among in ([each for each in sentences if each.joins], [each for each in sentences if each.implies], sentences):
        found = _weigh(among, weak)
        if found and not (acts and all(span in weak for _, spans in found.values() for span in spans)):
            break
    if not found:
        return {}
    line = LEAST_SHARE * max(weight for weight, _ in found.values())
    kept = [partner for partner, (weight, _) in found.items() if weight >= line]
    return {partner: found[partner][1] for partner in sorted(kept, key=lambda name: (-found[name][0], found[name][1]))}


def with_acting(layout: DocumentLayout, frame: Frame, tied: Sequence[str]) -> list[str]:
    """The partners ``tied`` to the focus with those of the act, whom the headline lists beside them, and the forums of
    the focus that it names. What the act has goes before where the headline names none of the others."""
    known, title = active().partners, layout.sentences.get(0)
    headed = dict.fromkeys(each.code for each in title.partners) if title else {}
    acting = [each for each in (frame.giver, frame.receiver) if each in known and each not in tied]
    headline, _, lead = layout.analysis.text.partition("\n") if acting else ("", "", "")
    told = Told(headline, lead, layout.analysis.language)
    listed = [one for each in acting for one in alike(told, each)]
    forums = [each for each in headed if known[each].forum]
    named = [*tied, *listed] if any(each in headed for each in tied) else [*listed, *tied]
    return list(dict.fromkeys([*named, *forums]))


def of_the_first(layout: DocumentLayout, frame: Frame) -> Frame:
    """The frame, of several partners that a headline lists as giving or receiving alike with the first of them."""
    known, text = active().partners, layout.analysis.text
    acting = next((each for each in (frame.giver, frame.receiver) if each in known), "")
    if not acting or len(layout.sentences[0].partners if 0 in layout.sentences else ()) < 2:
        return frame
    first, *_ = alike(Told(text.partition("\n")[0], "", layout.analysis.language), acting)
    return replace(frame, giver=first) if acting == frame.giver else replace(frame, receiver=first)


def _weigh(sentences: Sequence[Sentence], weak: Mapping[Span, float]) -> dict[str, tuple[float, list[Span]]]:
    found: dict[str, tuple[float, list[Span]]] = {}
    for sentence in sentences:
        place = TITLE if sentence.index == 0 else LEAD if sentence.index == 1 else BELOW
        best: dict[str, float] = {}
        spans: dict[str, list[Span]] = {}
        for mention in sentence.partners:
            best[mention.code] = max(best.get(mention.code, 0.0), place * weak.get(mention[:2], 1.0))
            spans.setdefault(mention.code, []).append(mention[:2])
        for partner, weight in best.items():
            former, places = found.get(partner, (0.0, []))
            found[partner] = (former + weight, places + spans[partner])
    return found


def _weak(layout: DocumentLayout) -> dict[Span, float]:
    """Where partners stand that do not act themselves, in a text that names another one, and what each counts."""
    codes = {mention.code for sentence in layout.analysis.sentences for mention in sentence.partners}
    if len(codes) < 2:
        return {}
    settings = dict.fromkeys(_ending(layout, SETTING), WEAK)
    return settings | dict.fromkeys(_ending(layout, TOPIC) | _axes(layout), VERY_WEAK)


def _ending(layout: DocumentLayout, patterns: str) -> set[Span]:
    """The partners with which a pattern of that list ends."""
    ends = (
        layout.roles.span(*match.span())[1]
        for pattern in layout.patterns(patterns)
        for match in pattern.finditer(layout.roles.text)
    )
    by_end = {mention.end: mention[:2] for mention in _mentions(layout)}
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
