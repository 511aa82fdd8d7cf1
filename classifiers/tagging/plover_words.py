"""A sentence → the PLOVER code that its words speak for.

The words are data, one file a language (``plover_words/en.toml``). ``acts`` name an act, ``hints`` are nouns that name
it where no verb does, ``turns`` make another act of one that follows: what *will* be done is promised or threatened,
what is *not* done refused, what is *halted* a sanction, or a concession where it was a conflict. The first act behind
the source counts most, for verbs of speech and will (refuse to, agree to, threaten to) stand before what they are
about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from classifiers.lexicon.aliases import Alias, Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.tagging.quarrels import quarrel_acts
from classifiers.text.fold import fold

FOLDER = "plover_words"
TURN, TRAP = "turn", "trap"
ACT_WEIGHT, HINT_WEIGHT = 1.0, 0.35
REACH = {"word": 70, "proclitic": 60, "substring": 14}
"""Characters after which a word counts half, by how a script writes words."""
TURN_REACH = {"word": 45, "proclitic": 40, "substring": 10}
"""Characters over which a turn bears on the act that follows it."""
GAP = 5
"""Characters that may stand between *by* and the source: an article."""
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
DEEDS = frozenset({"ASSAULT", "PROTEST", "SANCTION", "COERCE", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A word at [start, end): ``kind`` act, hint, turn or trap, ``what`` the code or the turn."""

    start: int
    end: int
    kind: str
    what: str


@dataclass(frozen=True)
class PloverWords:
    """One language: what finds its words and those of modes, how its script writes them, and whether what is said of
    the act stands at the end."""

    matcher: Matcher
    modes: Matcher
    match: Match
    verb_last: bool


@cache
def languages() -> tuple[str, ...]:
    """The languages with words for events."""
    folder = resources.files("classifiers.tagging") / FOLDER
    return tuple(sorted(file.name[:2] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def words_of(language: str, quarrels: bool = False) -> PloverWords:
    """The words of a language, those of English where there are none; with its words of friction where ``quarrels`` is
    set. (These are for what is known to tell of friction: elsewhere "turns down" may be the thermostat.)"""
    known = language if language in languages() else "en"
    file = resources.files("classifiers.tagging") / FOLDER / f"{known}.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    modes = (
        alias_of(fold(text), mode, known, told["match"]) for mode, texts in told["modes"].items() for text in texts
    )
    acts = [*_aliases(told, known), *(_quarrels(told, known) if quarrels else ())]
    return PloverWords(Matcher(acts), Matcher(modes), told["match"], told.get("order") == "ov")


def _quarrels(told: Mapping[str, Any], language: str) -> Iterator[Alias]:
    for what, texts in quarrel_acts(language):
        yield from (alias_of(fold(text), f"act:{what}", language, told["match"]) for text in texts)


def _aliases(told: Mapping[str, Any], language: str) -> Iterator[Alias]:
    for section, kind in (("acts", "act"), ("hints", "hint"), ("turns", TURN), ("traps", TRAP)):
        for what, texts in told.get(section, {}).items():
            for text in texts:
                yield alias_of(fold(text), f"{kind}:{what}", language, told["match"])


def hits_in(text: str, language: str, quarrels: bool = False) -> list[Hit]:
    """The words found in ``text``, by position; of those that overlap the longest stands, traps are swallowed."""
    folded = fold(text)
    found = words_of(language, quarrels).matcher.find(text, folded)
    hits: list[Hit] = []
    reach = 0
    for start, end, alias in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= reach:
            kind, _, what = alias.codes[0].partition(":")
            reach = end
            if kind != TRAP:
                hits.append(Hit(start, end, kind, what))
    return hits


def weights_of(
    text: str, language: str, source: tuple[int, int] | None = None, quarrels: bool = False
) -> dict[str, float]:
    """Code → how strongly the words of ``text`` speak for it. ``source`` is the span of who acts, where that is known:
    the words behind it count, or those before it where it stands behind *by* or nothing follows. In languages that say
    what is done at the end, the text is read from there. ``quarrels``: words of friction count as well."""
    words = words_of(language, quarrels)
    begin, kept = _side(hits_in(text, language, quarrels), source)
    if words.verb_last:
        begin, kept = 0, [Hit(len(text) - hit.end, len(text) - hit.start, hit.kind, hit.what) for hit in reversed(kept)]
    weights: dict[str, float] = {}
    turn: Hit | None = None
    for hit in kept:
        if hit.kind == TURN:
            turn = _stronger(turn, hit, words.match)
            continue
        near = turn is not None and hit.start - turn.end <= TURN_REACH[words.match]
        code, weight = _read(hit, turn if near else None)
        far = max(0, hit.start - begin) / REACH[words.match]
        weights[code] = max(weights.get(code, 0.0), weight * 0.5**far)
    if not weights and turn and turn.what == "halt":
        return {"SANCTION": HINT_WEIGHT}
    return weights


def mode_of(text: str, language: str, code: str) -> str:
    """The mode of an act of that code that the words of ``text`` name first, "" where they name none. "host" is no mode
    of PLOVER: it says that who is named first receives the visit."""
    found = words_of(language, False).modes.find(text, fold(text))
    told = [(start, alias.codes[0]) for start, _, alias in found if alias.codes[0].startswith(f"{code}:")]
    return min(told)[1].partition(":")[2] if told else ""


def _read(hit: Hit, turn: Hit | None) -> tuple[str, float]:
    weight = ACT_WEIGHT if hit.kind == "act" or (turn and turn.what == "halt") else HINT_WEIGHT
    return turned(hit.what, turn.what) if turn else hit.what, weight


def _side(hits: list[Hit], source: tuple[int, int] | None) -> tuple[int, list[Hit]]:
    """Where to measure distances from, and the words that count."""
    if source is None:
        return 0, hits
    before = [hit for hit in hits if hit.end <= source[0]]
    after = [hit for hit in hits if hit.start >= source[1]]
    passive = bool(before) and before[-1].what == "by" and source[0] - before[-1].end <= GAP
    if passive or not any(hit.kind != TURN for hit in after):
        return (0, before) if before else (0, hits)
    return source[1], after


def _stronger(turn: Hit | None, hit: Hit, match: Match) -> Hit | None:
    """The turn that counts where two follow each other: a halt before what is to come."""
    if hit.what == "by":
        return turn
    if turn and turn.what == "not" and hit.start - turn.end <= TURN_REACH[match] and hit.what == "will":
        return turn
    return hit


def turned(code: str, turn: str) -> str:
    """What a turn makes of an act."""
    cooperative = code in COOPERATIVE
    if turn == "will":
        if code in ("CONCEDE", "RETREAT"):
            return "CONCEDE"  # what is to be yielded is no more than declared
        return "AGREE" if cooperative else "THREATEN" if code in DEEDS else code
    if turn == "not":
        return "REJECT" if cooperative else code
    if turn == "halt":
        return "SANCTION" if cooperative else "CONCEDE" if code in DEEDS else code
    return code
