"""`axiswatch run`: one pass and one digest, and what it does when there is nothing new or no network."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from db.records import FeedSpec
from flows.sample.site import SampleSite
from tests.support.command import Project

DEAD = [FeedSpec(url=f"http://127.0.0.1:9/{name}", outlet=name) for name in ("one", "two")]


def entries(project: Project) -> int:
    with closing(sqlite3.connect(project.store)) as connection:
        return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def test_a_second_run_at_once_stores_and_sends_nothing(served: Project) -> None:
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site:
        served.read_feeds_from(site.feeds()[:4])
        # The sample's store knows these entries already: they are forgotten, so that the first run finds news.
        with closing(sqlite3.connect(served.store)) as connection:
            connection.execute("DELETE FROM entry_keys")
            connection.commit()
        first = served.call("run")
        assert first.returncode == 0, first.stderr
        assert "analyst@axiswatch.example: accepted" in first.stdout
        sent, stored = sorted(served.outbox.iterdir()), entries(served)
        second = served.call("run")
    assert second.returncode == 0, second.stderr
    assert "nothing new since the last edition: no digest was sent" in second.stdout
    assert sorted(served.outbox.iterdir()) == sent
    assert entries(served) == stored


def test_a_digest_that_nobody_could_be_given_exits_with_4(served: Project) -> None:
    config = served.folder / "axiswatch.toml"
    text = config.read_text(encoding="utf-8")
    assert "[delivery" not in text
    nobody = '[delivery]\nway = "mail"\n[delivery.smtp]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\n'
    config.write_text(f"{text}\n{nobody}", encoding="utf-8")
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site:
        served.read_feeds_from(site.feeds()[:4])
        with closing(sqlite3.connect(served.store)) as connection:
            connection.execute("DELETE FROM entry_keys")
            connection.commit()
        done = served.call("run")
    assert done.returncode == 4, done.stderr
    assert "nobody has got the edition" in done.stderr.splitlines()[-1]
    assert "it is tried again with the next pass" in done.stderr.splitlines()[-1]


def test_without_a_network_it_says_so_keeps_everything_and_exits_with_3(served: Project) -> None:
    served.read_feeds_from(DEAD)
    stored = entries(served)
    result = served.call("run")
    assert result.returncode == 3
    assert "0 of 2 feeds could be reached" in result.stderr
    assert "failed: one: connection refused" in result.stderr
    assert "Traceback" not in result.stderr
    assert entries(served) == stored
    assert not served.outbox.exists()


def test_a_flow_that_breaks_is_written_down_and_exits_with_1(served: Project) -> None:
    served.read_feeds_from(DEAD)
    with closing(sqlite3.connect(served.store)) as connection:
        connection.execute("CREATE TRIGGER broken BEFORE INSERT ON fetches BEGIN SELECT RAISE(ABORT, 'worn out'); END")
        connection.commit()
    result = served.call("run")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == "axiswatch: IntegrityError: worn out (--debug shows where)"
    with closing(sqlite3.connect(served.store)) as connection:
        last = "SELECT flow, outcome, detail FROM runs ORDER BY rowid DESC LIMIT 1"
        assert connection.execute(last).fetchone() == ("monitor", "failed", '{"error": "IntegrityError: worn out"}')


def test_the_check_says_of_each_feed_whether_it_answers(served: Project) -> None:
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site:
        served.read_feeds_from([site.feeds()[0], *DEAD])
        some = served.look("feeds", "check")
    assert some.returncode == 0
    assert "1 of 3 feeds answer" in some.stdout
    assert "failed two: connection refused" in some.stdout
    served.read_feeds_from(DEAD)
    none = served.look("feeds", "check")
    assert none.returncode == 3
    assert "0 of 2 feeds could be reached" in none.stderr


def test_without_a_new_label_retraining_keeps_the_champion(served: Project) -> None:
    result = served.call("retrain")
    assert result.returncode == 0, result.stderr
    assert ": champion. " in result.stdout
    with closing(sqlite3.connect(served.store)) as connection:
        assert connection.execute("SELECT count(*) FROM model_versions").fetchone() == (1,)
        last = "SELECT outcome FROM runs WHERE flow = 'retrain'"
        assert connection.execute(last).fetchall() == [("completed",)]
