"""Whether two stories are of one matter: of a state or its leader alone none is made."""

from __future__ import annotations

import pytest

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.compose.inputs import ClusterFacts
from tests.support.edition_records import composed, scored, stories
from tests.support.story_judgements import STREAM
from tests.support.story_links import linked
from tests.support.told_stories import traces


def news(now: str, before: str, frames: tuple[tuple[Frame, ...], tuple[Frame, ...]] = ((), ())) -> str | None:
    """What is said of a story that is linked to one told before; ``frames`` are those of the two."""
    own, former = (
        Tags((Tag("channel", channel),), frames=each)
        for channel, each in zip(("transport", "arms"), frames, strict=True)
    )
    told = traces(composed([scored(1, before, tags=former)], {1: 7}))
    facts = {8: ClusterFacts(follows=7)}
    (story,) = stories(composed([scored(2, now, tags=own)], {2: 8}, told=told, cluster_facts=facts))
    return story.news


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("Kim inspects a shipyard", "Kim sends his greetings"),
        ("Belarus bans a football club", "Belarus takes in mercenaries"),
        ("Xi speaks of the weather", "Xi praises the harvest"),
    ],
)
def test_a_state_or_its_leader_in_both_is_no_matter(now: str, before: str) -> None:
    assert news(now, before) is None


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("Belarus parades its submarines in a port before a crowd", "Submarine for Belarus half built in a port"),
        ("Xi and Putin plant a cherry tree", "Putin awaits Xi with cherry cake"),
        ("Farmers weigh the melons in Minsk", "Melons of farmers in Belarus rot"),
    ],
)
def test_two_things_words_or_a_pair_of_people_and_a_word_in_both_are(now: str, before: str) -> None:
    assert news(now, before) == f"follows “{before}”"


def test_what_is_given_in_return_needs_more_in_common() -> None:
    now, before = "Kim's melons and the price of rice", "Kim talks of melons"
    gives, pays = (Frame("transfer", "north_korea", "russia", "done"),), (Frame("transfer", "russia", "north_korea"),)
    assert news(now, before, (gives, gives)) == f"follows “{before}”"
    assert news(now, before, (pays, gives)) is None


@pytest.mark.skipif(not STREAM.is_file(), reason="the stream of real articles is not there")
def test_of_real_links_few_that_are_told_are_wrong() -> None:
    found = linked(scored=False)
    told = sum(times for (is_told, _), times in found.items() if is_told)
    assert found[True, "yes"] >= 100
    assert found[True, "no"] <= 0.05 * told


CUBA = (Tag("partner", "cuba"),)
AGREES = Tags((*CUBA, Tag("channel", "diplomacy")), frames=(Frame("joint", phase="done"),))
ARMS = Tags((*CUBA, Tag("channel", "arms")), frames=(Frame("transfer", "russia", "cuba", "sought"),))


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        (("Russian jets fly at Cuba's fair", ARMS), ("Lavrov tells Cuba that Russia stands by it", AGREES), 0),
        (("Russia and Cuba sign a pact", AGREES), ("Cuba and Russia reach an agreement on rice", AGREES), 1),
        (("Russian jets fly at Cuba's fair", ARMS), ("Opinion: What Russia and Cuba have in common", AGREES), 1),
        (("Russian jets fly at Cuba's fair", ARMS), ("Opinion: What Lavrov wants of Russia and Cuba", AGREES), 0),
        (("Russia lists Cuban debts", ARMS), ("Sanctions hit Russia and Cuba", AGREES), 0),
        (("Russia shrugs at sanctions on Cuba", ARMS), ("Sanctions hit Russia and Cuba", AGREES), 1),
    ],
)
def test_two_states_alone_join_no_two_reports_of_a_thread(
    one: tuple[str, Tags], other: tuple[str, Tags], parts: int
) -> None:
    made = [
        scored(number, title, tags=tags, partners=("cuba",)) for number, (title, tags) in enumerate((one, other), 1)
    ]
    found = stories(composed(made, {1: 1, 2: 2}, thread_ids={1: 1, 2: 1}))
    assert [len(story.parts) for story in found] == ([1] if parts else [0, 0])
