"""What repeats what was told is left out, and what may be news never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.frames import Frame
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.content.edition import EditionContent
from tests.support.edition_records import composed, scored, stories
from tests.support.told_stories import acting, traces

GIVES = Frame("transfer", "north_korea", "russia", "under way", "alleged", certainty="read")
TOLD = "Seoul: Kim ships shells to Russia by rail from the port of Rason"


def later(
    now: str, language: str = "en", *, cluster: int = 8, frame: Frame = GIVES, likeness: float | None = None
) -> EditionContent:
    """The edition after the one that told `TOLD`: of the same event in cluster 7, of another of its thread in 8."""
    told = traces(composed([scored(1, TOLD, summary="", tags=acting(GIVES))], {1: 7}))
    one = scored(2, now, summary="", language=language, tags=acting(frame))
    one = replace(one, score=replace(one.score, language=language))
    return composed([one], {2: cluster}, told=told, cluster_facts={cluster: ClusterFacts(follows=7, likeness=likeness)})


@pytest.mark.parametrize(
    ("now", "language"),
    [
        ("Shells keep rolling out of the port of Rason for Russia, Seoul says once more", "en"),
        ("By rail, shells of Kim are still on their way from the port of Rason to Russia", "en"),
        ("Opinion: Kim ships Russia what it lacks", "en"),
    ],
)
def test_other_words_for_what_was_told_are_no_news(now: str, language: str) -> None:
    (left_out,) = later(now, language).repeated.stories
    assert left_out.reason.endswith(("what was told, nothing new recognised", "on what was told"))
    assert left_out.before == TOLD


def test_what_reads_unlike_it_is_no_repetition() -> None:
    again = "By rail, shells of Kim are still on their way from the port of Rason to Russia"
    assert later(again, likeness=0.5).repeated.total == 1
    assert later(again, likeness=0.4).repeated.total == 0


@pytest.mark.parametrize(
    "now",
    [
        "Tokyo summons envoy over the shells that Kim ships to Russia",  # somebody who was not named
        "Kim ships shells to Russia, and tanks",  # something that was not named
        "Lavrov: shells of Kim are a fairy tale of Russia's foes",  # somebody speaks
        "Russia and Kim fall out over shells, quay rents and herring",  # words that we do not know
        "Half of Kim's shells for Russia are duds, farmers find",
    ],
)
def test_what_may_be_news_is_told(now: str) -> None:
    (story,) = stories(later(now))
    assert story.is_update
    assert "follows “" in (story.news or "")


def test_what_was_planned_and_has_begun_is_news() -> None:
    planned = replace(GIVES, phase="planned")
    told = traces(composed([scored(1, TOLD, summary="", tags=acting(planned))], {1: 7}))
    now = scored(2, "Kim ships shells to Russia by rail, Seoul", summary="", tags=acting(GIVES))
    assert stories(composed([now], {2: 8}, told=told, cluster_facts={8: ClusterFacts(follows=7)}))


@pytest.mark.parametrize(
    "now", ["Russia-Ukraine war live: Kim ships shells and tanks", "Wednesday Briefing: tanks from Kim"]
)
def test_what_gathers_the_reports_of_others_is_no_news_of_what_was_told(now: str) -> None:
    (left_out,) = later(now).repeated.stories
    assert left_out.reason.endswith("on what was told")


def test_three_reports_are_told_whatever_they_repeat() -> None:
    told = traces(composed([scored(1, TOLD, summary="", tags=acting(GIVES))], {1: 7}))
    again = [scored(n, TOLD, summary="", outlet=f"Outlet {n}", tags=acting(GIVES)) for n in (2, 3, 4)]
    facts = {7: ClusterFacts(origins=3)}
    (story,) = stories(composed(again, dict.fromkeys((2, 3, 4), 7), told=told, cluster_facts=facts))
    assert story.news == "3 more independent reports"
