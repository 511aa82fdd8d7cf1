"""Mails after a real IMAP server has taken, parsed and given them back: no address, link or word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest

from flows.config.settings import DeliverySettings
from flows.digest.delivery.mail import build_message
from flows.digest.render.images import images
from flows.digest.render.pages import render_parts
from tests.support import sample_editions
from tests.support.edition_records import HtmlPage, edition, scored
from tests.support.imap_server import MISSING, PROGRAM, Mailbox, mailbox
from tests.support.long_addresses import ANSWERED, READERS, SENDERS, TITLES

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)
CLICK = "https://news.example/unsubscribe/" + "Zm9v" * 60


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """The mailbox that all mails of this module go to."""
    with mailbox() as found:
        yield found


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("title", TITLES)
def test_long_addresses_names_and_links_come_back(box: Mailbox, sender: str, reader: str, title: str) -> None:
    settings = DeliverySettings(sender=sender)
    told = edition([scored(1, title)], title=title)
    number = box.add(build_message(told, reader, settings, in_reply_to=ANSWERED, one_click=CLICK).as_bytes())
    envelope = box.told(number, "ENVELOPE")
    for address in (sender, reader):
        local, _, domain = address.rpartition("@")
        assert f'"{local}" "{domain}"' in envelope
    assert ANSWERED in envelope
    assert box.header(number, "List-Unsubscribe") == f"<{CLICK}>, <{settings.unsubscribe_link(reader)}>"
    assert box.header(number, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert box.header(number, "List-Id") == f"<{sender.replace('@', '.')}>"
    ((name, found),) = getaddresses([box.header(number, "From")])
    assert (str(make_header(decode_header(name))), found) == (title[:80], sender)
    assert box.mail(number)["Subject"] == build_message(told, reader, settings)["Subject"]


def test_words_of_any_language_are_found_by_the_server(box: Mailbox) -> None:
    words = {
        "한강 소식통": "한강",
        "خبری از بندر": "بندر",
        "外交部发言人": "发言人",
        "Заместитель министра": "министра",
    }
    for headline, word in words.items():
        told = edition([scored(1, headline), scored(2)])
        number = box.add(build_message(told, READERS[0], DeliverySettings()).as_bytes())
        assert number in box.found("BODY", word)


def test_text_html_and_pictures_come_back_to_the_byte(box: Mailbox) -> None:
    (told,) = sample_editions.editions(date(2024, 11, 18))
    number = box.add(build_message(told, READERS[1], DeliverySettings()).as_bytes())
    mail, parts = box.mail(number), render_parts(told)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").startswith(parts.text)
    assert html.get_content().replace("\r\n", "\n").startswith(parts.html.removesuffix("</body></html>"))
    pictures = {
        part["Content-ID"]: part.get_content() for part in mail.walk() if part.get_content_maintype() == "image"
    }
    assert pictures == {f"<{each.cid}>": each.data for each in images(told.content)}
    named = {each["src"] for tag, each in HtmlPage(html.get_content()).elements if tag == "img"}
    assert {f"<{each.removeprefix('cid:')}>" for each in named if each} == set(pictures)


def test_the_server_sees_one_mail_in_two_forms_with_pictures_beside_the_second(box: Mailbox) -> None:
    (told,) = sample_editions.editions(date(2024, 11, 18))
    number = box.add(build_message(told, READERS[0], DeliverySettings()).as_bytes())
    structure = box.told(number, "BODYSTRUCTURE").lower()
    marks = ['"text" "plain"', '"text" "html"', '"image" "png"', '"related"', '"type" "text/html"', '"alternative"']
    places = [structure.index(mark) for mark in marks]
    assert places == sorted(places)


def test_editions_stand_in_one_thread(box: Mailbox) -> None:
    first = build_message(edition([scored(1)]), READERS[2], DeliverySettings())
    told = edition([scored(2)])
    second = build_message(
        replace(told, name="2026-11-22"), READERS[2], DeliverySettings(), in_reply_to=first["Message-ID"]
    )
    numbers = [box.add(mail.as_bytes()) for mail in (first, second)]
    assert f"({' '.join(numbers)})" in box.threads()
