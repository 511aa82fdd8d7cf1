"""A topic's folder → one record: who plays which role, what is tagged, and how it is called.

The words themselves (lexicon, names, patterns, places, claims, examples) are read by the modules that use them, from
`Topic.folder`. What each file may say is written in the files of ``classifiers/topics/russia``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from classifiers.text.kept import kept
from classifiers.text.toml_text import TomlError, read_toml

Role = Literal["focus", "partner", "third", "opponent"]
ROLES: tuple[Role, ...] = get_args(Role)
TOPIC, ACTORS = "topic.toml", "actors.toml"
OTHER = "other"
"""The channel of what goes through none of the topic's channels."""
_ID = re.compile(r"[a-z][a-z0-9_]*")


class TopicError(Exception):
    """A topic's folder cannot be used; the message names the file and the remedy in one line."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party whom sentences are about. ``id`` is the tag of a partner; ``feature`` the id by which features spell it.

    ``name`` stands within sentences, ``display`` where it stands alone. A ``client`` is a partner that the focus arms
    and guards, and that sends it little: soldiers named beside it are the focus's. A ``forum`` is a group that the
    focus belongs to: whoever has to do with it has to do with the focus.
    """

    id: str
    role: Role
    name: str
    display: str
    feature: str
    client: bool
    forum: bool = False


@dataclass(frozen=True, slots=True)
class RoleNames:
    """How a role is called: ``name`` in sentences for readers, ``spelling`` in the names of features and in exported
    events, ``mask`` in place of its parties' names where n-grams are made."""

    name: str
    spelling: str
    mask: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One way in which a tie works; ``event`` is the PLOVER code of a story that only the channel tells of, ``context``
    the PLOVER context of its stories, or "". ``gives`` and ``together`` are what a giver does towards a receiver
    through it, and what two parties do in it; ``counts`` are the classes and units of what it is counted in, None where
    it may be any. ``weight`` (0 to 5) says how much a story of it matters beside those of other channels. ``carries``
    are the concepts that may stand for what goes through it, and ``naming`` is ``gives`` with them in the place of
    ``{}``. ``way`` is the direction in which it goes where it is not what an entry is about first, "" for any."""

    id: str
    name: str
    event: str
    gives: str
    together: str
    context: str = ""
    counts: frozenset[str] | None = None
    weight: float = 2.0
    carries: frozenset[str] = frozenset()
    naming: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Directions:
    """The codes that are stored for who gives to whom."""

    to_focus: str
    from_focus: str
    mutual: str
    none: str

    @property
    def all(self) -> tuple[str, ...]:
        """The four codes, the most telling first."""
        return self.to_focus, self.from_focus, self.mutual, self.none


@dataclass(frozen=True)
class Topic:
    """What one folder holds. ``actors``, ``partners`` and ``channels`` keep the order of their files, which is that in
    which readers see them. ``contact`` is the channel of mere talk, ``trade`` that of trade (either may be "");
    ``against`` gives the cue classes that speak against a tie, beside the general ones, with their names.
    ``opponent_implies`` says whether a text that names the opponent is about the focus, named or not."""

    folder: Path
    id: str
    title: str
    roles: Mapping[Role, RoleNames]
    actors: Mapping[str, Actor]
    channels: Mapping[str, Channel]
    directions: Directions
    against: Mapping[str, str]
    contact: str
    trade: str
    opponent_implies: bool

    @property
    def focus(self) -> RoleNames:
        """What the focus is called."""
        return self.roles["focus"]

    @kept
    def focus_actor(self) -> Actor:
        """The actor that is the focus: there is one."""
        return next(actor for actor in self.actors.values() if actor.role == "focus")

    @property
    def third(self) -> RoleNames:
        """What third parties are called."""
        return self.roles["third"]

    @property
    def opponent(self) -> RoleNames:
        """What the opponent of the focus is called."""
        return self.roles["opponent"]

    @property
    def both(self) -> str:
        """What a text must name, in words: the focus and a partner."""
        return f"{self.focus.name} and {self.roles['partner'].name}"

    @kept
    def partners(self) -> dict[str, Actor]:
        """The partners by id, in the order in which an edition shows them."""
        return {actor.id: actor for actor in self.actors.values() if actor.role == "partner"}


@cache
def read_topic(folder: Path) -> Topic:
    """The topic of a folder, read once. Raises TopicError where its files are missing or do not hold together."""
    told, file = _toml(folder / TOPIC), folder / TOPIC
    try:
        topic = _topic(folder, told, read_actors(folder))
    except KeyError as error:
        raise TopicError(f"{file}: {error.args[0]} is missing; classifiers/topics/russia shows what it says") from error
    if not isinstance(topic.id, str) or not _ID.fullmatch(topic.id):
        raise TopicError(f"{file}: id must be small letters, digits and underscores")
    return topic


def _topic(folder: Path, told: Mapping[str, Any], actors: Mapping[str, Actor]) -> Topic:
    channels, ways = told["channels"], told["directions"]
    return Topic(
        folder=folder,
        id=told["id"],
        title=told["title"],
        roles={role: _names(role, told["roles"][role]) for role in ROLES},
        actors=actors,
        channels={id_: _channel(id_, each) for id_, each in channels.items()},
        directions=Directions(ways["to_focus"], ways["from_focus"], ways["mutual"], ways["none"]),
        against=told.get("against", {}),
        contact=_marked(channels, "contact"),
        trade=_marked(channels, "trade"),
        opponent_implies=told["roles"]["opponent"].get("implies_focus", False),
    )


def _channel(id_: str, told: Mapping[str, Any]) -> Channel:
    name = told["name"]
    gives, together = told.get("gives", f"gives {name} to"), told.get("together", f"are tied by {name}")
    counts = frozenset(told["counts"].split(", ")) if "counts" in told else None
    carries = frozenset(filter(None, told.get("carries", "").split(", ")))
    weight = float(told.get("weight", 2.0))
    return Channel(
        id_,
        name,
        told["event"],
        gives,
        together,
        told.get("context", ""),
        counts,
        weight,
        carries,
        told.get("naming", ""),
        told.get("way", ""),
    )


def _names(role: Role, told: Mapping[str, Any]) -> RoleNames:
    return RoleNames(told["name"], told.get("spelling", role), told["mask"])


def _marked(channels: Mapping[str, Any], mark: str) -> str:
    """The channel that a mark makes special, or ""."""
    return next((name for name, each in channels.items() if each.get(mark)), "")


def read_actors(folder: Path) -> dict[str, Actor]:
    """The actors of a topic's folder, in the file's order. Raises TopicError for a file that is no list of them."""
    file = folder / ACTORS
    actors: dict[str, Actor] = {}
    for actor, told in _toml(file).items():
        if not isinstance(told, dict) or told.get("role") not in ROLES or not told.get("name"):
            raise TopicError(f"{file}: {actor} needs a name and a role, one of {', '.join(ROLES)}")
        actors[actor] = _actor(actor, told)
    if [actor.role for actor in actors.values()].count("focus") != 1:
        raise TopicError(f"{file}: a topic has one actor of the role focus, no more and no less")
    return actors


def _actor(actor: str, told: Mapping[str, Any]) -> Actor:
    name = str(told["name"])
    return Actor(
        id=actor,
        role=cast(Role, told["role"]),
        name=name,
        display=str(told.get("display", name)),
        feature=str(told.get("feature", actor)),
        client=bool(told.get("client", False)),
        forum=bool(told.get("forum", False)),
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return read_toml(file)
    except FileNotFoundError as error:
        raise TopicError(f"there is no {file}; name the folder of a topic in [topic] folder") from error
    except (OSError, TomlError) as error:
        raise TopicError(f"{file} is not readable as TOML: {error}") from error
