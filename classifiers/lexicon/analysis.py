"""A text as the lexicon sees it: language, sentences, parties named, cues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from classifiers.lexicon.datelines import Span, lies_in, told_by
from classifiers.lexicon.mentions import Mention, all_named, find_cues
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold, sentence_of, sentence_starts
from classifiers.text.languages import language_of
from classifiers.topics.active import active, by_topic
from classifiers.topics.read import Role

WAR_FRAME = "war_frame"
GIVES_OR_FIGHTS = frozenset(("transfer", "troops"))
"""Classes of cues beside which a war frame names the focus itself."""
FIELDS: dict[Role, str] = {"focus": "focus", "partner": "partners", "third": "thirds", "opponent": "opponent"}
"""Role → the field of `Sentence` that holds the mentions of its actors."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The mentions of one sentence, by role; each keeps the actor's id as its code. ``frames`` are words that name the
    focus as an attacker only."""

    index: int
    focus: tuple[Mention, ...] = ()
    partners: tuple[Mention, ...] = ()
    thirds: tuple[Mention, ...] = ()
    opponent: tuple[Mention, ...] = ()
    frames: tuple[Mention, ...] = ()
    cues: tuple[Mention, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether the focus and a partner stand in this sentence."""
        return bool(self.focus and self.partners)

    @property
    def implies(self) -> bool:
        """Whether a partner and the opponent stand in it without the focus."""
        return bool(self.partners and self.opponent and not self.focus)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text. ``sentences`` holds only those in which something was found, in order; sentence 0
    is the title; ``masked`` is what n-grams see: the folded text with every party's name replaced by its role's
    mask; ``starts`` are where the sentences begin. All three are empty where the text cannot be about a partnership
    (`joins` is False). ``folded`` is the whole text folded."""

    text: str
    folded: str
    language: str
    known_language: bool
    names_focus: bool
    names_partner: bool
    names_opponent: bool = False
    opponent_implies: bool = False
    masked: str = ""
    actors: tuple[Mention, ...] = ()
    starts: tuple[int, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether the text names a partner and the focus, or the opponent where that implies the focus: only then can
        it be about a partnership."""
        return self.names_partner and (self.names_focus or (self.names_opponent and self.opponent_implies))


def analyse(text: str, declared_language: str = "", day: date | None = None, outlet: str = "") -> Analysis:
    """Read one text (see `classifiers.text.fold.entry_text`); ``declared_language`` is the feed's own tag or "",
    ``day`` that of publication, by which a name is read as who held the office then (without it, as the lexicon lists
    it), ``outlet`` who published it, where that is known: its own name is no mention."""
    folded = fold(text)
    language, sure = language_of(text, declared_language, folded)
    lexicon = read_lexicon()
    # A text that may be in several languages is read with the names of all of them.
    found = all_named(text, folded, language if sure else "", day)
    named = _named(found) if found else set()
    origin: list[Span] = []
    if _may_join(named):  # where too few are named for a tie, it matters little who names them
        origin = told_by(text, folded, [mention[:2] for mention in found], outlet)
    if origin:
        found = [mention for mention in found if not lies_in(mention.start, mention.end, origin)]
        named = _named(found)
    actors = tuple(found)
    analysis = Analysis(
        text,
        folded,
        language,
        known_language=language in lexicon.languages,
        names_focus=not named.isdisjoint(("focus", "frames")),
        names_partner="partners" in named,
        names_opponent="opponent" in named,
        opponent_implies=active().opponent_implies,
        actors=actors,
    )
    if not analysis.joins:
        return analysis
    cues = find_cues(text, folded, language)
    starts = sentence_starts(text)
    return replace(
        analysis,
        masked=_masked(folded, actors, origin),
        starts=tuple(starts),
        sentences=tuple(_sentences(starts, actors, cues)),
    )


def _named(mentions: Iterable[Mention]) -> set[str]:
    """The fields of `Sentence` that a text's mentions fill."""
    fields = _fields()
    return {fields[code] for code in {mention.code for mention in mentions}}


def _may_join(named: set[str]) -> bool:
    return "partners" in named and not named.isdisjoint(("focus", "frames", "opponent"))


@by_topic
def _fields() -> dict[str, str]:
    """Actor → the field of `Sentence` that holds its mentions."""
    return {**{actor.id: FIELDS[actor.role] for actor in active().actors.values()}, WAR_FRAME: "frames"}


def _sentences(starts: list[int], actors: tuple[Mention, ...], cues: list[Mention]) -> Iterator[Sentence]:
    fields = _fields()
    found: dict[int, dict[str, list[Mention]]] = {}
    for mention in actors:
        found.setdefault(sentence_of(starts, mention.start), {}).setdefault(fields[mention.code], []).append(mention)
    for cue in cues:
        found.setdefault(sentence_of(starts, cue.start), {}).setdefault("cues", []).append(cue)
    for index in sorted(found):
        _name_the_attacker(found[index])
        yield Sentence(index, **{field: tuple(mentions) for field, mentions in found[index].items()})


def _name_the_attacker(found: dict[str, list[Mention]]) -> None:
    """A war named as the focus's beside a partner that gives or fights names the focus: "A sends shells for B's
    war". Elsewhere the words are the war's name alone."""
    acts = any(cue.code in GIVES_OR_FIGHTS for cue in found.get("cues", ()))
    if acts and "focus" not in found and "partners" in found and "frames" in found:
        found["focus"] = [frame._replace(code=active().focus_actor.id) for frame in found["frames"]]


@by_topic
def _masks() -> dict[str, str]:
    """Actor → what n-grams see instead of its names, so that what is learned of one partner holds for the others."""
    topic = active()
    return {actor.id: topic.roles[actor.role].mask for actor in topic.actors.values()}


def _masked(folded: str, actors: tuple[Mention, ...], told_by: list[Span]) -> str:
    """The text with every party's name replaced by its role's mask, and without what says where it comes from."""
    masks = _masks()
    pieces: list[str] = []
    last = 0
    named = [(each.start, each.end, masks[each.code] + " ") for each in actors if each.code != WAR_FRAME]
    for start, end, mask in sorted([*named, *((*span, " ") for span in told_by)], key=lambda piece: piece[0]):
        if start >= last:
            pieces.append(folded[last:start])
        last = max(last, end)
        pieces.append(mask)
    pieces.append(folded[last:])
    return "".join(pieces)
