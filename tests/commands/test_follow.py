"""The command by which readers follow threads."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import follows, unsubscriptions
from db.connect import open_store
from flows.cli import main
from flows.digest import editions as digest_editions
from flows.digest.window import Window
from flows.runtime.flow_config import read_config
from tests.support.followed_threads import OPENING, SIGNING, follow, passed, report

NOW = datetime.now(UTC).replace(microsecond=0)
CONFIG = """[store]
path = "watch.db"
[delivery]
outbox = "out"
recipients = ["Analyst@desk.example"]
[[delivery.webhook]]
name = "desk-chat"
url = "https://chat.example/x"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config of one reader and one webhook, and a store with one story of two days ago."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "axiswatch.toml").write_text(CONFIG)
    report(read_config(tmp_path / "axiswatch.toml"), OPENING, NOW - timedelta(days=2))
    return tmp_path


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["follow", *arguments])
    return int(ended.value.code or 0)


def test_a_reader_follows_is_listed_with_the_last_step_and_stops(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("1", "--to", "analyst@desk.example") == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Analyst@desk.example follows thread 1 (1 story): {OPENING[0]}; it ends when nothing")
    assert call("1", "--to", "ANALYST@desk.example") == 0
    assert "already, since" in capsys.readouterr().out
    assert call() == 0
    listed = capsys.readouterr().out
    assert "no step sent yet" in listed
    assert f"ends {(NOW + timedelta(days=14)).date()} if nothing more is reported" in listed
    assert listed.endswith("1 followed\n")
    current = read_config(folder / "axiswatch.toml")
    report(current, SIGNING, NOW + timedelta(minutes=1), "Quay News")
    assert passed(current, NOW + timedelta(minutes=2))
    assert call() == 0
    subject = "Next step: Russia and North Korea sign treaty on artillery shells"
    sent = f"{NOW + timedelta(minutes=2):%Y-%m-%d %H:%M} UTC"
    assert f"last step sent {sent}, “{subject}”" in capsys.readouterr().out
    assert call("1", "--to", "analyst@desk.example", "--stop") == 0
    assert "follows thread 1" in (told := capsys.readouterr().out)
    assert told.rstrip().endswith("no more")
    assert call("1", "--to", "analyst@desk.example", "--stop") == 2
    assert "does not follow story 1" in capsys.readouterr().err


def test_a_story_is_named_by_its_place_in_an_edition(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    current = read_config(folder / "axiswatch.toml")
    window = Window(NOW - timedelta(days=3), NOW)
    edition = digest_editions.freeze(current, f"{NOW:%Y-%m-%d-%H%M%S}", window, NOW, "recent")
    assert call(f"{edition.name}#1", "--to", "new@desk.example") == 0
    assert call(f"{edition.name}#s1", "--to", "new@desk.example") == 0
    assert "already" in capsys.readouterr().out
    assert call(f"{edition.name}#7", "--to", "new@desk.example") == 2
    assert f"the edition {edition.name} tells no story under the number 7" in capsys.readouterr().err
    assert call("2020-01-01#1", "--to", "new@desk.example") == 2
    assert "there is no edition '2020-01-01'" in capsys.readouterr().err


def test_a_webhook_is_named_like_a_reader(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("1", "--to", "desk-chat") == 0
    assert capsys.readouterr().out.startswith("webhook:desk-chat follows thread 1")
    (folder / "axiswatch.toml").write_text(CONFIG.partition("[[")[0])
    assert call() == 0
    assert "gets none: no [[delivery.webhook]] is called so; add it, or stop" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("9", "--to", "a@x.example"), "there is no story 9 in the store; axiswatch export lists stories"),
        (("9" * 30, "--to", "a@x.example"), "there is no story 999"),
        (("one", "--to", "a@x.example"), "'one' is no story; write its number, or 2026-11-21#3"),
        (("²", "--to", "a@x.example"), "'²' is no story"),
        (("1", "--to", "nobody"), "'nobody' is no mail address; write it as name@example.org, or a webhook: desk-chat"),
        (("1", "--to", "ü@x.example"), "use its ASCII form"),
        (("1", "--to", "a@x.example\nBcc: b@x.example"), "is no mail address"),
        (("1",), "say who follows it: axiswatch follow 1 --to analyst@example.org"),
        (("--to", "a@x.example"), "say which story: axiswatch follow 12 --to"),
        (("1", "--to", "gone@x.example"), "gone@x.example has unsubscribed; let them in again: axiswatch unsubscribed"),
    ],
)
def test_what_cannot_be_followed_is_said_in_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    with closing(open_store(folder / "watch.db")) as store:
        unsubscriptions.add(store, "gone@x.example", NOW)
    assert call(*arguments) == 2
    told = capsys.readouterr().err
    assert message in told
    assert len(told.splitlines()) == 1
    with closing(open_store(folder / "watch.db")) as store:
        assert follows.standing(store) == []


def test_who_unsubscribed_since_is_marked_in_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    follow(read_config(folder / "axiswatch.toml"), 1, NOW)
    with closing(open_store(folder / "watch.db")) as store:
        unsubscriptions.add(store, "analyst@desk.example", NOW)
    assert call() == 0
    assert "gets none: has unsubscribed" in capsys.readouterr().out
