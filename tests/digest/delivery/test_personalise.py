"""Each reader's mail: when it is due, its form, its images, its place in the thread."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from db.records import Delivery, Edition
from flows.config.settings import Config, DeliverySettings, RecipientSettings
from flows.digest.content.codec import to_json
from flows.digest.content.edition import Image
from flows.digest.delivery.mail import build_message
from flows.digest.delivery.personalise import ReaderCopies, due_at
from flows.digest.judge_links import with_links
from flows.digest.render.images import images, standalone
from flows.digest.render.pages import Parts
from tests.support.edition_records import WINDOW, edition, scored

SETTINGS = DeliverySettings(sender="digest@watch.example", unsubscribe="https://watch.example/leave?who={address}")
TOLD = edition([scored(1, "ایران و روسیه", partners=("iran",)), scored(2, "북한과 러시아", partners=("north_korea",))])
DAY = Edition(1, TOLD.name, *WINDOW, TOLD.composed_at, "m-1", "abcd1234", to_json(TOLD.content))
PIXEL = base64.b64encode(b"\x89PNG not really").decode()
IMAGE = Image(cid="c1@axis", type="image/png", title="", alt="", width=1, height=1, data=PIXEL)
ROW = Delivery(1, 1, "a@desk.example", "mail", "prepared", "<one@watch.example>", WINDOW.end, in_reply_to="<zero@w>")


def mail_to(reader: RecipientSettings, now: datetime = WINDOW.end) -> EmailMessage:
    raw = ReaderCopies(DAY, SETTINGS, now).mail(reader, ROW)
    return message_from_bytes(raw, policy=default)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def reader(**wishes: object) -> RecipientSettings:
    return RecipientSettings.model_validate({"address": "a@desk.example", "time_zone": "Europe/Berlin"} | wishes)


def test_a_mail_stands_in_the_thread_of_the_day_before() -> None:
    mail = mail_to(reader())
    assert mail["Message-ID"] == "<one@watch.example>"
    assert mail["In-Reply-To"] == mail["References"] == "<zero@w>"
    assert mail["List-Unsubscribe"] == "<https://watch.example/leave?who=a%40desk.example>"


@pytest.mark.parametrize(
    ("form", "types"),
    [
        ("both", ["multipart/alternative", "text/plain", "text/html"]),
        ("text", ["text/plain"]),
        ("html", ["text/html"]),
    ],
)
def test_the_form_is_the_readers(form: str, types: list[str]) -> None:
    mail = mail_to(reader(format=form))
    assert [part.get_content_type() for part in mail.walk()] == types


def test_persian_and_korean_arrive_as_they_were_written() -> None:
    mail = mail_to(reader())
    html = mail.get_body(("html",))
    assert html is not None
    for words in ("ایران و روسیه", "북한과 러시아"):
        assert words in text_of(mail)
        assert words in html.get_content()
    assert 'dir="auto"' in html.get_content()


def test_readers_with_the_same_wishes_share_a_rendering_and_others_do_not() -> None:
    copies = ReaderCopies(DAY, SETTINGS, WINDOW.end)
    iran = message_from_bytes(copies.mail(reader(partners="iran"), ROW), policy=default)
    other = message_from_bytes(copies.mail(reader(address="b@x.example", partners="iran", hour=9), ROW), policy=default)
    assert text_of(iran) == text_of(other)
    assert "북한" not in text_of(iran)
    assert "북한" in text_of(message_from_bytes(copies.mail(reader(), ROW), policy=default))


def test_a_day_without_a_story_in_the_readers_part_is_not_called_quiet() -> None:
    mail = mail_to(reader(partners="cuba"))
    assert "nothing in your part, 3 of 4 feeds read" in mail["Subject"]
    assert "A quiet day" not in text_of(mail)
    assert "Your part (Cuba): 0 of 2 stories." in text_of(mail)


def test_what_leaves_late_says_so() -> None:
    assert "Sent late" not in text_of(mail_to(reader(), WINDOW.end + timedelta(minutes=59)))
    late = text_of(mail_to(reader(), WINDOW.end + timedelta(hours=3)))
    assert "Sent late: due Sun 22 Nov, 06:00, sent Sun 22 Nov, 09:00 (Europe/Berlin)." in " ".join(late.split())
    assert "Sent late" not in text_of(mail_to(reader(hour=9), WINDOW.end + timedelta(hours=3)))


@pytest.mark.parametrize(
    ("zone", "hour", "due"),
    [
        ("Europe/Berlin", None, datetime(2026, 11, 22, 5, tzinfo=UTC)),
        ("Europe/Berlin", 6, datetime(2026, 11, 22, 5, tzinfo=UTC)),
        ("Europe/Berlin", 5, datetime(2026, 11, 23, 4, tzinfo=UTC)),
        ("America/New_York", 7, datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("Pacific/Tongatapu", 7, datetime(2026, 11, 22, 18, tzinfo=UTC)),
    ],
)
def test_a_mail_is_due_at_the_readers_hour(zone: str, hour: int | None, due: datetime) -> None:
    assert due_at(DAY, reader(time_zone=zone, hour=hour)) == due
    assert due_at(replace(DAY, kind="alert"), reader(time_zone=zone, hour=hour)) == WINDOW.end


def test_images_are_related_parts_of_the_html_and_the_mail_is_the_same_each_time() -> None:
    told = replace(TOLD, content=replace(TOLD.content, images=(IMAGE,)))
    parts = Parts("text", '<img src="cid:c1@axis" alt="14 stories">')
    first, again = (build_message(told, "a@desk.example", SETTINGS, parts=parts).as_bytes() for _ in range(2))
    mail = message_from_bytes(first, policy=default)
    assert first == again
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    image = list(mail.walk())[-1]
    assert (image["Content-ID"], image.get_content()) == ("<c1@axis>", b"\x89PNG not really")
    assert standalone(parts.html, told.content) == f'<img src="data:image/png;base64,{PIXEL}" alt="14 stories">'


@pytest.mark.parametrize(
    "image", [replace(IMAGE, cid="a@b>\r\nBcc: c@d", type="image/png"), replace(IMAGE, cid="a@b", type="text/html")]
)
def test_an_image_that_could_break_a_header_is_not_taken(image: Image) -> None:
    with pytest.raises(ValueError, match="cannot be mailed"):
        images(replace(TOLD.content, images=(image,)))


def test_much_that_is_not_ascii_goes_as_base64_and_is_smaller_for_it() -> None:
    parts = Parts("Москва и Тегеран\n" * 200, "<p>plain</p>")
    raw = build_message(TOLD, "a@desk.example", SETTINGS, parts=parts, form="text").as_bytes()
    assert raw.count(b"Content-Transfer-Encoding: base64") == 1
    assert len(raw) < 1.6 * len(parts.text.encode())


def judged(folder: Path, **desk: object) -> Edition:
    """The day with a doubtful story and a near miss, and the links that such a desk gives them."""
    told = edition([scored(1), scored(7, probability=0.3)], near=[scored(8, probability=0.2)])
    current = Config.model_validate({"store": {"path": folder / "watch.db"}, "desk": desk})
    return replace(DAY, content=to_json(with_links(told.content, current)))


@pytest.mark.parametrize("form", ["both", "text", "html"])
def test_no_mail_that_leaves_this_machine_leads_to_a_desk_that_has_no_address(tmp_path: Path, form: str) -> None:
    day = judged(tmp_path)
    for way, is_led in (("outbox", True), ("mail", False), ("webhook", False)):
        copies = ReaderCopies(day, SETTINGS, WINDOW.end)
        mail = message_from_bytes(copies.mail(reader(way=way, format=form), ROW), policy=default)
        bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
        assert bodies
        assert {"127.0.0.1" in body for body in bodies} == {is_led}, way
        assert {"axiswatch review" in body for body in bodies} == {not is_led}, way
        assert ("127.0.0.1" in copies.text(reader(way=way))) == is_led
        assert any(story.judge for story in copies.told(reader(way=way)).content.told()) == is_led


def test_readers_by_different_ways_share_no_rendering_where_one_is_led_to_the_desk(tmp_path: Path) -> None:
    copies = ReaderCopies(judged(tmp_path), SETTINGS, WINDOW.end)
    said = ["127.0.0.1" in copies.text(reader(way=way)) for way in ("outbox", "mail", "outbox")]
    assert said == [True, False, True]


@pytest.mark.parametrize("address", ["https://desk.example/watch", "http://127.0.0.1:8737", "http://localhost:8737/"])
def test_an_address_that_the_settings_name_is_in_every_mail(tmp_path: Path, address: str) -> None:
    copies = ReaderCopies(judged(tmp_path, address=address), SETTINGS, WINDOW.end)
    text = copies.text(reader(way="mail"))
    assert f"{address.rstrip('/')}/judge/2026-11-21/7/unsure?t=" in text
    assert ("only on the machine where the monitor runs" in " ".join(text.split())) == ("desk.example" not in address)
