"""A sound set-up in a folder, with a feed site of its own, which each test breaks in one place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifiers.relevance.champion import ensure_champion
from db import runs
from db.connect import open_store
from flows.cli import main
from flows.digest.desk_secret import secret_of
from tests.desk.conftest import free_port
from tests.support.feed_pages import RSS
from tests.support.web_site import ServedPage, WebSite


@dataclass
class SetUp:
    """The folder that is set up, and how the commands are called there."""

    folder: Path
    feed: str
    capsys: pytest.CaptureFixture[str]

    @property
    def store(self) -> Path:
        return self.folder / "var/axiswatch.db"

    def configure(self, more: str = "", desk: str = "", feed: str = "") -> None:
        """Write the config, with ``more`` behind it."""
        (self.folder / "list.toml").write_text(f'[[feed]]\nurl = "{feed or self.feed}"\noutlet = "Quay"\n')
        (self.folder / "axiswatch.toml").write_text(
            '[feeds]\nfile = "list.toml"\n[fetch]\nallow_private = true\nhost_seconds = 0\n'
            f"[desk]\nport = {free_port()}\n{desk}\n{more}\n"
        )

    def call(self, *arguments: str) -> tuple[int, str]:
        """(exit code, what was printed), of either stream."""
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = self.capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    def doctor(self, *more: str) -> dict[str, dict[str, str]]:
        """What is not sound: what was looked at → its finding, which always names a remedy. The exit code fits."""
        code, told = self.call("doctor", "--json", *more)
        # Beside them stands what the log of this process says, of its own mail server too.
        found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        wrong = {each["what"]: each for each in found if each["level"] != "sound"}
        assert all(each["remedy"] for each in wrong.values())
        assert code == (2 if any(each["level"] == "fault" for each in found) else 0)
        return wrong


@pytest.fixture(scope="session")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, one completed pass, and the model that judges: fitted once."""
    folder = tmp_path_factory.mktemp("fitted")
    with closing(open_store(folder / "axiswatch.db")) as store:
        ensure_champion(store, folder / "models", 0.95, datetime.now(UTC))
        runs.start(store, "first", "monitor", datetime.now(UTC))
        runs.finish(store, "first", "completed", {}, datetime.now(UTC))
    secret_of(folder / "axiswatch.db")
    return folder


@pytest.fixture
def set_up(
    tmp_path: Path, fitted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[SetUp]:
    """Everything as it should be."""
    shutil.copytree(fitted, tmp_path / "var")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with WebSite({"/rss": ServedPage(RSS)}) as site:
        made = SetUp(tmp_path, site.url("/rss"), capsys)
        made.configure()
        yield made
