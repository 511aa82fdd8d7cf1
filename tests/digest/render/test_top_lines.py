"""The lines with which an edition begins."""

from __future__ import annotations

from dataclasses import replace

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.render.pages import render_page, render_text
from flows.digest.render.top_lines import MOST_LINES, numbers_of, top_lines
from tests.support.edition_records import HtmlPage, composed, edition, scored

DRILLS = Tags((Tag("partner", "china"), Tag("channel", "exercises")), frames=(Frame("joint", phase="done"),))


def test_the_weightiest_are_told_and_what_only_perhaps_belongs_is_not() -> None:
    content = composed([*(scored(number) for number in range(1, 9)), scored(9, probability=0.2)])
    assert [line.story.number for line in top_lines(content)] == list(range(1, MOST_LINES + 1))
    assert top_lines(composed([scored(9, probability=0.2)])) == []


def test_acts_that_our_words_do_not_tell_apart_are_told_by_their_headlines() -> None:
    content = composed(
        [scored(1, "Корабли на учениях", tags=DRILLS, language="ru"), scored(2, "Стрельбы", tags=DRILLS, language="ru")]
    )
    assert [line.sentence for line in top_lines(content)] == ["Russia and China hold drills.", "Стрельбы"]


def test_a_line_says_what_is_new_and_the_lead_below_does_not_say_it_again() -> None:
    told = edition([scored(1, "Корабли на учениях", tags=DRILLS, language="ru")], lead_stories=1)
    for text in (HtmlPage(render_page(told)).text, render_text(told)):
        flat = " ".join(text.split())
        assert flat.count("Russia and China hold drills.") == flat.count("Russia, China: exercises") == 1
        assert "Корабли на учениях" in flat


def test_an_edition_of_an_older_version_has_none() -> None:
    assert top_lines(replace(composed([scored(1)]), front=None)) == []


def test_stories_are_found_by_the_entries_that_lead_them() -> None:
    content = composed([scored(1), scored(2)])
    assert numbers_of(content, (2, 77)) == [2]
