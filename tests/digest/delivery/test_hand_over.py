"""Delivery to a real SMTP server and to the outbox, with the ledger of a real store."""

from __future__ import annotations

import ssl
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import trustme

from db import deliveries
from db.connect import open_store
from db.records import Edition
from flows.config.settings import DeliverySettings
from flows.digest.delivery.hand_over import deliver
from tests.support.mail_delivery import NOW, by_smtp
from tests.support.mail_server import MailSite


def test_each_recipient_gets_one_mail_and_a_second_run_sends_nothing(
    store: Path, told: Edition, post: MailSite
) -> None:
    settings = by_smtp(post.port, "a@desk.example", "b@desk.example", "a@desk.example")
    first = deliver(store, told, settings, "", NOW)
    again = deliver(store, told, settings, "", NOW + timedelta(hours=1))
    assert [delivery.state for delivery in first] == ["accepted", "accepted"]
    assert again == first
    assert [recipient for recipient, _ in post.postbox.mails] == ["a@desk.example", "b@desk.example"]
    ids = [message_from_bytes(mail)["Message-ID"] for _, mail in post.postbox.mails]
    assert ids == [delivery.message_id for delivery in first]


def test_one_bad_address_never_holds_up_the_others(store: Path, told: Edition, post: MailSite) -> None:
    recipients = ("gone@x.example", "busy@x.example", "full@x.example", "jürgen@x.example", "good@x.example")
    done = deliver(store, told, by_smtp(post.port, *recipients), "", NOW)
    assert [delivery.state for delivery in done] == ["refused", "deferred", "refused", "refused", "accepted"]
    assert done[0].detail == "550 5.1.1 nobody here"
    with closing(open_store(store)) as opened:
        assert deliveries.of_edition(opened, told.id) == done


def test_deferred_ones_are_tried_again_and_refused_ones_are_not(store: Path, told: Edition, post: MailSite) -> None:
    settings = by_smtp(post.port, "gone@x.example", "lost@x.example", "good@x.example")
    post.postbox.drop = {"lost@x.example"}
    states = [delivery.state for delivery in deliver(store, told, settings, "", NOW)]
    assert states == ["refused", "deferred", "accepted"]
    post.postbox.drop = set()
    states = [delivery.state for delivery in deliver(store, told, settings, "", NOW)]
    assert states == ["refused", "accepted", "accepted"]
    lost = [message_from_bytes(mail)["Message-ID"] for to, mail in post.postbox.mails if to == "lost@x.example"]
    assert len(lost) == 2
    assert len(set(lost)) == 1


def test_a_crash_after_the_hand_over_sends_once_more_under_the_same_id(
    store: Path, told: Edition, post: MailSite
) -> None:
    settings = by_smtp(post.port, "a@desk.example")
    with closing(open_store(store)) as opened:
        row = deliveries.prepare(opened, told.id, "a@desk.example", "mail", "<kept@axiswatch.example>", NOW)
        assert deliveries.claim(opened, row.id, NOW)
    (done,) = deliver(store, told, settings, "", NOW)
    assert done.state == "accepted"
    assert [message_from_bytes(mail)["Message-ID"] for _, mail in post.postbox.mails] == ["<kept@axiswatch.example>"]


def test_the_ledger_says_handed_over_while_the_mail_is_on_its_way(
    store: Path, told: Edition, post: MailSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    receive = type(post.postbox).handle_DATA

    async def look(self: object, *arguments: object) -> str:
        with closing(open_store(store)) as opened:
            seen.extend(delivery.state for delivery in deliveries.of_edition(opened, told.id))
        return await receive(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(type(post.postbox), "handle_DATA", look)
    deliver(store, told, by_smtp(post.port, "a@desk.example", "b@desk.example"), "", NOW)
    assert seen == ["handed_over", "prepared", "accepted", "handed_over"]


def test_an_unreachable_server_defers_all_and_says_why(store: Path, told: Edition) -> None:
    with MailSite() as gone:
        port = gone.port
    done = deliver(store, told, by_smtp(port, "a@desk.example", "b@desk.example"), "", NOW)
    assert [delivery.state for delivery in done] == ["deferred", "deferred"]
    assert f"127.0.0.1:{port}" in done[0].detail
    assert "[delivery.smtp]" in done[0].detail


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate, from an authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # aiosmtpd does not see that it is encrypted from the start
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_and_with_a_login(store: Path, told: Edition, certified: ssl.SSLContext, security: str) -> None:
    with MailSite(security, certified, login=True) as site:
        settings = by_smtp(site.port, "a@desk.example", security=security, username="desk")
        (wrong,) = deliver(store, told, settings, "guess", NOW)
        (right,) = deliver(store, told, settings, "open sesame", NOW)
        assert (wrong.state, right.state) == ("deferred", "accepted")
        assert "AXISWATCH_SMTP_PASSWORD" in wrong.detail
        assert "guess" not in wrong.detail
        assert site.postbox.encrypted == [True]


def test_a_certificate_of_nobody_known_is_not_trusted(store: Path, told: Edition) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with MailSite("starttls", context) as site:
        (done,) = deliver(store, told, by_smtp(site.port, "a@desk.example", security="starttls"), "", NOW)
        assert done.state == "deferred"
        assert "certificate" in done.detail.lower()
        assert site.postbox.mails == []


def test_the_outbox_gets_each_file_once(store: Path, told: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "outbox"
    settings = DeliverySettings(outbox=folder, recipients=("a@desk.example", "b@desk.example"))
    done = deliver(store, told, settings, "", NOW)
    names = ["2026-11-21.b@desk.example.eml", "2026-11-21.eml", "2026-11-21.html", "2026-11-21.txt"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert [delivery.detail for delivery in done] == [str(folder / names[1]), str(folder / names[0])]
    mail = message_from_bytes((folder / names[1]).read_bytes())
    assert mail["To"] == "a@desk.example"
    written = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert deliver(store, told, settings, "", NOW) == done
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == written


def test_an_outbox_that_cannot_be_written_defers_and_names_it(store: Path, told: Edition, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (done,) = deliver(store, told, DeliverySettings(outbox=tmp_path / "file"), "", NOW)
    assert done.state == "deferred"
    assert f"cannot write to the outbox {tmp_path / 'file'}" in done.detail
