"""What stands behind the colon of a gloss: how many, how far it has come, who answers, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.tagging.act_figures import NOTHING_GIVEN
from classifiers.tagging.claimant_names import ENGLISH, claimant_name, denier_of, says
from classifiers.tagging.figure_sources import source_of
from classifiers.tagging.headline_words import things_in
from classifiers.tagging.joint_acts import MARKS, Told, is_joint
from classifiers.tagging.named_actors import names_outsider
from classifiers.text.figure_bounds import bound_of
from classifiers.text.figure_words import in_words
from classifiers.text.figures import stored
from classifiers.text.fold import fold
from classifiers.text.titles import asks
from classifiers.topics.active import active
from classifiers.topics.read import Channel
from db.records.frames import Frame
from db.records.tags import Quantity, Tags

PHASES = {"sought": "sought", "planned": "planned", "under way": "under way", "ended": "refused or ended"}
"""How a phase is told; what is done is told without a word."""
VOUCHED = {"denied": "denied", "confirmed": "confirmed"}
GOES_ON_AND_DENIED = ("under way", "denied")
"""Of what is denied nobody says that it goes on."""
IN_QUESTION = "in question"
"""What a headline only asks and nobody claims."""
MOST_FIGURES, MOST_GOODS = 1, 2
COUNTED_BY = "by the count of"
MEN, INSTRUCTORS, SOLDIERS = ("soldier", "soldiers"), "instructors", frozenset(("troops", "soldiers"))
"""What figures count men as, and how English calls those whom a text names."""


def details(tags: Tags, frame: Frame, told: Told) -> Iterator[str]:
    """Figure, phase (of an act), response, friction and vouching, each in a word or a few."""
    yield from figures(tags, told)
    if frame.kind != "none" and frame.phase in PHASES and (frame.phase, frame.vouching) != GOES_ON_AND_DENIED:
        yield PHASES[frame.phase]
    if tags.has("response") and _names_others(told):
        yield "others respond"
    if tags.has("friction") and frame.phase != "ended" and _is_between_the_two(tags, frame):
        yield "friction"
    if frame.vouching in VOUCHED:
        denier = denier_of(frame, told) if frame.vouching == "denied" else ""
        yield VOUCHED[frame.vouching] + (f" by {denier}" if denier else "")
    elif frame.vouching == "alleged":
        claimant = claimant_name(frame.claimant, told.language)
        yield f"{says(claimant)} {claimant}" if claimant else IN_QUESTION if asks(told.headline) else "alleged"


def _is_between_the_two(tags: Tags, frame: Frame) -> bool:
    """Whether friction is between those who act: where another partner is named first, it is that one's."""
    return frame.kind != "transfer" or tags.values("partner")[0] in (frame.giver, frame.receiver)


def _names_others(told: Told) -> bool:
    """Whether the headline names somebody outside the tie: a response that stands below it is not what it tells."""
    return not told.headline or names_outsider(told.headline, told.language)


def figures(tags: Tags, told: Told) -> Iterator[str]:
    """What is counted, where a transfer tells of a number that nobody denies and that is among the words of the act. Of
    men whom the entry calls instructors and never soldiers it does so, too."""
    frame = tags.frames[0]
    channel = channel_of(tags)
    if frame.kind == "transfer":
        given = (each for each in tags.quantities if not each.negated and each.counted not in NOTHING_GIVEN)
        acts = [(each, stored(each)) for each in given if not each.spans or each.spans[0] in frame.spans]
        found = [(each, figure) for each, figure in acts if figure]
        if frame.phase == "sought":  # what may come is told by how much it may be
            found.sort(key=lambda pair: -pair[1].high)
        for each, figure in found[:MOST_FIGURES]:
            counts = source_of(each, told) if frame.vouching == "plain" else ""
            counted = _bounded(each, _in_its_words(in_words(figure), told), told) + _counted_alike(each, channel, told)
            yield counted + (f" {COUNTED_BY} {counts}" if counts else "")


def channel_of(tags: Tags) -> Channel | None:
    """The clearest of its channels that the topic knows."""
    return next((active().channels[name] for name in tags.values("channel") if name in active().channels), None)


def goods_of(channel: Channel, told: Told) -> str:
    """What goes through a channel, as the headline names it; "" where it does not."""
    named = things_in(told.headline, told.language)
    goods = dict.fromkeys(each.text for each in named if each.id in channel.carries)
    return " and ".join(list(goods)[:MOST_GOODS])


def _bounded(quantity: Quantity, figure: str, told: Told) -> str:
    """The figure as the most or the least, where the text gives it so."""
    if not quantity.spans:
        return figure
    bound = bound_of(fold(f"{told.headline}\n{told.lead}"), *quantity.spans[0], told.language or ENGLISH)
    return f"{bound} {figure}".lstrip()


def _counted_alike(quantity: Quantity, channel: Channel | None, told: Told) -> str:
    """The other goods that a headline counts in one with those of a figure ("dozens of guns and launchers")."""
    if quantity.unit or channel is None:
        return ""
    end = quantity.spans[0][1] if quantity.spans else len(told.headline)
    named = things_in(told.headline, told.language) if end < len(told.headline) else []
    behind = next((each for each in named if each.start >= end and each.id in channel.carries), None)
    between = fold(told.headline)[end : behind.start] if behind else ""
    return f" and {behind.text}" if behind and between.strip(MARKS) and is_joint(between, told.language) else ""


def _in_its_words(figure: str, told: Told) -> str:
    number, _, counted = figure.rpartition(" ")
    if counted not in MEN:
        return figure
    named = {each.text for each in things_in(f"{told.headline}\n{told.lead}", told.language)}
    said = INSTRUCTORS if counted.endswith("s") else INSTRUCTORS.removesuffix("s")
    return f"{number} {said}" if INSTRUCTORS in named and not named & SOLDIERS else figure
