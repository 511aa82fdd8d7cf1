"""Whose the folder is: two stores that published into one would remove each other's pages."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import open_store
from flows.config.settings import Config
from flows.publish.folder import LIST, FolderError
from flows.publish.publishing import publish
from tests.support.archive_store import configured, done, files, fill, folder_of


def test_a_folder_of_another_store_is_left_alone_until_it_is_taken_over(archive: Config, tmp_path: Path) -> None:
    publish(archive)
    whole = files(folder_of(archive))
    (tmp_path / "another").mkdir()
    another = configured(tmp_path / "another").model_copy(update={"publish": archive.publish})
    fill(another)
    with pytest.raises(FolderError, match=r"another store has published there.*name another.*publish --force"):
        publish(another)
    with pytest.raises(FolderError):
        publish(another, anew=True)
    assert files(folder_of(archive)) == whole
    taken = publish(another, force=True)
    assert taken is not None
    assert taken.removed > 0
    assert "editions/2026-11-20.html" not in files(folder_of(archive))
    with pytest.raises(FolderError):
        publish(archive)


def test_a_copy_of_a_store_is_that_store(archive: Config, tmp_path: Path) -> None:
    publish(archive)
    copied = tmp_path / "restored.db"
    with closing(open_store(archive.store.path)) as store:
        store.execute("VACUUM INTO ?", [str(copied)])
    moved = archive.model_copy(update={"store": archive.store.model_copy(update={"path": copied})})
    assert done(moved).written == 0


def test_a_list_of_an_older_version_names_no_store_and_is_taken_over(archive: Config) -> None:
    publish(archive)
    file = folder_of(archive) / LIST
    told = json.loads(file.read_bytes())
    del told["store"]
    file.write_text(json.dumps(told))
    assert done(archive).written == 0
    assert json.loads(file.read_bytes())["store"]
