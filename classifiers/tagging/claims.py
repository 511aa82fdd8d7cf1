"""Which claims of the watchlist an entry bears on, how, and how strongly. None is common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.tagging.document_layout import LEAD, TITLE, DocumentLayout, Span
from classifiers.tagging.watchlist import ALL, Claim, Watchlist
from db.records.tags import ClaimLink, ClaimStance, Quantity, Tags

LINE = 0.5
"""The strength from which on an entry is linked."""
CHANNEL_PART = 0.6
"""The channel's part in what the tags give; the rest is the direction's."""
AGAINST = 0.4
"""What a pattern that speaks against a claim takes away."""
IN_LEAD, BELOW = 0.8, 0.5
"""What a cue counts in the first sentence below the headline, and further down, beside one in the headline."""
SPANS_TOLD = 4
LEAST_MEASURED = 10
"""Fewer than ten of a thing ("two ministers", "three ships") stand in nearly every report and measure nothing."""
PASSING = frozenset(("agreements", "countries", "days", "meetings", "months", "times", "weeks", "years"))
"""What is counted in passing: how long, how often, how many were there."""
_NEW = re.compile(r"\b(?:more|again|another|record|first|new|latest|rises?|jumps?|doubles?|increas\w+|up to|further)\b")
CONTRARY = ("response", "friction")
"""Claims that are themselves about a response or about friction: friction supports them."""


def links_of(layout: DocumentLayout, tags: Tags, watchlist: Watchlist) -> tuple[ClaimLink, ...]:
    """The links of a tagged text, strongest first."""
    words = _words(layout, watchlist)
    partners = set(tags.values("partner"))
    channels, ways = set(tags.values("channel")), set(tags.values("direction"))
    claims = ((claim, _fit(claim, channels, ways)) for claim in watchlist.claims if _may(claim, tags, partners))
    found = (
        _link(layout, tags, claim, fit, words.get(claim.id, [])) for claim, fit in claims if fit + claim.cues >= LINE
    )
    return tuple(sorted((link for link in found if link), key=lambda link: (-link.strength, link.claim)))


def _may(claim: Claim, tags: Tags, partners: set[str]) -> bool:
    """Whether the entry is about one of the claim's partners, and of the kind that it asks for."""
    if claim.direction == "response" and not tags.has("response"):
        return False
    if claim.direction == "friction" and not tags.has("friction"):
        return False
    return ALL in claim.partners or not claim.partners.isdisjoint(partners)


def _words(layout: DocumentLayout, watchlist: Watchlist) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for start, end, alias in watchlist.matcher.find(layout.analysis.text, layout.folded):
        found.setdefault(alias.codes[0], []).append((start, end))
    return found


def _fit(claim: Claim, channels: set[str], ways: set[str]) -> float:
    """What the tags give: the channel's part and the direction's."""
    channel = ALL in claim.channels or not claim.channels.isdisjoint(channels)
    way = claim.direction in (ALL, *CONTRARY) or claim.direction in ways
    return claim.tags * (CHANNEL_PART * channel + (1 - CHANNEL_PART) * way)


def _link(layout: DocumentLayout, tags: Tags, claim: Claim, fit: float, words: list[Span]) -> ClaimLink | None:
    spans = words + [layout.roles.span(*match.span()) for match in _matches(layout, claim.patterns)]
    strength = fit + claim.cues * max((_weight(layout, span) for span in spans), default=0.0)
    if strength < LINE:
        return None
    if any(_matches(layout, claim.against)):
        strength -= AGAINST
    if strength < LINE:
        return None
    told = tuple(sorted(set(spans))[:SPANS_TOLD])
    stance, reason = _stance(layout, tags, claim), _reason(layout, tags, claim, told)
    return ClaimLink(claim.id, stance, round(min(1.0, strength), 2), reason, told)


def _matches(layout: DocumentLayout, patterns: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.search(layout.roles.text) for pattern in patterns))


def _weight(layout: DocumentLayout, span: Span) -> float:
    counts = layout.counts(span[0])
    return 1.0 if counts == TITLE else IN_LEAD if counts == LEAD else BELOW


def _stance(layout: DocumentLayout, tags: Tags, claim: Claim) -> ClaimStance:
    """Friction and denials cut against a claim of cooperation; numbers and words of increase bring it up to date."""
    denied = "denied" in tags.values("status") or any(tag.negated for tag in tags.tags if tag.kind == "direction")
    if claim.direction not in CONTRARY and (denied or tags.has("friction")):
        return "cuts_against"
    if any(map(_measures, tags.quantities)) or _NEW.search(layout.folded):
        return "updates"
    return "supports"


def _measures(quantity: Quantity) -> bool:
    """Whether a number tells how large a tie is: an amount with a unit, or ten and more of something that is given."""
    given = quantity.counted not in PASSING and (quantity.most or quantity.amount) >= LEAST_MEASURED
    return bool(quantity.unit) or given


def _reason(layout: DocumentLayout, tags: Tags, claim: Claim, spans: tuple[Span, ...]) -> str:
    """Why, in words: the partner, the channel and direction that fit, and the cues."""
    partners = [name for name in tags.values("partner") if ALL in claim.partners or name in claim.partners]
    channels = [name for name in tags.values("channel") if ALL not in claim.channels and name in claim.channels]
    ways = [way for way in tags.values("direction") if way == claim.direction]
    ways += [claim.direction] * (claim.direction in CONTRARY)
    parts = [", ".join(partners[:3]), *channels, *ways]
    cues = dict.fromkeys(layout.analysis.text[start:end].strip() for start, end in spans)
    told = " + ".join(part.replace("_", " ") for part in parts if part)
    return told + (f"; cues: {', '.join(repr(cue) for cue in cues)}" if cues else "")
