"""What two entries in different languages have in common besides words: names, concepts, numbers, and the acts that
they tell, as a row of numbers for each pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from classifiers.lexicon.concepts.goods import GOODS
from classifiers.lexicon.concepts.read import acts
from classifiers.stories.fingerprint import PARTIES, Fingerprint
from classifiers.stories.fingerprint_terms import ROLES, by_key, by_mark, counted, exchanged_roles, namer
from classifiers.stories.headline_acts import COMMENTS, DOES, HEAD, PEOPLE, SIDE
from classifiers.stories.set_rows import SetRows
from classifiers.text.kept import kept
from classifiers.topics.active import active

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
    "reversed_roles", "people_apart", "others_apart", "denial_apart",
    "acts_apart", "heads_apart", "sides_same", "others_same", "figures_same", "comments",
    "deeds_apart", "deeds_same", "goods_apart",
)  # fmt: skip
"""What can be asked of pairs one by one. Those of the second line are of the headlines: whether verbs tell other acts,
whether they begin with another actor, whether they name the same three actors or more, or beside the focus the same two
or more, whether they count as many of the same, whether one of them only comments; those of the third, whether they
name other acts, by verbs or nouns, whether the same two actors or more and the same act that has come as far, or
other goods."""
EITHER = {"a visit": "a meeting", "a ratification": "a signing"}
"""Who visits meets, and who signs a pact into law ratifies it."""
DAILY = frozenset(("", "a meeting", "an attack", "sanctions"))
"""What acts are called that are no sign of one event: there are several a day."""
SEVERAL = 3
MOST_HOURS = 72.0


class PairFeatures:
    """The features of pairs of fingerprints, which are numbered as they stand."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        self._fingerprints = fingerprints

    @kept
    def _terms(self) -> list[Mapping[str, list[str]]]:
        return [by_mark((*each.title, *each.lead)) for each in self._fingerprints]

    @kept
    def _titles(self) -> list[Mapping[str, list[str]]]:
        return [by_mark(each.title) for each in self._fingerprints]

    @kept
    def _acts(self) -> list[Mapping[str, list[str]]]:
        return [by_key(each.act) for each in self._fingerprints]

    @kept
    def _concepts(self) -> SetRows:
        return SetRows(each["^"] for each in self._terms)

    @kept
    def _names(self) -> SetRows:
        return SetRows(each["@"] for each in self._terms)

    @kept
    def _numbers(self) -> SetRows:
        return SetRows(each["#"] for each in self._terms)

    @kept
    def _cues(self) -> SetRows:
        return SetRows(each["~"] for each in self._titles)

    @kept
    def _headline(self) -> SetRows:
        return SetRows(each["^"] for each in self._titles)

    @kept
    def _people(self) -> SetRows:
        named = namer()
        return SetRows(named(each.title, PEOPLE) for each in self._fingerprints)

    @kept
    def _others(self) -> SetRows:
        topic = active()
        main, named = {*topic.partners, topic.focus_actor.id}, namer()
        return SetRows(named(each.title, PARTIES) - main for each in self._fingerprints)

    @kept
    def _parties(self) -> SetRows:
        return SetRows(each.parties for each in self._fingerprints)

    @kept
    def _channels(self) -> SetRows:
        return SetRows(each["channel"] for each in self._acts)

    @kept
    def _phase(self) -> SetRows:
        return SetRows(each["phase"] for each in self._acts)

    @kept
    def _vouching(self) -> SetRows:
        return SetRows(each["vouching"] for each in self._acts)

    @kept
    def _roles(self) -> SetRows:
        return SetRows(each[ROLES] for each in self._acts)

    @kept
    def _reversed(self) -> SetRows:
        return SetRows(map(exchanged_roles, each[ROLES]) for each in self._acts)

    @kept
    def _denies(self) -> Any:
        return np.array([each.denies for each in self._fingerprints], dtype=float)

    @kept
    def _does(self) -> SetRows:
        return SetRows(each[DOES] for each in self._acts)

    @kept
    def _deeds(self) -> SetRows:
        return SetRows(each - {""} for each in self._called)

    @kept
    def _telling_deeds(self) -> SetRows:
        return SetRows(each - DAILY for each in self._called)

    @kept
    def _called(self) -> list[set[str]]:
        """What the acts that headlines name are called, those as one that a headline may call by either."""
        called = {concept: EITHER.get(name, name) for concept, name in acts().items()}
        return [{called.get(term[1:], "") for term in each["^"]} for each in self._titles]

    @kept
    def _goods(self) -> SetRows:
        return SetRows((term[1:] for term in each["^"] if term[1:] in GOODS) for each in self._titles)

    @kept
    def _heads(self) -> SetRows:
        return SetRows(each[HEAD] for each in self._acts)

    @kept
    def _sides(self) -> SetRows:
        return SetRows(each[SIDE] for each in self._acts)

    @kept
    def _beside_focus(self) -> SetRows:
        focus = active().focus_actor.id
        return SetRows((side for side in each[SIDE] if side != focus) for each in self._acts)

    @kept
    def _figures(self) -> SetRows:
        return SetRows(counted(each) for each in self._fingerprints)

    def _says(self, what: str) -> Any:
        return np.array([what in each.act for each in self._fingerprints], dtype=float)

    def _comment(self, one: Any, other: Any) -> Any:
        comments = self._says(COMMENTS)
        return comments[one] + comments[other]

    def named(self, name: str, one: Any, other: Any) -> Any:
        """One feature of the pairs, one of `NAMED`."""
        match name:
            case "reversed_roles":
                return self._roles.crossed(self._reversed, one, other)
            case "denial_apart":
                return self._denies[one] != self._denies[other]
            case "comments":
                return self._comment(one, other)
            case "sides_same":
                return self._sides.same(one, other, SEVERAL)
            case "others_same":
                return self._beside_focus.same(one, other, SEVERAL - 1)
            case "deeds_same":
                told = self._sides.same(one, other, SEVERAL - 1) & (self._telling_deeds.shared(one, other) > 0)
                return told & (self._comment(one, other) == 0) & ~self._phase.apart(one, other)
            case "figures_same":
                return self._figures.shared(one, other)
            case _:
                return {
                    "people_apart": self._people,
                    "others_apart": self._others,
                    "acts_apart": self._does,
                    "deeds_apart": self._deeds,
                    "goods_apart": self._goods,
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
