"""Which entries share a story: retellings, languages, vetoes, order, open clusters, follow-ups."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from classifiers.stories.agglomeration import ENOUGH, PATIENCE, ClusterBuilder, Similarities
from classifiers.stories.clustering import Group, OpenMember, assign
from classifiers.stories.fingerprint import fingerprint_of, read_fingerprint
from classifiers.stories.similarity import SAME_HOURS
from db.records import Entry
from tests.support.story_entries import entry

TREATY = "Russia and North Korea ratify their mutual defence treaty in Pyongyang"
TREATY_AGAIN = "Mutual defence treaty ratified: North Korea and Russia, Pyongyang says"


def ids(groups: Sequence[Group]) -> list[list[int]]:
    return sorted(sorted(each.id for each in group.entries) for group in groups)


def known(cluster_id: int, *entries: Entry) -> list[OpenMember]:
    return [OpenMember(cluster_id, each.id, fingerprint_of(each)) for each in entries]


def test_retellings_share_a_cluster_and_others_do_not() -> None:
    others = entry(3, "India raises its purchases of discounted Urals crude")
    assert ids(assign([entry(1, TREATY), entry(2, TREATY_AGAIN), others], [])) == [[1, 2], [3]]


@pytest.mark.parametrize(
    "title",
    [
        "Putin podpisał ustawę o ratyfikacji traktatu z Koreą Północną",
        "Путин подписал закон о ратификации договора с КНДР",
        "普京签署法令批准与朝鲜的条约",
        "푸틴, 북한과의 조약 비준 법안에 서명",
    ],
)
def test_names_tie_languages_together(title: str) -> None:
    english = entry(1, "Putin fingerprints law ratifying the treaty with North Korea")
    assert ids(assign([english, entry(2, title, hours=1)], [])) == [[1, 2]]


def merged(like: dict[tuple[int, int], float], size: int, hours: float = 0.0, known: int = 0) -> list[list[int]]:
    """The rows of each cluster after so many rows, ``hours`` apart, were merged; of the ``known`` first each has a
    cluster of earlier days."""
    one, other = np.array([(max(pair), min(pair)) for pair in like]).T
    order = np.argsort(one, kind="stable")
    likes = Similarities(one[order], other[order], np.array(list(like.values()))[order])
    builder = ClusterBuilder()
    opened = {builder.put(row * hours, None) for row in range(size)} - set(range(known))
    builder.merge(opened, likes)
    return sorted(sorted(builder.rows(home)) for home in {builder.home(row) for row in range(size)})


def test_a_cluster_takes_in_what_is_like_its_members_on_average() -> None:
    """What is like one of five and unlike the others is no report of theirs, though a chain would tie it to them."""
    like = dict.fromkeys(combinations(range(5), 2), 0.9)
    assert merged(like | {(0, 5): ENOUGH + 0.2}, 6) == [[0, 1, 2, 3, 4], [5]]
    assert merged(like | {(row, 5): ENOUGH + 0.2 for row in range(5)}, 6) == [[0, 1, 2, 3, 4, 5]]


def test_the_nearest_are_merged_first() -> None:
    """Row 1 is near enough to row 0, and nearer to row 2: with that it lies too far from row 0."""
    assert merged({(0, 1): ENOUGH + 0.05, (1, 2): 0.9}, 3) == [[0], [1, 2]]


def test_two_clusters_of_earlier_days_are_never_merged() -> None:
    assert merged({(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.8}, 3, known=2) == [[0, 2], [1]]


def test_the_longer_a_story_runs_the_less_counts_what_is_far() -> None:
    """Rows half a week apart need not be like each other."""
    like = {(0, 1): 0.5, (1, 2): 0.5}
    assert len(merged(like, 3)) == 2
    assert len(merged(like, 3, hours=SAME_HOURS)) == 1


def test_a_great_story_takes_no_round_for_each_of_its_reports() -> None:
    size = PATIENCE * 8
    like = {(row, other): 0.5 + 0.001 * (row % 7) for other, row in combinations(range(size), 2)}
    assert merged(like, size) == [list(range(size))]


def test_the_name_of_the_outlet_ties_nothing() -> None:
    """Two outlets that end every headline alike, and one that begins it so."""
    titles = ("Shoigu flies to Tehran", "Cuba takes in a Russian tanker", "Live: Maduro thanks Moscow for its doctors")
    found = [entry(n, f"{title} | The Caspian Courier Daily") for n, title in enumerate(titles)]
    assert ids(assign(found, [])) == [[0], [1], [2]]


def test_other_parties_numbers_and_denials_keep_apart() -> None:
    pairs = [
        (
            "Russia signs a satellite treaty with Iran in Moscow",
            "Russia signs a satellite treaty with Cuba in Moscow",
        ),
        ("North Korea sends 3,000 soldiers to Kursk by rail", "North Korea sends 12,000 soldiers to Kursk by rail"),
        ("China builds attack drones for Russia, EU says", "China denies building attack drones for Russia"),
    ]
    for one, other in pairs:
        assert len(assign([entry(1, one), entry(2, other, hours=1)], [])) == 2, other


def test_rounded_numbers_are_no_contradiction() -> None:
    one = entry(1, "North Korea sends 12,000 soldiers to Kursk by rail")
    other = entry(2, "Some 12.1 thousand soldiers sent to Kursk by North Korea, by rail", hours=1)
    assert ids(assign([one, other], [])) == [[1, 2]]


def test_the_order_of_arrival_does_not_matter(sample: list[Entry]) -> None:
    forward = assign(sample, [])
    shuffled = random.Random(3).sample(sample, len(sample))
    assert assign(shuffled, []) == forward
    assert max(len(group.entries) for group in forward) > 2


def test_numbers_that_entries_were_given_do_not_matter(sample: list[Entry]) -> None:
    """Entries that arrive in another order are numbered in another order."""
    arrived = [replace(each, id=number) for number, each in enumerate(random.Random(5).sample(sample, len(sample)))]
    told = [sorted(each.link for each in group.entries) for group in assign(sample, [])]
    assert [sorted(each.link for each in group.entries) for group in assign(arrived, [])] == told


def test_stories_of_the_sample_are_not_mixed(sample: list[Entry], sample_rows: list[dict[str, Any]]) -> None:
    """Its writers gave every telling words of its own, in eight languages: not all meet, but those that do belong
    together."""
    told = [row["story"].removesuffix("-2") or str(number) for number, row in enumerate(sample_rows)]
    found = [pair for group in assign(sample, []) for pair in combinations([each.id for each in group.entries], 2)]
    right = sum(told[one] == told[other] for one, other in found)
    near = {
        (one, other)
        for one, other in combinations(range(len(sample)), 2)
        if sample_rows[one]["story"] == sample_rows[other]["story"] != "" and _hours(sample, one, other) <= SAME_HOURS
    }
    recall = len(near & {tuple(sorted(pair)) for pair in found}) / len(near)
    print(f"precision {right / len(found):.2f}, recall {recall:.2f} of {len(near)} pairs within {SAME_HOURS} hours")
    assert right >= 0.9 * len(found)
    assert recall >= 0.35


def _hours(sample: Sequence[Entry], one: int, other: int) -> float:
    return abs(fingerprint_of(sample[one]).at - fingerprint_of(sample[other]).at)


def test_an_open_cluster_takes_a_later_telling_in() -> None:
    open_ones = [*known(7, entry(1, TREATY)), *known(8, entry(2, "Cuba takes in a Russian tanker in Havana"))]
    [group] = assign([entry(3, TREATY_AGAIN, hours=3)], open_ones)
    assert (group.cluster_id, [each.id for each in group.entries]) == (7, [3])


def test_a_story_goes_on_past_midnight_within_a_run() -> None:
    """What is read at once may have been published over days, as on the first reading of a feed."""
    found = assign([entry(1, TREATY), entry(2, TREATY_AGAIN, hours=20)], [])
    assert ids(found) == [[1, 2]]
    [group] = assign([entry(3, TREATY, hours=20), entry(2, TREATY_AGAIN)], known(7, entry(1, TREATY)))
    assert (group.cluster_id, sorted(each.id for each in group.entries)) == (7, [2, 3])


def test_a_run_at_a_time_comes_to_much_the_same(sample: list[Entry]) -> None:
    """Runs see less at once: most stories must still be the same."""
    members: list[OpenMember] = []
    homes: dict[int, int] = {}
    for begin in range(0, len(sample), 20):
        for number, group in enumerate(assign(sample[begin : begin + 20], members)):
            cluster_id = group.cluster_id or 1000 + begin * 100 + number
            for each, fingerprint in zip(group.entries, group.fingerprints, strict=True):
                members.append(OpenMember(cluster_id, each.id, fingerprint))
                homes[each.id] = cluster_id
    whole = [sorted(each.id for each in group.entries) for group in assign(sample, []) if len(group.entries) > 1]
    kept = sum(len({homes[each] for each in group}) == 1 for group in whole)
    assert kept >= 0.7 * len(whole)


def test_what_comes_later_takes_up_the_earlier_story_and_says_what_is_new() -> None:
    first = entry(1, "EU says a plant in China builds attack drones for Russia, Brussels envoys hear")
    later = entry(2, "China denies that a plant builds attack drones for Russia, calls 40 sanctions unfair", hours=70)
    [group] = assign([later], known(5, first))
    assert group.cluster_id is None
    assert group.follows is not None
    assert group.follows.entry_id == 1
    assert group.follows.status == "denied"
    assert "sanctions" in group.follows.names
    assert any(number.startswith("40") for number in group.follows.numbers)


CHARGE = "EU says a plant in China builds attack drones for Russia, Brussels envoys hear"
DENIAL = "China denies that a plant builds attack drones for Russia for its war"


def status(earlier: Entry, later: Entry) -> str | None:
    [group] = assign([later], known(5, earlier))
    assert group.cluster_id is None
    return group.follows.status if group.follows else None


def test_only_a_confirmation_ends_a_denial() -> None:
    """What repeats the charge beside the denial, or days after it, leaves the denial standing."""
    confirmation = "China confirms that a plant builds attack drones for Russia for its war"
    assert status(entry(1, CHARGE), entry(2, DENIAL, hours=70)) == "denied"
    assert status(entry(1, DENIAL), entry(2, CHARGE, hours=5)) in ("", None)
    assert status(entry(1, DENIAL), entry(2, CHARGE, hours=70)) == ""
    assert status(entry(1, DENIAL), entry(2, confirmation, hours=70)) == "no longer denied"


def test_what_was_published_before_takes_nothing_up() -> None:
    """An entry that reaches us late is no follow-up of what it came before."""
    [late] = assign([entry(2, CHARGE, hours=-70)], known(5, entry(1, DENIAL)))
    assert late.follows is None
    apart = assign([entry(1, DENIAL), entry(2, CHARGE)], [])
    assert [group.follows for group in apart] == [None, None]


def test_a_story_of_other_parties_is_no_follow_up() -> None:
    first = entry(1, "EU says a plant in China builds attack drones for Russia")
    [group] = assign([entry(2, "EU says a plant in Iran builds attack drones for Russia", hours=70)], known(5, first))
    assert group.follows is None


def test_a_sign_comes_back_as_it_was_written() -> None:
    fingerprint = fingerprint_of(
        entry(1, "Kim: «12 тыс. солдат» | 金正恩", "A lead with $2 bn, a tab\tand a line\nbreak.")
    )
    assert read_fingerprint(fingerprint.text()) == fingerprint
    empty = fingerprint_of(entry(2, ""))
    assert read_fingerprint(empty.text()) == empty


def test_nothing_new_gives_nothing() -> None:
    assert assign([], known(1, entry(1, TREATY))) == []
    assert ids(assign([entry(1, ""), entry(2, "")], [])) == [[1], [2]]


def test_what_happens_beside_is_set_apart_in_english_alone() -> None:
    english = fingerprint_of(entry(1, "Pyongyang launches a missile as Lavrov flies to Beijing", language="en"))
    assert "@missile" in english.title
    assert "@lavrov" in english.lead - english.title
    portuguese = fingerprint_of(entry(2, "Rússia ataca de novo as cidades da Ucrânia", language="pt"))
    assert portuguese.language == "pt"
    assert "cidade" in portuguese.title
