"""Updates: nothing is told twice without news, and what is new is said."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from classifiers.text.figures import Figure
from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in
from db.records.frames import Certainty, Frame
from db.records.tags import ClaimLink, Quantity, Tag, TagKind, Tags
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.render.pages import render_html, render_text
from flows.digest.update_words import without_followed
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories
from tests.support.told_stories import acting, traces


def tags(
    *, status: str = "reported", channels: tuple[str, ...] = ("troops",), soldiers: int = 0, claim: str = ""
) -> Tags:
    """The tags of one entry."""
    named: list[tuple[TagKind, str]] = [("channel", channel) for channel in channels]
    told = tuple(Tag(kind, value) for kind, value in (*named, ("direction", "to_russia"), ("status", status)))
    numbers = (Quantity(soldiers, "", "soldiers"),) if soldiers else ()
    links = (ClaimLink(claim, "supports", 0.9, "words"),) if claim else ()
    return Tags(told, numbers, links)


YESTERDAY = traces(composed([scored(1, "Troops arrive", tags=tags(soldiers=3000))], {1: 7}))


def test_a_story_without_news_is_not_told_again_but_counted_and_named() -> None:
    content = composed([scored(2, tags=tags(soldiers=3000)), scored(3)], {2: 7}, told=YESTERDAY)
    assert [story.entry for story in stories(content)] == [3]
    assert (content.repeated.total, content.repeated.entries) == (1, 1)
    assert content.repeated.stories[0].entry == 2
    assert content.counts.flagged == 2


@pytest.mark.parametrize(
    ("now", "news"),
    [
        (tags(soldiers=12_000), "new figures: 12,000 soldiers, before 3,000"),
        (tags(soldiers=3000, status="denied"), "now denied"),
    ],
)
def test_what_is_new_is_said(now: Tags, news: str) -> None:
    content = composed([scored(2, "More troops arrive", tags=now)], {2: 7}, told=YESTERDAY)
    (story,) = stories(content)
    assert (story.is_update, story.news, story.since) == (True, news, "Fri 20 Nov")
    assert content.counts.updates == 1


def telling(*numbers: Quantity) -> Tags:
    """Tags with those numbers."""
    return replace(tags(), quantities=numbers)


def said(text: str, language: str) -> Tags:
    """Tags with the numbers of a headline."""
    found = numbers_in(fold(text), language)
    return telling(*(Quantity(each.low, each.unit, each.counted, most=each.high) for each in found))


FRENCH = Quantity(12_000, "", "soldiers")


@pytest.mark.parametrize(
    "now",
    [
        said("12 000 soldats nord-coréens en Russie", "fr"),
        said("12 thousand troops in Russia", "en"),
        said("Zwölftausend Soldaten aus Nordkorea", "de"),
        said("Some 11,900 servicemen", "en"),
        said("От 10 до 12 тысяч солдат КНДР", "ru"),
        said("Miles de soldados norcoreanos", "es"),
        telling(Quantity(12_000, "", "soldats")),
    ],
)
def test_a_story_retold_in_french_or_in_rounder_numbers_is_no_update(now: Tags) -> None:
    told = traces(composed([scored(1, "12,000 soldiers", tags=tags(soldiers=12_000))], {1: 7}))
    content = composed([scored(2, "12 000 soldats", tags=now)], {2: 7}, told=told)
    assert content.repeated.total == 1
    assert stories(content) == []


def test_an_infinite_figure_of_an_older_edition_stops_nothing() -> None:
    (trace,) = traces(composed([scored(1, tags=tags(soldiers=3000))], {1: 7}))
    told = [replace(trace, figures=(*(trace.figures or ()), Figure(math.inf, math.inf, "USD", "")))]
    assert composed([scored(2, tags=tags(soldiers=3000))], {2: 7}, told=told).repeated.total == 1


def test_a_few_people_are_no_new_figure() -> None:
    now = scored(2, "Leaders on the troops", tags=tags(soldiers=2))
    assert composed([now], {2: 7}, told=YESTERDAY).repeated.total == 1


@pytest.mark.parametrize(("cluster", "beside"), [(7, ", before 5"), (8, "")])
def test_people_in_general_are_the_same_only_in_the_same_event(cluster: int, beside: str) -> None:
    told = traces(composed([scored(1, "Kim lets 5 people go", tags=telling(Quantity(5, "", "people")))], {1: 7}))
    now = scored(2, "Kim lets 18 people go", tags=telling(Quantity(18, "", "people")))
    facts = {cluster: ClusterFacts(follows=7)} if cluster != 7 else {}
    (found,) = stories(composed([now], {2: cluster}, told=told, cluster_facts=facts))
    assert without_followed(found.news) == f"new figures: 18 people{beside}"


def test_a_number_is_news_after_a_vague_plural() -> None:
    told = traces(composed([scored(1, tags=telling(Quantity(2000, "", "soldiers", most=9999)))], {1: 7}))
    (story,) = stories(composed([scored(2, "3,000 soldiers", tags=tags(soldiers=3000))], {2: 7}, told=told))
    assert story.news == "new figures: 3,000 soldiers"


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("12,000 soldiers", FRENCH),
        ("12,000 soldats", FRENCH),
        ("2 bn USD", Quantity(2e9, "USD", "")),
        ("1.5 m shells", Quantity(1_490_000, "", "shells")),
        ("26 percent", Quantity(26, "percent", "")),
    ],
)
def test_editions_of_older_versions_are_compared_by_what_they_wrote(written: str, now: Quantity) -> None:
    [trace] = traces(composed([scored(1, tags=tags())], {1: 7}))
    told = [replace(trace, figures=None, numbers=(written,))]
    assert composed([scored(2, tags=telling(now))], {2: 7}, told=told).repeated.total == 1
    (story,) = stories(composed([scored(2, "90,000 soldiers", tags=tags(soldiers=90_000))], {2: 7}, told=told))
    before = ", before 12,000" if "12,000" in written else ""
    assert story.news == f"new figures: 90,000 soldiers{before}"


def test_three_independent_reports_are_never_left_out() -> None:
    told = traces(composed([scored(n, "Troops", tags=tags(soldiers=3000)) for n in (1, 5, 6)], {1: 7, 5: 7, 6: 7}))
    three = [scored(n, "Troops", tags=tags(soldiers=3000)) for n in (2, 3, 4)]
    (story,) = stories(composed(three, dict.fromkeys((2, 3, 4), 7), told=told))
    assert story.news == "3 more independent reports"
    assert composed(three[:2], {2: 7, 3: 7}, told=told).repeated.total == 1


def test_what_state_media_alone_told_is_news_by_others() -> None:
    told = traces(composed([scored(1, tags=tags(soldiers=3000), kind="state_media")], {1: 7}))
    (story,) = stories(composed([scored(2, tags=tags(soldiers=3000))], {2: 7}, told=told))
    assert story.news == "now reported beyond state media"


def test_another_claim_or_a_number_in_passing_is_no_news() -> None:
    now = replace(tags(soldiers=3000, claim="fissures"), quantities=(Quantity(2, "", "countries"),))
    assert composed([scored(2, "Troops", tags=now)], {2: 7}, told=YESTERDAY).repeated.total == 1


def test_many_more_origins_are_news() -> None:
    entries = [scored(number, "Troops arrive", tags=tags(soldiers=3000)) for number in range(2, 7)]
    (story,) = stories(composed(entries, dict.fromkeys(range(2, 7), 7), told=YESTERDAY))
    assert story.news == "reported by 5 independently, 1 before"


def test_a_story_that_takes_up_an_earlier_one_says_what_it_brings() -> None:
    thread = ClusterFacts(origins=1, follows=7, status="denied")
    (story,) = stories(
        composed(
            [scored(2, "Seoul denies that troops arrive", tags=tags(soldiers=12_000))],
            {2: 8},
            told=YESTERDAY,
            cluster_facts={8: thread},
        )
    )
    assert without_followed(story.news) == "now denied by South Korea; new figures: 12,000 soldiers, before 3,000"
    bare = {8: ClusterFacts(follows=7)}
    quiet = traces(composed([scored(1, "Cold winter ahead for dock hands")], {1: 7}))
    (story,) = stories(
        composed([scored(2, "Piles of lentils rot all winter on a cold dock")], {2: 8}, told=quiet, cluster_facts=bare)
    )
    assert story.news == "follows “Cold winter ahead for dock hands”"
    old = [replace(each, subjects=None) for each in YESTERDAY]
    (story,) = stories(composed([scored(2)], {2: 8}, told=old, cluster_facts=bare))
    assert story.news == "another report"
    meeting = acting(Frame("joint", phase="done", vouching="plain"))
    (story,) = stories(composed([scored(2, "Envoys meet at last", tags=meeting)], {2: 8}, told=old, cluster_facts=bare))
    assert story.news == "Russia and North Korea talk"


def test_a_story_that_takes_up_one_never_told_is_no_update() -> None:
    (story,) = stories(composed([scored(2)], {2: 8}, told=YESTERDAY, cluster_facts={8: ClusterFacts(follows=99)}))
    assert story.is_update is False


def test_news_is_measured_against_everything_that_was_told() -> None:
    older = traces(composed([scored(1, tags=tags(soldiers=12_000))], {1: 7}), "2026-11-19")
    content = composed([scored(2, tags=tags(soldiers=12_000))], {2: 7}, told=[*YESTERDAY, *older])
    assert content.repeated.total == 1


def test_what_was_repeated_is_remembered_with_what_was_told_of_it() -> None:
    again = composed([scored(2, tags=tags(soldiers=3000))], {2: 7}, told=YESTERDAY)
    later = composed([scored(3, tags=tags(soldiers=3000))], {3: 7}, told=traces(again, "2026-11-21"))
    assert later.repeated.total == 1


def test_updates_are_marked_in_every_rendering() -> None:
    told = edition([scored(2, tags=tags(soldiers=9000))], {2: 7}, told=YESTERDAY)
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "new figures: 9,000 soldiers, before 3,000; first told Fri 20 Nov" in flat
        assert flat.count("first told") == 1


def test_a_day_of_repeats_is_quiet_and_says_so() -> None:
    told = edition([scored(2, tags=tags(soldiers=3000))], {2: 7}, told=YESTERDAY)
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert "A quiet day: nothing new crossed the threshold" in flat
        assert "1 story told before, 1 more report, nothing new" in flat


@pytest.mark.parametrize(("told_before", "sign"), [("read", "→"), ("guessed", "→?")])
def test_what_was_read_before_is_no_guess_today(told_before: Certainty, sign: str) -> None:
    frame = Frame("transfer", "china", "russia", "under way", "plain")
    told = replace(tags(soldiers=3000), frames=(replace(frame, certainty=told_before),))
    before = traces(composed([scored(1, "Troops arrive", tags=told)], {1: 7}))
    now = replace(tags(soldiers=12_000), frames=(replace(frame, certainty="guessed"),))
    (story,) = stories(composed([scored(2, "More troops arrive", tags=now)], {2: 7}, told=before))
    assert story.chain == f"China {sign} Russia: troops"


def test_what_was_denied_before_stays_a_guess() -> None:
    frame = Frame("transfer", "china", "russia", "under way", "denied")
    denied = replace(tags(soldiers=3000), frames=(frame,))
    before = traces(composed([scored(1, "Troops arrive", tags=denied)], {1: 7}))
    now = replace(tags(soldiers=12_000), frames=(replace(frame, vouching="plain", certainty="guessed"),))
    (story,) = stories(composed([scored(2, "More troops arrive", tags=now)], {2: 7}, told=before))
    assert story.chain == "China →? Russia: troops"
