"""The order of stories: twenty invented days are told as their author wants to read them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from classifiers.topics.active import active
from db.records import ScoredEntry
from db.records.frames import Frame
from db.records.tags import Quantity, Tag, Tags
from flows.config.ranking import RankingSettings
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.compose.ranking import Weighed, importance
from flows.digest.content.story import Trace
from tests.support.edition_records import NOON, WINDOW, composed, scored, stories

DAYS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("ranked_days.toml").read_text(encoding="utf-8"))[
    "day"
]
EARLIER = 900
"""Added to a story's number: the cluster of what was told before."""


def frame(told: dict[str, Any], **changes: str) -> Frame:
    focus, partner, way = active().focus_actor.id, told["p"], told["way"]
    sides = {"in": (partner, focus), "out": (focus, partner), "guess": (partner, focus)}.get(way, ("", ""))
    return Frame(
        "joint" if way == "both" else "transfer",
        *sides,
        phase=changes.get("phase", told.get("phase", "done")),
        vouching=changes.get("vouching", told.get("vouching", "plain")),
        certainty="guessed" if way == "guess" else "read",
    )


def tags(told: dict[str, Any], **changes: str) -> Tags:
    named = [Tag("partner", told["p"]), Tag("channel", told["c"])]
    named += [Tag("response", "yes")] if told.get("r") else []
    amount, counted = told.get("n", (0, ""))
    numbers = [Quantity(amount, *((counted, "") if counted.isupper() else ("", counted)))] if counted else []
    return Tags(tuple(named), tuple(numbers), frames=(frame(told, **changes),))


def entry(number: int, told: dict[str, Any], **changes: Any) -> ScoredEntry:
    kind = "state_media" if told.get("state") else "press"
    pr = told.get("pr", 0.8)
    return scored(number, told["t"], probability=pr, partners=(told["p"],), kind=kind, tags=tags(told), **changes)


def before(number: int, told: dict[str, Any]) -> Trace:
    """What an earlier edition remembers of the story, or of another event of its thread."""
    was = told["was"]
    if was == "told":
        longest = sorted(told["t"].split(), key=len)[-2:]
        same_matter = " ".join([*longest, "and something else altogether"])
        old = scored(EARLIER + number, same_matter, tags=tags(told), partners=(told["p"],))
        cluster = EARLIER + number
    else:
        key = "vouching" if was in ("plain", "denied", "alleged") else "phase"
        changed = tags(told, **({"phase": "done", "vouching": "plain"} | {key: was}))
        old = scored(EARLIER + number, told.get("b", told["t"]), tags=changed, partners=(told["p"],))
        cluster = number
    (trace,) = composed([old], {old.entry.id: cluster}).trace
    # Another event shares words with the story, and not what these name: else the story would repeat it.
    named = () if was == "told" else trace.subjects
    return replace(trace, edition="2026-11-20", subjects=named)


def told_order(day: dict[str, Any]) -> list[str]:
    """The headlines of the day in the order of the edition, whatever order they came in."""
    listed = day["stories"]
    # The ids run against the wanted order, so that no tie is decided for it.
    numbered = {len(listed) - place: each for place, each in enumerate(listed)}
    facts = {
        number: ClusterFacts(origins=each["o"], follows=EARLIER + number if each.get("was") == "told" else None)
        for number, each in numbered.items()
    }
    long_ago = {(each["p"], each["c"]): WINDOW.start - timedelta(days=3) for each in listed}
    firsts = {(each["p"], each["c"]): None for each in listed if each.get("first")}
    content = composed(
        [entry(number, each) for number, each in numbered.items()],
        {number: number for number in numbered},
        cluster_facts=facts,
        told=[before(number, each) for number, each in numbered.items() if "was" in each],
        ties=long_ago | firsts,
        began=NOON - timedelta(days=200),
        lead_stories=50,
    )
    return [story.headline for story in stories(content)]


@pytest.mark.parametrize("day", DAYS, ids=[day["name"] for day in DAYS])
def test_a_day_is_told_in_the_order_in_which_its_author_wants_to_read_it(day: dict[str, Any]) -> None:
    assert told_order(day) == [each["t"] for each in day["stories"]]


def test_half_of_the_days_settled_no_weight() -> None:
    assert [day["tuning"] for day in DAYS].count(True) == len(DAYS) / 2 == 10


def test_a_reader_sets_other_weights_in_the_config() -> None:
    talk = scored(1, tags=Tags((Tag("channel", "diplomacy"),)))
    guns = scored(2, tags=Tags((Tag("channel", "arms"),)))
    assert [each.entry for each in stories(composed([talk, guns]))] == [2, 1]
    ranking = RankingSettings(channels={"diplomacy": 5, "arms": 0})
    assert [each.entry for each in stories(composed([talk, guns], ranking=ranking))] == [1, 2]


def test_how_sure_it_is_decides_nothing_but_what_stands_at_the_end() -> None:
    entries = [scored(1, probability=0.5), scored(2, probability=0.99), scored(3, probability=0.49)]
    content = composed(entries, {1: 1}, cluster_facts={1: ClusterFacts(origins=2)})
    assert [(each.entry, each.certainty) for each in stories(content)] == [
        (1, "likely"), (2, "sure"), (3, "borderline"),
    ]  # fmt: skip


def test_every_channel_of_the_topic_has_a_weight_of_its_own() -> None:
    weights = [each.weight for each in active().channels.values()]
    assert max(weights) == active().channels["arms"].weight > active().channels["diplomacy"].weight > 0


def test_origins_count_to_eight() -> None:
    weights = RankingSettings()
    points = [importance(Weighed(channel=1, origins=origins, direct=0, figures=0), weights) for origins in (1, 8, 80)]
    assert points == [1, 4, 4]
