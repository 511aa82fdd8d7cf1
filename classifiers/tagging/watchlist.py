"""The claims that entries are linked to: the topic's file and an analyst's → records. What a claim may say is written
in ``classifiers/topics/russia/claims.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from classifiers.lexicon.aliases import Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.tagging.claim_measures import Measure, measure_faults, measures_of
from classifiers.tagging.claim_roles import ALL, NO_ROLES, ROLE_KEYS, Roles, direction_of_roles, role_faults, roles_of
from classifiers.tagging.literals import Alternatives, Expression, Wordings
from classifiers.tagging.patterns.read import words_of
from classifiers.tagging.role_text import compile_roles
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk
from classifiers.text.toml_text import TomlError, parsed
from classifiers.topics.active import SHIPPED, active, by_topic
from classifiers.topics.read import OTHER, Topic

FILE = "claims.toml"
TEXTS = ("supports", "contradicts")
KEYS = {
    *("id", "name", "text", "essay", "partners", "channels", "direction", "tags", "cues", "words", "patterns", "not"),
    *("needs", "sure", "cuts", "bars", "unless"),
    *(*ROLE_KEYS, "joint", "measures", *TEXTS),
}
NEEDED = ("id", "text", "partners", "channels")
"""What every claim must say, beside its direction or its giver and receiver."""
LISTS = ("essay", "partners", "channels", "words", "patterns", "not", "needs", "sure", "cuts", "bars", "unless")
NO_PATTERNS = Alternatives()
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ClaimError(Exception):
    """The file of claims is wrong; the message names the file, the claim and the remedy in one line."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, in our own words or an analyst's, with what bears on it.

    ``name`` is what it is called where there is little room, or "". ``tags`` and ``cues`` (0 to 1): what channel and
    roles give together, and what the cues give. ``supports`` and ``contradicts`` say in words what would. ``shipped``:
    it is the topic's own, so the topic's table of claims knows it. ``needs``: patterns of which headline or lead must
    have one; ``sure``: those that link alone; ``cuts``: those by which the entry cuts against the claim;
    ``bars``: those that forbid a link; ``unless``: those beside which they forbid none.
    """

    id: str
    name: str
    text: str
    essay: tuple[str, ...]
    partners: frozenset[str]
    channels: frozenset[str]
    direction: str
    tags: float
    cues: float
    words: tuple[str, ...]
    patterns: Alternatives
    against: Alternatives
    roles: Roles = NO_ROLES
    measures: tuple[Measure, ...] = ()
    supports: str = ""
    contradicts: str = ""
    shipped: bool = False
    needs: Alternatives = NO_PATTERNS
    sure: Alternatives = NO_PATTERNS
    cuts: Alternatives = NO_PATTERNS
    bars: Alternatives = NO_PATTERNS
    unless: Alternatives = NO_PATTERNS

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """All its regular expressions."""
        return (*self.patterns, *self.against, *self.needs, *self.sure, *self.cuts, *self.bars, *self.unless)


@dataclass(frozen=True)
class Watchlist:
    """Claims ready to be looked for: ``matcher`` finds the words of all of them, each coded with its claim's id."""

    claims: tuple[Claim, ...]
    matcher: Matcher

    @cached_property
    def wordings(self) -> Wordings:
        """The expressions of all claims."""
        return Wordings(pattern for claim in self.claims for pattern in claim.expressions)

    @cached_property
    def names(self) -> dict[str, str]:
        """Claim → its short name; its id where it has none."""
        return {claim.id: claim.name or claim.id for claim in self.claims}


def read_watchlist(file: Path | None = None) -> Watchlist:
    """The claims of the topic, and those of an analyst's file beside them (an id that the topic has is replaced).
    Raises ClaimError for a file that is missing or wrong."""
    return shipped() if file is None else _joined(shipped().claims, _read(_data_of(file), file))


@by_topic
def shipped() -> Watchlist:
    """The claims of the topic."""
    file = active().folder / FILE
    return _joined((), (replace(claim, shipped=True) for claim in _read(_data_of(file), file)))


def directions(topic: Topic) -> tuple[str, ...]:
    """What a claim may say of its direction."""
    ways = topic.directions
    return ways.to_focus, ways.from_focus, ways.mutual, "response", "friction", ALL


def _data_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ClaimError(f"cannot read the claims in {file}: {error}; correct [claims] file in the config") from error


def _joined(first: Iterable[Claim], second: Iterable[Claim]) -> Watchlist:
    claims = tuple(({claim.id: claim for claim in first} | {claim.id: claim for claim in second}).values())
    matcher = Matcher(alias for claim in claims for alias in _aliases(claim))
    return Watchlist(claims, matcher)


def _aliases(claim: Claim) -> Iterable[Any]:
    for word in claim.words:
        match: Match = "substring" if has_cjk(word) else "word"
        yield alias_of(fold(word), claim.id, "", match)  # the text that they are looked for in is folded


def _read(data: bytes, file: Path) -> list[Claim]:
    try:
        told = parsed(data)
    except TomlError as error:
        raise ClaimError(f"{file} is not readable as TOML: {error}") from error
    rows = told.get("claim")
    if not isinstance(rows, list) or not rows or set(told) != {"claim"}:
        raise ClaimError(f"{file}: write every claim as a [[claim]] table, and nothing else")
    claims = [_claim(row, file, number) for number, row in enumerate(rows, 1)]
    if not file.is_relative_to(SHIPPED):
        _compile(claims, file)
    twice = [claim.id for number, claim in enumerate(claims) if claim.id in {other.id for other in claims[:number]}]
    if twice:
        raise ClaimError(f"{file}: the claim {twice[0]!r} stands there twice; give one of them another id")
    return claims


def _claim(row: Mapping[str, Any], file: Path, number: int) -> Claim:
    name = f"{file}: claim " + (repr(row["id"]) if row.get("id") else f"number {number}")
    _check_keys(row, name)
    _check_roles_and_measures(row, name)
    _check_values(row, name)
    return Claim(
        id=row["id"],
        name=row.get("name", ""),
        text=row["text"],
        essay=tuple(row.get("essay", ())),
        partners=frozenset(row["partners"]),
        channels=frozenset(row["channels"]),
        direction=direction_of_roles(row) or row["direction"],
        tags=float(row.get("tags", 0.5)),
        cues=float(row.get("cues", 0.5)),
        words=tuple(row.get("words", ())),
        patterns=_compiled(row.get("patterns", ()), name),
        against=_compiled(row.get("not", ()), name),
        roles=roles_of(row),
        measures=measures_of(row),
        supports=row.get("supports", ""),
        contradicts=row.get("contradicts", ""),
        needs=_compiled(row.get("needs", ()), name),
        sure=_compiled(row.get("sure", ()), name),
        cuts=_compiled(row.get("cuts", ()), name),
        bars=_compiled(row.get("bars", ()), name),
        unless=_compiled(row.get("unless", ()), name),
    )


def _compile(claims: Iterable[Claim], file: Path) -> None:
    """Compile what nobody has checked, so that what is wrong with it is told before any text is read."""
    for claim in claims:
        for each in claim.expressions:
            try:
                _ = each.compiled
            except (re.error, OverflowError) as error:
                what = f"the pattern {each.pattern!r} cannot be read: {error}"
                raise ClaimError(f"{file}: claim {claim.id!r}: {what}") from error


def _check_keys(row: Mapping[str, Any], name: str) -> None:
    for key in needed_of(row):
        if not row.get(key):
            raise ClaimError(f"{name} says no {key}; add one")
    unknown = sorted(set(row) - KEYS)
    if unknown:
        raise ClaimError(f"{name}: unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    for key in LISTS:
        told = row.get(key, [])
        if not isinstance(told, list) or not all(isinstance(item, str) and item for item in told):
            raise ClaimError(f"{name}: {key} must be a list of texts")


def needed_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a claim must say: its direction only where giver and receiver tell of none."""
    return NEEDED if direction_of_roles(row) else (*NEEDED, "direction")


def _check_roles_and_measures(row: Mapping[str, Any], name: str) -> None:
    faults = [what for _, what in role_faults(row, active().actors)] + list(measure_faults(row))
    faults += [f"{key} must be a text" for key in TEXTS if not isinstance(row.get(key, ""), str)]
    if faults:
        raise ClaimError(f"{name}: {faults[0]}")


def _check_values(row: Mapping[str, Any], name: str) -> None:
    topic = active()
    for key, known in (("partners", {*topic.partners, ALL}), ("channels", {*topic.channels, OTHER, ALL})):
        unknown = sorted(set(row[key]) - known)
        if unknown:
            raise ClaimError(f"{name}: {unknown[0]!r} is none of the {key}: {', '.join(sorted(known))}")
    if "direction" in row and row["direction"] not in directions(topic):
        raise ClaimError(f"{name}: the direction must be one of {', '.join(directions(topic))}")
    if not isinstance(row["id"], str) or not _ID.fullmatch(row["id"]):
        raise ClaimError(f"{name}: write the id in small letters, digits and hyphens")
    for key in ("tags", "cues"):
        if not isinstance(row.get(key, 0.5), int | float) or not 0 <= row.get(key, 0.5) <= 1:
            raise ClaimError(f"{name}: {key} must be a number from 0 to 1")
    starred = [word for word in row.get("words", ()) if "*" in word[:-1] or not word.strip("* ")]
    if starred:
        raise ClaimError(f"{name}: {starred[0]!r}: a * may stand only at the end of a word that says something")


def _compiled(patterns: Iterable[str], name: str) -> Alternatives:
    found = []
    for pattern in patterns:
        try:
            found.append(compile_roles(pattern, words_of("en")))
        except (KeyError, re.error, OverflowError) as error:
            raise ClaimError(f"{name}: the pattern {pattern!r} cannot be read: {error}") from error
    return Alternatives(found)
