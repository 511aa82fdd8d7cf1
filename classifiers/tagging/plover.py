"""A story as an event in the manner of PLOVER: what was done, who did it to whom, by which channel.

The code comes from the words of the headline, else from the channel, else from the first lines. The rules are data
(`plover.toml`), tried in their order: what is refused or denied before what is agreed, deeds before words. CONSULT is
what is left: contact is the least that a story of two parties tells.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from classifiers.lexicon.analysis import analyse
from classifiers.text.fold import entry_text, fold
from classifiers.text.titles import bare_title
from classifiers.topics.active import active
from db.records import Entry

OUTSIDE = ("SANCTION", "ACCUSE", "THREATEN")
"""What third parties or the opponent do to the partnership: where they are named first, they are the source."""
LEAD_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Event:
    """``code`` of PLOVER; ``source`` and ``target`` are the focus, a partner, third parties or the opponent, spelled as
    the topic says, or "".

    ``rule`` says what the code was taken from: headline, lead, channel or nothing.
    """

    code: str
    source: str
    target: str
    rule: str


def event_of(entry: Entry, channels: Sequence[str] = (), direction: str = "none") -> Event:
    """The event that an entry reports. ``channels`` and ``direction`` are its tags, where it has any."""
    code, rule = _code(bare_title(entry.title, entry.outlet), entry.summary or entry.body, channels)
    source, target = _actors(entry, code, direction)
    return Event(code, source, target, rule)


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(code, words that speak for it), in the order in which they are tried."""
    told = tomllib.loads((resources.files("classifiers.tagging") / "plover.toml").read_text(encoding="utf-8"))
    return tuple((rule["code"], re.compile("|".join(rule["words"]))) for rule in told["rule"])


def _code(title: str, lead: str, channels: Sequence[str]) -> tuple[str, str]:
    by_headline = _by_words(fold(title))
    if by_headline:
        return by_headline, "headline"
    known = active().channels
    by_channel = next((known[channel].event for channel in channels if channel in known), "")
    if by_channel:
        return by_channel, "channel"
    by_lead = _by_words(fold(lead[:LEAD_CHARACTERS]))
    return (by_lead, "lead") if by_lead else ("CONSULT", "nothing")


def _by_words(text: str) -> str:
    return next((code for code, words in rules() if words.search(text)), "")


def _actors(entry: Entry, code: str, direction: str) -> tuple[str, str]:
    named, ways, focus = _named(entry), active().directions, active().focus.spelling
    others = (active().third.spelling, active().opponent.spelling)
    if code in OUTSIDE and named and named[0] in others:
        return named[0], next((each for each in named if each not in others), "")
    parties = [each for each in named if each not in others]
    if parties and focus not in parties:
        parties.append(focus)  # what is flagged is about the focus, named or not
    partner = next((each for each in parties if each != focus), "")
    if direction == ways.to_focus:
        return partner, focus
    if direction == ways.from_focus:
        return focus, partner
    return (parties[0], next(iter(parties[1:]), "")) if parties else ("", "")


def _named(entry: Entry) -> list[str]:
    """The actors in the order in which the text names them; all third parties are one."""
    analysis = analyse(entry_text(entry.title, entry.summary), entry.language, entry.published_on)
    topic = active()
    actors = [topic.actors[mention.code] for mention in analysis.actors if mention.code in topic.actors]
    return list(
        dict.fromkeys(each.id if each.role == "partner" else topic.roles[each.role].spelling for each in actors)
    )
