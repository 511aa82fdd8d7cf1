"""Bringing a backup back: looked over first, never over anything unasked, never beside somebody at work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db import entries, runs
from db.connect import StoreError, open_store
from db.file_lock import locked
from flows.config.settings import Config
from flows.digest.desk_secret import secret_of
from flows.keeping.backup import make_backup
from flows.keeping.manifest import KeepingError
from flows.keeping.restore import WORK, Restored, backup_at, restore
from tests.keeping.conftest import MakeFolder, config_file
from tests.support.edition_store import see
from tests.support.store_records import NOON

LATER = NOON + timedelta(days=2)


@pytest.fixture
def backup(current: Config) -> Path:
    return make_backup(current, config_file(current), NOON).folder


def restored(current: Config, backup: Path, *, force: bool = False) -> Restored:
    return restore(current, config_file(current), *backup_at(backup), LATER, force=force)


def titles(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return [each.title for each in entries.entries_of(store, range(1, 9))]


def test_elsewhere_all_of_it_is_put_where_the_config_says(
    make_folder: MakeFolder, current: Config, backup: Path
) -> None:
    there = make_folder("there")
    done = restored(there, backup)
    assert titles(there.store.path) == ["flagged", "dull"]
    assert secret_of(there.store.path) == secret_of(current.store.path)
    folder = there.store.path.parents[1]
    names = {path.relative_to(folder).as_posix() for path in done.written}
    assert names == {"var/axiswatch.db", "var/models/m/model.json", "var/essays/one.md", "var/feeds.toml"} | {
        "var/desk.secret",
        "feeds.toml",
        "claims.toml",
    }
    assert (folder / "var/desk.secret").stat().st_mode & 0o077 == 0
    assert done.replaced == done.left == ()
    with closing(open_store(there.store.path)) as store:
        runs.start(store, "r", "monitor", NOON)


def test_a_store_that_is_there_is_not_replaced_unasked(current: Config, backup: Path) -> None:
    see(current, NOON + timedelta(days=1), "newer")
    with pytest.raises(KeepingError, match=r"there is a store at .* already: add --force"):
        restored(current, backup)
    assert titles(current.store.path) == ["flagged", "dull", "newer"]


def test_what_is_replaced_is_kept_beside(current: Config, backup: Path) -> None:
    see(current, NOON + timedelta(days=1), "newer")
    folder = current.store.path.parents[1]
    (folder / "var/feeds.toml").write_text("# added since")
    (folder / "claims.toml").write_text("# claims since")
    done = restored(current, backup, force=True)
    assert titles(current.store.path) == ["flagged", "dull"]
    feeds, store = done.replaced
    assert feeds.read_text() == "# added since"
    assert feeds.name == "feeds.toml.replaced-20261123T120000Z"
    assert titles(store) == ["flagged", "dull", "newer"]
    assert (folder / "var/feeds.toml").read_text() == "# added"
    assert (folder / "claims.toml").read_text() == "# claims since"
    assert done.left == (folder / "claims.toml",)


@pytest.mark.parametrize("what", WORK)
def test_it_is_refused_while_somebody_works_on_the_store(current: Config, backup: Path, what: str) -> None:
    before = current.store.path.read_bytes()
    with (
        locked(current.store.path, what),
        pytest.raises(KeepingError, match=r"others work on the store: .*\(pid \d+\)"),
    ):
        restored(current, backup, force=True)
    assert current.store.path.read_bytes() == before


def test_the_log_of_a_damaged_store_does_not_get_into_the_new_one(current: Config, backup: Path) -> None:
    with closing(sqlite3.connect(current.store.path)) as writer:
        writer.execute("UPDATE entries SET title = 'from the log'")
        writer.commit()
        with current.store.path.open("r+b") as file:
            file.write(b"no longer a store")
        done = restored(current, backup, force=True)
        assert titles(current.store.path) == ["flagged", "dull"]
    kept = done.replaced[-1]
    assert kept.read_bytes().startswith(b"no longer a store")
    assert kept.with_name(f"{kept.name}-wal").stat().st_size > 0


def test_a_backup_that_is_not_whole_is_refused(current: Config, backup: Path) -> None:
    before = current.store.path.read_bytes()
    essay = backup / "essays/one.md"
    for spoil, told in (
        (lambda: essay.write_text("An essai."), r"one\.md is not as it was backed up \(checksum\)"),
        (essay.unlink, r"lacks essays/one\.md"),
        (lambda: (backup / "manifest.json").write_text("{"), r"is no manifest of a backup"),
        ((backup / "manifest.json").unlink, r"is no backup"),
    ):
        spoil()
        with pytest.raises(KeepingError, match=told):
            restored(current, backup, force=True)
    assert current.store.path.read_bytes() == before


def test_what_is_not_there_is_named(current: Config, tmp_path: Path) -> None:
    with pytest.raises(KeepingError, match="there is no backup at"):
        restored(current, tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["../../outside", "/outside"])
def test_no_file_is_written_outside_of_its_place(current: Config, backup: Path, name: str) -> None:
    manifest = backup / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"name": "one.md"', f'"name": "{name}"'))
    with pytest.raises(KeepingError, match="a file that lies outside of it"):
        restored(current, backup, force=True)


def test_one_of_a_newer_axiswatch_is_refused(current: Config) -> None:
    with closing(sqlite3.connect(current.store.path, isolation_level=None)) as newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('axiswatch', 'x', '')")
    with pytest.raises(StoreError, match="newer axiswatch"):
        make_backup(current, config_file(current), NOON)
