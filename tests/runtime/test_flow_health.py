"""One alarm when a flow begins to fail, one when it works again: by file, mail and command, whatever else is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from flows.alarms import watch
from tests.support.command import environment
from tests.support.flow_alarms import FAILED, HOUR, MINUTE, MORNING, RECOVERED, config, headlines, keeping, play
from tests.support.mail_server import MailSite


@pytest.mark.parametrize(
    ("runs", "every", "told"),
    [
        ("CCCC", 20 * MINUTE, []),
        ("F", 20 * MINUTE, [FAILED]),
        ("CFFFFFF", 20 * MINUTE, [FAILED]),
        ("CFCC", 20 * MINUTE, [FAILED]),
        ("CFCCC", 20 * MINUTE, [FAILED, RECOVERED]),
        ("CFCCCCCC", 20 * MINUTE, [FAILED, RECOVERED]),
        # One that fails every other time is told of once.
        ("FCFCFCFCFCFCFC", 20 * MINUTE, [FAILED]),
        ("FCFCFCCFCCFCCC", 20 * MINUTE, [FAILED, RECOVERED]),
        ("FCCCFCCC", 20 * MINUTE, [FAILED, RECOVERED, FAILED, RECOVERED]),
        # Once a day: the next day's run says enough.
        ("FC", 24 * HOUR, [FAILED, RECOVERED]),
        ("FFC", 24 * HOUR, [FAILED, RECOVERED]),
        ("FC", 7 * 24 * HOUR, [FAILED, RECOVERED]),
    ],
)
def test_what_is_told_of_a_row_of_runs(tmp_path: Path, runs: str, every: timedelta, told: list[str]) -> None:
    command, heard = keeping(tmp_path)
    play(config(tmp_path, command=command), runs, every)
    assert headlines(heard()) == told


def test_each_flow_has_a_state_of_its_own(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    current = config(tmp_path, command=command)
    watch.failed(current, "monitor", ["worn out"], MORNING, "")
    watch.failed(current, "digest", ["worn out"], MORNING, "")
    watch.completed(current, "retrain", MORNING, "")
    assert headlines(heard()) == [FAILED, "digest failed"]


def test_mail_command_and_file_say_the_same(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    with MailSite() as site:
        play(config(tmp_path, site.port, mail="ops@x.example", command=command), "FCCC")
        mails = [message_from_bytes(content, policy=policy.default) for _, content in site.postbox.mails]
    files = [file.read_text() for file in sorted((tmp_path / "alerts").iterdir())]
    assert [mail["Subject"] for mail in mails] == [f"Axis watch: {FAILED}", f"Axis watch: {RECOVERED}"]
    assert [mail.get_content().replace("\r\n", "\n") for mail in mails] == files == heard()
    assert "StoreError: worn out" in files[0]
    assert "1 run failed, at 2026-11-20 06:00 UTC; completed since: 3." in files[1]
    assert [mail["To"] for mail in mails] == ["ops@x.example"] * 2
    assert len({mail["Message-ID"] for mail in mails}) == 2
    assert mails[0]["Auto-Submitted"] == "auto-generated"


def test_where_the_mail_server_is_what_has_failed_command_and_file_say_so(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    play(config(tmp_path, 9, mail=["ops@x.example"], command=command), "FF")
    (said,) = heard()
    (file,) = (tmp_path / "alerts").iterdir()
    for text in (said, file.read_text()):
        assert "no mail to ops@x.example: cannot use the mail server 127.0.0.1:9" in text


def test_an_alarm_that_reached_nobody_is_tried_again_with_the_next_failure_as_the_same_mail(tmp_path: Path) -> None:
    play(config(tmp_path, 9, mail=["ops@x.example"]), "FF")
    with MailSite() as site:
        current = config(tmp_path, site.port, mail=["ops@x.example"])
        watch.failed(current, "monitor", ["worn out"], MORNING + HOUR, "")
        watch.failed(current, "monitor", ["worn out"], MORNING + 2 * HOUR, "")
        (mail,) = [message_from_bytes(content, policy=policy.default) for _, content in site.postbox.mails]
    assert "2026-11-20 06:00 UTC: monitor failed" in mail.get_content()
    assert len(list((tmp_path / "alerts").iterdir())) == 1


def test_one_of_two_readers_reached_is_enough_not_to_tell_it_again(tmp_path: Path) -> None:
    with MailSite() as site:
        play(config(tmp_path, site.port, mail=["gone@x.example", "ops@x.example"]), "FFF")
        assert [to for to, _ in site.postbox.mails] == ["ops@x.example"]
    (file,) = (tmp_path / "alerts").iterdir()
    assert "no mail to gone@x.example: 550" in file.read_text()


def test_a_recovery_that_reached_nobody_is_tried_again(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    play(config(tmp_path, command=command), "F")
    play(config(tmp_path, command=["/no/such/program"]), "CCC")
    play(config(tmp_path, command=command), "C")
    assert headlines(heard()) == [FAILED, RECOVERED]


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        (["/no/such/program"], "cannot be run"),
        ([sys.executable, "-c", "import sys; sys.exit('out of order')"], "ended with code 1: out of order"),
        ([sys.executable, "-c", "import time; time.sleep(60)"], "was ended after 0.5 seconds"),
        (["sh", "-c", "sleep 60 & sleep 60"], "was ended after 0.5 seconds"),
        (["sh", "-c", "exec 0<&-; exit 0"], ""),
    ],
)
def test_a_command_that_fails_or_hangs_is_named_in_the_file(tmp_path: Path, command: list[str], trouble: str) -> None:
    begun = datetime.now(UTC)
    play(config(tmp_path, command=command, command_seconds=0.5), "F")
    assert datetime.now(UTC) - begun < timedelta(seconds=10)
    (file,) = (tmp_path / "alerts").iterdir()
    assert trouble in file.read_text()
    assert ("met trouble" in file.read_text()) is bool(trouble)


def test_a_command_sees_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = (
        "AXISWATCH_SMTP_PASSWORD",
        "AXISWATCH_DESK_SECRET",
        "PREFECT_API_AUTH_STRING",
        "PREFECT_API_KEY",
        "PREFECT_X",
    )
    for name in secrets:
        monkeypatch.setenv(name, "sesame")
    monkeypatch.setenv("OTHER", "kept")
    seen = tmp_path / "seen"
    code = "import json, os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(json.dumps(dict(os.environ)))"
    play(config(tmp_path, command=[sys.executable, "-c", code, str(seen)]), "F")
    environment = json.loads(seen.read_text())
    assert environment["OTHER"] == "kept"
    assert "sesame" not in environment.values()


def test_without_a_way_out_the_file_is_the_alarm(tmp_path: Path) -> None:
    play(config(tmp_path), "FFFCCC")
    texts = [file.read_text() for file in sorted((tmp_path / "alerts").iterdir())]
    assert headlines(texts) == [FAILED, RECOVERED]
    assert "3 runs failed" in texts[1]


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.support.flow_alarms import config, play

# The command makes folders, which need no room: it must be heard while no file can be written.
note = 'read -r line; mkdir "$0/$(date +%s%N) ${line#*: }"'
current = config(Path(sys.argv[1]), command=["sh", "-c", note, sys.argv[2]])
play(current, "C")
room = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, room[1]))
play(current, "FFFF")
resource.setrlimit(resource.RLIMIT_FSIZE, room)
play(current, "CCC")
"""


@pytest.mark.skipif(os.name == "nt", reason="needs limits of a process")
def test_a_full_disk_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "heard").mkdir()
    call = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(tmp_path / "heard")]
    done = subprocess.run(call, env=environment({}), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "File too large" in done.stderr
    assert [file.name.partition(" ")[2] for file in sorted((tmp_path / "heard").iterdir())] == [FAILED, RECOVERED]


@pytest.mark.parametrize("content", ["", "null", "{", '{"since": 1}', '{"since": "x", "last": "y"}', "[]"])
def test_a_state_that_cannot_be_read_silences_nothing(tmp_path: Path, content: str) -> None:
    command, heard = keeping(tmp_path)
    current = config(tmp_path, command=command)
    (tmp_path / "flow-state").mkdir()
    (tmp_path / "flow-state/monitor.raising").write_text(content)
    play(current, "FCCC")
    assert headlines(heard()) == [FAILED, RECOVERED]


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    command, heard = keeping(tmp_path)
    (tmp_path / "file").touch()
    play(config(tmp_path / "file", command=command), "F")
    assert headlines(heard()) == [FAILED]
