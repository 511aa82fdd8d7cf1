"""The command that names who has left, and takes them back in."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import unsubscriptions
from db.connect import open_store
from flows.cli import main

ASKED = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config of one reader, and a store in which two have left."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "axiswatch.toml").write_text('[store]\npath = "watch.db"\n[delivery]\nrecipients = ["A@x.example"]\n')
    with closing(open_store(tmp_path / "watch.db")) as store:
        unsubscriptions.add(store, "a@x.example", ASKED)
        unsubscriptions.add(store, "gone@x.example", ASKED)
    return tmp_path


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_who_left_is_named_with_when_and_whether_still_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("unsubscribed") == 0
    assert capsys.readouterr().out.splitlines() == [
        "a@x.example: 2026-11-21 07:30 UTC, still in the config",
        "gone@x.example: 2026-11-21 07:30 UTC",
        "2 unsubscribed",
    ]
    assert call("feeds", "health") == 0
    assert "2 readers have unsubscribed: axiswatch unsubscribed" in capsys.readouterr().out


def test_a_reader_is_taken_back_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("unsubscribed", "--take-back", "A@X.example") == 0
    told = capsys.readouterr().out
    assert "a@x.example: 2026-11-21 07:30 UTC, taken back 2" in told
    assert "1 unsubscribed" in told
    assert call("unsubscribed", "--take-back", "A@X.example") == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "'A@X.example' has not unsubscribed" in said
