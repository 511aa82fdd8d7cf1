"""Alarms while the store cannot be written: told once all the same, and taken over by the book afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.connect import open_store
from flows.alarms import watch
from flows.alarms.standing import open_alarms
from flows.config.settings import Config
from tests.support.command import environment
from tests.support.flow_alarms import headlines, keeping
from tests.support.hook_site import Answer, HookSite
from tests.support.read_only_folder import read_only
from tests.support.watched_store import CASES, NOON, booked, watched

MINUTE = timedelta(minutes=1)
FULL_DISK = """
import resource, sys
from datetime import timedelta
from pathlib import Path
from flows.alarms import watch
from flows.alarms.standing import open_alarms
from tests.support.watched_store import NOON, setting, watched

# The command makes folders, which need no room: it must be heard while no file can be written.
note = 'read -r line; mkdir "$0/$(date +%s%N) ${line#*: }"'
current = watched(Path(sys.argv[1]), alarm={"command": ["sh", "-c", note, sys.argv[2]]})
room = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, room[1]))
full = setting(disk_percent=99.9)(current)
for minutes in range(3):
    watch.failed(current, "monitor", ["StoreError: full"], NOON + timedelta(minutes=minutes))
    watch.look(full, NOON + timedelta(minutes=minutes), deep=True)
resource.setrlimit(resource.RLIMIT_FSIZE, room)
print(sorted(each.headline for each in open_alarms(current, NOON)))
again = setting(disk_percent=0.001)(current)
for minutes in range(3, 8):
    watch.completed(current, "monitor", NOON + timedelta(minutes=minutes))
    watch.look(again, NOON + timedelta(minutes=minutes), deep=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_a_full_disk_and_what_fails_by_it_are_told_once_and_booked_when_there_is_room(tmp_path: Path) -> None:
    (tmp_path / "heard").mkdir()
    call = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(tmp_path / "heard")]
    done = subprocess.run(call, env=environment({}), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "['monitor failed', 'the disk is nearly full']\n"
    heard = sorted((tmp_path / "heard").iterdir())
    said = [file.name.partition(" ")[2] for file in heard]
    assert said[:2] == ["monitor failed", "the disk is nearly full"]
    assert sorted(said[2:]) == ["monitor works again", "the disk has room again"]
    book = booked(watched_already(tmp_path))
    assert {each.kind for each in book} == {"flow failed", "disk low"}
    assert all(each.recovered_at for each in book)


def watched_already(folder: Path) -> Config:
    return Config.model_validate({"store": {"path": folder / "w.db"}})


def test_what_the_book_holds_is_not_told_again_while_it_can_only_be_read(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    (tmp_path / "there").mkdir()
    worsen, mend = CASES["feeds failing"]
    current = worsen(watched(tmp_path / "there", alarm={"command": command}))
    watch.look(current, NOON)
    with read_only(tmp_path / "there"):
        watch.look(current, NOON + MINUTE)
        assert [each.headline for each in open_alarms(current, NOON)] == ["many feeds cannot be read"]
    mend(current)
    watch.look(current, NOON + 2 * MINUTE)
    assert headlines(heard()) == ["many feeds cannot be read", "most feeds can be read again"]


def test_one_that_reached_nobody_while_there_was_no_book_is_told_when_there_is(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    current = watched(tmp_path, alarm={"command": ["/no/such/program"]})
    kept = current.store.path.rename(tmp_path / "kept")
    for _ in range(2):
        watch.failed(current, "monitor", ["worn out"], NOON)
    kept.rename(current.store.path)
    told = current.model_copy(update={"alarm": current.alarm.model_copy(update={"command": tuple(command)})})
    for minutes in range(3):
        watch.look(told, NOON + minutes * MINUTE)
    assert headlines(heard()) == ["monitor failed"]
    assert [each.since for each in booked(told)] == [NOON]


def test_an_alarm_whose_files_were_left_behind_is_over(tmp_path: Path) -> None:
    current = watched(tmp_path)
    watch.failed(current, "digest", ["worn out"], NOON)
    assert [each.headline for each in open_alarms(current, NOON)] == ["digest failed"]
    shutil.rmtree(tmp_path / "flow-state")
    watch.look(current, NOON + MINUTE)
    assert open_alarms(current, NOON) == []


def test_a_store_that_another_process_holds_silences_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.connect.BUSY_SECONDS", 0.2)
    command, heard = keeping(tmp_path)
    current = CASES["labels refused"][0](watched(tmp_path, alarm={"command": command}))
    with closing(open_store(current.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        watch.look(current, NOON)
        watch.look(current, NOON + MINUTE)
        other.execute("ROLLBACK")
    watch.look(current, NOON + 2 * MINUTE)
    assert headlines(heard()) == ["retrain refused the labels"]
    assert [each.kind for each in booked(current)] == ["labels refused"]


@pytest.mark.parametrize("is_over_meanwhile", [False, True])
def test_a_way_that_was_down_with_the_store_hears_of_both_from_the_book(
    tmp_path: Path, is_over_meanwhile: bool
) -> None:
    """And nobody hears of an end alone: where all is over before the store comes back, by no book either."""
    command, heard = keeping(tmp_path)
    with HookSite(*[Answer(503)] * 3) as hook:
        ways = {"command": command, "webhook": {"url": hook.secret, "allow_private": True}}
        current = watched(tmp_path, alarm=ways)
        kept = current.store.path.rename(tmp_path / "kept")
        watch.failed(current, "monitor", ["worn out"], NOON)
        watch.failed(current, "monitor", ["worn out"], NOON + MINUTE)
        assert len(hook.posts) == 1, "it was told by another way"
        if not is_over_meanwhile:
            kept.rename(current.store.path)
            watch.look(current, NOON + 2 * MINUTE)
            hook.answers.clear()
        before = len(hook.posts)
        for minutes in range(3, 9):
            watch.completed(current, "monitor", NOON + minutes * MINUTE)
            if not is_over_meanwhile:
                watch.look(current, NOON + minutes * MINUTE)
        heard_by_hook = [each.json["event"] for each in hook.posts[before:]]
    assert headlines(heard()) == ["monitor failed", "monitor works again"]
    assert heard_by_hook == ([] if is_over_meanwhile else ["failed", "recovered"])
    assert not list((tmp_path / "flow-state").glob("*.heard-*"))
