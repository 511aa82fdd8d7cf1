"""Alerts: which stories are told at once. Pure: what is known of a story, and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.config.settings import AlertRule
from flows.digest.display_text import one_line, partner_name


def matching(story: Mapping[str, Any], rules: Sequence[AlertRule]) -> AlertRule | None:
    """The first rule that the story fulfils in all that the rule names, or None."""
    return next((rule for rule in rules if _fulfils(story, rule)), None)


def _fulfils(story: Mapping[str, Any], rule: AlertRule) -> bool:
    asked = ((rule.claim, "claims"), (rule.channel, "channels"), (rule.partner, "partner_ids"))
    named = all(not wanted or wanted in story.get(key, ()) for wanted, key in asked)
    return named and story["probability"] >= rule.min_probability


def in_words(rule: AlertRule) -> str:
    """``partner NAME, at least 80%``: what the rule asks for, as readers say it."""
    told = [
        f"claim {one_line(rule.claim, 60)}" if rule.claim else "",
        f"channel {one_line(rule.channel, 60)}" if rule.channel else "",
        f"partner {partner_name(rule.partner)}" if rule.partner else "",
        f"at least {100 * rule.min_probability:.0f}%" if rule.min_probability else "",
    ]
    return ", ".join(filter(None, told))
