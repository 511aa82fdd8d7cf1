"""An edition tells one event once, and two events apart, whatever the clusters of the store hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from db.records import ScoredEntry
from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.compose.inputs import ClusterFacts, SummarySentence
from flows.digest.content.edition import EditionContent
from tests.support.edition_records import NOON, composed, scored, stories
from tests.support.told_stories import traces


def sends(giver: str = "iran", receiver: str = "russia", channel: str = "arms") -> Tags:
    """The tags of a text that says who gives."""
    return Tags((Tag("channel", channel),), frames=(Frame("transfer", giver, receiver, "done", certainty="read"),))


def told(number: int, title: str, summary: str = "", **changes: Any) -> ScoredEntry:
    plain: dict[str, Any] = {"summary": summary, "tags": sends(), "partners": ("iran",)}
    return scored(number, title, **(plain | changes))


OTHERS = [
    told(80, "India lends Russia a dry dock", tags=sends("india", channel="transport"), partners=("india",)),
    told(81, "Cuban nurses leave for Siberia", tags=Tags(), partners=("cuba",)),
    told(82, "Hungary pays for its gas in roubles", tags=sends("hungary", channel="finance"), partners=("hungary",)),
    told(83, "Serbia and Russia print stamps together", tags=Tags(), partners=("serbia",)),
    told(84, "Beijing lowers its tax on Russian honey", tags=Tags()),
    told(85, "Venezuelan choir sings in Omsk", tags=Tags(), partners=("venezuela",)),
]
"""Other stories of the day: beside two alone, nothing is rare."""
ENGLISH = told(1, "Iran sends Russia two submarines", "The submarines left a Caspian port on Monday, an officer said.")
POLISH = told(
    2, "Iran wysyła Rosji okręty podwodne", "Okręty podwodne wyszły w poniedziałek z portu nad Morzem Kaspijskim.",
    language="pl", link="https://papier.example/2",
)  # fmt: skip
MALI = told(3, "Russian welders repair a bridge in Mali", tags=sends("russia", "africa"), partners=("africa",))
NIGER = told(4, "Pilots land in Niger", tags=sends("russia", "africa"), partners=("africa",))
THREAD = {7: 7, 8: 7}


def day(entries: list[ScoredEntry], clusters: dict[int, int], **changes: Any) -> EditionContent:
    return composed([*entries, *OTHERS], clusters, **({"thread_ids": THREAD} | changes))


def events(content: EditionContent) -> set[tuple[int, ...]]:
    """The entries of each event of the edition, but for the others of the day."""
    return {each.entries for each in content.trace if each.entries[0] < 80}


def test_reports_of_one_act_in_two_languages_are_one_story() -> None:
    content = day([ENGLISH, POLISH], {1: 7, 2: 8})
    assert events(content) == {(1, 2)}
    (story,) = (each for each in stories(content) if each.entry == 1)
    assert (story.entries, story.outlets, story.parts) == (2, 2, ())


@pytest.mark.parametrize(
    "title",
    [
        "Iran sends Russia two helicopters",
        "Zelensky deplores the submarines that Iran sends Russia",
        "Iran sends Russia carpets and dates",
    ],
)
def test_what_tells_another_place_thing_or_actor_stays_another_event(title: str) -> None:
    assert events(day([ENGLISH, told(2, title)], {1: 7, 2: 8})) == {(1,), (2,)}


ANSWERS = Tags((Tag("response", "yes"), Tag("channel", "troops")), frames=sends("north_korea").frames)
LIFTED = "US ends range limits for Kyiv in answer to North Korean deployment"


def answer(number: int, title: str) -> ScoredEntry:
    return told(number, title, tags=ANSWERS, partners=("north_korea",))


def test_an_answer_of_the_same_sides_to_the_same_deed_is_one_event_in_other_words() -> None:
    allowed = answer(5, "Biden lets Ukraine use long-range missiles over Kim's troops")
    assert events(day([allowed, answer(6, LIFTED)], {5: 7, 6: 8}, thread_ids={})) == {(5, 6)}


@pytest.mark.parametrize(
    "title",
    ["Biden sends Poland long-range missiles over Kim's troops", "Biden loses patience over Kim's troops"],
)
def test_an_answer_with_another_third_party_or_none_is_another(title: str) -> None:
    assert events(day([answer(5, title), answer(6, LIFTED)], {5: 7, 6: 8}, thread_ids={})) == {(5,), (6,)}


def test_exchanged_roles_and_denials_stay_apart() -> None:
    back = told(2, "Russia sends Iran two submarines", tags=sends("russia", "iran"))
    assert events(day([ENGLISH, back], {1: 7, 2: 8})) == {(1,), (2,)}
    denies = Tags(sends().tags, frames=(Frame("transfer", "iran", "russia", "done", "denied", certainty="read"),))
    denied = told(2, "Iran denies sending Russia two submarines", tags=denies)
    assert events(day([ENGLISH, denied], {1: 7, 2: 8})) == {(1,), (2,)}


def test_a_comment_is_no_report_of_the_event() -> None:
    comment = told(2, "Opinion: Iran sends Russia two submarines, and nobody minds")
    assert events(day([ENGLISH, comment], {1: 7, 2: 8})) == {(1,), (2,)}


def test_reports_of_two_members_of_a_group_are_two_events() -> None:
    content = day([MALI, NIGER], {3: 7, 4: 7})
    assert events(content) == {(3,), (4,)}
    assert {each.cluster for each in content.trace if each.entries[0] < 80} == {7}, "the store's cluster is what it was"


def test_a_total_of_think_tanks_is_told_beside_the_event_and_not_as_it() -> None:
    total = told(3, "What Iran has given Russia in three years, added up", kind="think_tank", probability=0.99)
    content = day([ENGLISH, total], {1: 7, 3: 7})
    assert events(content) == {(1,), (3,)}
    (story,) = (each for each in stories(content) if each.entry == 1)
    assert [(each.entry, each.name) for each in story.parts] == [(3, "analysis")]
    same = told(3, "The submarines that Iran has given Russia, added up", kind="think_tank")
    assert events(day([ENGLISH, same], {1: 7, 3: 7})) == {(1, 3)}, "it is of the same matter"


def test_origins_and_summary_are_those_of_all_reports() -> None:
    facts = {
        7: ClusterFacts(origins=1, summary=(SummarySentence("An officer counted submarines.", "Outlet 1"),)),
        8: ClusterFacts(origins=1),
    }
    content = day([ENGLISH, POLISH], {1: 7, 2: 8}, cluster_facts=facts)
    (story,) = (each for each in stories(content) if each.entry == 1)
    assert story.origins == 2
    apart = day([MALI, NIGER], {3: 7, 4: 7}, cluster_facts={7: ClusterFacts(origins=2)})
    assert {each.origins for each in apart.trace if each.entries[0] < 80} == {1}


def test_a_later_report_of_either_cluster_is_no_new_story() -> None:
    before = traces(day([ENGLISH, POLISH], {1: 7, 2: 8}))
    again = told(5, "Iran sends Russia two submarines", published_at=NOON + timedelta(hours=3))
    for cluster in (7, 8):
        content = day([again], {5: cluster}, told=before)
        assert 5 in {each.entry for each in content.repeated.stories}


def test_what_was_parted_off_does_not_repeat_what_its_cluster_told() -> None:
    before = traces(day([MALI], {3: 7}))
    later = replace(MALI, entry=replace(MALI.entry, id=5, outlet="Outlet 5"))
    content = day([later, NIGER], {4: 7, 5: 7}, told=before)
    assert events(content) == {(4,), (5,)}
    assert [each.entry for each in content.repeated.stories if each.entry < 80] == [5]


def test_the_order_of_entries_changes_nothing() -> None:
    entries = [ENGLISH, POLISH, MALI, NIGER]
    clusters = {1: 7, 2: 8, 3: 9, 4: 9}
    found = {frozenset(events(day(list(order), clusters))) for order in permutations(entries)}
    assert found == {frozenset({(1, 2), (3,), (4,)})}


@pytest.mark.parametrize(("partners", "apart"), [(("china",), True), (("other",), False), (("iran", "china"), False)])
def test_stories_of_other_partners_are_two_events(partners: tuple[str, ...], apart: bool) -> None:
    other = replace(POLISH, score=replace(POLISH.score, partners=partners))
    content = day([ENGLISH, other], {1: 7, 2: 8})
    assert events(content) == ({(1,), (2,)} if apart else {(1, 2)})
