"""Messages: their parts and headers, safe from what feeds and settings hold."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from db.records import Coverage
from flows.config.settings import DeliverySettings
from flows.digest.delivery.mail import AddressError, build_message, message_id
from flows.digest.render.pages import render_parts
from tests.support.edition_records import edition, scored

SETTINGS = DeliverySettings(sender="digest@watch.example")
TOLD = edition([scored(1, "Тегеран и Москва", summary="ایران و روسیه"), scored(2, "북한과 러시아")])


def received(raw: bytes) -> EmailMessage:
    """The mail as a client reads it."""
    return message_from_bytes(raw, policy=default)


def test_text_comes_first_and_html_last_and_both_decode_to_the_renderings() -> None:
    mail = received(build_message(TOLD, "a@desk.example", SETTINGS).as_bytes())
    parts = list(mail.iter_parts())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    contents = [cast(EmailMessage, part).get_content().replace("\r\n", "\n").strip() for part in parts]
    text, html = render_parts(TOLD)
    assert contents[0].startswith(text.strip())
    assert contents[1].startswith(html.strip().removesuffix("</body></html>"))


def test_headers_tell_machines_what_this_is() -> None:
    mail = received(build_message(TOLD, "a@desk.example", SETTINGS).as_bytes())
    assert mail["From"] == "Axis watch <digest@watch.example>"
    assert mail["To"] == "a@desk.example"
    assert mail["Subject"] == "Тегеран и Москва; 북한과 러시아"
    assert mail["Date"].datetime == TOLD.composed_at
    assert mail["List-Id"] == "<digest.watch.example>"
    assert mail["List-Unsubscribe"].strip() == "<mailto:digest@watch.example?subject=unsubscribe%20a%40desk.example>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_same_edition_to_the_same_recipient_is_the_same_mail() -> None:
    first, again = (build_message(TOLD, "a@desk.example", SETTINGS).as_bytes() for _ in range(2))
    assert first == again


def test_message_ids_differ_by_edition_and_recipient_and_by_nothing_else() -> None:
    other = replace(TOLD, name="2026-11-22")
    ids = {message_id(told.name, to, "d@w.example") for told in (TOLD, other) for to in ("a@x.example", "b@x.example")}
    assert len(ids) == 4
    assert message_id("2026-11-22", "a@x.example", "d@w.example") in ids


def test_the_id_that_the_ledger_holds_is_kept() -> None:
    assert (
        build_message(TOLD, "a@desk.example", SETTINGS, known_id="<old@w.example>")["Message-ID"] == "<old@w.example>"
    )


def test_a_hostile_title_stays_inside_its_headers() -> None:
    told = edition([], title='Axis\r\nBcc: all@victim.example\r\n\r\n"<b>\u202e', name="2026-11-21")
    raw = build_message(told, "a@desk.example", SETTINGS).as_bytes()
    mail = received(raw)
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith('Axis Bcc: all@victim.example "<b>, ')
    assert b"\nBcc" not in raw
    assert mail["From"].addresses[0].addr_spec == "digest@watch.example"


@pytest.mark.parametrize("address", ["a@x.example\r\nBcc: b@y.example", "", "a b@c@d", "a@x.example, b@y.example"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(AddressError, match="delivery"):
        build_message(TOLD, address, SETTINGS)


def test_lines_keep_to_what_smtp_allows() -> None:
    told = edition([scored(1, "x" * 5000, link="https://news.example/" + "y" * 1900)])
    raw = build_message(told, "a@desk.example", SETTINGS).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("coverage", "news"),
    [
        (Coverage(feeds=4, read=3), "a quiet day, 3 of 4 feeds read"),
        (Coverage(feeds=4, failed=4), "no feed could be read"),
    ],
)
def test_the_subject_of_a_day_without_stories(coverage: Coverage, news: str) -> None:
    mail = build_message(edition([], coverage=coverage), "a@desk.example", SETTINGS)
    assert mail["Subject"] == f"Axis watch, Saturday 21 November 2026: {news}"
