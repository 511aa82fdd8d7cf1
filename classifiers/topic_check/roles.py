"""topic.toml and actors.toml: everything is named, nothing twice; what the other files may then speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from classifiers.tagging.plover import codebook
from classifiers.tagging.stances import STANCES
from classifiers.topic_check.faults import Document, Fault
from classifiers.topics.read import OTHER, ROLES

DIRECTIONS = ("to_focus", "from_focus", "mutual", "none")


@dataclass(frozen=True)
class Known:
    """What the topic names, as far as its files could be read. ``actors`` maps an id to its role; ``claims`` holds the
    ids of the claims once these are read."""

    actors: Mapping[str, str] = field(default_factory=dict)
    channels: frozenset[str] = frozenset()
    directions: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()

    @property
    def partners(self) -> frozenset[str]:
        """The actors of the role partner."""
        return frozenset(actor for actor, role in self.actors.items() if role == "partner")

    @property
    def stances(self) -> tuple[str, ...]:
        """What an example may say of its stance."""
        return (*STANCES, "cooperation", "none")


def known_of(topic: Document | None, actors: Document | None) -> Known:
    """What the two files name."""
    ways = topic.table("directions") if topic else {}
    told = actors.told if actors else {}
    return Known(
        actors={actor: str(each.get("role", "")) for actor, each in told.items() if isinstance(each, Mapping)},
        channels=frozenset([*(topic.table("channels") if topic else {}), OTHER]),
        directions=tuple(str(ways[name]) for name in DIRECTIONS if name in ways),
    )


def topic_faults(topic: Document) -> Iterator[Fault]:
    """What topic.toml lacks or says twice."""
    for key in ("id", "title"):
        if not topic.told.get(key):
            yield topic.fault(f"says no {key}; add one")
    for role in ROLES:
        for key in ("name", "mask"):
            if not topic.table("roles", role).get(key):
                yield topic.fault(f"the role {role} has no {key}; add it under [roles.{role}]", f"[roles.{role}]")
    for way in DIRECTIONS:
        if not topic.table("directions").get(way):
            yield topic.fault(f"no code for the direction {way}; add it under [directions]", "[directions]")
    yield from _twice(topic)
    yield from _channels(topic)


def _twice(topic: Document) -> Iterator[Fault]:
    """Two roles that features or n-grams could not tell apart."""
    for key in ("mask", "spelling"):
        seen: dict[str, str] = {}
        for role in ROLES:
            value = topic.table("roles", role).get(key, "")
            if value and value in seen:
                what = f"the roles {seen[value]} and {role} have one {key}, {value!r}; give one of them another"
                yield topic.fault(what, f"[roles.{role}]", key)
            seen[value] = role


def _channels(topic: Document) -> Iterator[Fault]:
    codes, contexts = set(codebook()["codes"]), codebook()["contexts"]["names"]
    if not topic.table("channels"):
        yield topic.fault("names no channel; add some under [channels]", "[channels]")
    for channel, told in topic.table("channels").items():
        if not isinstance(told, Mapping) or not told.get("name") or not told.get("event"):
            yield topic.fault(f"the channel {channel} needs a name and an event", "[channels]", channel)
        elif told["event"] not in codes:
            what = f"{told['event']!r} is no PLOVER code; take one of {', '.join(sorted(codes))}"
            yield topic.fault(what, "[channels]", f"{channel} ")
        elif told.get("context", "") not in ("", *contexts):
            what = f"{told['context']!r} is no context of events; take one of {', '.join(contexts)}, or none"
            yield topic.fault(what, "[channels]", f"{channel} ")


def actor_faults(actors: Document) -> Iterator[Fault]:
    """What actors.toml lacks or contradicts."""
    roles: list[str] = []
    for actor, told in actors.told.items():
        yield from _actor(actors, actor, told)
        roles.append(told.get("role", "") if isinstance(told, Mapping) else "")
    if roles.count("focus") != 1:
        yield actors.fault(f"has {roles.count('focus')} actors of the role focus; a topic has one")
    if "partner" not in roles:
        yield actors.fault("has no actor of the role partner; add those whose ties are watched")


def _actor(actors: Document, actor: str, told: Any) -> Iterator[Fault]:
    here = f"[{actor}]"
    if not isinstance(told, Mapping) or told.get("role") not in ROLES:
        yield actors.fault(f"{actor} has no known role; take one of {', '.join(ROLES)}", here, "role")
        return
    if not told.get("name"):
        yield actors.fault(f"{actor} has no name; add one", here)
    if told.get("feature", actor) not in actors.told:
        what = f"{actor} is spelled as {told['feature']!r} by features, which is no actor; correct it"
        yield actors.fault(what, here, "feature")
