"""Which claims of the watchlist an entry bears on, how, and how strongly. None is common."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.tagging.claim_evidence import CONTRARY, ClaimEvidence, evidence_of
from classifiers.tagging.claim_model import ClaimModel, claim_model, claim_text
from classifiers.tagging.claim_roles import ALL, Fit
from classifiers.tagging.claim_stance import stance_of
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.tag_model import logistic
from classifiers.tagging.watchlist import Claim, Watchlist
from db.records.tags import ClaimLink, Tags

LINE = 0.5
"""The strength from which on an entry is linked."""
SURE = 0.8
"""The strength of a link that a sure wording makes."""
MORE: dict[Fit, float] = {"other": 0.1, "perhaps reversed": 0.15}
"""What is asked beyond the line where the act is of another kind, and where its roles are guessed to be the reverse.
Where they are read to be the reverse only a sure wording links: what is paid in return goes the other way."""
BARE = 0.15
"""What is asked beyond the line where no cue word of the claim stands in the text."""
SPANS_TOLD = 4


def links_of(
    layout: DocumentLayout, tags: Tags, watchlist: Watchlist, model: ClaimModel | None = None
) -> tuple[ClaimLink, ...]:
    """The links of a tagged text, strongest first. ``model`` is the table of the topic's own claims, without it the
    shipped one."""
    found = (
        _link(layout, tags, evidence, strength)
        for evidence, strength in weighed(layout, tags, watchlist, model or claim_model())
        if (evidence.sure or evidence.fit != "reversed")
        and (evidence.sure or strength >= LINE + MORE.get(evidence.fit, 0.0) + (0.0 if evidence.spans else BARE))
        # Asked last: these take longest.
        and (evidence.sure or not evidence.lacking)
        and not evidence.barred
    )
    return tuple(sorted(found, key=lambda link: (-link.strength, link.claim)))


def weighed(
    layout: DocumentLayout, tags: Tags, watchlist: Watchlist, model: ClaimModel | None
) -> Iterator[tuple[ClaimEvidence, float]]:
    """The evidence on the claims that the text may bear on, with its strength: by the table for the topic's own claims
    (those that cannot reach the line left out), by the claim's numbers for others."""
    text = claim_text(model, layout, tags) if model else None
    for evidence in evidence_of(layout, tags, watchlist):
        if evidence.sure:
            yield evidence, SURE
        elif not (text and evidence.claim.shipped and evidence.claim.id in text.decisions):
            yield evidence, evidence.strength
        elif text.may_bear(evidence):
            yield evidence, logistic(text.decision(evidence))


def _link(layout: DocumentLayout, tags: Tags, evidence: ClaimEvidence, strength: float) -> ClaimLink:
    claim, told = evidence.claim, evidence.spans[:SPANS_TOLD]
    reason = _reason(layout, tags, claim, told)
    return ClaimLink(claim.id, stance_of(layout, tags, claim), round(min(1.0, strength), 2), reason, told)


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
