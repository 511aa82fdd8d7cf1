"""The mail of a thread as a document: valid, small, in tables that say so, and words of feeds in it are only words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from flows.digest.content.edition import TypedEdition
from flows.digest.content.followed import FollowedThread
from flows.digest.render.mail_footer import MailFooter
from flows.digest.render.pages import render_pages, render_parts, with_footer
from tests.support.edition_records import HtmlPage
from tests.support.followed_threads import step

HOSTILE = '</title><img src=x onerror=alert(1)> {{ 7*7 }} & "'


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> TypedEdition:
    """A mail of a thread with three steps."""
    return step(tmp_path_factory.mktemp("thread"))


def thread(told: TypedEdition) -> FollowedThread:
    assert told.content.followed is not None
    return told.content.followed


def changed(told: TypedEdition, **more: object) -> TypedEdition:
    """The mail with another thread."""
    return replace(told, content=replace(told.content, followed=replace(thread(told), **more)))  # type: ignore[arg-type]


def whole(told: TypedEdition) -> tuple[str, str]:
    """The text and the page of the mail with its footer."""
    foot = MailFooter("Axis watch", "a@x.example", "s@x.example", "https://x.example/leave", followed=thread(told))
    return with_footer(render_parts(told), foot)


def test_it_is_valid_and_its_tables_are_layout(told: TypedEdition) -> None:
    for each in (told, changed(told, ended="Quiet.", again="https://x.example/again"), changed(told, stop="")):
        page = whole(each)[1]
        html5lib.HTMLParser(strict=True).parse(page)
        tables = [attributes for tag, attributes in HtmlPage(page).elements if tag == "table"]
        assert all(attributes.get("role") == "presentation" for attributes in tables)


def test_names_and_headlines_stay_words(told: TypedEdition) -> None:
    steps = tuple(replace(each, headline=HOSTILE, outlets=(HOSTILE,), gloss=HOSTILE) for each in thread(told).steps)
    text, page = whole(changed(told, name=HOSTILE, subject=HOSTILE, steps=steps))
    tags = [tag for tag, _ in HtmlPage(page).elements]
    assert "img" not in tags
    assert tags.count("title") == 1
    assert "{{ 7*7 }}" in page
    assert "49" not in text.partition("THE STEPS SO FAR")[2]


def test_a_link_that_is_none_is_no_link(told: TypedEdition) -> None:
    steps = tuple(replace(each, link="") for each in thread(told).steps)
    page = whole(changed(told, steps=steps))[1]
    assert 'href=""' not in page


def test_what_is_only_counted_is_said(told: TypedEdition) -> None:
    text, page = whole(changed(told, steps_left=31))
    assert "31 earlier ones: axiswatch story 1" in text
    assert "THE STEPS SO FAR (34)" in text
    assert "31 earlier ones" in page


def test_the_kept_pages_hold_no_link_of_the_reader(told: TypedEdition) -> None:
    for each in render_pages(told):
        assert thread(told).stop not in each


def test_the_mail_tells_arrow_status_reports_and_steps(told: TypedEdition, tmp_path: Path) -> None:
    text, page = whole(told)
    for each in ("North Korea → Russia: arms", "18 Nov", "(done)", "Hafenblatt", "state media", "now delivered"):
        assert each in text
    (tmp_path / "thread.html").write_text(page, encoding="utf-8")
    assert len(page.encode()) < 20_000
