"""Each recipient has a way of their own: mail, the outbox and a third one, in one edition, under one ledger."""

from __future__ import annotations

import signal
import time
from contextlib import AbstractContextManager, closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from db import deliveries, editions
from db.connect import open_store
from db.records import Delivery, Edition
from flows.config.settings import Config, DeliverySettings, RecipientSettings
from flows.digest.alert_editions import alert_readers
from flows.digest.content.codec import to_json
from flows.digest.delivery.hand_over import RETRY_MINUTES, deliver
from flows.digest.delivery.known_ways import WAYS
from flows.digest.delivery.way import Batch, DeliveryWay, HandOver, WayError
from flows.digest.dispatch import deliver_edition, deliver_waiting, troubles
from flows.runtime.clock import Clock
from flows.runtime.flow_config import read_config
from tests.support.edition_records import WINDOW, composed, scored
from tests.support.mail_delivery import NOW, by_smtp
from tests.support.mail_server import MailSite
from tests.support.old_stores import old_store
from tests.support.web_way import WebInbox, WebWay, started

MAIL, FILES, WEB = "mail@x.example", "files@x.example", "web@x.example"
TRY = timedelta(minutes=RETRY_MINUTES[0])


def know(way: DeliveryWay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WAYS, way.name, way)


def config_file(folder: Path, port: int, default: str = "outbox") -> Path:
    """One recipient for each way; the one of the outbox names none."""
    text = (
        f"[store]\npath = 'watch.db'\n[delivery]\nway = '{default}'\noutbox = 'out'\n"
        f"[delivery.smtp]\nhost = '127.0.0.1'\nport = {port}\nsecurity = 'none'\n"
        f"[[recipient]]\naddress = '{MAIL}'\nway = 'mail'\n"
        f"[[recipient]]\naddress = '{FILES}'\n"
        f"[[recipient]]\naddress = '{WEB}'\nway = 'web'\n"
    )
    file = folder / "axiswatch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def ledger(store: Path, edition: Edition) -> dict[str, Delivery]:
    with closing(open_store(store)) as opened:
        return {each.recipient: each for each in deliveries.of_edition(opened, edition.id)}


def states(store: Path, edition: Edition) -> dict[str, tuple[str, str]]:
    return {to: (each.way, each.state) for to, each in ledger(store, edition).items()}


def wait_for_copies(inbox: WebInbox, number: int) -> None:
    patience = time.monotonic() + 60
    while len(inbox.posted) < number:
        assert time.monotonic() < patience, "nothing was posted"
        time.sleep(0.02)


def test_three_ways_in_one_edition_with_a_failure_and_a_kill(
    store: Path, told: Edition, post: MailSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = {MAIL: ("mail", "accepted"), FILES: ("outbox", "accepted")}
    file = config_file(tmp_path, post.port)
    with WebInbox(503, None) as inbox:
        know(WebWay(inbox.address), monkeypatch)
        current = read_config(file)
        deliver_edition(current, told, Clock(NOW.isoformat()), "")
        assert states(store, told) == {**done, WEB: ("web", "deferred")}
        process = started(file, inbox.address, NOW + TRY)
        wait_for_copies(inbox, 2)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        inbox.let_go.set()
        assert states(store, told) == {**done, WEB: ("web", "handed_over")}
        deliver_waiting(current, Clock((NOW + 2 * TRY).isoformat()), "")
        assert deliver_waiting(current, Clock((NOW + 3 * TRY).isoformat()), "") == []
    assert states(store, told) == {**done, WEB: ("web", "accepted")}
    each = ledger(store, told)
    assert (each[WEB].attempts, each[WEB].unsure, each[MAIL].attempts, each[FILES].attempts) == (3, 1, 1, 1)
    assert [(copy.recipient, copy.message_id) for copy in inbox.posted] == [(WEB, each[WEB].message_id)] * 3
    assert len({copy.text for copy in inbox.posted}) == 1
    assert [(to, message_from_bytes(mail)["Message-ID"]) for to, mail in post.postbox.mails] == [
        (MAIL, each[MAIL].message_id)
    ]
    # The pages go with the first mail in the outbox, though its recipient is not the first of all.
    names = ["2026-11-21.eml", "2026-11-21.html", "2026-11-21.txt"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert inbox.posted[0].text == (tmp_path / "out/2026-11-21.txt").read_text(encoding="utf-8")


def readers(*ways: str | None) -> list[RecipientSettings]:
    return [RecipientSettings(address=f"r{number}@x.example", way=way) for number, way in enumerate(ways)]


@pytest.mark.parametrize(
    ("answers", "found", "copies"),
    [
        ([410], ("refused", False, 1, 0), 1),
        ([503, 503], ("accepted", False, 3, 0), 3),
        ([None, None], ("deferred", True, 2, 2), 2),
        ([503] * 9, ("deferred", True, 9, 0), 9),
    ],
)
def test_the_ledgers_caps_hold_for_every_way(
    store: Path,
    told: Edition,
    answers: list[int | None],
    found: tuple[str, bool, int, int],
    copies: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = NOW
    with WebInbox(*answers) as inbox:
        inbox.let_go.set()
        know(WebWay(inbox.address), monkeypatch)
        for _ in range(len(answers) + 2):
            (done,) = deliver(store, told, by_smtp(1), "", now, readers=readers("web"), patient=True)
            now = done.next_try_at or now
    assert (done.state, done.given_up, done.attempts, done.unsure) == found
    assert len(inbox.posted) == copies


def test_who_gets_it_by_another_way_now_is_tried_no_more_by_the_old_one(
    store: Path, told: Edition, post: MailSite, tmp_path: Path
) -> None:
    settings = by_smtp(post.port).model_copy(update={"outbox": tmp_path / "out"})
    busy = RecipientSettings(address="busy@x.example")
    deliver(store, told, settings, "", NOW, readers=[busy])
    moved = busy.model_copy(update={"way": "outbox"})
    (done,) = deliver(store, told, settings, "", NOW + TRY, readers=[moved], patient=True)
    assert (done.way, done.state) == ("outbox", "accepted")
    with closing(open_store(store)) as opened:
        old, _ = deliveries.of_edition(opened, told.id)
        assert deliveries.waiting(opened, NOW + 24 * timedelta(hours=1)) == []
    assert (old.way, old.given_up, old.message_id) == ("mail", True, done.message_id)


class FailingWay:
    """Cannot be opened."""

    name = "failing"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def missing(self, settings: DeliverySettings) -> str:  # noqa: ARG002 - the protocol asks for it
        """Nothing."""
        return ""

    def opened(self, batch: Batch) -> AbstractContextManager[HandOver]:  # noqa: ARG002 - it fails at once
        """Raise the error."""
        raise self._error


def test_a_way_that_cannot_be_opened_waits_and_holds_up_nobody(
    store: Path, told: Edition, post: MailSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(FailingWay(WayError("the gate is shut; open it")), monkeypatch)
    done = deliver(store, told, by_smtp(post.port), "", NOW, readers=readers("failing", None, "failing"))
    assert [each.state for each in done] == ["deferred", "accepted", "deferred"]
    assert {each.detail for each in done if each.way == "failing"} == {"the gate is shut; open it"}
    assert [each.next_try_at for each in done] == [NOW + TRY, None, NOW + TRY]


def test_a_fault_in_a_way_fails_the_run_after_all_others_had_their_turn(
    store: Path, told: Edition, post: MailSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(FailingWay(KeyError("a fault")), monkeypatch)
    with pytest.raises(KeyError, match="a fault"):
        deliver(store, told, by_smtp(post.port), "", NOW, readers=readers("failing", None))
    assert [each.state for each in ledger(store, told).values()] == ["prepared", "accepted"]
    assert [to for to, _ in post.postbox.mails] == ["r1@x.example"]


def test_what_an_earlier_version_had_sent_by_smtp_is_not_sent_again_by_mail(tmp_path: Path, post: MailSite) -> None:
    path = tmp_path / "old.db"
    with old_store(path, "quantity_ranges") as opened:
        given = {
            "composed_at": WINDOW.end,
            "model_version": "",
            "config_hash": "",
            "content": to_json(composed([scored(1)])),
        }
        told = editions.insert(opened, name="2026-11-21", window=WINDOW, **given)  # type: ignore[arg-type]
        sent, waits = (deliveries.prepare(opened, told.id, to, "smtp", f"<{to}>", NOW) for to in (MAIL, FILES))
        deliveries.settle(opened, sent, "accepted", "250", NOW, held=False)
    by_mail = by_smtp(post.port, MAIL, FILES)
    settings = DeliverySettings(way="smtp", recipients=by_mail.recipients, smtp=by_mail.smtp)
    done = deliver(path, told, settings, "", NOW + TRY)
    assert [(each.id, each.way, each.state) for each in done] == [
        (sent.id, "mail", "accepted"),
        (waits.id, "mail", "accepted"),
    ]
    assert [(to, message_from_bytes(mail)["Message-ID"]) for to, mail in post.postbox.mails] == [(FILES, f"<{FILES}>")]


def test_a_copy_in_the_outbox_does_not_hide_that_no_mail_leaves(store: Path, told: Edition, tmp_path: Path) -> None:
    with MailSite() as gone:
        settings = by_smtp(gone.port).model_copy(update={"outbox": tmp_path / "out"})
    done = deliver(store, told, settings, "", NOW, readers=readers("outbox", "mail", "mail"))
    assert [each.state for each in done] == ["accepted", "deferred", "deferred"]
    (line,) = troubles([], done)
    assert line == f"nobody has got it by mail yet: {done[1].detail}"


def test_an_alert_goes_by_the_way_of_its_reader() -> None:
    told = {
        "recipient": [{"address": MAIL, "way": "mail"}, {"address": FILES}],
        "alerts": {"to": [MAIL, "new@x.example"]},
    }
    current = Config.model_validate(told)
    edition = Edition(1, "alert-1", NOW, NOW, NOW, "", "", {"groups": []}, "alert")
    found = alert_readers(current, edition)
    assert [current.delivery.way_of(reader) for reader in found] == ["mail", "outbox"]
