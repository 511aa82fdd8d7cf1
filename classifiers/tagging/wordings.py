"""What an entry's own words say of its act more exactly than the channel does: payment in goods is no sale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import Match

from classifiers.lexicon.mentions import find_actors
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.patterns.read import Wording, wordings_of
from classifiers.tagging.role_text import role_text
from classifiers.text.fold import fold, sentence_starts
from classifiers.topics.active import active
from db.records.frames import Frame

GIVER, RECEIVER = "giver", "receiver"


def wording_of(told: Told, channel: str, frame: Frame) -> str:
    """What the giver of ``frame`` does towards the receiver, where the entry says it of these two; else ""."""
    acting = {GIVER: frame.giver, RECEIVER: frame.receiver}
    found = (
        wording.says
        for wording, parties in _found(told)
        if wording.channel == channel and all(acting[part] == code for part, code in parties.items())
    )
    return next(found, "")


def turning_to(told: Told) -> tuple[str, str, str]:
    """(who, does what, towards whom) of one who turns to somebody else in the headline; "" each where nobody does."""
    for wording, parties in _found(Told(told.headline, language=told.language)):
        if not wording.channel and parties.keys() >= {GIVER, RECEIVER}:
            return parties[GIVER], wording.says, parties[RECEIVER]
    return "", "", ""


def _found(told: Told) -> Iterator[tuple[Wording, Mapping[str, str]]]:
    """The wordings that headline or lead have, each with the parties that it names."""
    wordings = wordings_of(told.language)
    for text in (told.headline, told.lead) if wordings else ():
        folded = fold(text)
        mentions = tuple(find_actors(text, folded, told.language))
        roles = role_text(mentions, folded, sentence_starts(text))
        names = {each.start: each.code for each in mentions if each.code in active().actors}
        for wording in wordings:
            for pattern in wording.patterns:
                if match := pattern.search(roles.text):
                    yield wording, {part: names.get(roles.place(at), "") for part, at in _parties(match)}


def _parties(match: Match[str]) -> Iterator[tuple[str, int]]:
    for part, text in match.groupdict().items():
        if text and part in (GIVER, RECEIVER):
            yield part, match.start(part)
