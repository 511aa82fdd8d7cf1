"""The lines with which an edition begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records import ScoredEntry
from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.render.pages import render_page, render_text
from flows.digest.render.top_lines import MOST_LINES, ON_TOP, legends, numbers_of, top_lines
from tests.support.edition_records import HtmlPage, composed, edition, scored

SENT = Frame("transfer", "iran", "russia", "done", "plain")
DRILLS = Tags((Tag("partner", "china"), Tag("channel", "exercises")), frames=(Frame("joint", phase="done"),))


def in_german(told: ScoredEntry) -> ScoredEntry:
    return replace(told, entry=replace(told.entry, language="de"), score=replace(told.score, language="de"))


def test_an_arrow_has_how_far_its_act_has_come_unless_that_is_new() -> None:
    given = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia"))
    frame = Frame("transfer", "iran", "russia", "sought", "plain")
    (line,) = top_lines(composed([scored(1, tags=Tags(given, frames=(frame,)), partners=("iran",))]))
    assert line.arrow == "Iran → Russia: arms, sought or possible"


def test_what_is_new_in_its_status_is_not_said_twice() -> None:
    given = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia"))
    frame = Frame("transfer", "iran", "russia", "under way", "alleged")
    told = [replace(each, edition="2026-11-20") for each in composed([_about(1, given, frame)], {1: 7}).trace]
    (line,) = top_lines(composed([_about(2, given, replace(frame, vouching="confirmed"))], {2: 7}, told=told))
    assert (line.arrow, line.new) == ("Iran → Russia: arms, under way", "now confirmed")


def _about(number: int, given: tuple[Tag, ...], frame: Frame) -> ScoredEntry:
    return scored(number, "Iran sends Russia drones", tags=Tags(given, frames=(frame,)), partners=("iran",))


def test_the_weightiest_are_told_and_what_only_perhaps_belongs_is_not() -> None:
    content = composed([*(scored(number) for number in range(1, 9)), scored(9, probability=0.2)])
    assert [line.story.number for line in top_lines(content)] == list(range(1, MOST_LINES + 1))
    assert top_lines(composed([scored(9, probability=0.2)])) == []


def test_acts_that_our_words_do_not_tell_apart_are_told_by_their_headlines() -> None:
    content = composed(
        [in_german(scored(1, "Vor der Küste", tags=DRILLS)), in_german(scored(2, "Am Tag", tags=DRILLS))]
    )
    assert [line.sentence for line in top_lines(content)] == ["Russia and China hold drills.", "Am Tag"]


def test_a_line_says_what_is_new_and_the_lead_below_does_not_say_it_again() -> None:
    told = edition([in_german(scored(1, "Vor der Küste", tags=DRILLS))], lead_stories=1)
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert flat.count("Russia, China: exercises") == 1
        assert flat.count("Russia and China hold drills.") == 2, "a foreign headline is never without its English"
        assert "Vor der Küste" in flat


@pytest.mark.parametrize(("certainties", "place"), [("gr", ON_TOP), ("rrrrrg", "Iran"), ("rrrrrr", None)])
def test_the_mark_of_a_guessed_arrow_is_told_where_the_first_one_stands(certainties: str, place: str | None) -> None:
    given = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia"))
    frames = {"g": replace(SENT, certainty="guessed"), "r": SENT}
    told = edition(
        [
            scored(number, tags=Tags(given, frames=(frames[each],)), partners=("iran",))
            for number, each in enumerate(certainties, 1)
        ],
        lead_stories=1,
    )
    legend = "→? likely that way, but not surely told"
    assert legends(told.content) == ({} if place is None else {place: [legend]})
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert flat.count(legend) == (place is not None)
        if place:
            assert flat.casefold().index("more new stories") < flat.index(legend)


def test_the_sign_of_what_is_not_given_is_told_as_well() -> None:
    refused = Tags(
        (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia")),
        frames=(replace(SENT, phase="ended"),),
    )
    told = edition([scored(1, tags=refused, partners=("iran",))])
    assert legends(told.content) == {ON_TOP: ["↛ not given: held up, refused or ended"]}
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        assert " ".join(text.split()).count("↛ not given: held up, refused or ended") == 1


def test_an_edition_of_an_older_version_has_none() -> None:
    older = replace(composed([scored(1)]), front=None)
    assert (top_lines(older), legends(older)) == ([], {})


def test_stories_are_found_by_the_entries_that_lead_them() -> None:
    content = composed([scored(1), scored(2)])
    assert numbers_of(content, (2, 77)) == [2]
