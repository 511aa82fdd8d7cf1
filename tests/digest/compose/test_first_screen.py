"""What an edition says it changes, and what it expects."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from classifiers.tagging.claim_measures import Measure
from db.records import ScoredEntry
from db.records.frames import Frame, Phase
from db.records.tags import ClaimLink, ClaimStance, Quantity, Tag, Tags
from flows.config.settings import RecipientSettings
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.content.front import Change, Front
from flows.digest.delivery.reader_view import view
from flows.digest.render.pages import render_page, render_text
from tests.support.edition_records import NOON, HtmlPage, composed, edition, scored

DRONES = Measure("Drones", "drones", "", "month", 330, None, "2024-11", "GD 1", 50, 100_000, ())
PLANNED = Frame("joint", phase="planned")


def bearing(number: int, stance: ClaimStance, title: str = "", told: tuple[Quantity, ...] = ()) -> ScoredEntry:
    tags = Tags((Tag("channel", "arms"),), told, (ClaimLink("drones", stance, 1.0, ""),))
    return scored(number, title, tags=tags)


def front(entries: list[ScoredEntry], **changes: Any) -> Front:
    found = composed(entries, claim_names={"drones": "Drones by the month"}, **changes).front
    assert found is not None
    return found


def test_a_claim_is_named_where_a_leading_story_or_two_support_it_or_one_cuts_against_it() -> None:
    assert [each.text for each in front([bearing(1, "supports")]).changes] == ["supported"]
    weighty = {number: ClusterFacts(origins=9) for number in range(2, 8)}
    behind = front(
        [*(scored(number, tags=Tags((Tag("channel", "arms"),))) for number in weighty), bearing(1, "supports")],
        clusters={number: number for number in weighty},
        cluster_facts=weighty,
    )
    assert (behind.changes, behind.changes_left) == ((), 0)
    assert [(each.about, each.text, each.entries) for each in behind.less] == [
        ("Drones by the month", "supported", (1,))
    ], "of which less is to be said stands behind, and is named, too"
    two = front([bearing(1, "supports"), bearing(2, "supports")])
    assert [(each.about, each.text, each.entries) for each in two.changes] == [
        ("Drones by the month", "supported", (1, 2))
    ]
    (cut,) = front([bearing(1, "cuts_against")]).changes
    assert (cut.text, cut.against) == ("cut against", True)


def test_what_only_perhaps_belongs_moves_no_claim() -> None:
    doubted = bearing(1, "cuts_against")
    assert front([replace(doubted, score=replace(doubted.score, probability=0.3))]).changes == ()


def test_a_measure_that_moved_is_told_beside_that_of_the_essay() -> None:
    title = "Plant turns out 2,700 drones a month"
    told = (Quantity(2700, "", "drones", spans=((title.index("2,700"), title.index(" a month")),)),)
    measures = {"drones": (DRONES,)}
    (moved,) = front([bearing(1, "updates", title, told)], measures=measures).changes
    assert moved.text == ("updated; 2,700 drones a month; the essay of November 2024 had 330 a month")
    same = (replace(told[0], amount=330),)
    assert front([bearing(1, "updates", title, same)], measures=measures).changes == ()


def test_soldiers_counted_as_people_in_a_headline_are_measured_too() -> None:
    title = "Kim could send as many as 100,000 men"
    told = (Quantity(100_000, "", "people", spans=((title.index("100,000"), len(title)),)),)
    soldiers = Measure("Soldiers", "soldiers", "", "once", 2000, 9999, "2024-11", "GD 1", 500, 200_000, (), ("people",))
    (moved,) = front([bearing(1, "updates", title, told)], measures={"drones": (soldiers,)}).changes
    assert moved.text == "updated; 100,000 people; the essay of November 2024 had thousands of soldiers"


def test_the_first_story_of_a_partner_and_a_channel_is_told_once_the_store_is_a_week_old() -> None:
    entry = scored(1, tags=Tags((Tag("channel", "arms"),)))
    ties = {("china", "arms"): None}
    (first,) = front([entry], ties=ties, began=NOON - timedelta(days=30)).changes
    assert (first.about, first.text) == (
        "China, arms", "first reported together since reading began (22 October 2026)",
    )  # fmt: skip
    long_ago = {("china", "arms"): NOON - timedelta(days=120)}
    assert "in 90 days" in front([entry], ties=long_ago, began=NOON - timedelta(days=300)).changes[0].text
    recent = {("china", "arms"): NOON - timedelta(days=20)}
    assert front([entry], ties=recent, began=NOON - timedelta(days=300)).changes == ()
    assert front([entry], ties=ties, began=NOON - timedelta(days=3)).changes == ()


def test_many_firsts_of_a_young_store_are_counted() -> None:
    partners = ("china", "iran", "north_korea", "belarus", "india", "cuba", "serbia")
    entries = [
        scored(number, tags=Tags((Tag("channel", "arms"),)), partners=(partner,))
        for number, partner in enumerate(partners, 1)
    ]
    found = front(entries, ties={(each, "arms"): None for each in partners}, began=NOON - timedelta(days=8)).changes
    assert len(found) == 6
    assert (found[-1].about, found[-1].text) == ("2 more pairs of partner and channel", "for the first time")
    assert len(found[-1].entries) == 2


def test_firsts_share_a_line() -> None:
    partners = ("china", "iran", "north_korea", "belarus", "india", "cuba")
    entries = [
        scored(number, tags=Tags((Tag("channel", "arms"),)), partners=(partner,))
        for number, partner in enumerate(partners, 1)
    ]
    told = edition(entries, ties={(each, "arms"): None for each in partners}, began=NOON - timedelta(days=8))
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        line = " ".join(text.split()).partition("First reported together since reading began (13 November 2026): ")[2]
        assert re.match(r"(\w[\w ]+, arms \(story \d\)(; )?){5} For the first time: 1 more pair of partner", line)


def test_changes_of_status_share_a_line_and_come_first() -> None:
    told = edition([bearing(1, "supports"), bearing(2, "supports"), scored(3)])
    assert told.content.front is not None
    steps = (("now confirmed", 1), ("now a signing", 3))
    moved = tuple(Change(about="Status changed", text=text, entries=(at,)) for text, at in steps)
    front = replace(told.content.front, changes=(*told.content.front.changes, *moved))
    told = replace(told, content=replace(told.content, front=front))
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "Status changed: now confirmed (story 1); now a signing (story 3) Supported: Drones (" in flat


def announcing(number: int, title: str, **changes: Any) -> ScoredEntry:
    tags = Tags((Tag("partner", "china"), Tag("channel", "exercises")), frames=(PLANNED,))
    return scored(number, title, tags=tags, **changes)


def test_announced_acts_stand_by_their_days() -> None:
    found = front([announcing(1, "Drills planned for 9 December"), announcing(2, "Drills to begin on Monday")])
    assert [(each.when, each.text, each.entry) for each in found.expected] == [
        ("Mon 23 Nov", "Russia and China are to hold drills.", 2),
        ("Wed 9 Dec", "Russia and China are to hold drills.", 1),
    ]
    misnamed = announcing(1, "Drills planned for 9 December")
    misnamed = replace(misnamed, entry=replace(misnamed.entry, language="de"))
    assert front([misnamed]).expected != (), "what counts is the language that was told, not that of the feed"


def test_a_headline_that_says_next_week_is_told_in_our_words() -> None:
    (act,) = front([announcing(1, "China and Russia to begin drills next week")]).expected
    assert act.text == "Russia and China are to hold drills."


def test_both_renderings_name_the_numbers_of_the_stories() -> None:
    told = edition([bearing(1, "supports"), bearing(2, "supports"), announcing(3, "Drills planned for 9 December")])
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "Supported: Drones (stories 1, 2)" in flat
        assert "Wed 9 Dec: Russia and China are to hold drills. (story 3)" in flat


def test_a_reader_sees_what_their_own_stories_change() -> None:
    iran = replace(bearing(2, "cuts_against"), score=replace(bearing(2, "cuts_against").score, partners=("iran",)))
    content = composed([announcing(1, "Drills planned for 9 December"), iran])
    part = view(content, RecipientSettings(address="a@desk.example", partners=("china",)))
    assert part.front is not None
    assert (part.front.changes, len(part.front.expected)) == ((), 1)


def test_of_who_has_arrived_what_is_to_come_is_expected() -> None:
    tags = Tags((Tag("partner", "china"), Tag("channel", "diplomacy")), frames=(Frame("joint", phase="done"),))
    (act,) = front([scored(1, "Putin arrives in China for a summit on 27 November", tags=tags)]).expected
    assert act.text == "Russia and China: a meeting (Putin arrives in China for a summit on 27 November)"


def visiting(number: int, title: str, below: str, phase: Phase = "done") -> ScoredEntry:
    tags = Tags((Tag("partner", "china"), Tag("channel", "diplomacy")), frames=(Frame("joint", phase=phase),))
    made = scored(number, title, tags=tags)
    return replace(made, entry=replace(made.entry, summary=below))


def test_the_deed_to_come_is_that_of_the_sentence_with_the_day() -> None:
    told = visiting(1, "Xi arrives in Moscow for summit with Putin", "They are to sign the treaty on Monday.")
    (act,) = front([told]).expected
    assert (act.when, act.text) == (
        "Mon 23 Nov",
        "Russia and China: a signing (Xi arrives in Moscow for summit with Putin)",
    )


@pytest.mark.parametrize(
    ("below", "deed"),
    [("The EU is to adopt sanctions on Monday.", "sanctions"), ("Xi is to meet Trump on Monday.", "a meeting")],
)
def test_the_deed_to_come_of_others_is_not_told_of_the_two(below: str, deed: str) -> None:
    (act,) = front([visiting(1, "Xi arrives in Moscow for talks with Putin", below)]).expected
    assert act.text == f"{deed} (Xi arrives in Moscow for talks with Putin)"


def test_a_day_of_another_matter_is_no_day_of_what_the_headline_tells() -> None:
    told = visiting(1, "China line: land bought for a third of it", "Builders may begin in 2027.", "planned")
    assert front([told]).expected == ()
