"""A text → its tags without claims: partners, channels, its act, friction and response, theatres, quantities.

Patterns (``patterns/*.toml`` of the topic) find what is said outright and name the span; a small table
(`classifiers.tagging.tag_model`) adds what the cues together suggest. Compared on our own examples and on judged
articles: the table alone is the worse of the two in English, the patterns alone in the other languages; together they
hold in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from classifiers.grammar.sentences import Head
from classifiers.relevance.features import mention_features
from classifiers.tagging import direction
from classifiers.tagging.act_figures import ActFigures
from classifiers.tagging.aspects import aspect_features
from classifiers.tagging.channels import outright
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.frame_features import RoleReading, head_manner, manner_features, readings_of
from classifiers.tagging.frames import Usual, direction_of, frame_of, status_of
from classifiers.tagging.partners import of_the_first, partners_of, with_acting
from classifiers.tagging.quarrels import quarrels_in
from classifiers.tagging.ruled_frames import ruled_frame
from classifiers.tagging.stances import line_of
from classifiers.tagging.status import StatusWord, is_negated, said_in
from classifiers.tagging.sure_rules import NO, YES, ruled_at, ruled_channels, ruled_value
from classifiers.tagging.tag_model import KINDS, Ruled, logistic, parts_of, ruled, tag_model
from classifiers.tagging.theatres import theatres_of
from classifiers.tagging.vouching import vouched
from classifiers.text.fold import word_end
from classifiers.text.numbers.read import numbers_in
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from db.records.frames import Frame, Kind
from db.records.tags import Quantity, Tag, TagKind, Tags

CHANNEL_LINE, CHANNEL_RULED = 0.5, 0.1
"""The probability that a channel needs, and what is added to its own where the patterns find it."""
STANCE_RULED = {"response": 0.6, "friction": 0.6}
TALK_LINE = 0.75
"""The probability from which on talk stands beside what is handed over."""
WAY_RULED, WAY_SHOWN = 0.8, 6.0
"""What one point of a direction's patterns adds to the log-odds of what is usual, and how many points count."""
SPANS_TOLD = 4
"""Spans given for one tag at the most: the first are enough to see why."""


@dataclass(frozen=True)
class TagEvidence:
    """A text with what is found in it once: by the patterns, the words of status, the log-odds of the tag model."""

    layout: DocumentLayout
    rules: Ruled
    said: list[StatusWord]
    leaning: Mapping[str, float]
    readings: list[RoleReading]
    manner: Mapping[str, float]


class ReadText(NamedTuple):
    """A text with its tags, claims left out, and how plainly its sentences show who gives (log-odds). ``is_sure``: a
    sure wording says so."""

    evidence: TagEvidence
    tags: Tags
    plainness: float
    is_sure: bool


def read_text(layout: DocumentLayout, mentions: Mapping[str, float] | None, head: Head | None) -> ReadText:
    """Read a text. ``mentions`` are its mention features, ``head`` its sentences as the grammar read them, where these
    are known already."""
    rules = ruled(layout)
    readings = readings_of(layout, head)
    known = mention_features(layout.analysis) if mentions is None else mentions
    manner = manner_features(layout, readings[0]) if readings else {}
    leaning = tag_model().decisions(*parts_of(layout, known, rules, readings, manner))
    lay = TagEvidence(layout, rules, said_in(layout), leaning, readings, manner)
    partners, through = list(_partners(lay)), list(_channels(lay))
    named = [tag.value for tag in partners]
    talk = [tag.value for tag in through] == [active().contact]
    told, plainness = _frame(lay, named)
    frame, is_sure = ruled_frame(layout, told, named, talk)
    frame = of_the_first(layout, vouched(layout.analysis, readings, frame))
    where = {tag.value: tag for tag in partners}
    partners = [where.get(each, Tag("partner", each)) for each in with_acting(layout, frame, named)]
    through = [_of_the_act(layout, each, frame) for each in through]
    tags = (*partners, *through, _direction(frame), *_stances(lay, frame), *_theatres(lay), _status(lay, frame))
    quantities = tuple(_quantities(lay))
    found = Tags(tags, quantities, frames=(_with_figures(lay, frame, through, quantities),))
    return ReadText(lay, found, plainness, is_sure)


def _with_figures(lay: TagEvidence, frame: Frame, through: list[Tag], quantities: Sequence[Quantity]) -> Frame:
    """The frame with the figures that are its act's among the words that told it."""
    figures = ActFigures(lay.layout, lay.readings, frame, [tag.value for tag in through])
    return replace(frame, spans=tuple(sorted({*frame.spans, *figures.spans(quantities)})))


def _of_the_act(layout: DocumentLayout, channel: Tag, frame: Frame) -> Tag:
    """The channel; what is negated only in sentences that do not tell the act is no channel that is denied."""
    if not channel.negated or frame.vouching == "denied":
        return channel
    told = {layout.index(start) for start, _ in frame.spans}
    return replace(channel, negated=not told or any(layout.index(start) in told for start, _ in channel.spans))


def _tag(lay: TagEvidence, kind: TagKind, value: str, spans: list[Span]) -> Tag:
    told = tuple(sorted({_whole(lay.layout, *span) for span in spans[:SPANS_TOLD]}))
    return Tag(kind, value, told, bool(told) and all(is_negated(lay.layout, span, lay.said) for span in told))


def _whole(layout: DocumentLayout, start: int, end: int) -> Span:
    return start, word_end(layout.folded, end)


def _partners(lay: TagEvidence) -> Iterator[Tag]:
    for partner, spans in partners_of(lay.layout).items():
        yield Tag("partner", partner, tuple(sorted(set(spans))[:SPANS_TOLD]))


def _channels(lay: TagEvidence) -> Iterator[Tag]:
    named, spans = outright(lay.rules.channels[0]), lay.rules.channels[1]
    weights = {
        name: logistic(lay.leaning[f"channel:{name}"]) + CHANNEL_RULED * (name in named)
        for name in (*active().channels, OTHER)
    }
    found = sorted((name for name in weights if weights[name] >= CHANNEL_LINE), key=lambda name: -weights[name])
    named_most = _without_talk(lay, found) or [max(weights, key=lambda name: weights[name])]
    for name in ruled_channels(lay.layout, named_most):
        yield _tag(lay, "channel", name, spans.get(name) or _cue_spans(lay.layout, name))


def _without_talk(lay: TagEvidence, channels: list[str]) -> list[str]:
    """Where something changes hands, the talk about it is no channel of its own."""
    goods = [name for name in channels if name != active().contact]
    sure = logistic(lay.leaning.get(f"channel:{active().contact}", 0.0)) >= TALK_LINE
    return goods if goods and not sure and _kind(lay) == "transfer" else channels


def _kind(lay: TagEvidence) -> Kind:
    """The kind of act; where a topic has no table, as its patterns tell it."""
    if not tag_model().features:
        return direction.kind_by_patterns(lay.layout)
    return max(KINDS, key=lambda each: lay.leaning[f"kind:{each}"])


def _cue_spans(layout: DocumentLayout, cue: str) -> list[Span]:
    return [mention[:2] for sentence in layout.analysis.sentences for mention in sentence.cues if mention.code == cue]


def _frame(lay: TagEvidence, partners: list[str]) -> tuple[Frame, float]:
    """The act that the text tells, and how plainly it shows who gives."""
    ways = active().directions

    def shown() -> float:
        matched = direction.weigh(lay.layout, direction.one_way())
        gives, receives = (min(matched.get(way, 0.0), WAY_SHOWN) for way in (ways.from_focus, ways.to_focus))
        return WAY_RULED * (gives - receives)

    leaning = lay.leaning[f"way:{ways.from_focus}"] - lay.leaning[f"way:{ways.to_focus}"]
    usual = Usual(leaning, shown, WAY_RULED * WAY_SHOWN)
    manner = lay.manner or head_manner(lay.layout)
    return frame_of(lay.readings, manner, partial(aspect_features, lay.layout), _kind(lay), partners, usual)


def _direction(frame: Frame) -> Tag:
    return Tag("direction", direction_of(frame), frame.spans[:SPANS_TOLD], frame.vouching == "denied")


def _stances(lay: TagEvidence, frame: Frame) -> Iterator[Tag]:
    weights, spans = lay.rules.stances
    kinds: tuple[TagKind, ...] = ("response", "friction")
    for kind in kinds:
        leaning = logistic(lay.leaning[f"stance:{kind}"])
        enough = leaning + STANCE_RULED[kind] * weights[kind] >= line_of(lay.layout, kind, weights[kind])
        if kind == "friction" and (words := _quarrels(lay)):
            enough, spans[kind] = True, [*words, *spans[kind]]
        if ruled_value(lay.layout, kind, YES if enough else NO, frame.kind) == YES:
            found = spans[kind] or _cue_spans(lay.layout, kind)
            if not found and not enough:
                found = ruled_at(lay.layout, kind, NO, frame.kind)
            told = _tag(lay, kind, "yes", found)
            yield replace(told, negated=False)  # a denial is itself what friction and response are made of


def _quarrels(lay: TagEvidence) -> list[Span]:
    """The words of friction that nothing before them denies."""
    found = quarrels_in(lay.layout)
    return [(start, end) for start, end in found if not is_negated(lay.layout, (start, start), lay.said)]


def _theatres(lay: TagEvidence) -> Iterator[Tag]:
    for theatre, spans in theatres_of(lay.layout).items():
        yield Tag("theatre", theatre, tuple(spans[:SPANS_TOLD]))


def _status(lay: TagEvidence, frame: Frame) -> Tag:
    """The one word of phase and vouching, with the words of the text that say the same."""
    status = status_of(frame)
    return Tag("status", status, tuple((word.start, word.end) for word in lay.said if word.code == status)[:SPANS_TOLD])


def _quantities(lay: TagEvidence) -> Iterator[Quantity]:
    layout = lay.layout
    for found in numbers_in(layout.folded, layout.analysis.language):
        if found.unit or found.counted:
            span = (found.start, found.end)
            most = None if found.high == found.low else found.high
            negated = is_negated(layout, span, lay.said)
            yield Quantity(found.low, found.unit, found.counted, (span,), negated, most)
