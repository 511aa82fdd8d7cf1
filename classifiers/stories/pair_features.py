"""What two entries in different languages have in common besides words: names, concepts, numbers, and the acts that
they tell, as a row of numbers for each pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.fingerprint import PARTIES, Fingerprint
from classifiers.stories.headline_acts import COMMENTS, DOES, HEAD, PEOPLE, SIDE
from classifiers.topics.active import active, by_topic

FEATURES = (
    "cosine",
    "concepts",
    "names",
    "cues",
    "number_shared",
    "partners",
    "partners_apart",
    "channels_apart",
    "same_roles",
    "reversed_roles",
    "phase_apart",
    "vouching_apart",
    "people_apart",
    "others_apart",
    "concepts_apart",
    "response_apart",
    "friction_apart",
    "denial_apart",
    "days",
)
NAMED = (
    "reversed_roles", "people_apart", "others_apart", "denial_apart", "acts_apart", "heads_apart", "sides_same", "comments",
)  # fmt: skip
"""What can be asked of pairs one by one. The last four are of the headlines: whether verbs tell other acts, whether they
begin with another actor, whether they name the same three actors or more, whether one of them only comments."""
SEVERAL = 3
MOST_HOURS = 72.0
MOST_TITLES = 65_536
"""Headlines whose names are kept in memory: more than any week of flagged entries has."""


class PairFeatures:
    """The features of pairs of fingerprints, which are numbered as they stand."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        self._fingerprints = fingerprints

    @cached_property
    def _concepts(self) -> _Sets:
        return _Sets(_those(each.title | each.lead, "^") for each in self._fingerprints)

    @cached_property
    def _names(self) -> _Sets:
        return _Sets(_those(each.title | each.lead, "@") for each in self._fingerprints)

    @cached_property
    def _numbers(self) -> _Sets:
        return _Sets(_those(each.title | each.lead, "#") for each in self._fingerprints)

    @cached_property
    def _cues(self) -> _Sets:
        return _Sets(_those(each.title, "~") for each in self._fingerprints)

    @cached_property
    def _headline(self) -> _Sets:
        return _Sets(_those(each.title, "^") for each in self._fingerprints)

    @cached_property
    def _people(self) -> _Sets:
        named = _namer()
        return _Sets(named(each.title, PEOPLE) for each in self._fingerprints)

    @cached_property
    def _others(self) -> _Sets:
        topic = active()
        main, named = {*topic.partners, topic.focus_actor.id}, _namer()
        return _Sets(named(each.title, PARTIES) - main for each in self._fingerprints)

    @cached_property
    def _parties(self) -> _Sets:
        return _Sets(each.parties for each in self._fingerprints)

    @cached_property
    def _channels(self) -> _Sets:
        return _Sets(_told(each, "channel=") for each in self._fingerprints)

    @cached_property
    def _phase(self) -> _Sets:
        return _Sets(_told(each, "phase=") for each in self._fingerprints)

    @cached_property
    def _vouching(self) -> _Sets:
        return _Sets(_told(each, "vouching=") for each in self._fingerprints)

    @cached_property
    def _roles(self) -> _Sets:
        return _Sets({act for act in each.act if ">" in act} for each in self._fingerprints)

    @cached_property
    def _reversed(self) -> _Sets:
        return _Sets({_exchanged(act) for act in each.act if ">" in act} for each in self._fingerprints)

    @cached_property
    def _denies(self) -> Any:
        return np.array([each.denies for each in self._fingerprints], dtype=float)

    @cached_property
    def _does(self) -> _Sets:
        return _Sets(_told(each, DOES) for each in self._fingerprints)

    @cached_property
    def _heads(self) -> _Sets:
        return _Sets(_told(each, HEAD) for each in self._fingerprints)

    @cached_property
    def _sides(self) -> _Sets:
        return _Sets(_told(each, SIDE) for each in self._fingerprints)

    def _says(self, what: str) -> Any:
        return np.array([what in each.act for each in self._fingerprints], dtype=float)

    def named(self, name: str, one: Any, other: Any) -> Any:
        """One feature of the pairs, one of `NAMED`."""
        match name:
            case "reversed_roles":
                return self._roles.crossed(self._reversed, one, other)
            case "denial_apart":
                return self._denies[one] != self._denies[other]
            case "comments":
                comments = self._says(COMMENTS)
                return comments[one] + comments[other]
            case "sides_same":
                return self._sides.same(one, other, SEVERAL)
            case _:
                return {
                    "people_apart": self._people,
                    "others_apart": self._others,
                    "acts_apart": self._does,
                    "heads_apart": self._heads,
                }[name].apart(one, other)

    def of(self, one: Any, other: Any, cosine: Any) -> Any:
        """A row of `FEATURES` for each pair (arrays of the numbers of fingerprints, and of their cosines)."""
        response, friction = self._says("response"), self._says("friction")
        at = np.array([each.at for each in self._fingerprints])
        columns = (
            cosine,
            self._concepts.alike(one, other),
            self._names.alike(one, other),
            self._cues.alike(one, other),
            self._numbers.shared(one, other) > 0,
            self._parties.overlap(one, other),
            self._parties.apart(one, other),
            self._channels.apart(one, other),
            self._roles.shared(one, other) > 0,
            self._roles.crossed(self._reversed, one, other) > 0,
            self._phase.apart(one, other),
            self._vouching.apart(one, other),
            self._people.apart(one, other),
            self._others.apart(one, other),
            self._headline.apart(one, other),
            response[one] != response[other],
            friction[one] != friction[other],
            self._denies[one] != self._denies[other],
            np.minimum(np.abs(at[one] - at[other]), MOST_HOURS) / 24.0,
        )
        return np.column_stack([np.asarray(column, dtype=float) for column in columns])


class _Sets:
    """Sets as rows of a matrix."""

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        columns: dict[str, int] = {}
        # In which order the columns are numbered changes no count.
        rows = [[columns.setdefault(each, len(columns)) for each in found] for found in sets]
        self._columns = columns
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        indices = np.array([column for row in rows for column in row], dtype=np.int32)
        self._matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), max(1, len(columns))))
        self._sizes = np.diff(starts).astype(float)

    def shared(self, one: Any, other: Any) -> Any:
        """How many members the sets of each pair share."""
        return np.asarray(self._matrix[one].multiply(self._matrix[other]).sum(axis=1)).ravel()

    def crossed(self, others: _Sets, one: Any, other: Any) -> Any:
        """The same where the second set is taken from ``others``."""
        place = [others._columns.get(name, -1) for name in self._columns]
        known = [column for column, found in enumerate(place) if found >= 0]
        if not known:
            return np.zeros(len(one))
        mine, theirs = self._matrix[:, known], others._matrix[:, [place[column] for column in known]]
        return np.asarray(mine[one].multiply(theirs[other]).sum(axis=1)).ravel()

    def alike(self, one: Any, other: Any) -> Any:
        """Shared members over the geometric mean of the sizes (Ochiai's coefficient, 0 to 1)."""
        return self.shared(one, other) / np.sqrt(np.maximum(self._sizes[one] * self._sizes[other], 1.0))

    def overlap(self, one: Any, other: Any) -> Any:
        """Shared members over all (Jaccard's index, 0 to 1)."""
        shared = self.shared(one, other)
        return shared / np.maximum(self._sizes[one] + self._sizes[other] - shared, 1.0)

    def same(self, one: Any, other: Any, least: int) -> Any:
        """Whether both have the same members, so many or more."""
        shared = self.shared(one, other)
        return (shared >= least) & (shared == self._sizes[one]) & (shared == self._sizes[other])

    def apart(self, one: Any, other: Any) -> Any:
        """Whether both have members and share none."""
        return (self._sizes[one] > 0) & (self._sizes[other] > 0) & (self.shared(one, other) == 0)


def _those(terms: Iterable[str], mark: str) -> set[str]:
    return {term for term in terms if term[0] == mark}


@by_topic
def _namer() -> Callable[[frozenset[str], str], frozenset[str]]:
    """Terms, section of the table of names → the names of that section. What it gives is kept: a headline is compared
    again on each of the days that follow."""
    kinds = name_kinds()

    @lru_cache(MOST_TITLES)
    def named(terms: frozenset[str], kind: str) -> frozenset[str]:
        return frozenset(term[1:] for term in terms if term[0] == "@" and kinds.get(term[1:]) == kind)

    return named


def _told(fingerprint: Fingerprint, key: str) -> set[str]:
    return {each for each in fingerprint.act if each.startswith(key)}


def _exchanged(roles: str) -> str:
    giver, _, receiver = roles.partition(">")
    return f"{receiver}>{giver}"
