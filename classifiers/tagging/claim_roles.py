"""Who gives and who receives in a claim, and whether the act that an entry tells has these roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from classifiers.topics.active import active
from db.records.frames import Frame

ALL, FOCUS, PARTNER = "all", "focus", "partner"
ROLE_KEYS = ("giver", "receiver")
Fit = Literal["any", "read", "guessed", "other", "reversed", "perhaps reversed"]


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that a claim asks for, as ids of actors; both sets are empty where it asks for none. ``joint``: what
    both do together fits as well."""

    givers: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    joint: bool = False

    def fit(self, frame: Frame | None) -> Fit:
        """How the act of an entry fits: "read" or "guessed" as its frame was, "other" for another kind of act or other
        parties, "reversed" where the goods go the other way."""
        if not self.givers or frame is None:
            return "any"
        if frame.kind == "joint" and self.joint:
            return "read"
        if frame.kind == "transfer" and frame.giver in self.givers and frame.receiver in self.receivers:
            return "read" if frame.certainty == "read" else "guessed"
        if frame.giver in self.receivers or frame.receiver in self.givers:
            return "reversed" if frame.certainty == "read" else "perhaps reversed"
        return "other"


NO_ROLES = Roles()


def roles_of(row: Mapping[str, Any]) -> Roles:
    """The roles that a claim of the file names; of one that says only its direction, none."""
    if "giver" not in row:
        return NO_ROLES
    partners = _partners() if ALL in row["partners"] else frozenset(row["partners"])
    givers, receivers = (_actors(row[key], partners) for key in ROLE_KEYS)
    return Roles(givers, receivers, bool(row.get("joint", False)))


def direction_of_roles(row: Mapping[str, Any]) -> str:
    """The direction that giver and receiver tell of; "" where they tell of none."""
    ways = active().directions
    giver, receiver = (row.get(key) for key in ROLE_KEYS)
    if isinstance(receiver, list) and FOCUS in receiver:
        return ways.to_focus
    return ways.from_focus if isinstance(giver, list) and FOCUS in giver else ""


def role_faults(row: Mapping[str, Any], actors: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it) of the roles that a claim names."""
    told = [key for key in ROLE_KEYS if key in row]
    for key in told:
        names = row[key]
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            yield key, f'{key} must be a list of actors, "{FOCUS}" or "{PARTNER}"'
            return
        for name in sorted(set(names) - {FOCUS, PARTNER, *actors}):
            yield key, f'{name!r} of {key} is no actor, nor "{FOCUS}" or "{PARTNER}"'
    if len(told) == 1:
        yield told[0], "giver and receiver must be told together, or neither"
    if not isinstance(row.get("joint", False), bool):
        yield "joint", "joint must be true or false"


def _actors(names: Iterable[str], partners: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        found |= partners if name == PARTNER else {active().focus_actor.id} if name == FOCUS else {name}
    return frozenset(found)


def _partners() -> frozenset[str]:
    return frozenset(active().partners)
