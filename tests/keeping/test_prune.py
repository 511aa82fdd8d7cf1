"""Pruning a store by the ages of [keep]: what it says before, and what comes of it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from db import entries
from db.compacting import use_of
from db.connect import open_store
from db.copies import checked
from flows.config.settings import Config
from flows.keeping.prune import GaveUp, could_give_up, give_up
from tests.support.edition_store import changed
from tests.support.read_only_folder import small_disk
from tests.support.store_records import NOON, feed, fetch_of, new_entry

LATER = NOON + timedelta(days=200)


def read_many(current: Config, count: int, half: int = 10_000) -> None:
    """Entries with bodies of twice ``half`` letters each that came to nothing."""
    batch = [new_entry(f"g:{number}", body=os.urandom(half).hex()) for number in range(count)]
    with closing(open_store(current.store.path)) as store:
        entries.append_batch(store, fetch_of(feed(store), batch), batch, NOON)
        store.execute("DELETE FROM unscored")


def test_it_says_what_could_go_and_changes_nothing(current: Config) -> None:
    read_many(current, 10)
    before = use_of(current.store.path)
    told = could_give_up(current, LATER).lines()
    assert "10 bodies of entries never flagged nor labelled: about 0.2 MB" in told
    assert "0 rows of the log of fetches: about 0.0 MB" in told
    assert use_of(current.store.path) == before


def test_the_file_gets_smaller_where_that_pays(current: Config) -> None:
    read_many(current, 1200)
    heard: list[float] = []
    done = give_up(current, LATER, heard.append)
    assert done.rows == 1200
    assert done.store_bytes > 20e6
    assert done.troubles == ()
    assert heard[-1] == 1
    assert could_give_up(current, LATER).parts[2].rows == 0
    assert give_up(current, LATER) == GaveUp(0, 0, 0, ())


def test_so_it_does_where_bodies_are_short_and_no_page_becomes_empty(current: Config) -> None:
    read_many(current, 25_000, half=450)
    done = give_up(current, LATER)
    assert done.rows == 25_000
    assert done.store_bytes > 18e6


def test_a_little_stays_in_the_file_and_is_used_again(current: Config) -> None:
    read_many(current, 10)
    done = give_up(current, LATER)
    assert (done.rows, done.store_bytes) == (10, 0)
    assert use_of(current.store.path).unused > 150_000


def test_ages_are_those_of_the_config(current: Config) -> None:
    read_many(current, 10)
    for days, rows in ((0, 0), (300, 0), (100, 10)):
        aged = changed(current, keep={"body_days": days})
        assert sum(each.rows for each in could_give_up(aged, LATER).parts) == rows


def test_without_room_the_file_stays_as_it_is_and_that_is_said(current: Config) -> None:
    folder = current.store.path.parent
    with small_disk(folder, "100m"):
        read_many(current, 1400)
        with closing(open_store(current.store.path)) as store:
            store.execute("CREATE TABLE kept AS SELECT randomblob(10000000) AS body")
        with (folder / "other").open("wb") as other, suppress(OSError):
            while shutil.disk_usage(folder).free > 8_000_000:
                other.write(bytes(1_000_000))
                other.flush()
        done = give_up(current, LATER)
        assert (done.rows, done.store_bytes) == (1400, 0)
        assert f"was not compacted: {folder} has" in done.troubles[0]
        assert checked(current.store.path).rows["entries"] == 1400


@pytest.mark.parametrize("days", [1, 89])
def test_the_log_is_kept_as_long_as_editions_look_back(days: int) -> None:
    with pytest.raises(ValueError, match="keep 90 days or more, or 0"):
        Config.model_validate({"keep": {"fetch_days": days}})
