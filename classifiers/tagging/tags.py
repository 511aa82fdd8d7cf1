"""A reading → its tags: who gives what to whom, how it is vouched for, and the words that say so.

Patterns (``patterns/*.toml``) find what is said outright and name the span; a small table
(`classifiers.tagging.tag_model`) adds what the company of cues leans to. Compared on our own examples and on judged
articles: the table alone is the worse of the two in English, the patterns alone in the other languages; together they
hold in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from classifiers.lexicon.analysis import Reading
from classifiers.relevance.features import CHANNELS, mention_features
from classifiers.tagging.channels import outright
from classifiers.tagging.claims import links_of
from classifiers.tagging.document_layout import Page, Span
from classifiers.tagging.partners import partners_of
from classifiers.tagging.status import Said, is_negated, said_in, status_of
from classifiers.tagging.tag_model import Ruled, features_of, logistic, ruled, shares, shipped
from classifiers.tagging.theatres import theatres_of
from classifiers.tagging.watchlist import Watchlist
from classifiers.text.fold import word_end
from classifiers.text.numbers.read import numbers_in
from db.records.tags import Quantity, Tag, TagKind, Tags

CHANNEL_LINE, CHANNEL_RULED = 0.5, 0.35
"""What a channel needs: its probability, and what it gets where the patterns find it."""
WAY_RULED = 0.8
"""What one point of a direction's pattern adds to its log-probability."""
STANCE_LINE = {"response": 0.55, "friction": 0.4}
STANCE_RULED = {"response": 0.6, "friction": 0.6}
WAYS = ("to_russia", "from_russia", "mutual", "none")
SPANS_TOLD = 4
"""Spans given for one tag at the most: the first are enough to see why."""


@dataclass(frozen=True)
class Lay:
    """A page with what is found out about it once: what the patterns say, the words of status, what it leans to."""

    page: Page
    rules: Ruled
    said: list[Said]
    leaning: Mapping[str, float]


def tags_of(reading: Reading, mentions: Mapping[str, float] | None = None) -> Tags:
    """The tags of a reading, claims apart (`classifiers.tagging.claims`). ``mentions`` are its mention features, where
    they are known already. No tags for a reading that cannot be about a partnership."""
    if not reading.joins:
        return Tags()
    return tags_on(Page(reading), mentions)


def tagged(reading: Reading, watchlist: Watchlist, mentions: Mapping[str, float] | None = None) -> Tags:
    """The tags of a reading, with the claims that it bears on."""
    if not reading.joins:
        return Tags()
    page = Page(reading)
    tags = tags_on(page, mentions)
    return replace(tags, claims=links_of(page, tags, watchlist))


def tags_on(page: Page, mentions: Mapping[str, float] | None = None) -> Tags:
    """The same of a page that is laid out already."""
    rules = ruled(page)
    features = features_of(page, mention_features(page.reading) if mentions is None else mentions, rules)
    lay = Lay(page, rules, said_in(page), shipped().decisions(features))
    tags = (*_partners(lay), *_channels(lay), _direction(lay), *_stances(lay), *_theatres(lay), _status(lay))
    return Tags(tags, tuple(_quantities(lay)))


def _tag(lay: Lay, kind: TagKind, value: str, spans: list[Span]) -> Tag:
    told = tuple(sorted({_whole(lay.page, *span) for span in spans[:SPANS_TOLD]}))
    return Tag(kind, value, told, bool(told) and all(is_negated(lay.page, span, lay.said) for span in told))


def _whole(page: Page, start: int, end: int) -> Span:
    return start, word_end(page.folded, end)


def _partners(lay: Lay) -> Iterator[Tag]:
    for partner, spans in partners_of(lay.page).items():
        yield Tag("partner", partner, tuple(sorted(set(spans))[:SPANS_TOLD]))


def _channels(lay: Lay) -> Iterator[Tag]:
    named, spans = outright(lay.rules.channels[0]), lay.rules.channels[1]
    weights = {
        name: logistic(lay.leaning[f"channel:{name}"]) + CHANNEL_RULED * (name in named)
        for name in (*CHANNELS, "other")
    }
    found = sorted((name for name in weights if weights[name] >= CHANNEL_LINE), key=lambda name: -weights[name])
    for name in found or [max(weights, key=lambda name: weights[name])]:
        yield _tag(lay, "channel", name, spans.get(name) or _cue_spans(lay.page, name))


def _cue_spans(page: Page, cue: str) -> list[Span]:
    return [mention[:2] for sentence in page.reading.sentences for mention in sentence.cues if mention.code == cue]


def _direction(lay: Lay) -> Tag:
    weights, spans = lay.rules.ways
    leaning = shares({way: lay.leaning[f"way:{way}"] for way in WAYS}, WAYS)
    best = max(WAYS, key=lambda way: leaning[way] + WAY_RULED * min(weights.get(way, 0.0), 6.0))
    return _tag(lay, "direction", best, spans.get(best, []))


def _stances(lay: Lay) -> Iterator[Tag]:
    weights, spans = lay.rules.stances
    kinds: tuple[TagKind, ...] = ("response", "friction")
    for kind in kinds:
        leaning = logistic(lay.leaning[f"stance:{kind}"])
        if leaning + STANCE_RULED[kind] * weights[kind] >= STANCE_LINE[kind]:
            told = _tag(lay, kind, "yes", spans[kind] or _cue_spans(lay.page, kind))
            yield replace(told, negated=False)  # a denial is itself what friction and response are made of


def _theatres(lay: Lay) -> Iterator[Tag]:
    for theatre, spans in theatres_of(lay.page).items():
        yield Tag("theatre", theatre, tuple(spans[:SPANS_TOLD]))


def _status(lay: Lay) -> Tag:
    status, spans = status_of(lay.page, lay.said)
    return Tag("status", status, tuple(spans[:SPANS_TOLD]))


def _quantities(lay: Lay) -> Iterator[Quantity]:
    page = lay.page
    for found in numbers_in(page.folded, page.reading.language):
        if found.unit or found.counted:
            span = (found.start, found.end)
            most = None if found.high == found.low else found.high
            negated = is_negated(page, span, lay.said)
            yield Quantity(found.low, found.unit, found.counted, (span,), negated, most)
