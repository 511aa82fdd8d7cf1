"""How sure it is that a story belongs in the edition, in words, and what only perhaps does."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.topics.active import active
from db.records import Reason
from flows.config.settings import DigestSettings
from flows.digest.compose.story import Story

SURE, LIKELY, BORDERLINE = "sure", "likely", "borderline"
LISTED = "named in a list of states"
"""How the reason begins by which the model says so (`classifiers.relevance.feature_phrases`)."""
WIDELY = 3
"""What so many report independently is never set aside for the way in which it names the focus."""


def certainty(probability: float, settings: DigestSettings) -> str:
    """The word for a probability (0 to 1)."""
    return SURE if probability >= settings.sure else LIKELY if probability >= settings.likely else BORDERLINE


def doubt(story: Story, settings: DigestSettings) -> str:
    """Why a story stands among what only perhaps belongs in the edition, in words; empty where it does not.

    What is borderline does, and what is merely likely where every report names the focus by implication or in a list.
    """
    word = certainty(story.probability, settings)
    if word == BORDERLINE:
        return BORDERLINE
    if word == SURE or story.origins >= WIDELY:
        return ""
    unnamed = f"{active().focus.name} unnamed"
    ways = {_way(each.score.reasons, unnamed) for each in story.members}
    return ways.pop() if len(ways) == 1 else ""


def _way(reasons: Sequence[Reason], unnamed: str) -> str:
    if any(unnamed in reason.text for reason in reasons):
        return unnamed
    listed = any(reason.text.startswith(LISTED) and reason.weight < 0 for reason in reasons)
    return LISTED if listed else ""
