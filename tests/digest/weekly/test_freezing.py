"""The weekly edition on its way: off by default, made once, sent once to each reader, whatever is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from db import deliveries, editions, unsubscriptions
from db.connect import open_store
from flows.config.schedules import DUE
from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.content.codec import content_of
from flows.digest.delivery.mail import message_id
from flows.digest.dispatch import anything_due, deliver_waiting
from flows.digest.editions import DayError
from flows.digest.pending import send_due
from flows.digest.sending import WEEKLY_ANYWAY, send_edition, send_week
from flows.digest.weekly.freezing import past_week, weekly
from flows.digest.weekly.readers import weekly_readers
from flows.digest.weekly.weeks import week_of
from flows.runtime.clock import Clock
from tests.support.edition_store import changed, config, see
from tests.support.hook_site import HookSite
from tests.support.mail_server import MailSite

FRIDAY = date(2026, 11, 27)
NAME = "weekly-2026-11-27"
END = datetime(2026, 11, 27, 6, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
READERS = ("one@desk.example", "two@desk.example")


def clock(after: timedelta = timedelta(0)) -> Clock:
    return Clock((END + after).isoformat())


@pytest.fixture
def post() -> Iterator[MailSite]:
    with MailSite() as site:
        yield site


@pytest.fixture
def current(tmp_path: Path, post: MailSite) -> Config:
    """A week with a story on each of its seven days, told by daily editions; mails go to two readers."""
    smtp = {"host": "127.0.0.1", "port": post.port, "security": "none", "timeout_seconds": 5}
    delivery = {"way": "mail", "recipients": list(READERS), "smtp": smtp, "outbox": tmp_path / "out"}
    found = changed(config(tmp_path, time_zone="UTC", hour=6), delivery=delivery, weekly={"enabled": True})
    for back in range(6, -1, -1):
        end = END - timedelta(days=back)
        see(found, end - timedelta(hours=12), f"Guns for Iran, part {7 - back}")
        digest_editions.daily(found, end.date(), end)
    return found


def mails(post: MailSite) -> list[tuple[str, str]]:
    """(recipient, subject) of each weekly mail."""
    told = [(to, message_from_bytes(mail, policy=policy.default)) for to, mail in post.postbox.mails]
    return sorted((to, str(mail["Subject"])) for to, mail in told if "weekly" in str(mail["From"]))


def stored(current: Config, name: str = NAME) -> list[str]:
    """The kind of the edition of that name, and the states of its deliveries."""
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, name)
        return [edition.kind, *(each.state for each in deliveries.of_edition(store, edition.id))] if edition else []


def test_nothing_weekly_is_made_or_sent_where_it_is_off(current: Config, post: MailSite) -> None:
    off = changed(current, weekly={"enabled": False})
    send_edition(off, DUE, clock())
    send_due(off, clock(timedelta(hours=1)))
    assert len(post.postbox.mails) == len(READERS)
    assert (stored(current), mails(post)) == ([], [])


def test_it_follows_the_daily_edition_on_its_day_once_for_each_reader(current: Config, post: MailSite) -> None:
    for number in range(4):
        now = clock(number * QUARTER)
        if anything_due(current, now.now()):
            send_edition(current, DUE, now)
    assert [to for to, _ in mails(post)] == list(READERS)
    assert len(post.postbox.mails) == 2 * len(READERS)
    assert stored(current) == ["weekly", "accepted", "accepted"]
    assert not anything_due(current, END + timedelta(hours=2))


def test_a_run_that_nobody_started_in_time_is_made_good_by_the_next_pass(current: Config, post: MailSite) -> None:
    late = timedelta(hours=2)
    done = send_due(current, clock(late))
    assert NAME in done.missed
    assert [to for to, _ in mails(post)] == list(READERS)
    text = post.postbox.mails[-1][1].decode()
    assert "Made late: due Fri 27 Nov, 06:00, made Fri 27 Nov, 08:00" in " ".join(text.split())
    assert NAME not in send_due(current, clock(late + QUARTER)).missed


def killed(step: Callable[[], object]) -> None:
    """Do the step in a process of its own that SIGKILL ends right behind it."""
    child = os.fork()
    if not child:
        step()
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def prepare_and_claim(current: Config, claims: int) -> None:
    """Write down the copies of the frozen edition, and take so many of them in hand."""
    edition = weekly(current, END)
    with closing(open_store(current.store.path)) as store:
        for number, to in enumerate(READERS):
            identity = message_id(edition.name, to, current.delivery.sender)
            made = deliveries.prepare(store, edition.id, to, "mail", identity, END)
            assert number >= claims or deliveries.claim(store, made.id, END)


STEPS: dict[str, Callable[[Config], object]] = {
    "frozen": lambda current: weekly(current, END),
    "prepared": lambda current: prepare_and_claim(current, 0),
    "in hand": lambda current: prepare_and_claim(current, 1),
    "sent": lambda current: send_week(current, clock()),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_between_two_steps_costs_no_mail_and_the_next_run_carries_on(
    current: Config, post: MailSite, step: str
) -> None:
    killed(lambda: STEPS[step](current))
    for number in range(1, 4):
        send_edition(current, DUE, clock(number * QUARTER))
    assert [to for to, _ in mails(post)] == list(READERS)
    assert stored(current) == ["weekly", "accepted", "accepted"]


def test_it_goes_to_readers_of_its_own_and_to_webhooks_but_not_to_who_has_left(current: Config, post: MailSite) -> None:
    with HookSite() as hook:
        url = f"http://127.0.0.1:{hook.port}/in"
        hooks = [
            {"name": "desk", "url": url, "allow_private": True},
            {"name": "quiet", "url": url, "allow_private": True, "weekly": False},
        ]
        delivery = current.delivery.model_dump(exclude_defaults=True) | {"webhook": hooks}
        named = ["boss@desk.example", "TWO@desk.example", "gone-away@desk.example"]
        own = changed(current, delivery=delivery, weekly={"enabled": True, "recipients": named})
        assert [each.address for each in weekly_readers(own)] == [named[0], READERS[1], named[2], "webhook:desk"]
        with closing(open_store(own.store.path)) as store:
            unsubscriptions.add(store, named[2], END)
        send_week(own, clock())
        assert [to for to, _ in mails(post)] == [named[0], READERS[1]]
        assert len(hook.posts) == 1


def test_it_is_frozen_and_its_mails_follow_each_other(current: Config, post: MailSite) -> None:
    first = send_week(current, clock()).edition
    see(current, END + timedelta(hours=1), "Later")
    again = send_week(current, clock(timedelta(hours=3)))
    assert again.edition == first
    assert again.repeated
    for number in range(1, 8):
        end = END + timedelta(days=number)
        see(current, end - timedelta(hours=2), f"Another {number}")
        digest_editions.daily(current, end.date(), end)
    send_edition(current, DUE, Clock((END + timedelta(days=7)).isoformat()))
    weekly_mails = [message_from_bytes(mail) for to, mail in post.postbox.mails if to == READERS[0]]
    weekly_mails = [mail for mail in weekly_mails if "weekly" in str(mail["From"])]
    assert weekly_mails[1]["In-Reply-To"] == weekly_mails[0]["Message-ID"]
    daily_mails = [message_from_bytes(mail) for to, mail in post.postbox.mails if to == READERS[0]]
    assert weekly_mails[0]["Message-ID"] not in {
        mail["In-Reply-To"] for mail in daily_mails if "weekly" not in str(mail["From"])
    }


def test_its_mail_has_the_readers_footer_and_one_click(current: Config, post: MailSite) -> None:
    delivery = current.delivery.model_dump(exclude_defaults=True) | {"one_click": "https://watch.example"}
    send_week(changed(current, delivery=delivery), clock())
    mail = message_from_bytes(post.postbox.mails[-1][1], policy=policy.default)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    for part in (" ".join(text.split()), page):
        assert f"You get this because {READERS[1]} is a reader of" in part
        assert "https://watch.example/unsubscribe/" in part
        assert "/judge/" not in part


def test_readers_get_it_at_their_hour(current: Config, post: MailSite) -> None:
    own = changed(current, recipient=[{"address": READERS[0], "hour": 9}, {"address": READERS[1]}])
    send_edition(own, DUE, clock())
    assert [to for to, _ in mails(post)] == [READERS[1]]
    deliver_waiting(own, clock(timedelta(hours=3)), "")
    assert [to for to, _ in mails(post)] == list(READERS)


def test_a_past_week_is_shown_kept_and_mailed_to_nobody(current: Config, post: MailSite) -> None:
    later = END + timedelta(days=3)
    shown = past_week(current, FRIDAY, later)
    assert (shown.kind, past_week(current, FRIDAY, later + timedelta(days=1))) == ("lookback", shown)
    assert "of what the daily editions told" in content_of(shown.content).marks[-1]
    deliver_waiting(current, clock(timedelta(days=3)), "")
    send_due(current, clock(timedelta(days=3, hours=1)))
    assert mails(post) == []
    assert send_week(current, clock(timedelta(days=3, hours=2))).edition == shown
    assert [to for to, _ in mails(post)] == list(READERS)


def test_a_week_that_is_due_is_not_shown_before_it_is_made(current: Config) -> None:
    with pytest.raises(DayError, match="is due; make and send it with: axiswatch digest --weekly"):
        past_week(current, FRIDAY, END + timedelta(hours=1))


def test_a_week_without_daily_editions_is_told_plainly_and_only_when_asked(current: Config, post: MailSite) -> None:
    month = timedelta(days=28, hours=2)  # the daily edition of a day that nobody read is due for an hour only
    assert not anything_due(current, END + month)
    with pytest.raises(ValueError, match="no daily edition tells a day of the week to 2026-12-25"):
        send_week(current, clock(month))
    assert mails(post) == []
    sent = send_edition(current, WEEKLY_ANYWAY, clock(month))
    assert sent.edition is not None
    assert len(mails(post)) == len(READERS)
    mail = message_from_bytes(post.postbox.mails[-1][1], policy=policy.default)
    text = " ".join(mail.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]
    assert "No daily edition tells of this week" in text
    assert "Nothing was read in this week" in text
    assert "no feed could be read" in str(mail["Subject"])


def test_the_week_covers_what_its_daily_editions_cover(current: Config) -> None:
    made = weekly(current, END)
    assert (made.window_start, made.window_end) == week_of(current, FRIDAY)
    content = content_of(made.content)
    assert content.week is not None
    assert [each.edition for each in content.week.days] == [
        (FRIDAY - timedelta(days=back)).isoformat() for back in range(6, -1, -1)
    ]
    assert content.counts.stories == 7
