"""From the header of a mail to the next edition: a mail provider posts, and that reader gets no more."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from db import deliveries, editions, unsubscriptions
from db.connect import open_store
from db.records import Edition
from flows.config.settings import Config, DeliverySettings
from flows.desk.server import open_desk
from flows.digest.delivery.hand_over import deliver
from flows.digest.delivery.mail import build_message
from flows.digest.dispatch import deliver_waiting
from flows.runtime.clock import Clock
from tests.desk.conftest import free_port
from tests.support.edition_records import edition, scored
from tests.support.mail_delivery import NOW, by_smtp
from tests.support.mail_server import MailSite

READERS = ("a@desk.example", "b@desk.example")
DAY = timedelta(days=1)
ROOT = "https://news.example/watch"


def settings_of(post: MailSite, **more: object) -> DeliverySettings:
    return by_smtp(post.port, *READERS).model_copy(update={"one_click": ROOT} | more)


def next_day(path: Path, told: Edition) -> Edition:
    """The same content as the edition of a day later."""
    window = (told.window_start + DAY, told.window_end + DAY)
    with closing(open_store(path)) as opened:
        return editions.insert(
            opened,
            name="2026-11-22",
            window=window,
            composed_at=window[1],
            model_version=told.model_version,
            config_hash=told.config_hash,
            content=dict(told.content),
        )


def one_click(current: Config, link: str) -> int:
    """What a mail provider does, by way of the operator's proxy."""
    with open_desk(current) as desk:
        wire = http.client.HTTPConnection("127.0.0.1", desk.server_port, timeout=10)
        with closing(wire):
            path = urlsplit(link).path.removeprefix("/watch")
            wire.request("POST", path, "List-Unsubscribe=One-Click", {"Host": "news.example"})
            return wire.getresponse().status


def test_a_click_in_the_mail_program_ends_the_mails_until_it_is_taken_back(
    store: Path, told: Edition, post: MailSite
) -> None:
    settings = settings_of(post)
    current = Config.model_validate({"store": {"path": store}, "desk": {"port": free_port()}})
    deliver(store, told, settings, "", NOW)
    mail = message_from_bytes(post.postbox.mails[0][1])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    links = re.findall(r"<([^>]+)>", mail["List-Unsubscribe"])
    assert [urlsplit(link).scheme for link in links] == ["https", "mailto"]
    assert one_click(current.model_copy(update={"delivery": settings}), links[0]) == 200

    again = next_day(store, told)
    done = deliver(store, again, settings, "", NOW + timedelta(days=1))
    assert [delivery.recipient for delivery in done] == ["b@desk.example"]
    assert [to for to, _ in post.postbox.mails] == [*READERS, "b@desk.example"]

    with closing(open_store(store)) as opened:
        assert unsubscriptions.take_back(opened, "A@desk.example", NOW)
    done = deliver(store, again, settings, "", NOW + timedelta(days=1))
    assert [delivery.recipient for delivery in done] == list(READERS)


def test_a_mail_that_waits_for_who_has_left_is_given_up(store: Path, told: Edition, post: MailSite) -> None:
    post.postbox.drop = {"a@desk.example"}
    deliver(store, told, settings_of(post), "", NOW)
    post.postbox.drop = set()
    with closing(open_store(store)) as opened:
        unsubscriptions.add(opened, "a@desk.example", NOW)
    deliver(store, told, settings_of(post), "", NOW + timedelta(hours=1))
    with closing(open_store(store)) as opened:
        first, second = deliveries.of_edition(opened, told.id)
        assert deliveries.waiting(opened, NOW + timedelta(days=3)) == []
    assert (first.given_up, second.state) == (True, "accepted")


@pytest.mark.parametrize(
    ("more", "schemes", "posts"),
    [
        ({}, ["https", "mailto"], "List-Unsubscribe=One-Click"),
        ({"unsubscribe": "https://other.example/leave"}, ["https"], "List-Unsubscribe=One-Click"),
        ({"unsubscribe": "mailto:leave@x.example", "one_click": ""}, ["mailto"], None),
        ({"one_click": ""}, ["mailto"], None),
    ],
)
def test_mail_programs_find_one_address_to_post_to(more: dict[str, str], schemes: list[str], posts: str | None) -> None:
    settings = DeliverySettings().model_copy(update=more)
    link = "" if more.get("one_click") == "" else "https://news.example/unsubscribe/x"
    raw = build_message(edition([scored(1)]), "a@x.example", settings, one_click=link).as_bytes()
    mail = message_from_bytes(raw)
    assert re.findall(r"<([a-z]+):", mail["List-Unsubscribe"]) == schemes
    assert mail["List-Unsubscribe-Post"] == posts


def test_an_edition_that_nobody_is_left_to_read_waits_for_nothing(store: Path, told: Edition, tmp_path: Path) -> None:
    delivery = {"recipients": ["a@desk.example"], "outbox": str(tmp_path / "outbox")}
    current = Config.model_validate({"store": {"path": store}, "delivery": delivery})
    clock = Clock((told.composed_at + timedelta(minutes=5)).isoformat())
    with closing(open_store(store)) as opened:
        unsubscriptions.add(opened, "a@desk.example", NOW)
    assert deliver_waiting(current, clock, "") == []
    with closing(open_store(store)) as opened:
        unsubscriptions.take_back(opened, "a@desk.example", NOW)
    (sent,) = deliver_waiting(current, clock, "")
    assert [delivery.state for delivery in sent.deliveries] == ["accepted"]
