"""Plain text from markup."""

from __future__ import annotations

import pytest

from flows.feeds.parsing.text import clean_line, cut, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Two tugs leave port", "Two tugs leave port"),
        ("  Two\n\ttugs \u00a0 leave  ", "Two tugs leave"),
        ("<p>Two tugs</p><p>leave</p>port", "Two tugs leave port"),
        ("Two<br/>tugs", "Two tugs"),
        ("the tug<b>boat</b>s", "the tugboats"),
        ("<li>ropes</li><li>chains</li>", "ropes chains"),
        ("Fish &amp; chips", "Fish & chips"),
        ("caf&eacute; &#8212; closed", "café — closed"),
        ("&lt;p&gt;Escaped &amp;amp; once too often&lt;/p&gt;", "Escaped & once too often"),
        ("before<script>steal()</script> after<style>p{}</style>", "before after"),
        ("<iframe src='x'>frame</iframe>kept", "kept"),
        ("<a href='javascript:x()'>Read</a> <img src=x onerror=y()>on", "Read on"),
        ("<!-- hidden -->seen", "seen"),
        ("oil < 60 dollars and > 50", "oil < 60 dollars and > 50"),
        ("an <unclosed <b>tag", "an tag"),
        ("a\u202etxt.exe\u202c \u200bb\x00c\x07", "atxt.exe bc"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("cafe\u0301", "café"),
        ("half \ud83d pair", "half pair"),
        ("", ""),
    ],
)
def test_markup_becomes_one_plain_line(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Tugs <iframe src='https://video.example/1'/> leave", "Tugs leave"),
        ("Tugs <iframe src='x'/> leave <iframe src='y'></iframe> port", "Tugs leave port"),
        ("Tugs <iframe src='x'>frame</iframe> leave <IFRAME src='y'> port", "Tugs leave port"),
        ("Tugs <object data='x'> leave <b>port</b>", "Tugs leave port"),
        ("Tugs <noscript> leave", "Tugs leave"),
        ("Tugs <svg viewBox='0'/> leave", "Tugs leave"),
        ("Tugs <textarea> leave", "Tugs leave"),
        ("Tugs <script async src='x'/> leave", "Tugs leave"),
        ("Tugs <script>steal()", "Tugs"),
        ("Tugs <style>p{}</style> leave <style>p{}", "Tugs leave"),
        ("Tugs <!-- a note > leave", "Tugs leave"),
        ("Tugs <!-- one --> leave <!-- two", "Tugs leave"),
        ("Tugs &lt;iframe src='x'/&gt; leave", "Tugs leave"),
        ("Tugs <objective> leave", "Tugs leave"),
        ("<!-- a note> Tugs leave", "Tugs leave"),
        ("<!--> Tugs leave", "Tugs leave"),
    ],
)
def test_what_never_ends_takes_nothing_of_the_text_with_it(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_thousand_frames_that_never_end_cost_little() -> None:
    assert plain_text("<iframe>" * 10_000 + "<!--" * 20_000 + ">deep") == "deep"


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 6])
def test_no_tag_survives_however_often_it_was_escaped(depth: int) -> None:
    markup = "<script>x()</script><b>bold</b>"
    for _ in range(depth):
        markup = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert "<" not in plain_text(markup)


def test_megabytes_of_markup_cost_little() -> None:
    assert plain_text("<div>" * 200_000 + "deep")[:4] in ("", "deep")
    assert plain_text("<p>word</p>" * 500_000).startswith("word word")


def test_clean_line_keeps_markup_as_it_is() -> None:
    assert clean_line(" a <b> \n c ") == "a <b> c"


def test_cut_ends_between_words_with_an_ellipsis() -> None:
    assert cut("three tugs leave port", 21) == "three tugs leave port"
    assert cut("three tugs leave port", 20) == "three tugs leave…"
    assert cut("three tugs, leave", 12) == "three tugs…"
    assert cut("拖船离开港口前往北方", 6) == "拖船离开港…"
    assert len(cut("x" * 50, 10)) == 10
