"""An analysis → its tags: who gives what to whom, how it is vouched for, and which claims that bears on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from classifiers.grammar.sentences import Head
from classifiers.lexicon.analysis import Analysis
from classifiers.tagging.act_confidence import SURELY, Beside, signs_of, with_confidence
from classifiers.tagging.claim_roles import ALL
from classifiers.tagging.claims import links_of
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.tag_model import tag_model
from classifiers.tagging.text_tags import ReadText, read_text
from classifiers.tagging.watchlist import Watchlist
from db.records.frames import Frame
from db.records.tags import ClaimLink, Tag, Tags


def tagged(
    analysis: Analysis,
    watchlist: Watchlist,
    mentions: Mapping[str, float] | None = None,
    head: Head | None = None,
    probability: float = SURELY,
) -> Tags:
    """The tags of an analysis, with the claims that it bears on. ``mentions`` are its mention features, ``head`` its
    sentences as the grammar read them, where these are known already, ``probability`` is that of being about the topic.
    No tags for an analysis that cannot be about a partnership."""
    if not analysis.joins:
        return Tags()
    read = read_text(DocumentLayout(analysis), mentions, head)
    links = links_of(read.evidence.layout, read.tags, watchlist)
    sure = with_confidence(read.tags.frames[0], _signs(read, links, probability))
    tags = (*read.tags.tags, *_of_claims(links, read.tags, watchlist))
    return replace(read.tags, tags=tags, claims=links, frames=(sure,))


def act_signs(analysis: Analysis, watchlist: Watchlist, probability: float) -> tuple[Frame, dict[str, float]]:
    """The act that is read in an analysis, and what makes it likely that the text tells it, for fitting what they
    weigh."""
    read = read_text(DocumentLayout(analysis), None, None)
    return read.tags.frames[0], _signs(read, links_of(read.evidence.layout, read.tags, watchlist), probability)


def _signs(read: ReadText, links: Sequence[ClaimLink], probability: float) -> dict[str, float]:
    """None where a sure wording says who gives, nor for a topic without a table of tags, which knows little of acts."""
    lay, tags = read.evidence, read.tags
    if read.is_sure or not tag_model().features:
        return {}
    channel = next(iter(tags.values("channel")), "")
    strongest = max((link.strength for link in links), default=0.0)
    beside = Beside(probability, strongest, read.plainness, lay.leaning)
    return signs_of(lay.layout, lay.readings, tags.frames[0], channel, beside)


def _of_claims(links: Sequence[ClaimLink], tags: Tags, watchlist: Watchlist) -> Iterator[Tag]:
    """The partners that were not tagged of linked claims that are about one alone: what bears on a claim about a
    partner is about it as well."""
    about = {claim.id: claim.partners for claim in watchlist.claims}
    alone = [next(iter(about[link.claim])) for link in links if len(about[link.claim]) == 1]
    named = (*tags.values("partner"), ALL)
    yield from (Tag("partner", each) for each in dict.fromkeys(alone) if each not in named)
