"""The HTML mail against what mail programs show, and against the rules of HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import html5lib
import pytest

from flows.config.settings import Config
from flows.digest.content.edition import TypedEdition
from flows.digest.judge_links import with_links
from flows.digest.render.mail_footer import MailFooter
from flows.digest.render.pages import MAX_BYTES, render_html, render_page, render_parts, with_footer
from tests.support import sample_editions
from tests.support.edition_records import HtmlPage, edition, scored
from tests.support.read_caniemail import TABLE

HARMLESS = {
    "css-border-radius": "round corners of buttons",
    "css-max-height": "one of three ways to hide the preheader",
    "css-overflow": "the same",
    "css-white-space": "keeps figures on one line where it can",
    "css-color-scheme": "tells Apple Mail that there is a dark dress; others make their own",
    "html-doctype": "Outlook brings its own",
}
"""What Gmail or Outlook leave out without any loss."""
PARTLY = {
    "css-background": "colours alone, and no other are used",
    "css-border": "Outlook draws those of paragraphs unreliably: they stand beside a ground",
    "css-display": "none, which Outlook knows; inline-block of buttons, which are underlined links there",
    "css-font-size": "in px, which all know",
    "css-font-weight": "bold and normal, by their names",
    "css-height": "auto, of pictures, whose size stands in attributes too",
    "css-letter-spacing": "in px, and never negative",
    "css-line-height": "Outlook takes px for the least height of a line",
    "css-margin": "never negative; auto only on web pages",
    "css-max-width": "of the outer table, for which Outlook has a table of its own, and of pictures with a size",
    "css-padding": "Outlook heeds it on cells alone: alarms, marks and buttons stand closer there",
    "css-text-align": "right, of figures",
    "css-text-decoration": "one value; links that lose it are underlined",
    "css-text-transform": "uppercase, which all know",
    "css-width": "of tables, and of pictures that have a size besides",
    "css-word-break": "breaks endless words; one that cannot leaves them as they are",
    "html-body": "its ground stands on the outer table too",
    "html-dir": "Outlook errs on links that have it: none has",
    "html-height": "of pictures, in px",
    "html-style": "of the screen: all that matters is inlined",
    "html-width": "of pictures in px; of tables in per cent",
}
"""What one of the three programs shows in part, and why that is enough for what the mail does with it."""
PLAIN = {"color", "font-family", "mso-hide", "supported-color-schemes"}
"""Properties that the table does not list: older than mail programs, or made for Outlook."""
ELEMENTS = {f"h{level}": "h1-h6" for level in range(1, 7)} | {"strong": "strong", "a": "mailto-links"}


@pytest.fixture(scope="module")
def days() -> list[TypedEdition]:
    """Three days of the sample: leads, updates, charts, near misses, failed feeds."""
    return sample_editions.editions(date(2024, 11, 16))


@pytest.fixture(scope="module")
def mails(days: list[TypedEdition], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The HTML of their mails, with buttons and a reader's footer."""
    desk = Config.model_validate({"store": {"path": tmp_path_factory.mktemp("desk") / "watch.db"}})
    foot = MailFooter("Axis watch", "a@x.example", "d@w.example", "mailto:d@w.example", "https://w.example/e", "")
    linked = [replace(each, content=with_links(each.content, desk)) for each in days]
    return [with_footer(render_parts(each), foot).html for each in linked]


@pytest.fixture(scope="module")
def support() -> dict[str, dict[str, str]]:
    """Feature → program → y, a, n or u."""
    table: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table["features"]


def inlined(html: str) -> set[str]:
    """The CSS properties of style attributes."""
    styles = [attributes.get("style") or "" for _, attributes in HtmlPage(html).elements]
    return {part.partition(":")[0].strip() for style in styles for part in style.split(";") if ":" in part}


def features(html: str, support: dict[str, dict[str, str]]) -> set[str]:
    """The features of the table that the page uses, the screen's style sheet apart."""
    found = {"html-doctype"}
    for name in inlined(html):
        found |= {f"css-{name}", f"css-{name.partition('-')[0]}"}
    for tag, attributes in HtmlPage(html).elements:
        found |= {f"html-{ELEMENTS.get(tag, tag)}", *(f"html-{name}" for name in attributes)}
    return found & support.keys()


def test_nothing_is_used_that_a_great_mail_program_does_not_show(
    mails: list[str], support: dict[str, dict[str, str]]
) -> None:
    used = {name for html in mails for name in features(html, support)}
    assert len(used) > 30
    worst = {name: max(support[name].values(), key="yuan".index) for name in used}
    assert {name for name, shown in worst.items() if shown == "a"} == PARTLY.keys()
    assert {name for name, shown in worst.items() if shown == "n"} == HARMLESS.keys()


def test_what_is_said_of_features_that_are_shown_in_part_is_so(mails: list[str]) -> None:
    for html in mails:
        page = HtmlPage(html)
        styles = [attributes.get("style") or "" for _, attributes in page.elements]
        assert not [style for style in styles if re.search(r"margin[^;]*(-\d|auto)|letter-spacing:-", style)]
        assert not [style for style in styles if re.search(r"font-size:[\d.]+(?!px)[a-z%]|background[^;]*url", style)]
        links = [attributes for tag, attributes in page.elements if tag == "a"]
        assert not [each for each in links if "dir" in each]
        buttons = [each["style"] or "" for each in links if "/judge/" in (each["href"] or "")]
        assert buttons
        assert all("text-decoration:underline" in style for style in buttons)


def test_every_inlined_property_is_in_the_table_or_plain(mails: list[str], support: dict[str, dict[str, str]]) -> None:
    names = {name for html in mails for name in inlined(html)}
    listed = {name for name in names if {f"css-{name}", f"css-{name.partition('-')[0]}"} & support.keys()}
    assert names - listed - PLAIN == set()


def test_the_screens_style_sheet_is_one_that_gmail_keeps(days: list[TypedEdition]) -> None:
    (sheet,) = re.findall(r"<style[^>]*>(.*?)</style>", render_html(days[-1]), re.DOTALL)
    # Gmail drops a sheet of more than 16 KB, and one in which an at-rule stands inside another.
    assert len(sheet.encode()) < 16_384
    assert all(inner.count("@") <= 1 for inner in re.split(r"(?=@media)", sheet))
    assert "url(" not in sheet


def test_layout_is_tables_that_say_so_and_pictures_have_words(days: list[TypedEdition]) -> None:
    page = HtmlPage(render_html(days[-1]))
    tables = [attributes for tag, attributes in page.elements if tag == "table"]
    assert all(attributes.get("role") == "presentation" and attributes.get("width") for attributes in tables)
    pictures = [attributes for tag, attributes in page.elements if tag == "img"]
    assert len(pictures) == 2
    assert all(attributes["alt"] and attributes["width"] and attributes["height"] for attributes in pictures)
    tag, attributes = page.elements[0]
    assert (tag, attributes["lang"], attributes["dir"]) == ("html", "en", "ltr")


def test_the_html_is_valid(days: list[TypedEdition]) -> None:
    quiet = edition([])
    huge = edition([scored(number, "слово " * 30) for number in range(1, 200)], max_stories=200)
    for told in (*days, quiet, huge):
        for html in (render_html(told), render_page(told)):
            html5lib.HTMLParser(strict=True).parse(html)


def test_sixty_stories_with_all_that_is_known_stay_under_what_gmail_clips(days: list[TypedEdition]) -> None:
    (whole,) = sample_editions.editions(sample_editions.LAST, hours=24 * 14)
    assert whole.content.counts.shown == 60
    html = render_html(whole)
    assert len(html.encode()) < MAX_BYTES
    for page in (HtmlPage(html), HtmlPage(render_page(whole))):
        anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert anchors == [f"s{number}" for number in range(1, 61)]
