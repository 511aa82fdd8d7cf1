"""Who told a story first-hand: copies of one text are one origin, however many outlets print it, and so are reports
that credit one agency, in whatever language, and those of one house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifiers.stories.credits import agency_of, house_of
from classifiers.stories.fingerprint import terms
from classifiers.text.fold import fold
from classifiers.text.titles import bare_title
from db.records import Entry

SAME_TEXT = 0.6
"""The share of four-word runs that two texts of one origin have in common (of the shorter text)."""
SAME_TITLE = 0.85
"""The same of the terms of two headlines, where one of the entries has no text to compare."""
RUN = 4
LEAST_WORDS = 12
WORDS = 80
STATE = "state_media"


@dataclass(frozen=True, slots=True)
class Origins:
    """``origins``: entry ids, one tuple an independent origin, the first entry of each first, in order of time.

    ``kinds`` counts outlets by kind; ``only_state_media`` says that nobody else carries the story.
    """

    origins: tuple[tuple[int, ...], ...]
    kinds: Mapping[str, int]
    only_state_media: bool

    @property
    def independent(self) -> int:
        """How many told it first-hand."""
        return len(self.origins)


def origins_of(entries: Sequence[Entry]) -> Origins:
    """The origins of a story told by these entries. The entries of one outlet are one origin, too."""
    ordered = sorted(entries, key=_age)
    texts = [_runs(entry) for entry in ordered]
    titles = [_title(entry) for entry in ordered]
    sources = [_source(entry) for entry in ordered]
    found: list[list[int]] = []
    for place in range(len(ordered)):
        for origin in found:
            if any(
                not sources[other].isdisjoint(sources[place])
                or _same(texts[other], texts[place], titles[other], titles[place])
                for other in origin
            ):
                origin.append(place)
                break
        else:
            found.append([place])
    outlets = {entry.outlet: entry.kind for entry in ordered}
    kinds = Counter(outlets.values())
    told = tuple(tuple(ordered[place].id for place in origin) for origin in found)
    return Origins(told, dict(sorted(kinds.items())), set(kinds) == {STATE})


def _source(entry: Entry) -> frozenset[str]:
    """Whose words the entry may carry: its outlet's, its house's, those of an agency."""
    named = {"outlet": entry.outlet, "house": house_of(entry.link), "agency": agency_of(entry)}
    return frozenset(f"{kind} {name}" for kind, name in named.items() if name)


def _age(entry: Entry) -> tuple[str, str, int]:
    return entry.appeared_at.isoformat(), entry.outlet, entry.id


def _runs(entry: Entry) -> frozenset[tuple[str, ...]]:
    """The runs of four words at the beginning of the text, or none where it is too short to tell."""
    words = fold(entry.summary or entry.body).split()[:WORDS]
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def _title(entry: Entry) -> frozenset[str]:
    bare = bare_title(entry.title, entry.outlet)
    return terms(bare, fold(bare))


def _same(
    one: frozenset[tuple[str, ...]],
    other: frozenset[tuple[str, ...]],
    one_title: frozenset[str],
    other_title: frozenset[str],
) -> bool:
    if one and other:
        return len(one & other) >= SAME_TEXT * min(len(one), len(other))
    together = one_title | other_title
    return len(together) > RUN and len(one_title & other_title) >= SAME_TITLE * len(together)
