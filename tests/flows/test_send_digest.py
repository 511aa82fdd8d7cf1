"""Windows, names and repetition of editions, on a store that has read the sample."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from db import deliveries, editions
from db.connect import open_store
from db.records import Delivery
from flows.config.settings import Config, load_config
from flows.digest.content.codec import content_of
from flows.digest.dispatch import Sent
from flows.digest.sending import RECENT, send_edition
from flows.runtime.clock import Clock
from tests.support.command import Project

LAST_PASS = "2024-11-18T17:45:00+00:00"
EVENING = "2024-11-18T18:30:00+00:00"


@pytest.fixture
def config(project: Project) -> Config:
    with closing(open_store(project.store)) as store:
        store.execute("DELETE FROM deliveries")
        store.execute("DELETE FROM edition_pages")
        store.execute("DELETE FROM editions")
    return load_config(project.folder / "axiswatch.toml")


def ledger(config: Config, sent: Sent) -> list[Delivery]:
    assert sent.edition is not None
    with closing(open_store(config.store.path)) as store:
        return deliveries.of_edition(store, sent.edition.id)


def test_the_daily_edition_is_the_one_whose_window_closed_last(config: Config) -> None:
    sent = send_edition(config, "", Clock(EVENING))
    assert sent.edition is not None
    assert sent.edition.name == "2024-11-18"
    assert sent.edition.window_end.isoformat() == "2024-11-18T18:00:00+00:00"
    assert sent.edition.window_end - sent.edition.window_start == timedelta(days=1)
    assert content_of(sent.edition.content).counts.flagged > 0
    assert sent.outbox_path.endswith("2024-11-18.eml")


def test_a_day_can_be_asked_for_and_must_have_closed(config: Config) -> None:
    sent = send_edition(config, "2024-11-17", Clock(EVENING))
    assert sent.edition is not None
    assert sent.edition.name == "2024-11-17"
    with pytest.raises(ValueError, match="closes at 2024-11-19 18:00 UTC"):
        send_edition(config, "2024-11-19", Clock(EVENING))
    with pytest.raises(ValueError, match="is no date"):
        send_edition(config, "yesterday", Clock(EVENING))


def test_the_same_edition_is_not_sent_again(config: Config) -> None:
    first = send_edition(config, "", Clock(EVENING))
    before = {file.name: file.stat().st_mtime_ns for file in config.delivery.outbox.iterdir()}
    again = send_edition(config, "", Clock("2024-11-19T09:00:00+00:00"))
    assert (first.repeated, again.repeated) == (False, True)
    assert again.edition == first.edition
    assert {file.name: file.stat().st_mtime_ns for file in config.delivery.outbox.iterdir()} == before


def test_what_did_not_leave_is_sent_by_the_next_run(config: Config) -> None:
    config.delivery.outbox.parent.mkdir(exist_ok=True)
    config.delivery.outbox.write_text("a file in the place of the folder")
    stuck = send_edition(config, "", Clock(EVENING))
    assert [each.state for each in stuck.deliveries] == ["deferred"]
    config.delivery.outbox.unlink()
    later = send_edition(config, "", Clock(EVENING))
    assert not later.repeated
    assert [each.state for each in ledger(config, later)] == ["accepted"]
    assert later.edition == stuck.edition


def test_recent_covers_what_came_since_the_last_edition_and_nothing_twice(config: Config) -> None:
    first = send_edition(config, RECENT, Clock(LAST_PASS))
    assert first.edition is not None
    assert first.edition.name == "2024-11-18-174501"
    assert first.edition.window_end - first.edition.window_start == timedelta(days=1)
    nothing = send_edition(config, RECENT, Clock(EVENING))
    assert (nothing.edition, nothing.repeated) == (None, True)
    with closing(open_store(config.store.path)) as store:
        newest = "(SELECT max(entry_id) FROM scores WHERE flagged)"
        later = "'2024-11-18T18:10:00+00:00'"
        store.execute(f"UPDATE entries SET first_seen_at = {later} WHERE id = {newest}")
        store.execute(f"UPDATE first_flagged SET counts_at = {later} WHERE entry_id = {newest}")
    news = send_edition(config, RECENT, Clock(EVENING))
    assert news.edition is not None
    assert news.edition.window_start == first.edition.window_end
    assert content_of(news.edition.content).counts.flagged == 1


def test_recent_after_a_silent_day_says_that_it_was_quiet(config: Config) -> None:
    send_edition(config, RECENT, Clock(LAST_PASS))
    quiet = send_edition(config, RECENT, Clock("2024-11-20T08:00:00+00:00"))
    assert quiet.edition is not None
    assert content_of(quiet.edition.content).counts.flagged == 0
    with closing(open_store(config.store.path)) as store:
        assert editions.latest(store) == quiet.edition


def test_entries_that_a_dead_pass_left_unscored_are_judged_first(config: Config) -> None:
    with closing(open_store(config.store.path)) as store:
        forgotten = "SELECT entry_id FROM scores WHERE flagged ORDER BY entry_id DESC LIMIT 5"
        store.execute(f"INSERT INTO unscored (entry_id) {forgotten}")
        store.execute("DELETE FROM scores WHERE entry_id IN (SELECT entry_id FROM unscored)")
    sent = send_edition(config, "", Clock(EVENING))
    assert sent.edition is not None
    with closing(open_store(config.store.path)) as store:
        assert store.execute("SELECT count(*) FROM unscored").fetchone() == (0,)
    assert content_of(sent.edition.content).counts.flagged >= 5
