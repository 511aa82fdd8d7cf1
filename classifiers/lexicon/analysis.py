"""A text as the lexicon sees it: language, sentences, parties named, cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from classifiers.lexicon.mentions import Mention, find_actors, find_cues
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold, sentence_of, sentence_starts
from classifiers.text.languages import detect

WAR_FRAME = "war_frame"
MASKS = {"russia": "xrus", "partner": "xptn", "west": "xwst", "ukraine": "xukr"}
"""What n-grams see instead of names, so that what is learned of one partner holds for the others."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The mentions of one sentence, by side. ``partners`` and ``west`` keep the actor's id as the code."""

    index: int
    russia: tuple[Mention, ...] = ()
    partners: tuple[Mention, ...] = ()
    west: tuple[Mention, ...] = ()
    ukraine: tuple[Mention, ...] = ()
    frames: tuple[Mention, ...] = ()
    cues: tuple[Mention, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether Russia and a partner stand in this sentence."""
        return bool(self.russia and self.partners)

    @property
    def implies(self) -> bool:
        """Whether a partner and Ukraine stand in it without Russia: "North Korean soldiers fight in Ukraine"."""
        return bool(self.partners and self.ukraine and not self.russia)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text. ``sentences`` holds only those in which something was found, in order; sentence 0
    is the title; ``masked`` is what n-grams see: the folded text with every party's name replaced by a word for its
    side (`MASKS`). Both are empty where the text cannot be about a partnership (`joins` is False)."""

    text: str
    language: str
    known_language: bool
    names_russia: bool
    names_partner: bool
    names_ukraine: bool = False
    masked: str = ""
    actors: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=())

    @property
    def joins(self) -> bool:
        """Whether the text names a partner and Russia, or Ukraine, whose war implies Russia: only then can it be about
        a partnership."""
        return self.names_partner and (self.names_russia or self.names_ukraine)


def analyse(text: str, declared_language: str = "", day: date | None = None) -> Analysis:
    """Read one text (see `classifiers.text.fold.entry_text`); ``declared_language`` is the feed's own tag or "",
    ``day`` that of publication, by which a name is read as who held the office then (without it, as the lexicon lists
    it)."""
    folded = fold(text)
    language = detect(folded, declared_language)
    lexicon = read_lexicon()
    actors = tuple(find_actors(text, folded, language, day))
    sides = {*map(_sides().__getitem__, {mention.code for mention in actors})}
    known, russia = language in lexicon.languages, not sides.isdisjoint(("russia", "frames"))
    analysis = Analysis(text, language, known, russia, "partners" in sides, "ukraine" in sides, actors=actors)
    if not analysis.joins:
        return analysis
    cues = find_cues(text, folded, language)
    sentences = tuple(_sentences(sentence_starts(text), actors, cues))
    return replace(analysis, masked=_masked(folded, actors), sentences=sentences)


@cache
def _sides() -> dict[str, str]:
    """Actor → the field of `Sentence` that holds its mentions."""
    fields = {"partner": "partners"}
    sides = {actor.id: fields.get(actor.side, actor.side) for actor in read_lexicon().actors.values()}
    return {**sides, WAR_FRAME: "frames"}


def _sentences(starts: list[int], actors: tuple[Mention, ...], cues: list[Mention]) -> Iterator[Sentence]:
    sides = _sides()
    found: dict[int, dict[str, list[Mention]]] = {}
    for mention in actors:
        found.setdefault(sentence_of(starts, mention.start), {}).setdefault(sides[mention.code], []).append(mention)
    for cue in cues:
        found.setdefault(sentence_of(starts, cue.start), {}).setdefault("cues", []).append(cue)
    for index in sorted(found):
        yield Sentence(index, **{field: tuple(mentions) for field, mentions in found[index].items()})


def _masked(folded: str, actors: tuple[Mention, ...]) -> str:
    sides = read_lexicon().actors
    pieces: list[str] = []
    last = 0
    for mention in actors:
        if mention.code == WAR_FRAME:
            continue
        if mention.start >= last:
            pieces.append(folded[last : mention.start])
            last = mention.end
        pieces.append(MASKS[sides[mention.code].side] + " ")
    pieces.append(folded[last:])
    return "".join(pieces)
