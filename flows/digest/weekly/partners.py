"""What moved by partner: arrows with their channels, channels told of for the first time, the stories behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from classifiers.lexicon.members import names_of
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.changes import FIRST_TIE
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent
from flows.digest.content.week import WeekPartner
from flows.digest.display_text import channel_name, partner_name
from flows.digest.weekly.told import Telling, Thread, line, newest

MOST_ARROWS = 4
"""Arrows that are drawn of a partner, those with the most stories."""
MOST_NAMED = 3
"""Stories named under a partner, beside those of the first screen; the rest is counted."""


def partners(
    told: Sequence[Telling],
    before: Sequence[Telling] | None,
    days: Sequence[tuple[str, EditionContent]],
    ranked: Sequence[Thread],
    first_screen: Mapping[str, StoryContent],
) -> tuple[WeekPartner, ...]:
    """The partners of the week's sound events, those with the most first. ``ranked`` are the week's threads with
    their events, ``first_screen`` the events that have a line there already, with what it says."""
    events = [each for each in newest(told) if each.is_sound]
    weight = {event.face.event: event.weight for thread in ranked for event in thread.events}
    events.sort(key=lambda each: -weight[each.event])
    counts = Counter(partner for each in events for partner in each.story.partner_ids)
    earlier = None if before is None else _counts(before)
    firsts = _firsts(days)
    known = list(active().partners)
    order = sorted(counts, key=lambda each: (-counts[each], known.index(each) if each in known else len(known), each))
    return tuple(_partner(each, events, firsts, earlier, first_screen) for each in order)


def _counts(told: Sequence[Telling]) -> Counter[str]:
    return Counter(partner for each in newest(told) if each.is_sound for partner in each.story.partner_ids)


def _partner(
    partner: str,
    events: Sequence[Telling],
    firsts: dict[str, tuple[str, str]],
    earlier: Counter[str] | None,
    first_screen: Mapping[str, StoryContent],
) -> WeekPartner:
    name = partner_name(partner)
    about = [each for each in events if partner in each.story.partner_ids]
    own = [each for each in about if _first_partner(each) == partner and each.event not in first_screen]
    channels = [(channel, since) for about_tie, (channel, since) in firsts.items() if about_tie.startswith(f"{name}, ")]
    arrows = _arrows(about, partner)
    above = [story.entry for story in first_screen.values() if partner in story.partner_ids]
    return WeekPartner(
        partner=partner,
        name=name,
        stories=len(about),
        arrows=arrows[:MOST_ARROWS],
        arrows_left=max(0, len(arrows) - MOST_ARROWS),
        firsts=tuple(channel for channel, _ in channels),
        firsts_since=next((since for _, since in channels), ""),
        above=tuple(above),
        named=tuple(map(line, own[:MOST_NAMED])),
        left=max(0, len(own) - MOST_NAMED),
        before=None if earlier is None else earlier[partner],
    )


def _first_partner(each: Telling) -> str:
    """The partner under which a story is named: the first that its arrow names, else its first."""
    arrow = each.story.chain.partition(": ")[0]
    named = (partner for partner in each.story.partner_ids if stands_at(arrow, partner))
    return next(named, next(iter(each.story.partner_ids), ""))


def stands_at(arrow: str, partner: str) -> bool:
    """Whether an arrow names the partner, or, where that is a group, one of its members."""
    return any(re.search(rf"\b{re.escape(name)}\b", arrow) for name in names_of(partner))


def _arrows(about: Iterable[Telling], partner: str) -> tuple[str, ...]:
    """``Partner → Focus: arms 4, troops 3``: the arrows that name the partner, as the editions drew them, the commonest
    first. A guessed arrow keeps its mark."""
    channels: dict[str, Counter[str]] = {}
    for each in about:
        arrow = each.story.chain.partition(": ")[0]
        if stands_at(arrow, partner):
            shown = (channel for channel in each.story.channels if channel != OTHER)
            channels.setdefault(arrow, Counter()).update(channel_name(channel) for channel in shown)
    ordered = sorted(channels.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    return tuple(_arrow(arrow, counts) for arrow, counts in ordered)


def _arrow(arrow: str, counts: Counter[str]) -> str:
    told = ", ".join(
        f"{channel} {count}" for channel, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return f"{arrow}: {told}" if told else arrow


def _firsts(days: Iterable[tuple[str, EditionContent]]) -> dict[str, tuple[str, str]]:
    """ "Partner, channel" → (channel, since when nothing had joined them), as the week's editions told it."""
    changes = [change for _, content in days for change in (content.front.changes if content.front else ())]
    return {
        each.about: (each.about.partition(", ")[2], each.text.removeprefix(FIRST_TIE).strip())
        for each in changes
        if each.text.startswith(FIRST_TIE)
    }
