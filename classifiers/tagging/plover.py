"""A story as an event in the manner of PLOVER: what was done, in which way, who did it to whom.

Words say what was done (`classifiers.tagging.plover_words`), the frame and the stances of the tags say what may be
made of it: what is denied is refused, what is planned is agreed or threatened, what was broken off is no cooperation,
and what speaks of friction never is. Where no word says it, the channel does, if a clause says that something happens
at all. docs/codebook.md tells what every code, mode and context means.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.plover_actors import Parties, parties_of
from classifiers.tagging.plover_words import COOPERATIVE, mode_of, turned, weights_of
from classifiers.text.fold import entry_text, sentence_starts
from classifiers.text.titles import bare_title
from classifiers.topics.active import active
from db.records import Entry
from db.records.frames import Frame
from db.records.tags import Tags

NOTHING = Frame("none")
LEAST = 0.05
"""The weight below which words say nothing: hints far from the beginning."""
ID_LENGTH = 16
"""Hexadecimal digits of an event's id: 64 bits, enough for all events that a store will see."""


@dataclass(frozen=True, slots=True)
class Event:
    """``code``, ``mode`` and ``contexts`` are of the codebook (a mode may be "", a code where nothing tells of an act);
    ``source`` and ``target`` are ids of actors, or "".

    ``rule`` says what the code was taken from: headline, lead (the first lines), frame (the tags decided against or
    without words), channel or nothing. ``id`` is the same for the same lead entry, code, parties and day.
    """

    code: str
    source: str
    target: str
    rule: str
    mode: str = ""
    contexts: tuple[str, ...] = ()
    id: str = ""


@cache
def codebook() -> Mapping[str, Any]:
    """The codes with their modes, and the contexts: the tables of ``plover.toml``."""
    return tomllib.loads((resources.files("classifiers.tagging") / "plover.toml").read_text(encoding="utf-8"))


def events_of(entry: Entry, tags: Tags | None = None) -> list[Event]:
    """The events that an entry reports, the main one first: two where it tells of an exchange in both directions."""
    tags = Tags() if tags is None else tags
    title = bare_title(entry.title, entry.outlet)
    analysis = analyse(entry_text(entry.title, entry.summary), entry.language, entry.published_on)
    code, rule, text = coded(title, entry.summary or entry.body, analysis.language, tags)
    mode = mode_of(text, analysis.language, code)
    sides = parties_of(title, analysis, tags, code, host=mode == "host")
    known = _mode(code, "visit" if mode == "host" else mode, tags)
    return [_event(entry, code, rule, known, each, tags) for each in sides]


def coded(title: str, lead: str, language: str, tags: Tags) -> tuple[str, str, str]:
    """(code, what it was taken from, the text that says it) of a headline with its first lines and its tags."""
    quarrels = tags.has("friction")
    word = best(title, language, quarrels)
    if word:
        code = by_tags(word, tags)
        return code, "headline" if code == word else "frame", title
    starts = sentence_starts(lead)
    first = lead[: starts[1]] if len(starts) > 1 else lead
    word = best(first, language, quarrels)
    channel = _by_channel(tags)
    if channel and _is_read(tags) and tags.frames[0].kind == "transfer":
        word = word if word and word not in COOPERATIVE else ""  # who gives what is known better than from the words
    if word:
        code = by_tags(word, tags)
        return code, "lead" if code == word else "frame", first
    if not quarrels and not (channel and _is_read(tags)):
        return "", "nothing", title  # of sixteen judged entries that were coded by habit alone, two were right
    code = by_tags(channel or "CONSULT", tags)
    return code, "channel" if code == channel else "frame", title


def _is_read(tags: Tags) -> bool:
    """Whether a clause of the text says what happens, and not only what is usual."""
    return any(frame.kind != "none" and frame.certainty == "read" for frame in tags.frames[:1])


def best(text: str, language: str, quarrels: bool = False) -> str:
    """The code that the words of a text speak for most, "" where they say nothing. ``quarrels``: those of friction
    count as well."""
    weights = weights_of(text, language, quarrels=quarrels)
    code = max(weights, key=lambda each: weights[each], default="")
    return code if code and weights[code] >= LEAST else ""


def by_tags(code: str, tags: Tags) -> str:
    """What the frame and the stances of the tags make of a code that words, or the channel, speak for."""
    frame = tags.frames[0] if tags.frames else NOTHING
    if code == "MOBILIZE" and frame.kind != "none" and not tags.has("response"):
        code = "COOPERATE" if frame.kind == "joint" else "AID"  # soldiers lent, drills held together
    if code not in COOPERATIVE:
        return code
    if tags.has("friction"):
        return _broken(code, frame)
    if frame.kind == "none":
        return code
    if frame.vouching == "denied":
        return "REJECT"
    if frame.phase == "ended" and code not in ("CONCEDE", "RETREAT", "CONSULT"):
        return "SANCTION"
    return _cooperation(code, frame, tags)


def _broken(code: str, frame: Frame) -> str:
    """A cooperation that does not come about."""
    if frame.vouching == "denied" or code in ("CONSULT", "AGREE"):
        return "REJECT"
    if frame.phase == "sought":
        return "REQUEST"
    return "SANCTION" if frame.phase == "ended" else "ACCUSE" if frame.vouching == "alleged" else "REJECT"


def _cooperation(code: str, frame: Frame, tags: Tags) -> str:
    """Which cooperation it is: what only is to come is agreed, what both profit from is no aid."""
    if frame.phase in ("planned", "sought") and code in ("AID", "COOPERATE"):
        return turned(code, "will")
    trades = _by_channel(tags) == "COOPERATE"
    if frame.kind == "transfer" and code == "AID" and trades:
        return "COOPERATE"
    return "COOPERATE" if frame.kind == "joint" and code == "AID" else code


def _by_channel(tags: Tags) -> str:
    known = active().channels
    return next((known[channel].event for channel in tags.values("channel") if channel in known), "")


def _mode(code: str, mode: str, tags: Tags) -> str:
    if mode not in codebook()["codes"].get(code, ()):
        mode = ""
    if not mode and code == "SANCTION":
        return "discontinue"
    transfers = bool(tags.frames) and tags.frames[0].kind == "transfer"
    return "assist" if not mode and transfers and code in ("REQUEST", "REJECT") else mode


def _event(entry: Entry, code: str, rule: str, mode: str, parties: Parties, tags: Tags) -> Event:
    contexts = _contexts(tags)
    made = Event(code, parties.source, parties.target, rule, mode, contexts)
    day = entry.appeared_at.date().isoformat()
    return Event(code, made.source, made.target, rule, mode, contexts, event_id(entry, made, day))


def _contexts(tags: Tags) -> tuple[str, ...]:
    known = active().channels
    told = (known[channel].context for channel in tags.values("channel") if channel in known)
    return tuple(dict.fromkeys(context for context in told if context))


def event_id(entry: Entry, event: Event, day: str) -> str:
    """A hash of the entry's link (its outlet and title where it has none), the code, both parties and the day. It stays
    as it is over exports and stores for as long as the story's lead entry and what is read of it do."""
    key: Sequence[str] = (entry.link or f"{entry.outlet}\n{entry.title}", event.code, event.source, event.target, day)
    return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:ID_LENGTH]
