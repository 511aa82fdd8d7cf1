"""Backups: whole, looked over, rotated; what is not one is never taken for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from db import copies
from db.connect import StoreError
from db.copies import checked
from flows.config.settings import Config
from flows.digest.desk_secret import secret_of
from flows.keeping.backup import backups_in, make_backup
from flows.keeping.manifest import KeepingError, check_files, read_manifest
from tests.keeping.conftest import config_file
from tests.support.read_only_folder import read_only, small_disk
from tests.support.store_records import NOON


def backed_up(current: Config, days: int = 0, **more: object) -> Path:
    moment = NOON + timedelta(days=days)
    return make_backup(current, config_file(current), moment, **more).folder  # type: ignore[arg-type]


def test_it_holds_the_store_and_all_that_its_next_edition_needs(current: Config) -> None:
    folder = backed_up(current)
    assert folder == current.store.path.parent / "backups" / "axiswatch-20261121T120000Z"
    assert checked(folder / "axiswatch.db").rows["entries"] == 2
    found = {
        each.path: (folder / each.path).read_text() for each in read_manifest(folder).files if each.role != "store"
    }
    assert found == {
        "models/m/model.json": '{"id": "m"}',
        "essays/one.md": "An essay.",
        "feeds-added/feeds.toml": "# added",
        "desk-secret/desk.secret": secret_of(current.store.path).decode(),
        "config/axiswatch.toml": config_file(current).read_text(),
        "feeds/feeds.toml": "# by hand",
        "claims/claims.toml": "# claims",
    }


def test_its_files_are_for_their_owner_alone(current: Config) -> None:
    folder = backed_up(current)
    modes = {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o077 for path in folder.rglob("*.*")}
    assert {name for name, mode in modes.items() if mode} <= {"manifest.json"}
    assert folder.stat().st_mode & 0o077 == 0


def test_what_it_cannot_hold_is_named(current: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXISWATCH_DESK_SECRET", "from elsewhere")
    manifest = read_manifest(backed_up(current))
    assert any("AXISWATCH_DESK_SECRET holds it" in line for line in manifest.absent)
    assert any(line.startswith("the program: this was made by axiswatch ") for line in manifest.absent)


def test_the_newest_stay_and_those_of_other_stores_are_left_alone(current: Config, tmp_path: Path) -> None:
    there = tmp_path / "shared"
    other = there / "axiswatch-20200101T000000Z"
    other.mkdir(parents=True)
    (other / "manifest.json").write_text(json.dumps({"format": 1}), encoding="utf-8")
    made = [backed_up(current, day, to=there) for day in range(4)]
    assert backups_in(there, current.store.path) == made[2:]
    assert other.exists()
    assert backups_in(there, current.store.path.with_name("other.db")) == []
    assert backed_up(current, 5, to=there, keep=1) == backups_in(there, current.store.path)[0]


def test_two_in_one_second_do_not_mix(current: Config) -> None:
    folder = backed_up(current)
    with pytest.raises(KeepingError, match=r"there is a backup .* already"):
        backed_up(current)
    check_files(folder, read_manifest(folder))


KILLED = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from flows.config.settings import load_config
from flows.keeping import backup
file = Path(sys.argv[1])
getattr(backup, sys.argv[2])
setattr(backup, sys.argv[2], lambda *_: os._exit(9))
backup.make_backup(load_config(file), file, datetime.now(UTC), keep=1)
"""


@pytest.mark.parametrize("at", ["copy_store", "checked", "files_in", "written", "check_files", "_rotate"])
def test_what_a_kill_leaves_is_no_backup_and_is_cleared_away(current: Config, at: str) -> None:
    first = backed_up(current)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(config_file(current)), at], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 9
    there, store = current.backup.folder, current.store.path
    whole = backups_in(there, store)
    assert whole[0] == first
    for folder in whole:
        check_files(folder, read_manifest(folder))
        assert checked(folder / "axiswatch.db").rows["entries"] == 2
    last = backed_up(current, 1000, keep=1)
    assert [each.name for each in sorted(there.iterdir()) if each.is_dir()] == [last.name]


def test_a_copy_that_is_not_what_the_store_held_is_no_backup(current: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    first = backed_up(current)
    monkeypatch.setattr(copies, "_facts", forgetful(copies._facts))
    with pytest.raises(KeepingError, match=r"holds 9 feeds.*and the store held 1 feeds"):
        backed_up(current, 1)
    assert backups_in(current.backup.folder, current.store.path) == [first]


def forgetful(real: Callable[..., copies.StoreFacts]) -> Callable[..., copies.StoreFacts]:
    """The facts of a store, and of the second that is asked for others: as if a page had been lost on the way."""
    asked: list[None] = []

    def facts(connection: object) -> copies.StoreFacts:
        asked.append(None)
        found = real(connection)
        return found if len(asked) == 1 else copies.StoreFacts(found.schema, {**found.rows, "feeds": 9})

    return facts


def test_without_a_store_there_is_no_backup(current: Config) -> None:
    current.store.path.unlink()
    with pytest.raises(StoreError, match="no store at"):
        backed_up(current)
    assert not current.backup.folder.exists()


def test_a_folder_that_cannot_be_written_is_named(current: Config, tmp_path: Path) -> None:
    there = tmp_path / "medium"
    there.mkdir()
    with read_only(there), pytest.raises(Exception, match=f"{there}.*can be written"):
        backed_up(current, to=there)


def test_a_disk_without_room_is_named_and_what_is_there_is_kept(current: Config, tmp_path: Path) -> None:
    there = tmp_path / "disk"
    there.mkdir()
    with small_disk(there, "2m"):
        first = backed_up(current, to=there)
        (there / "other").write_bytes(os.urandom(900_000))
        with pytest.raises(KeepingError, match=f"no room for a backup in {there}: the store takes"):
            backed_up(current, 1, to=there)
        assert backups_in(there, current.store.path) == [first]


def test_a_store_that_cannot_be_written_can_be_backed_up(current: Config, tmp_path: Path) -> None:
    with read_only(current.store.path.parent):
        folder = backed_up(current, to=tmp_path / "elsewhere")
    assert checked(folder / "axiswatch.db").rows["entries"] == 2
