"""What of a text speaks for each claim that it may bear on: cue words, channel, and the roles of its act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.tagging.claim_roles import ALL, Fit
from classifiers.tagging.document_layout import LEAD, TITLE, DocumentLayout, Span
from classifiers.tagging.watchlist import Claim, Watchlist
from db.records.tags import Tags

CHANNEL_PART = 0.6
"""The channel's part in what the tags give; the rest is that of the roles, or of the direction where none are told."""
ROLES_PART: dict[Fit, float] = {"read": 1.0, "guessed": 0.7}
AGAINST = 0.4
"""What a pattern that speaks against a claim takes away."""
IN_LEAD, BELOW = 0.8, 0.5
"""What a cue counts in the first sentence below the headline, and further down, beside one in the headline."""
CONTRARY = ("response", "friction")
"""Claims that are themselves about a response or about friction: they ask for that tag."""


@dataclass(frozen=True)
class ClaimEvidence:
    """``fit``: how the act has the claim's roles; ``channel``: whether one of its channels is tagged; ``way``: the part
    of the roles or of the direction (0 to 1); ``cue``: what its best cue counts (0 to 1);
    ``against``: whether a pattern speaks against it; ``spans``: where the cues stand."""

    claim: Claim
    fit: Fit
    channel: bool
    way: float
    cue: float
    against: bool
    spans: tuple[Span, ...]

    @property
    def strength(self) -> float:
        """The strength by the claim's own numbers, 0 to 1."""
        claim = self.claim
        told = claim.tags * (CHANNEL_PART * self.channel + (1 - CHANNEL_PART) * self.way) + claim.cues * self.cue
        return max(0.0, min(1.0, told) - AGAINST * self.against)


def evidence_of(layout: DocumentLayout, tags: Tags, watchlist: Watchlist) -> Iterator[ClaimEvidence]:
    """The evidence on every claim that a tagged text may bear on: it is about one of the claim's partners, and of the
    kind that the claim asks for."""
    words = _words(layout, watchlist)
    partners = set(tags.values("partner"))
    for claim in watchlist.claims:
        if _may(claim, tags, partners):
            yield _evidence(layout, tags, claim, words.get(claim.id, []))


def _may(claim: Claim, tags: Tags, partners: set[str]) -> bool:
    if claim.direction == "response" and not (partners and tags.has("response")):
        return False
    if claim.direction == "friction" and not tags.has("friction"):
        return False
    return ALL in claim.partners or not claim.partners.isdisjoint(partners)


def _words(layout: DocumentLayout, watchlist: Watchlist) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for start, end, alias in watchlist.matcher.find(layout.analysis.text, layout.folded):
        found.setdefault(alias.codes[0], []).append((start, end))
    return found


def _evidence(layout: DocumentLayout, tags: Tags, claim: Claim, words: list[Span]) -> ClaimEvidence:
    frame = next(iter(tags.frames), None)
    fit = claim.roles.fit(frame)
    spans = words + [layout.roles.span(*match.span()) for match in _matches(layout, claim.patterns)]
    channel = ALL in claim.channels or not claim.channels.isdisjoint(tags.values("channel"))
    way = ROLES_PART.get(fit, 0.0)
    if fit == "any":
        way = float(claim.direction in (ALL, *CONTRARY, *tags.values("direction")))
    cue = max((_weight(layout, span) for span in spans), default=0.0)
    against = any(True for _ in _matches(layout, claim.against))
    return ClaimEvidence(claim, fit, channel, way, cue, against, tuple(sorted(set(spans))))


def _matches(layout: DocumentLayout, patterns: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.search(layout.roles.text) for pattern in patterns))


def _weight(layout: DocumentLayout, span: Span) -> float:
    counts = layout.counts(span[0])
    return 1.0 if counts == TITLE else IN_LEAD if counts == LEAD else BELOW
