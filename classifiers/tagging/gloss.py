"""An entry's act as one sentence of our own, in English whatever the entry's language: who gives what to whom, how
many, how far it has come, and who says so. Where the act is not certain, the sentence says less."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.lexicon.mentions import find_actors
from classifiers.tagging.act_figures import NOTHING_GIVEN
from classifiers.text.figure_words import in_words
from classifiers.text.figures import stored
from classifiers.text.fold import fold
from classifiers.topics.active import active
from classifiers.topics.read import OTHER, Channel
from db.records.frames import Frame
from db.records.tags import Tags

PHASES = {"sought": "sought", "planned": "planned", "under way": "under way", "ended": "refused or ended"}
"""How a phase is told; what is done is told without a word."""
VOUCHED = {"denied": "denied", "confirmed": "confirmed"}
LONGEST_CLAIMANT = 50
MOST_FIGURES = 1


def gloss_of(tags: Tags) -> str:
    """The sentence, or "" where the tags hold no act: giver, what it does, receiver; then figure, phase, vouching."""
    if not tags.frames or not tags.values("partner"):
        return ""
    frame = tags.frames[0]
    details = list(_details(tags, frame))
    return _said(tags, frame) + (f": {', '.join(details)}" if details else "")


def _said(tags: Tags, frame: Frame) -> str:
    channel = next((active().channels[name] for name in tags.values("channel") if name in active().channels), None)
    if frame.kind == "transfer" and frame.certainty == "read":
        return f"{_name(frame.giver)} {_gives(channel, _name(frame.giver))} {_name(frame.receiver, within=True)}"
    both = _both(tags, frame)
    if frame.kind == "joint":
        return f"{both} {channel.together if channel else 'act together'}"
    about = f" ({channel.name})" if channel and channel.name != OTHER else ""
    return f"{both}{about}"


def _gives(channel: Channel | None, giver: str) -> str:
    """What the giver does, with the verb in the number of its name."""
    verb, _, rest = (channel.gives if channel else "helps").partition(" ")
    several = giver.endswith("s") or " and " in giver
    return f"{verb.removesuffix('s') if several else verb} {rest}".rstrip()


def _both(tags: Tags, frame: Frame) -> str:
    """The focus and the partner, without an arrow."""
    focus = active().focus_actor
    partner = next((each for each in (frame.giver, frame.receiver) if each not in ("", focus.id)), "")
    return f"{focus.name} and {_name(partner or tags.values('partner')[0], within=True)}"


def _name(actor: str, within: bool = False) -> str:
    known = active().actors.get(actor)
    if known is None:
        return actor.replace("_", " ")
    return known.name if within else known.display


def _details(tags: Tags, frame: Frame) -> Iterator[str]:
    yield from _figures(tags)
    if frame.phase in PHASES:
        yield PHASES[frame.phase]
    if tags.has("response"):
        yield "others respond"
    if tags.has("friction") and frame.phase != "ended":
        yield "friction"
    if frame.vouching in VOUCHED:
        yield VOUCHED[frame.vouching]
    elif frame.vouching == "alleged":
        claimant = claimant_name(frame.claimant)
        yield f"{_says(claimant)} {claimant}" if claimant else "alleged"


def _says(claimant: str) -> str:
    """The verb in the number of who says so: names of states that end so are one ("US"), nouns are several."""
    last = claimant.split()[-1]
    several = claimant.startswith("people ") or last == "media" or (last.endswith("s") and last.islower())
    return "say" if several or " and " in claimant else "says"


def _figures(tags: Tags) -> Iterator[str]:
    """What is counted, where a transfer tells of a number that nobody denies and that is among the words of the act."""
    frame = tags.frames[0]
    if frame.kind == "transfer":
        told = (each for each in tags.quantities if not each.negated and each.counted not in NOTHING_GIVEN)
        found = (stored(each) for each in told if not each.spans or each.spans[0] in frame.spans)
        yield from [in_words(figure) for figure in found if figure][:MOST_FIGURES]


def claimant_name(claimant: str) -> str:
    """A claimant as an English sentence calls it: its own words where they are in Latin letters, else the actor that
    they name, else ""."""
    if claimant.isascii():
        return claimant.removesuffix("'s")[:LONGEST_CLAIMANT]
    actors = active().actors
    named = [mention.code for mention in find_actors(claimant, fold(claimant)) if mention.code in actors]
    return actors[named[0]].name if named else ""
