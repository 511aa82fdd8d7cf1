"""Rules of alerts: which stories are sent at once. Pure functions of a story's facts and the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.config.settings import AlertRule
from flows.digest.display_text import one_line, partner_name


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What rules ask of a story: ids of partners, channels and claims, and its highest probability (0 to 1)."""

    partner_ids: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    probability: float = 0.0


def matching(story: StoryFacts, rules: Sequence[AlertRule]) -> AlertRule | None:
    """The first rule that the story fulfils in all that the rule names, or None."""
    return next((rule for rule in rules if _fulfils(story, rule)), None)


def _fulfils(story: StoryFacts, rule: AlertRule) -> bool:
    asked = ((rule.claim, story.claims), (rule.channel, story.channels), (rule.partner, story.partner_ids))
    named = all(not wanted or wanted in carried for wanted, carried in asked)
    return named and story.probability >= rule.min_probability


def in_words(rule: AlertRule) -> str:
    """``partner NAME, at least 80%``: what the rule asks for, as readers say it."""
    told = [
        f"claim {one_line(rule.claim, 60)}" if rule.claim else "",
        f"channel {one_line(rule.channel, 60)}" if rule.channel else "",
        f"partner {partner_name(rule.partner)}" if rule.partner else "",
        f"at least {100 * rule.min_probability:.0f}%" if rule.min_probability else "",
    ]
    return ", ".join(filter(None, told))
