"""The foot of a mail: why it came, how to leave, where else to look; each only where there is such a thing."""

from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest

from flows.config.settings import DeliverySettings
from flows.digest.content.story import JudgeLink
from flows.digest.delivery.mail import build_message
from flows.digest.render.mail_footer import MailFooter, desk_of
from flows.digest.render.pages import MAX_BYTES, render_pages, render_parts, with_footer
from tests.support.edition_records import HtmlPage, edition, scored

TOLD = edition([scored(1)], near=[scored(7, probability=0.5)])
BARE = MailFooter(
    title="Axis watch", recipient="a@x.example", sender="d@w.example", unsubscribe="https://w.example/u/x"
)
CLIPPED = 102_400
"""Gmail shows no more bytes of a mail's HTML."""


def feet(foot: MailFooter) -> tuple[str, str]:
    """What the footer adds to the text and to the HTML."""
    bare, parts = render_parts(TOLD), with_footer(render_parts(TOLD), foot)
    assert parts.text.startswith(bare.text)
    assert parts.html.startswith(bare.html.removesuffix("</body></html>"))
    return parts.text[len(bare.text) :], parts.html[len(bare.html) - len("</body></html>") :]


def test_both_say_why_and_how_to_leave_and_nothing_that_is_not_there() -> None:
    text, html = feet(BARE)
    for said in (text, HtmlPage(html).text):
        assert "You get this because a@x.example is a reader of Axis watch" in " ".join(said.split())
        assert "Unsubscribe" in said
        assert "by a mail" not in said
        assert "web" not in said
        assert "axiswatch review" not in said
    assert "  https://w.example/u/x\n" in text
    assert [attributes["href"] for tag, attributes in HtmlPage(html).elements if tag == "a"] == [
        "https://w.example/u/x"
    ]


def test_a_page_a_desk_and_a_mail_are_named_where_there_are_some() -> None:
    whole = replace(
        BARE, unsubscribe="mailto:d@w.example", page="https://w.example/e.html", desk="https://desk.example"
    )
    text, html = feet(whole)
    assert "Unsubscribe by a mail" in text
    assert "  https://desk.example\n" in text
    links = [attributes["href"] for tag, attributes in HtmlPage(html).elements if tag == "a"]
    assert links == ["mailto:d@w.example", "https://w.example/e.html"]
    assert "doubtful lead to the desk, https://desk.example." in HtmlPage(html).text
    assert "only on" not in text + html


@pytest.mark.parametrize("root", ["http://127.0.0.1:8737", "http://localhost:8737", "http://[::1]:8737"])
def test_a_desk_on_the_monitors_machine_is_told_to_be_there_alone(root: str) -> None:
    for said in feet(replace(BARE, desk=root)):
        assert "only on the machine where the monitor runs" in " ".join(HtmlPage(said).text.split())


def test_the_desk_is_the_one_that_the_edition_links_to() -> None:
    assert desk_of(TOLD.content) == ""
    judge = (JudgeLink(name="Relevant", link="https://desk.example/watch/judge/2026-11-21/7/relevant?t=abc"),)
    near = tuple(replace(story, judge=judge) for story in TOLD.content.near)
    assert desk_of(replace(TOLD.content, near=near)) == "https://desk.example/watch"
    (group,) = TOLD.content.groups
    doubted = replace(group, stories=tuple(replace(story, judge=judge) for story in group.stories))
    assert desk_of(replace(TOLD.content, groups=(doubted,))) == "https://desk.example/watch"


def test_what_is_hostile_is_text() -> None:
    _, html = feet(replace(BARE, title='<img src=x onerror="y">', recipient="<b>@x.example"))
    assert HtmlPage(html).tags.isdisjoint({"img", "b"})


def test_the_whole_is_sound_html_and_fits_into_gmail() -> None:
    long = f"https://w.example/{'y' * 250}"
    foot = replace(BARE, recipient=f"{'x' * 240}@d.example", unsubscribe="https://w.example/" + "z" * 800, page=long)
    whole = with_footer(render_parts(TOLD), foot).html
    html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("etree")).parse(whole)
    assert len(feet(foot)[1].encode()) < CLIPPED - MAX_BYTES


def test_pages_have_no_footer_and_the_same_mail_is_the_same_bytes() -> None:
    assert all("You get this" not in page for page in render_pages(TOLD))
    settings = DeliverySettings()
    first, again = (build_message(TOLD, "a@x.example", settings, one_click="https://w.example/x") for _ in range(2))
    assert first.as_bytes() == again.as_bytes()
    assert b"a@x.example" in first.as_bytes()


@pytest.mark.parametrize("form", ["html", "text", "both"])
def test_every_form_of_a_mail_has_it(form: str) -> None:
    mail = build_message(TOLD, "a@x.example", DeliverySettings(), form=form)  # type: ignore[arg-type]
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    assert len(bodies) == (2 if form == "both" else 1)
    assert all("Unsubscribe" in body for body in bodies)
