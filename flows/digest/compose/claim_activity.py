"""What moved: claims with news and claims without, and counts against the usual level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flows.digest.compose.baselines import Quiet
from flows.digest.compose.inputs import Level
from flows.digest.compose.sections import PERHAPS
from flows.digest.content.activity import ClaimActivity, MovingClaim, QuietClaim
from flows.digest.content.edition import Counts
from flows.digest.content.story import Bearing, StoryContent
from flows.digest.display_text import channel_name, claim_name, counted, partner_name, usual_band

FEW = 2
"""So many stories of a partner that usually has none or one are a matter of chance."""
MORE, FEWER = " (some within one story, or left out)", " (what only goes on is not counted)"
"""Why more or fewer events began than stories are told."""
MOST_NAMED = 4
"""Partners or channels named in one line of the overview."""


def claims(told: Iterable[StoryContent], names: Mapping[str, str], quiet: Sequence[Quiet], most: int) -> ClaimActivity:
    """Claims in motion, those with the most stories first, and claims gone quiet, the longest first."""
    ordered = moving(told)
    silent = sorted(quiet, key=lambda each: (-each.days, each.claim))
    return ClaimActivity(
        moving=tuple(ordered[:most]),
        moving_left=max(0, len(ordered) - most),
        quiet=tuple(
            QuietClaim(claim=each.claim, name=claim_name(each.claim, names), days=each.days) for each in silent[:most]
        ),
        quiet_left=max(0, len(silent) - most),
    )


def moving(told: Iterable[StoryContent]) -> list[MovingClaim]:
    """The claims that the stories bear on, those with the most stories first."""
    found: dict[str, MovingClaim] = {}
    for each in (bearing for story in told for bearing in story.bears):
        found[each.claim] = _with(found.get(each.claim), each)
    return sorted(found.values(), key=lambda row: (-row.stories, row.name, row.claim))


def _with(row: MovingClaim | None, bearing: Bearing) -> MovingClaim:
    """The claim's row with one more story."""
    before = row or MovingClaim(claim=bearing.claim, name=bearing.name, stories=0, supports=0, cuts=0, updates=0)
    return replace(
        before,
        stories=before.stories + 1,
        supports=before.supports + (bearing.stance == "supports"),
        cuts=before.cuts + (bearing.stance == "cuts against"),
        updates=before.updates + (bearing.stance == "updates"),
        disputes=before.disputes + (bearing.stance == "disputes"),
    )


def overview(counts: Counts, levels: Sequence[Level], period: str, doubted: int = 0) -> tuple[str, ...]:
    """The counts against the usual, in two lines at the most: how much, and where. ``period`` says which days tell what
    is usual; ``doubted`` stories only perhaps belong in the edition."""
    if not counts.stories:
        return ()
    return tuple(line for line in (_how_much(counts, levels, period, doubted), _where(levels)) if line)


def _how_much(counts: Counts, levels: Sequence[Level], period: str, doubted: int) -> str:
    new, updates = counts.stories - counts.updates, counts.updates
    told = counted(new, "new story", "new stories") if new or not updates else ""
    told += (" and " if told and updates else "") + (f"{updates} told before" if updates else "")
    told += f" ({doubted} of them under “{PERHAPS}”)" if doubted else ""
    line = f"{told} in {counted(counts.outlets, 'outlet', 'outlets')}"
    whole = next((level for level in levels if level.kind == "all"), None)
    if whole is None or not period:
        return f"{line}."
    if whole.low is None:
        return f"{line}. What is usual is not known yet: {period}."
    count, usual = whole.counts[-1], usual_band(whole.low, whole.high)
    # Those within stories and those left out are counted, too, and of what was told before none that goes on.
    differs = MORE if count > counts.stories else FEWER if count < counts.stories else ""
    return f"{line}. {counted(count, 'event', 'events')} began{differs}, {_verdict(whole)}: {usual} a day ({period})."


def _verdict(level: Level) -> str:
    """Outside the usual band is not yet unusual: about every third day is outside."""
    count, low, high = level.counts[-1], round(level.low or 0), round(level.high or 0)
    if low <= count <= high:
        return "as usual"
    word = "more" if count > high else "fewer"
    return f"{word} than usual" if level.mark else f"somewhat {word} than usual"


def _where(levels: Sequence[Level]) -> str:
    """Which partners and channels are far from their usual, and which partners above it at all: the figures below show
    both, and would else say otherwise."""
    if not any(level.low is not None for level in levels):
        return ""
    marked = [level for level in levels if level.kind in ("partner", "channel") and level.mark]
    found = {
        "More": [level for level in marked if level.mark == "more"],
        "Less": [level for level in marked if level.mark == "less"],
        "Somewhat more": [level for level in levels if level.kind == "partner" and _is_above(level)],
    }
    parts = [f"{word} than usual: {_named(those)}" for word, those in found.items() if those]
    return (". ".join(parts) or "No partner and no channel stands out") + "."


def _is_above(level: Level) -> bool:
    """Whether it is above its usual band, and not so far that it is marked; one or two stories are no sign."""
    count = level.counts[-1]
    return not level.mark and level.high is not None and count > max(round(level.high), FEW)


def _named(levels: Sequence[Level]) -> str:
    ordered = sorted(levels, key=lambda level: (-abs(level.counts[-1] - _middle(level)), level.key))
    told = [
        f"{_name(level)} {level.counts[-1]} (usually {usual_band(level.low, level.high)})"
        for level in ordered[:MOST_NAMED]
    ]
    left = len(ordered) - len(told)
    return ", ".join(told) + (f" and {left} more" if left else "")


def _middle(level: Level) -> float:
    return ((level.low or 0) + (level.high or 0)) / 2


def _name(level: Level) -> str:
    return partner_name(level.key) if level.kind == "partner" else channel_name(level.key)


def stances(row: MovingClaim) -> str:
    """``3 support, 1 cuts against``."""
    parts = (
        (row.supports, "supports" if row.supports == 1 else "support"),
        (row.cuts, "cuts against" if row.cuts == 1 else "cut against"),
        (row.updates, "updates" if row.updates == 1 else "update"),
        (row.disputes, "disputes" if row.disputes == 1 else "dispute"),
    )
    return ", ".join(f"{number} {word}" for number, word in parts if number)
