"""What a headline tells besides its words, and what it parts and ties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from classifiers.stories.clustering import assign
from classifiers.stories.constraints import OF_A_THREAD, FingerprintArrays
from classifiers.stories.fingerprint import fingerprint_of, read_fingerprint
from classifiers.stories.similarity import RowPairs, cosines
from db.records import Entry
from tests.support.story_entries import entry


def told(title: str, **changes: Any) -> set[str]:
    """The marks of a headline, without those of its tags."""
    return {each for each in fingerprint_of(entry(1, title, **changes)).act if "=" in each or each == "comments"}


def test_acts_sides_and_the_head_of_a_headline() -> None:
    assert told("Putin meets Kim in Vladivostok", language="en") == {
        "does=meet", "side=russia", "side=north_korea", "head=russia",
    }  # fmt: skip


def test_a_leader_stands_for_the_state() -> None:
    assert "head=united_states" in told("Biden lets Kyiv fire", language="en")
    assert "head=united_states" in told("US lets Kyiv fire", language="en")
    assert "head=united_states" in told("Байден разрешил Киеву", language="ru")


def test_who_comments() -> None:
    assert "comments" in told("Why Putin meets Kim")
    assert "comments" in told("Putin meets Kim", link="https://daily.example/opinion/putin-meets-kim")
    assert "comments" not in told("Putin meets Kim", link="https://daily.example/world/putin-meets-kim")


def test_a_fingerprint_keeps_them() -> None:
    fingerprint = fingerprint_of(entry(1, "Putin meets Kim in Vladivostok", language="en"))
    assert read_fingerprint(fingerprint.text()) == fingerprint


def same(one: Entry, other: Entry) -> float:
    """How likely the two are one report."""
    fingerprints = [fingerprint_of(each) for each in (one, other)]
    rows = np.array([1]), np.array([0])
    pairs = RowPairs(*rows, cosines(fingerprints, *rows))
    arrays = FingerprintArrays(fingerprints)
    return float(arrays.same_story(pairs, arrays.likeness(pairs))[0])


PLAIN = "Putin signs pact on shells with Kim in Vladivostok"


@pytest.mark.parametrize(
    ("other", "link"),
    [
        ("Xi signs pact on shells with Kim in Vladivostok for years", ""),
        ("Putin praises pact on shells with Kim in Vladivostok for years", ""),
        ("Putin signs pact on shells with Kim in Vladivostok for years", "https://daily.example/opinion/shells"),
    ],
)
def test_another_head_another_act_or_a_comment_make_two_reports_less_alike(other: str, link: str) -> None:
    like = entry(2, "Putin signs pact on shells with Kim in Vladivostok for years", language="en")
    unlike = entry(2, other, link=link, language="en")
    first = entry(1, PLAIN, language="en")
    assert same(first, unlike) <= 0.81 * same(first, like)


def test_the_same_figure_of_the_same_thing_ties_two_languages() -> None:
    """Fewer words are shared than two reports need, but not many stories count a hundred thousand soldiers."""
    one = entry(1, "Kim could send as many as 100,000 soldiers to Russia", language="en")
    other = entry(2, "Bis zu 100.000 Soldaten aus Nordkorea für Putins Krieg", hours=1, language="de")
    without = entry(2, "Bis zu 700.000 Soldaten aus Nordkorea für Putins Krieg", hours=1, language="de")
    assert same(one, other) > same(one, without)
    assert len(assign([one, other], [])) == 1


def test_the_same_actors_beside_the_focus_tie_two_stories_of_a_thread() -> None:
    titles = (
        "Biden lets Ukraine fire long-range missiles into Russia, citing Kim's troops",
        "US lifts limits for Kyiv in answer to North Korean deployment, sources say",
        "Washington warns Pyongyang of more deployments, sources say",
    )
    fingerprints = [fingerprint_of(entry(number, title, language="en")) for number, title in enumerate(titles)]
    pairs = RowPairs(np.array([1, 2]), np.array([0, 0]), np.array([0.2, 0.2]))
    near = FingerprintArrays(fingerprints).same_thread(pairs, np.array([0.2, 0.2]), np.zeros(2))
    assert near[0] >= OF_A_THREAD > near[1]


def test_what_may_be_one_event_shares_a_thread() -> None:
    fingerprints = [fingerprint_of(entry(number, PLAIN, language="en")) for number in range(2)]
    pairs = RowPairs(np.array([1]), np.array([0]), np.array([0.1]))
    near = FingerprintArrays(fingerprints).same_thread(pairs, np.array([0.1]), np.array([OF_A_THREAD]))
    assert near[0] > OF_A_THREAD


@pytest.mark.parametrize(
    ("one", "like", "unlike"),
    [
        # Another act by a noun that no verb tells.
        ("Talks on the refinery at Pancevo in Serbia", "Talks on refinery in Serbia", "Blast at refinery in Serbia"),
        # Another good.
        (
            "Tehran lends drones to Moscow for a year",
            "Tehran to lend drones to Moscow",
            "Tehran to lend tanks to Moscow",
        ),
    ],
)
def test_another_act_or_good_makes_two_reports_less_alike(one: str, like: str, unlike: str) -> None:
    first, near, far = (
        entry(number, title, language="en", summary="") for number, title in enumerate((one, like, unlike))
    )
    assert same(first, far) <= 0.8 * same(first, near)


def test_the_same_telling_act_of_the_same_two_makes_them_more_alike() -> None:
    one = entry(1, "Putin and Xi speak by phone", language="en", summary="")
    call = entry(2, "Phone call of Xi with Putin after dark", language="en", summary="")
    other = entry(2, "Fond words of Xi for Putin after dark", language="en", summary="")
    assert same(one, call) > 1.4 * same(one, other)
