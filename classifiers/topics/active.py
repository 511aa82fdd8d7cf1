"""The topic that this process watches: one, set where a config is read, and the cache of what is read from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from classifiers.topics.read import Topic, read_topic

P = ParamSpec("P")
T = TypeVar("T")
SHIPPED = Path(__file__).resolve().with_name("russia")
"""The folder of the topic that the project ships."""
_watched: dict[str, Topic] = {}


def watch(folder: Path | None) -> Topic:
    """Watch the topic of that folder from now on, in the whole process (None: the one that the project ships).
    Raises TopicError, and stays with the former one, where the folder cannot be used."""
    topic = read_topic((folder or SHIPPED).resolve())
    _watched["topic"] = topic
    return topic


def active() -> Topic:
    """The topic that is watched."""
    topic = _watched.get("topic")
    return watch(None) if topic is None else topic


def shipped_id() -> str:
    """The id of the topic that the project ships: what names no topic is of this one."""
    return read_topic(SHIPPED).id


def by_topic(read: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function gives, for each topic apart: for readers of a topic's files, called with plain arguments."""
    # By identity, since these are asked for several times a text; the topic is kept so that its id stays its own.
    kept: dict[int, tuple[Topic, dict[tuple[Any, ...], T]]] = {}

    @wraps(read)
    def reader(*arguments: P.args, **named: P.kwargs) -> T:
        assert not named, "what is kept is told apart by its place"
        topic = _watched.get("topic")
        if topic is None:
            topic = active()
        try:
            return kept[id(topic)][1][arguments]
        except KeyError:
            _, found = kept.setdefault(id(topic), (topic, {}))
            found[arguments] = read(*arguments, **named)
            return found[arguments]

    return reader
