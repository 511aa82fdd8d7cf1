"""Both renderings: complete, safe from what feeds write, the same bytes for the same edition."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest

from db.records import Coverage
from db.records.tags import Quantity, Tag, Tags
from flows.digest.compose.inputs import ClusterFacts, Lagging, SummarySentence
from flows.digest.content.story import Bearing, SummaryPart
from flows.digest.display_text import language_name
from flows.digest.render.charts import illustrated
from flows.digest.render.pages import MAX_BYTES, render_html, render_page, render_parts, render_text
from tests.support.edition_records import HtmlPage, edition, scored, with_first_story

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></td></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "{{ 7 * 7 }}{% raw %}",
    "evening\r\nBcc: everyone@victim.example\r\n\r\nbody",
    "\u202etxet desrever\u202c\u2066\u2069",
    "<!--[if mso]><b>",
    "null\x00byte\x1b[31m",
    "long " * 2000,
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    entry = scored(
        1, text, summary="Before. " + text, outlet=text, author=text, link="https://news.example/?q=" + text[:50]
    )
    thread = ClusterFacts(summary=(SummarySentence(text, text), SummarySentence("After. " + text, "B")), status=text)
    told = edition(
        [entry, scored(2, outlet=text)],
        {1: 1, 2: 1},
        near=[entry],
        unknown_languages={text: 1},
        cluster_facts={1: thread},
        lagging=[Lagging(text, text)],
        claim_names={"c": text},
    )
    plain = render_text(told)
    for html in (render_html(told), render_page(told)):
        page = HtmlPage(html)
        assert not page.tags & {"script", "img", "iframe", "object", "form", "link"}
        assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
        assert all(address.startswith(("http://", "https://", "#s")) for address in page.addresses)
        assert not set(page.text + plain) & set("\u202e\u202c\u2066\u2069\x00\x1b\r")
        assert "49" not in page.text
        assert page.text.count("What was read") == 1
        html5lib.HTMLParser(strict=True).parse(html)
    assert "Bcc:" not in [line[:4] for line in plain.splitlines()]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_words_of_pictures(text: str) -> None:
    tags = Tags((Tag("channel", text), Tag("direction", text), Tag("status", text)), (Quantity(9, text, text),))
    told = edition([scored(1, text, partners=(text,), tags=tags)])
    shown = replace(told, content=illustrated(told.content))
    page = HtmlPage(render_html(shown))
    assert not page.tags & {"script", "iframe"}
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
    assert {address for address in page.addresses if not address.startswith("https://")} == {"cid:grid@axiswatch"}
    assert not set(page.text + render_text(shown)) & set("\u202e\u202c\x00\x1b\r")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//news.example/x",
        "https://",
        "https://news.example/\nBcc: x",
        'https://news.example/"onclick="x',
        "https://[bad",
        "https://news.example/" + "a" * 3000,
        "",
    ],
)
def test_only_sound_web_links_are_shown(link: str) -> None:
    told = edition([scored(1, "A headline", link=link)])
    assert HtmlPage(render_html(told)).addresses == []
    assert "A headline" in HtmlPage(render_html(told)).text
    assert "Bcc" not in render_text(told)
    assert "script:" not in render_text(told).lower()


def numbered(page: HtmlPage) -> int:
    """How many stories have an anchor in the page."""
    return sum(bool(re.fullmatch(r"s\d+", attributes.get("id") or "")) for _, attributes in page.elements)


def test_the_same_edition_gives_the_same_bytes() -> None:
    entries = [scored(number) for number in range(1, 20)]
    assert render_html(edition(entries)) == render_html(edition(entries))
    assert render_text(edition(entries)) == render_text(edition(entries))


def test_both_renderings_tell_the_whole_story() -> None:
    told = edition(
        [scored(1, "Первый заголовок", kind="state_media", partners=("iran", "china")), scored(2, probability=0.4)],
        {1: 1},
        lead_stories=5,
        max_stories=1,
        unknown_languages={"hu": 3},
    )
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        flat = " ".join(text.split())
        for expected in (
            "Saturday 21 November 2026",
            "Sat 21 Nov, 06:00 to Sun 22 Nov, 06:00",
            "Первый заголовок",
            "likely relevant (80%)",
            "state media",
            "1 more story (1 entry) held back",
            "3 of 4 read, 1 failed",
            "100 seen = 40 new + 50 duplicate + 3 edited + 2 capped + 5 rejected",
            "Slow Gazette: timed out",
            "hu (3)",
            "m-1, threshold 0.61",
            "2026-11-21, composed 2026-11-22 05:00 UTC",
        ):
            assert expected in flat, expected


def test_nothing_is_loaded_from_elsewhere_and_styles_are_inlined() -> None:
    html = render_html(edition([scored(1)], lead_stories=1))
    assert html.startswith("<!DOCTYPE html>")
    assert "url(" not in html
    assert "@import" not in html
    assert HtmlPage(html).addresses == ["https://news.example/1"]
    assert "prefers-color-scheme: dark" in html
    cell = next(attributes for tag, attributes in HtmlPage(html).elements if attributes.get("class") == "s")
    assert "font:" in (cell["style"] or "")


def test_headlines_say_their_language_and_find_their_direction() -> None:
    persian = scored(1, "ایران و روسیه", language="fa")
    told = edition([persian], lead_stories=1)
    told = with_first_story(told, language="fa")
    heading = next(attributes for tag, attributes in HtmlPage(render_html(told)).elements if tag == "h3")
    assert heading["dir"] == "auto"
    assert heading["lang"] == "fa"


def test_sixty_full_stories_fit_and_what_does_not_fit_is_said() -> None:
    usual = edition([scored(number, summary="Fifty words of it. " * 12) for number in range(1, 61)])
    assert len(render_html(usual).encode()) < MAX_BYTES
    huge = edition(
        [scored(number, f"{number} " + "заголовок " * 20, summary="слово " * 50) for number in range(1, 301)],
        max_stories=300,
    )
    page = HtmlPage(render_html(huge))
    assert len(render_html(huge).encode()) < MAX_BYTES
    shown = numbered(page)
    assert 0 < shown < 300
    assert f"{300 - shown} stories and all summaries left out here" in page.text
    plain = render_text(huge)
    assert all(f". {number} заголовок" in plain for number in range(1, 301))


def test_the_rest_is_a_link_where_pages_are_published_and_the_page_itself_is_whole() -> None:
    entries = [scored(number, f"{number} " + "заголовок " * 20, summary="слово " * 50) for number in range(1, 301)]
    told = edition(entries, max_stories=300, page="https://watch.example/{edition}.html")
    link = "https://watch.example/2026-11-21.html"
    assert link in HtmlPage(render_html(told)).addresses
    assert f"Web page  {link}" in render_text(told)
    whole = HtmlPage(render_page(told))
    assert numbered(whole) == 300
    assert {f"{link}#s1", f"{link}#s7"} <= set(HtmlPage(render_html(told)).addresses)
    assert "#s300" in whole.addresses
    plain = edition(entries, max_stories=300)
    assert "axiswatch digest --date 2026-11-21" in HtmlPage(render_html(plain)).text


def test_a_quiet_day_proves_that_the_feeds_were_read() -> None:
    quiet = edition([])
    for text in (HtmlPage(render_html(quiet)).text, render_text(quiet)):
        assert "A quiet day" in text
        assert "3 of 4 feeds were read" in " ".join(text.split())
    assert len(render_text(quiet).splitlines()) < 30


@pytest.mark.parametrize(
    ("coverage", "warning"),
    [
        (Coverage(), "no feed could be read"),
        (Coverage(feeds=5, failed=5), "no feed could be read"),
        (Coverage(feeds=5, read=2, failed=3), "most feeds failed"),
    ],
)
def test_a_day_on_which_little_was_read_is_never_called_quiet_without_warning(coverage: Coverage, warning: str) -> None:
    told = edition([], coverage=coverage)
    for text in (HtmlPage(render_html(told)).text, render_text(told)):
        assert warning in text.lower()
        assert ("quiet day" in text.lower()) is bool(coverage.read)


def test_text_lines_are_short_except_for_links() -> None:
    entries = [scored(number, "A headline of many words " * 9, summary="Some words " * 60) for number in range(1, 9)]
    lines = render_text(edition(entries, dict.fromkeys(range(1, 5), 1))).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 72


def test_a_reader_is_told_in_which_language_a_story_is_and_not_twice_who_tells_it() -> None:
    told = edition([scored(1, "김정은", outlet="한강신문"), scored(2)], lead_stories=2)
    sentences = (SummaryPart(text="요약.", outlet="한강신문"),)
    for page in render_parts(with_first_story(told, in_language="Korean", sentences=sentences)):
        assert "in Korean" in page
        assert page.count("한강신문") == 1


def test_what_cuts_against_a_claim_stands_out() -> None:
    told = edition([scored(1)], lead_stories=1)
    bears = (
        Bearing(claim="a", name="One", stance="supports"),
        Bearing(claim="b", name="Two", stance="cuts against"),
    )
    page = render_html(with_first_story(told, bears=bears))
    assert re.search(r"supports <span[^>]*>One</span>, <b[^>]*>cuts against</b> <span[^>]*>Two</span>", page)


def test_near_misses_stand_by_how_near_they_are() -> None:
    near = [scored(1, probability=0.3), scored(2, probability=0.5, kind="state_media"), scored(3, probability=0.4)]
    told = edition([], near=near, drawn=scored(4, probability=0.1))
    assert [story.entry for story in told.content.near] == [2, 3, 1, 4]
    assert render_html(told).count("drawn at random") == 1


def test_every_lexicon_language_has_a_name() -> None:
    for tag in ("ar", "de", "es", "fa", "fr", "he", "ko", "pl", "ru", "uk", "zh", "ja"):
        assert language_name(tag).istitle()
    assert (language_name("en-GB"), language_name(""), language_name("pt-BR"), language_name("sw")) == (
        "", "", "Portuguese", "sw",
    )  # fmt: skip
