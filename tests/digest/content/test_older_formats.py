"""Editions that older versions composed are still rendered, mailed and chosen from.

``format_1.json`` was composed by the first version of all, ``format_2_early.json`` by the first of the second format.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.config.settings import RecipientSettings
from flows.digest.content.codec import content_of
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.delivery.reader_view import view
from flows.digest.render.charts import illustrated
from flows.digest.render.pages import render_pages, render_parts
from flows.digest.subject import subject
from tests.support.edition_records import WINDOW, HtmlPage

HERE = Path(__file__).parent
FORMATS = ("format_1", "format_2_early")


def content(name: str) -> EditionContent:
    """The content of that older edition."""
    return content_of(json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FORMATS)
def test_an_older_edition_is_shown_whole(name: str) -> None:
    told = TypedEdition("2026-11-21", WINDOW.end, content(name))
    for text, html in (render_pages(told), render_parts(told)):
        for page in (text, HtmlPage(html).text):
            flat = " ".join(page.split())
            for words in (
                "Shells for Moscow",
                "Oil <b>deal</b>",
                "Long ago",
                "Nearly",
                "axiswatch label 9 relevant",
                "3 of 4 read, 1 failed",
                "100 seen = 40 new + 55 duplicate + 0 edited",
                "Slow Gazette: timed out",
                "hu (4)",
                "m-1, threshold 0.61",
            ):
                assert words in flat, words
            assert "independent" not in flat
    assert subject(told.content) == "Axis watch, Saturday 21 November 2026: 3 stories from 4 outlets"


@pytest.mark.parametrize("name", FORMATS)
def test_readers_choose_from_an_older_edition_by_what_it_tells(name: str) -> None:
    part = view(content(name), RecipientSettings(address="a@desk.example", min_probability=0.9))
    assert [story.headline for story in part.told()] == ["Shells for Moscow"]
    assert (part.counts.shown, part.counts.outlets, part.late.total, part.near) == (1, 2, 0, ())


def test_the_first_format_has_no_figures_to_draw() -> None:
    assert illustrated(content("format_1")).images == ()
    assert content("format_1").trace == ()


def test_the_second_format_began_without_figures_to_compare() -> None:
    told = content("format_2_early")
    assert [trace.figures for trace in told.trace] == [None, None, None]
    assert illustrated(told).images is not None
