"""A saved page: its title and its paragraphs."""

from __future__ import annotations

from flows.feeds.parsing.saved_page import document_text

PAGE = """<!doctype html><html><head><title>Quiet &amp; quays</title><style>p { color: red }</style></head>
<body><nav><ul><li>Home</li></ul></nav><script>document.write("<p>bad</p>")</script>
<h1>Quiet quays</h1><p>One <b>bold</b>
line.</p><p>Another&nbsp;line.<br>And one more.</p><footer>Imprint</footer></body></html>"""


def test_paragraphs_are_kept_apart_and_menus_and_scripts_are_left_out() -> None:
    document = document_text(PAGE)
    assert document.title == "Quiet & quays"
    assert document.text.split("\n\n") == ["Quiet quays", "One bold line.", "Another line.", "And one more."]


def test_a_long_page_is_read_to_its_end() -> None:
    page = "<html><body>" + "<p>word word word</p>" * 30_000 + "<p>the end</p></body></html>"
    assert document_text(page).text.endswith("the end")
