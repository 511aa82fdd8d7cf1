"""Editions of days that were read from archives, or not at all."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.connect import open_store
from flows.digest import editions
from flows.digest.content.codec import typed
from flows.digest.render.pages import render_pages
from flows.digest.subject import subject
from tests.support.edition_store import config, see


def test_an_archive_is_no_day_on_which_no_feed_could_be_read(tmp_path: Path) -> None:
    current = config(tmp_path)
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    see(current, moment, "Story")
    with closing(open_store(current.store.path)) as store:
        store.execute("DELETE FROM fetches")
    told = typed(editions.reconstruction(current, date(2026, 11, 21), moment + timedelta(days=9)))
    text, page = render_pages(told)
    assert told.content.coverage.archived == 1
    assert "Archives  1 entry" in text
    assert "NO FEED" not in text
    assert "No feed could be read" not in page
    assert subject(told.content) == "Story"


def test_a_past_day_of_which_nothing_is_known_says_so_and_how_to_change_that(tmp_path: Path) -> None:
    current = config(tmp_path)
    see(current, datetime(2026, 11, 20, 12, tzinfo=UTC), "Story")
    told = typed(editions.reconstruction(current, date(2026, 11, 10), datetime(2026, 11, 29, tzinfo=UTC)))
    for rendering in render_pages(told):
        assert "axiswatch backfill" in " ".join(rendering.split())
        assert "Check that the monitor" not in " ".join(rendering.split())
    assert told.content.coverage.stale == ()
