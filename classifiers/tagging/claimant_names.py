"""Who says so, or denies it, as an English sentence calls them."""

from __future__ import annotations

from classifiers.lexicon.concepts.read import others
from classifiers.tagging.headline_words import names_in
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.keywords import keywords_of
from classifiers.tagging.named_actors import OUTSIDE, actors_in
from db.records.frames import Frame

ENGLISH = "en"
LONGEST_CLAIMANT = 50
STATE_OFFICES = frozenset(("minister", "foreign_minister", "defence_minister", "prime_minister", "president"))
"""Offices that say nothing of whose they are where no state stands beside them."""


def is_outside(claimant: str, language: str) -> bool:
    """Whether who says something has no part in the tie. A bare office may be one of a state that has."""
    if named := actors_in(claimant, language):
        return all(each.role in OUTSIDE for each in named)
    return STATE_OFFICES.isdisjoint(each.id for each in keywords_of(claimant, language))


def claimant_name(claimant: str, language: str = "") -> str:
    """A claimant as an English sentence calls it: its own words where they are Latin letters of an English text or of
    one whose language is not told, else the office or the actor that they name, else ""."""
    if claimant.isascii() and language in ("", ENGLISH):
        return claimant.removesuffix("'s")[:LONGEST_CLAIMANT]
    offices = [each.text for each in keywords_of(claimant, language) if each.id in others()]
    return (offices or [each.name for each in actors_in(claimant, language)] or [""])[0]


def denier_of(frame: Frame, told: Told) -> str:
    """Who denies an act: its claimant, else the one whom the headline names before its colon; "" where neither is
    known."""
    before, colon, _ = told.headline.partition(":")
    named = names_in(before, told.language) if colon else []
    alone = [each for each in named if (each.start, each.end) == (0, len(before.rstrip()))]
    return claimant_name(frame.claimant, told.language) or (alone[0].text if alone else "")


def denied_outside(frame: Frame, told: Told) -> bool:
    """Whether the one who denies an act is known and has no part in the tie."""
    found = actors_in(frame.claimant or denier_of(frame, told), told.language)
    return bool(found) and all(each.role in OUTSIDE for each in found)


def says(claimant: str) -> str:
    """The verb in the number of who says so: names of states that end so are one ("US"), nouns are several."""
    first, last = claimant.split()[0], claimant.split()[-1]
    if first == last:  # a headline's first word has a capital, whatever it is
        last = last if last.isupper() else last.casefold()
    several = claimant.startswith("people ") or last == "media" or (last.endswith("s") and last.islower())
    return "say" if several or " and " in claimant else "says"
