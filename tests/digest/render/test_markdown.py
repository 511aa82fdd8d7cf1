"""An edition as Markdown: its stories with their links, and no word of others that is taken for markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.digest.render.markdown import markdown_of, plain
from tests.support.edition_records import edition, scored, stories, with_first_story


def test_an_edition_names_its_stories_with_their_links() -> None:
    told = edition([scored(1), scored(2)])
    told = replace(told, content=replace(told.content, page="https://watch.example/editions/2026-11-21.html"))
    text = markdown_of(told)
    assert text.startswith("# [Axis watch, ")
    assert "(<https://watch.example/editions/2026-11-21.html>)" in text
    for story in stories(told.content):
        assert f"- [{plain(story.headline)}](<{story.link}>)" in text


def test_without_stories_it_says_so() -> None:
    assert markdown_of(edition([])).endswith("No stories.\n")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.example/>) <b>", "https://x.example/a b", ""])
def test_an_address_that_is_none_is_no_link(address: str) -> None:
    text = markdown_of(
        with_first_story(edition([scored(1)]), link=address, headline="Tug [sinks](http://evil.example)")
    )
    assert "- Tug \\[sinks\\]\\(http://evil\\.example\\)" in text


def test_a_headline_is_no_markup() -> None:
    assert plain("![x](http://evil.example) <img src=x>\n# `a`") == (
        r"\!\[x\]\(http://evil\.example\) \<img src=x\> \# \`a\`"
    )
