"""What is tried again, when, how often, and what is not: against a real SMTP server with bad manners."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from db import deliveries
from db.connect import open_store
from db.records import Delivery, Edition
from flows.config.settings import DeliverySettings, RecipientSettings
from flows.digest.delivery.hand_over import RETRY_MINUTES, deliver
from flows.digest.dispatch import troubles
from tests.support.crash_delivery import RECIPIENTS, table, trials
from tests.support.mail_delivery import NOW, by_smtp
from tests.support.mail_server import MailSite

HOUR = timedelta(hours=1)


def states(done: list[Delivery]) -> list[str]:
    return [each.state for each in done]


def test_a_deferred_mail_waits_longer_each_time_and_is_given_up_within_the_day(
    store: Path, told: Edition, post: MailSite
) -> None:
    settings, now = by_smtp(post.port, "busy@x.example"), NOW
    waits = []
    for _ in range(20):
        (done,) = deliver(store, told, settings, "", now, patient=True)
        if done.next_try_at is None:
            break
        waits.append(done.next_try_at - now)
        (early,) = deliver(store, told, settings, "", done.next_try_at - timedelta(seconds=1), patient=True)
        assert early.attempts == done.attempts
        now = done.next_try_at
    assert waits == [timedelta(minutes=minutes) for minutes in RETRY_MINUTES]
    assert done.given_up
    assert now - NOW < timedelta(hours=24)
    with closing(open_store(store)) as opened:
        assert deliveries.waiting(opened, now + timedelta(days=9)) == []


def test_the_store_knows_which_editions_wait(store: Path, told: Edition, post: MailSite) -> None:
    deliver(store, told, by_smtp(post.port, "busy@x.example", "good@x.example"), "", NOW)
    with closing(open_store(store)) as opened:
        assert deliveries.waiting(opened, NOW + timedelta(minutes=4)) == []
        assert deliveries.waiting(opened, NOW + timedelta(minutes=5)) == ["2026-11-21"]


def test_a_server_that_always_drops_after_the_content_gets_two_copies_and_no_more(
    store: Path, told: Edition, post: MailSite
) -> None:
    settings = by_smtp(post.port, "lost@x.example", "good@x.example")
    post.postbox.drop = {"lost@x.example"}
    for number in range(6):
        done = deliver(store, told, settings, "", NOW + number * HOUR)
    assert done[0].given_up
    assert (done[0].unsure, done[1].state) == (2, "accepted")
    assert "may have arrived" in done[0].detail
    assert [to for to, _ in post.postbox.mails] == ["lost@x.example", "good@x.example", "lost@x.example"]


def test_a_stall_holds_up_nobody_else(store: Path, told: Edition, post: MailSite) -> None:
    post.postbox.stall = {"slow@x.example"}
    settings = by_smtp(post.port, "slow@x.example", "a@x.example", "b@x.example", timeout_seconds=0.5)
    began = time.monotonic()
    done = deliver(store, told, settings, "", NOW)
    assert time.monotonic() - began < 5
    assert states(done) == ["deferred", "accepted", "accepted"]
    assert "timed out" in done[0].detail


def test_a_server_that_loses_every_connection_is_left_alone_after_three(
    store: Path, told: Edition, post: MailSite
) -> None:
    people = [f"p{number}@x.example" for number in range(6)]
    post.postbox.drop = set(people)
    done = deliver(store, told, by_smtp(post.port, *people), "", NOW)
    assert len(post.postbox.mails) == 3
    assert "3 connections were lost" in done[5].detail
    post.postbox.drop = set()
    assert states(deliver(store, told, by_smtp(post.port, *people), "", NOW + HOUR)) == ["accepted"] * 6
    # Those who had no chance come first, and who got a first copy gets one more at the most.
    assert [to for to, _ in post.postbox.mails[3:6]] == people[3:]


def test_a_login_that_the_server_misses_is_no_refusal_of_the_reader(store: Path, told: Edition, post: MailSite) -> None:
    (done,) = deliver(store, told, by_smtp(post.port, "login@x.example"), "", NOW)
    assert (done.state, done.given_up) == ("deferred", False)


def test_one_connection_serves_all_even_after_refusals(store: Path, told: Edition, post: MailSite) -> None:
    names = ("a", "gone", "b", "busy", "jürgen", "c")
    deliver(store, told, by_smtp(post.port, *(f"{name}@x.example" for name in names)), "", NOW)
    assert len(post.postbox.mails) == 3
    assert len(post.postbox.sessions) == 1


def test_lines_that_begin_with_a_dot_arrive_whole(store: Path, told: Edition, post: MailSite) -> None:
    from flows.config.settings import SmtpSettings
    from flows.digest.delivery.smtp import MailServer

    content = b"Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\nthree"
    smtp = SmtpSettings(host="127.0.0.1", port=post.port, security="none")
    with MailServer(smtp, "") as server:
        outcome = server.send(content, "a@x.example", "b@x.example", lambda: True)
        refused = server.send(content, "a@x.example", "b@x.example", lambda: False)
    assert outcome is not None
    assert outcome.state == "accepted"
    assert refused is None
    assert [mail.rstrip(b"\r\n") for _, mail in post.postbox.mails] == [content]


def test_two_at_the_same_moment_send_each_mail_once(store: Path, told: Edition, post: MailSite) -> None:
    settings = by_smtp(post.port, *(f"p{number}@x.example" for number in range(8)))
    done: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: done.append(states(deliver(store, told, settings, "", NOW)))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done == [["accepted"] * 8] * 3
    assert len(post.postbox.mails) == 8


def test_a_claim_is_taken_once(store: Path, told: Edition) -> None:
    with closing(open_store(store)) as opened, closing(open_store(store)) as other:
        row = deliveries.prepare(opened, told.id, "a@x.example", "mail", "<1@x>", NOW)
        assert deliveries.claim(opened, row.id, NOW)
        assert not deliveries.claim(other, row.id, NOW)
        kept = deliveries.settle(other, row, "deferred", "late word", NOW, held=False)
        assert kept.state == "handed_over"
        assert deliveries.settle(opened, row, "accepted", "250", NOW, held=True).state == "accepted"


def test_a_reader_gets_it_at_their_hour_and_others_do_not_wait(store: Path, told: Edition, post: MailSite) -> None:
    early = RecipientSettings(address="a@x.example", time_zone="Europe/Berlin")
    late = RecipientSettings(address="b@x.example", time_zone="America/New_York", hour=7)
    settings = by_smtp(post.port)
    assert states(deliver(store, told, settings, "", NOW, readers=[early, late])) == ["accepted", "prepared"]
    done = deliver(store, told, settings, "", told.window_end + 7 * HOUR, readers=[early, late], patient=True)
    assert states(done) == ["accepted", "accepted"]


def test_who_is_no_longer_a_reader_is_sent_nothing(store: Path, told: Edition, post: MailSite) -> None:
    deliver(store, told, by_smtp(post.port, "busy@x.example"), "", NOW)
    deliver(store, told, by_smtp(post.port, "good@x.example"), "", NOW + HOUR)
    with closing(open_store(store)) as opened:
        assert deliveries.waiting(opened, NOW + 24 * HOUR) == []
        assert deliveries.of_edition(opened, told.id)[0].detail == "not sent: no longer a recipient"


def test_the_next_days_mail_answers_the_last_that_arrived(store: Path, told: Edition, post: MailSite) -> None:
    from db import editions

    settings = by_smtp(post.port, "a@x.example", "busy@x.example")
    first = deliver(store, told, settings, "", NOW)
    with closing(open_store(store)) as opened:
        end = told.window_end + 24 * HOUR
        window = (told.window_end, end)
        given = {"composed_at": end, "model_version": "", "config_hash": "", "content": told.content}
        second = editions.insert(opened, name="2026-11-22", window=window, **given)  # type: ignore[arg-type]
    done = deliver(store, second, settings, "", end)
    mail = message_from_bytes(post.postbox.mails[-1][1])
    assert mail["In-Reply-To"] == mail["References"] == first[0].message_id
    assert [each.in_reply_to for each in done] == [first[0].message_id, ""]


@pytest.mark.parametrize("seed", [7])
def test_a_killed_delivery_brings_each_mail_and_at_most_one_copy_more(tmp_path: Path, seed: int) -> None:
    done = trials(tmp_path, 6, seed)
    assert all(each.fewest >= 1 and each.most <= 2 and each.same_ids for each in done), table(done)
    assert all(set(each.arrived) == set(RECIPIENTS) for each in done)


def test_two_kills_cost_two_copies_at_the_most_and_never_the_mail(tmp_path: Path) -> None:
    done = trials(tmp_path, 4, 11, crashes=2)
    assert all(each.fewest >= 1 and each.most <= 3 and each.same_ids for each in done), table(done)


def killed(store: Path, told: Edition, times: int) -> None:
    """Leave behind what a sending leaves that was killed so often while the content was on its way."""
    with closing(open_store(store)) as opened:
        row = deliveries.prepare(opened, told.id, "a@x.example", "mail", "<1@x>", NOW)
        for _ in range(times):
            deliveries.reclaim(opened, told.id, NOW)
            assert deliveries.claim(opened, row.id, NOW)


def test_a_mail_killed_on_its_way_again_and_again_still_arrives(store: Path, told: Edition, post: MailSite) -> None:
    killed(store, told, deliveries.MOST_KILLED - 1)
    (done,) = deliver(store, told, by_smtp(post.port, "a@x.example"), "", NOW, patient=True)
    assert (done.state, len(post.postbox.mails)) == ("accepted", 1)


def test_a_kill_after_many_deferrals_does_not_lose_the_mail(store: Path, told: Edition, post: MailSite) -> None:
    settings, now = by_smtp(post.port, "busy@x.example"), NOW
    for _ in range(deliveries.MOST_KILLED + 1):
        (done,) = deliver(store, told, settings, "", now, patient=True)
        assert done.next_try_at is not None
        now = done.next_try_at
    with closing(open_store(store)) as opened:
        assert deliveries.claim(opened, done.id, now)
        assert deliveries.reclaim(opened, told.id, now) == 1
        (left,) = deliveries.of_edition(opened, told.id)
    assert not left.given_up
    assert left.next_try_at == now


def test_a_mail_that_always_kills_its_sender_is_given_up_and_told(store: Path, told: Edition, post: MailSite) -> None:
    killed(store, told, deliveries.MOST_KILLED)
    settings = by_smtp(post.port, "a@x.example", "b@x.example")
    with closing(open_store(store)) as opened:
        before = deliveries.of_edition(opened, told.id)
    done = deliver(store, told, settings, "", NOW, patient=True)
    assert [(each.state, each.given_up) for each in done] == [("deferred", True), ("accepted", False)]
    (line,) = troubles(before, done)
    assert "a@x.example: given up: the process that was sending it ended" in line


def test_a_kill_before_a_server_that_does_not_answer_leaves_it_one_more_try(
    store: Path, told: Edition, post: MailSite
) -> None:
    killed(store, told, 1)
    post.postbox.drop = {"a@x.example"}
    settings = by_smtp(post.port, "a@x.example")
    for number in range(4):
        (done,) = deliver(store, told, settings, "", NOW + number * HOUR, patient=True)
    assert (done.given_up, len(post.postbox.mails)) == (True, 1)


def test_the_outbox_follows_the_same_ledger(store: Path, told: Edition, tmp_path: Path) -> None:
    settings = DeliverySettings(outbox=tmp_path / "out")
    (done,) = deliver(store, told, settings, "", NOW)
    assert (done.attempts, done.next_try_at, done.state) == (1, None, "accepted")
