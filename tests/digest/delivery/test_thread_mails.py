"""Mails of threads on their way: by a mail server, a webhook, the outbox, each as its recipient gets the digest."""

from __future__ import annotations

from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from db import deliveries, editions
from db.connect import open_store
from flows.config.settings import Config
from tests.support.followed_threads import (
    DAY,
    MINUTE,
    NOON,
    OPENING,
    READER,
    SIGNING,
    body,
    follow,
    mail,
    passed,
    read,
    report,
    settings,
)
from tests.support.hook_site import HookSite
from tests.support.mail_server import MailSite


def unfolding(folder: Path, reader: str = READER, **sections: Any) -> Config:
    """A thread that the reader follows, and its next step."""
    current = settings(folder, **sections)
    assert follow(current, report(current, OPENING, NOON), NOON + MINUTE, reader)
    report(current, SIGNING, NOON + DAY, "Quay News")
    return current


def by_mail(port: int, **more: Any) -> dict[str, Any]:
    return {"way": "mail", "smtp": {"host": "127.0.0.1", "port": port, "security": "none"}, **more}


def arrived(site: MailSite) -> list[tuple[str, EmailMessage]]:
    return [(to, message_from_bytes(content, policy=policy.default)) for to, content in site.postbox.mails]


def test_a_mail_server_gets_it_once_for_its_reader_alone(tmp_path: Path) -> None:
    with MailSite() as site:
        current = unfolding(tmp_path, delivery=by_mail(site.port, recipients=["other@desk.example"]))
        (name,) = passed(current, NOON + DAY + MINUTE)
        passed(current, NOON + DAY + 2 * MINUTE)
        ((to, made),) = arrived(site)
    assert to == READER
    assert made["Subject"].startswith("Next step: ")
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, name)
        assert edition is not None
        assert [(each.way, each.state) for each in deliveries.of_edition(store, edition.id)] == [("mail", "accepted")]


def test_a_mail_server_that_puts_it_off_gets_it_again_and_what_was_read_meanwhile_apart(tmp_path: Path) -> None:
    with MailSite() as site:
        current = unfolding(tmp_path, "busy@desk.example", delivery=by_mail(site.port))
        (name,) = passed(current, NOON + DAY + MINUTE)
        assert site.postbox.mails == []
        with closing(open_store(current.store.path)) as store:
            edition = editions.find(store, name)
            assert edition is not None
            assert [each.state for each in deliveries.of_edition(store, edition.id)] == ["deferred"]
            assert deliveries.waiting(store, NOON + DAY + 7 * MINUTE) == [name]
        assert passed(current, NOON + DAY + 7 * MINUTE) == ()


def test_a_webhook_is_posted_the_step(tmp_path: Path) -> None:
    with HookSite() as site:
        hook = {"name": "desk-chat", "url": site.url("/desk"), "allow_private": True, "partners": ["iran"], "hour": 6}
        delivery = {"outbox": tmp_path / "out", "webhook": [hook]}
        current = unfolding(tmp_path, "webhook:desk-chat", delivery=delivery)
        (name,) = passed(current, NOON + DAY + MINUTE)
        (post,) = site.posts
        assert (post.json["edition"], post.json["kind"]) == (name, "thread")
        assert post.json["subject"].startswith("Next step: Russia and North Korea sign treaty")
        assert [story["outlet"] for story in post.json["stories"]] == ["Quay News"]


def test_a_chat_is_told_when_the_thread_is_quiet(tmp_path: Path) -> None:
    with HookSite() as site:
        hook = {"name": "desk-chat", "url": site.url("/desk"), "allow_private": True, "format": "slack"}
        current = unfolding(tmp_path, "webhook:desk-chat", delivery={"outbox": tmp_path / "out", "webhook": [hook]})
        for day in range(1, 17):
            read(current, NOON + day * DAY)
            passed(current, NOON + day * DAY + MINUTE)
        assert len(site.posts) == 2
        assert "Nothing was reported of it for 14 days, since Wed 18 Nov" in site.posts[-1].body.decode()


def test_a_webhook_that_is_gone_from_the_config_holds_up_nobody(tmp_path: Path) -> None:
    current = settings(tmp_path)
    story = report(current, OPENING, NOON)
    assert follow(current, story, NOON + MINUTE, "webhook:gone")
    assert follow(current, story, NOON + MINUTE)
    report(current, SIGNING, NOON + DAY)
    assert [mail(current, name)["To"] for name in passed(current, NOON + DAY + MINUTE)] == [READER]


def test_the_reader_gets_the_format_and_the_way_that_the_config_names(tmp_path: Path) -> None:
    reader = {"address": READER, "format": "text", "way": "outbox", "partners": ["iran"], "hour": 7}
    current = unfolding(tmp_path, recipient=[reader])
    (name,) = passed(current, NOON + DAY + MINUTE)
    made = mail(current, name)
    assert made.get_content_type() == "text/plain"
    assert "Your part" not in made.get_content()


@pytest.mark.parametrize(("one_click", "desk"), [("https://watch.example", ""), ("", "https://desk.example")])
def test_a_mail_program_stops_the_thread_and_not_the_digest(tmp_path: Path, one_click: str, desk: str) -> None:
    delivery = {"outbox": tmp_path / "out", "one_click": one_click, "unsubscribe": "https://lists.example/leave"}
    current = unfolding(tmp_path, delivery=delivery, desk={"address": desk})
    (name,) = passed(current, NOON + DAY + MINUTE)
    made = mail(current, name)
    raw = b"".join((current.delivery.outbox / f"{name}.eml").read_bytes().split(b"\r\n "))
    by_letter = b"<mailto:digest@axiswatch.example?subject=stop%20following%20thread%201>"
    if one_click:
        assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert b"List-Unsubscribe: <https://watch.example/follow/stop/1/" in raw
    else:
        assert made["List-Unsubscribe-Post"] is None
        assert b"List-Unsubscribe: " + by_letter in raw
    assert by_letter in raw
    text = body(made)
    assert f"Stop following:\n  {one_click or desk}/follow/stop/1/" in text
    everything = f"{one_click}/unsubscribe/" if one_click else "https://lists.example/leave"
    assert f"Unsubscribe from everything:\n  {everything}" in text


def test_without_a_desk_one_stops_by_a_mail(tmp_path: Path) -> None:
    current = unfolding(tmp_path, desk={"port": 0})
    (name,) = passed(current, NOON + DAY + MINUTE)
    text = body(mail(current, name))
    assert "Stop following by a mail:\n  mailto:digest@axiswatch.example?subject=stop%20following%20thread%201" in text
    assert not (tmp_path / "desk.secret").exists()


def test_a_desk_of_this_machine_alone_is_named_as_such(tmp_path: Path) -> None:
    current = unfolding(tmp_path)
    (name,) = passed(current, NOON + DAY + MINUTE)
    text = body(mail(current, name))
    assert "Stop following, on the machine where axiswatch runs:\n  http://127.0.0.1:8737/follow/stop/1/" in text
    assert "Stop following by a mail:" in text
