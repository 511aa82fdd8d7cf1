"""What makes a story of the digest weigh more than another."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from flows.config.base import Settings


class RankingSettings(Settings):
    """Points that a story gets, and loses, in the order of an edition; the most points stand first. How sure it is that
    a story belongs in decides whether it is told, never where. Settled on the ten days of
    ``tests/digest/compose/ranked_days.toml`` that are marked for tuning."""

    channel: float = Field(1.0, ge=0)
    """Times the weight of the channel: what is handed over decides a war, a visit only may."""
    channels: Mapping[str, float] = {}
    """Weights of channels by id, in place of those that the topic gives them (0 to 5)."""
    origins: float = Field(1.0, ge=0)
    """For each doubling of the independent origins, three times at the most: beyond eight it is simply everywhere."""
    events: float = Field(1.0, ge=0)
    """For each doubling of the day's events in the story's thread beyond two, four times at the most: what fills a day
    is its news, though each event of it is only talk. Chosen by reading real days of visits."""
    first: float = Field(2.0, ge=0)
    """The first of its kind (partner and channel) in 90 days: what is new is why a monitor is read."""
    status: float = Field(1.5, ge=0)
    """A change of status, such as a denial, a ratification, a delivery after a promise: the picture changes by it."""
    direct: float = Field(1.0, ge=0)
    """A text that itself says who gives to whom, and vouches for it; half where it is alleged or still to come."""
    figures: float = Field(1.0, ge=0)
    """A figure of great size for what it counts; less for smaller ones."""
    update: float = Field(-1.5, le=0)
    """Told before, without a change of status."""
    comment: float = Field(-2.0, le=0)
    """An opinion, an explainer, a live page: they tell again what reports told."""
    state_media: float = Field(-1.0, le=0)
    """Carried by state media alone."""
    sought: float = Field(0.7, ge=0, le=1)
    """Times the channel's weight of what is only sought or possible: what somebody still waits for has changed
    nothing."""
    untold: float = Field(-1.5, le=0)
    """Told by the keywords of a foreign headline alone: a first line that names no act helps nobody."""
    binding: float = Field(0.75, ge=0)
    """A treaty is signed or ratified, goods or people are handed over: what binds or arms outlasts what is said."""
