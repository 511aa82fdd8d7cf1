"""What of a text speaks for each claim that it may bear on: cue words, channel, and the roles of its act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from classifiers.tagging.claim_roles import ALL, Fit
from classifiers.tagging.document_layout import LEAD, TITLE, DocumentLayout, Span
from classifiers.tagging.literals import Alternatives
from classifiers.tagging.sure_rules import found_in_head
from classifiers.tagging.watchlist import Claim, Watchlist
from classifiers.text.kept import kept
from classifiers.topics.active import active
from db.records.frames import Frame
from db.records.tags import TagKind, Tags

CHANNEL_PART = 0.6
"""The channel's part in what the tags give; the rest is that of the roles, or of the direction where none are told."""
ROLES_PART: dict[Fit, float] = {"read": 1.0, "guessed": 0.7}
AGAINST = 0.4
"""What a pattern that speaks against a claim takes away."""
IN_LEAD, BELOW = 0.8, 0.5
"""What a cue counts in the first sentence below the headline, and further down, beside one in the headline."""
CONTRARY: tuple[TagKind, ...] = ("response", "friction")
"""Claims that are themselves about a response or about friction: they ask for that tag."""


@dataclass(eq=False)  # not frozen, which takes thrice the time: a text has evidence on a dozen claims
class ClaimEvidence:
    """``fit``: how the act has the claim's roles; ``channel``: whether one of its channels is tagged; ``way``: the part
    of the roles or of the direction (0 to 1); ``words``: where its cue words stand; ``possible``: the ids of the
    expressions that the text may have. Its patterns are looked for only when asked: most claims are out of the question
    before."""

    layout: DocumentLayout
    claim: Claim
    fit: Fit
    channel: bool
    way: float
    words: tuple[Span, ...]
    possible: Set[int]

    @kept
    def spans(self) -> tuple[Span, ...]:
        """Where its cues stand: words, and patterns, save those whose partners are all of other claims."""
        roles = self.layout.roles
        found = {*self.words}
        for pattern in self.claim.patterns.among(self.possible):
            spans = (roles.span(*match.span()) for match in pattern.finditer(roles.text))
            found.update(islice((span for span in spans if not self._is_about_others(span)), 1))
        return tuple(sorted(found))

    def _is_about_others(self, span: Span) -> bool:
        """Whether a stretch names partners, and none of the claim's."""
        if ALL in self.claim.partners:
            return False
        within = {each.code for each in self.layout.analysis.actors if span[0] <= each.start < span[1]}
        named = within.intersection(active().partners)
        return bool(named) and self.claim.partners.isdisjoint(named)

    @kept
    def cue(self) -> float:
        """What its best cue counts (0 to 1)."""
        return max((_weight(self.layout, span) for span in self.spans), default=0.0)

    @kept
    def against(self) -> bool:
        """Whether a pattern speaks against it."""
        text = self.layout.roles.text
        return any(pattern.search(text) for pattern in self.claim.against.among(self.possible))

    @kept
    def sure(self) -> bool:
        """Whether headline or lead have a wording that links alone."""
        return self._has(self.claim.sure)

    @property
    def lacking(self) -> bool:
        """Whether headline and lead lack what the claim cannot be without."""
        return bool(self.claim.needs) and not self._has(self.claim.needs)

    @kept
    def barred(self) -> bool:
        """Whether headline or lead have a wording with which it is not told, and none that lifts this."""
        return self._has(self.claim.bars) and not self._has(self.claim.unless)

    def _has(self, patterns: Alternatives) -> bool:
        """Whether headline or lead have one of the patterns."""
        return found_in_head(self.layout, patterns, self.possible)

    @kept
    def strength(self) -> float:
        """The strength by the claim's own numbers, 0 to 1."""
        claim = self.claim
        told = claim.tags * (CHANNEL_PART * self.channel + (1 - CHANNEL_PART) * self.way) + claim.cues * self.cue
        return max(0.0, min(1.0, told) - AGAINST * self.against)


def evidence_of(layout: DocumentLayout, tags: Tags, watchlist: Watchlist) -> Iterator[ClaimEvidence]:
    """The evidence on every claim that a tagged text may bear on: it is about one of the claim's partners, and of the
    kind that the claim asks for."""
    words, told = _words(layout, watchlist), _Told.of(tags)
    named = {mention.code for mention in layout.analysis.actors}
    possible = layout.possible(watchlist.wordings)
    for claim in watchlist.claims:
        if _may(claim, told) and (_is_about(claim, told.partners) or _is_named(claim, named, layout, possible)):
            yield _evidence(layout, told, claim, words.get(claim.id, []), possible)


@dataclass(frozen=True)
class _Told:
    """What a text was tagged with, laid out once for all claims."""

    partners: frozenset[str]
    channels: frozenset[str]
    ways: frozenset[str]
    contrary: frozenset[str]
    frame: Frame | None

    @property
    def is_denied(self) -> bool:
        """Whether an act is only denied: who denies a tie has not turned away from it."""
        return self.frame is not None and self.frame.vouching == "denied" and self.frame.phase != "ended"

    @classmethod
    def of(cls, tags: Tags) -> _Told:
        partners, channels = frozenset(tags.values("partner")), frozenset(tags.values("channel"))
        contrary = frozenset(kind for kind in CONTRARY if tags.has(kind))
        return cls(partners, channels, frozenset(tags.values("direction")), contrary, next(iter(tags.frames), None))


def _may(claim: Claim, told: _Told) -> bool:
    if claim.direction in CONTRARY and claim.direction not in told.contrary:
        return False
    if claim.direction == "friction" and told.is_denied:
        return False
    return claim.direction != "response" or bool(told.partners)


def _is_about(claim: Claim, partners: Iterable[str]) -> bool:
    return ALL in claim.partners or not claim.partners.isdisjoint(partners)


def _is_named(claim: Claim, named: Iterable[str], layout: DocumentLayout, possible: Set[int]) -> bool:
    """Whether a sure wording of the claim that spells names out stands beside the act of another partner."""
    if claim.sure.ids.isdisjoint(possible) or claim.partners.isdisjoint(named):
        return False
    line = layout.head_twice[-1]
    return any(pattern.search(line) for pattern in claim.sure.among(possible))


def _words(layout: DocumentLayout, watchlist: Watchlist) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for start, end, alias in watchlist.matcher.find(layout.analysis.text, layout.folded):
        found.setdefault(alias.codes[0], []).append((start, end))
    return found


def _evidence(
    layout: DocumentLayout, told: _Told, claim: Claim, words: list[Span], possible: Set[int]
) -> ClaimEvidence:
    fit = claim.roles.fit(told.frame)
    channel = ALL in claim.channels or not claim.channels.isdisjoint(told.channels)
    way = ROLES_PART.get(fit, 0.0)
    if fit == "any":
        way = float(claim.direction == ALL or claim.direction in CONTRARY or claim.direction in told.ways)
    return ClaimEvidence(layout, claim, fit, channel, way, tuple(words), possible)


def _weight(layout: DocumentLayout, span: Span) -> float:
    counts = layout.counts(span[0])
    return 1.0 if counts == TITLE else IN_LEAD if counts == LEAD else BELOW
