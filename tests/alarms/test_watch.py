"""From the state of things to what leaves the machine: each alarm once, each recovery once, by every way."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from classifiers.tagging.watchlist import shipped
from db.connect import open_store
from flows.alarms import watch
from flows.alarms.conditions import HEADLINES
from flows.config.settings import Config
from flows.digest.read_inputs import inputs_of
from flows.digest.window import Window
from tests.support.edition_store import changed, see
from tests.support.edition_store import config as edition_config
from tests.support.flow_alarms import headlines, keeping
from tests.support.hook_site import Answer, HookSite
from tests.support.mail_server import MailSite
from tests.support.watched_store import CASES, HOUR, NOON, booked, damaged, execute, passed, restored, watched

MINUTE = timedelta(minutes=1)


def look(current: Config, minutes: int = 0, **more: Any) -> list[str]:
    """Look at it so many minutes after noon; returns what is bad."""
    return [each.kind for each in watch.look(current, NOON + minutes * MINUTE, deep=True, **more)]


def with_ways(current: Config, mail: MailSite, hook: HookSite, command: list[str]) -> Config:
    alarm = {"mail": "ops@x.example", "command": command, "webhook": {"url": hook.secret, "allow_private": True}}
    smtp = {"host": "127.0.0.1", "port": mail.port, "security": "none", "timeout_seconds": 2}
    told = {"store": {"path": current.store.path}, "watch": current.watch.model_dump(), "alarm": alarm}
    return Config.model_validate(told | {"delivery": {"smtp": smtp}})


def test_where_all_is_well_nothing_is_told(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    current = watched(tmp_path, alarm={"command": command})
    assert look(current) == []
    assert (heard(), booked(current)) == ([], [])


@pytest.mark.parametrize("kind", CASES)
def test_each_is_raised_once_and_ended_once(kind: str, tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    worsen, mend = CASES[kind]
    current = worsen(watched(tmp_path, alarm={"command": command}, watch={"disk_percent": 0.001}))
    for minutes in (0, 1, 2):
        assert look(current, minutes) == [kind]
    assert headlines(heard()) == [HEADLINES[kind][0].format("monitor")]
    current = mend(current)
    for minutes in (3, 4, 5):
        assert look(current, minutes) == []
    raised, recovered = HEADLINES[kind]
    assert headlines(heard()) == [raised.format("monitor"), recovered.format("monitor")]
    (alarm,) = booked(current)
    assert (alarm.kind, alarm.recovered_at) == (kind, NOON + 3 * MINUTE)
    current = worsen(current) if kind in ("no entries", "disk low") else current
    assert look(current, 6) == [kind] * (kind in ("no entries", "disk low"))


def test_each_way_gets_both_with_ids_by_which_a_second_copy_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AXISWATCH_WEBHOOK_SECRET_ALARM", "whsec_" + "c2VzYW1l" * 4)
    command, heard = keeping(tmp_path)
    worsen, mend = CASES["feeds failing"]
    with MailSite() as mail, HookSite() as hook:
        current = with_ways(watched(tmp_path), mail, hook, command)
        for minutes, step in ((0, worsen), (1, mend)):
            step(current)
            look(current, minutes)
            look(current, minutes)
        mails = [message_from_bytes(content, policy=policy.default) for _, content in mail.postbox.mails]
    said = ["many feeds cannot be read", "most feeds can be read again"]
    assert headlines(heard()) == said
    assert [each["Subject"] for each in mails] == [f"Axis watch: {words}" for words in said]
    assert [(each.json["event"], each.json["subject"]) for each in hook.posts] == [
        ("failed", f"Axis watch: {said[0]}"),
        ("recovered", f"Axis watch: {said[1]}"),
    ]
    assert hook.posts[0].json["lines"][0].startswith("1 of 1 feeds failed twice in a row")
    assert len({each["Message-ID"] for each in mails}) == len({each.headers["webhook-id"] for each in hook.posts}) == 2
    assert all(each.headers["webhook-signature"].startswith("v1,") for each in hook.posts)
    (alarm,) = booked(current)
    assert {way: each.state for (_, way), each in alarm.tellings.items()} == dict.fromkeys(
        ("mail:ops@x.example", "webhook", "command"), "accepted"
    )


def test_what_one_way_did_not_take_is_tried_again_by_that_way_alone(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    worsen, mend = CASES["feeds failing"]
    with MailSite() as mail, HookSite(Answer(503), Answer(503), Answer(503)) as hook:
        current = worsen(with_ways(watched(tmp_path), mail, hook, command))
        look(current)
        (waiting,) = (tmp_path / "alerts").iterdir()
        assert "127.0.0.1 answered 503" in waiting.read_text()
        assert hook.secret not in waiting.read_text()
        look(current, 1)
        mend(current)
        look(current, 2)
        # Nobody is told of the end of what they have not been told of.
        assert [each.json["event"] for each in hook.posts] == ["failed"] * 3
        look(current, 3)
        assert [each.json["event"] for each in hook.posts] == ["failed"] * 4 + ["recovered"]
        assert len({each.headers["webhook-id"] for each in hook.posts}) == 2
        assert len(mail.postbox.mails) == len(heard()) == 2


def test_a_mail_server_that_cuts_the_line_gets_one_copy_too_many_at_most(tmp_path: Path) -> None:
    with MailSite() as mail, HookSite() as hook:
        mail.postbox.drop = {"ops@x.example"}
        current = CASES["feeds failing"][0](with_ways(watched(tmp_path), mail, hook, []))
        for minutes in range(5):
            look(current, minutes)
        assert len(mail.postbox.mails) == 2
        assert len(hook.posts) == 1
    (alarm,) = booked(current)
    assert alarm.tellings["raised", "mail:ops@x.example"].state == "given_up"


def test_a_look_that_is_killed_while_it_tells_doubles_one_telling_at_most(tmp_path: Path) -> None:
    kill = "import os, signal, sys; sys.stdin.read(); os.kill(int(sys.argv[1]), signal.SIGKILL)"
    current = CASES["feeds failing"][0](watched(tmp_path))
    with MailSite() as mail, HookSite() as hook:
        script = (
            "import os, sys, json\nfrom datetime import datetime\nfrom flows.alarms import watch\n"
            "from flows.config.settings import Config\ntold = json.loads(sys.argv[1])\n"
            f"told['alarm']['command'] = [sys.executable, '-c', {kill!r}, str(os.getpid())]\n"
            "watch.look(Config.model_validate(told), datetime.fromisoformat(sys.argv[2]))\n"
        )
        command, heard = keeping(tmp_path)
        sound = with_ways(current, mail, hook, command)
        call = [sys.executable, "-c", script, sound.model_dump_json(), NOON.isoformat()]
        assert subprocess.run(call, check=False).returncode == -9
        look(sound, 1)
        look(sound, 2)
        assert (len(mail.postbox.mails), len(hook.posts), len(heard())) == (1, 1, 1)


def test_a_damaged_store_and_a_flow_that_fails_by_it_are_told_once_though_no_book_can_be_kept(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    current = damaged(watched(tmp_path, alarm={"command": command}))
    for minutes in range(3):
        watch.failed(current, "monitor", ["StoreError: worn out"], NOON + minutes * MINUTE)
        look(current, minutes)
    assert sorted(headlines(heard())) == ["monitor failed", "the store is damaged"]
    restored(current)
    for minutes in range(3, 7):
        passed(current, NOON + minutes * MINUTE)
        watch.completed(current, "monitor", NOON + minutes * MINUTE)
        look(current, minutes)
    assert sorted(headlines(heard())[2:]) == ["monitor works again", "the store is sound again"]
    assert {each.kind for each in booked(current)} == {"store damaged", "flow failed"}
    assert all(each.recovered_at for each in booked(current))


def test_a_flow_that_fails_is_booked_and_tried_again_by_each_way(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    with MailSite() as mail, HookSite(Answer(500), Answer(500)) as hook:
        current = with_ways(watched(tmp_path), mail, hook, command)
        for minutes in range(4):
            watch.failed(current, "digest", ["OSError: no"], NOON + minutes * MINUTE)
        assert (len(mail.postbox.mails), len(hook.posts), len(heard())) == (1, 3, 1)
        for minutes in range(4, 8):
            watch.completed(current, "digest", NOON + minutes * MINUTE)
        assert headlines(heard()) == ["digest failed", "digest works again"]
    (alarm,) = booked(current)
    assert "OSError: no" in alarm.lines
    assert alarm.ending[0].startswith("4 runs failed")


def test_a_way_that_is_set_up_later_is_told_of_what_comes_then(tmp_path: Path) -> None:
    worsen, mend = CASES["feeds failing"]
    current = worsen(watched(tmp_path))
    look(current)
    command, heard = keeping(tmp_path)
    with MailSite() as mail, HookSite() as hook:
        current = with_ways(current, mail, hook, command)
        look(current, 1)
        mend(current)
        look(current, 2)
        assert (mail.postbox.mails, hook.posts, heard()) == ([], [], [])
        worsen_again = "UPDATE feed_states SET failures = 3"
        execute(current, worsen_again)
        look(current, 3)
        assert (len(mail.postbox.mails), len(hook.posts), len(heard())) == (1, 1, 1)


def test_a_chat_is_posted_its_own_form(tmp_path: Path) -> None:
    with MailSite() as mail, HookSite() as hook:
        current = CASES["labels refused"][0](with_ways(watched(tmp_path), mail, hook, []))
        told = current.alarm.webhook.model_copy(update={"format": "slack"})
        current = current.model_copy(update={"alarm": current.alarm.model_copy(update={"webhook": told})})
        look(current)
        assert hook.posts[0].json["text"] == "Axis watch: retrain refused the labels"
        assert "m was refused: as judged" in json.dumps(hook.posts[0].json)


def test_the_digest_names_what_is_open_when_it_is_composed(tmp_path: Path) -> None:
    current = edition_config(tmp_path)
    see(current, NOON - 2 * HOUR, "A tug sails")
    at = NOON + timedelta(days=1)
    watch.look(changed(current, watch={"no_entries_hours": 5, "disk_percent": 0}), at)
    with closing(open_store(current.store.path)) as store:
        window = Window(at - timedelta(days=1), at)
        told = inputs_of(store, current.digest, "2026-11-21", window, at, shipped())
        later = inputs_of(store, current.digest, "2026-11-21", window, at + timedelta(days=3), shipped())
    assert told.alarms == ["no new entries come in, since 2026-11-21 12:00 UTC"]
    # Composed long afterwards, an edition says nothing of what is open then.
    assert later.alarms == ()
