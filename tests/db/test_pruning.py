"""What a store gives up with age, and what it keeps for ever."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import articles, editions, entries, labels, pruning, runs, scores
from db.articles import Article
from db.connect import open_store
from db.pruning import Ages, prunable, prune
from db.records import Entry, Label
from tests.support.store_queries import edits_of
from tests.support.store_records import NOON, feed, fetch_of, new_entry, score, version

AGES = Ages(log=NOON + timedelta(days=1), bodies=NOON + timedelta(days=1))
LATER = NOON + timedelta(days=200)
NAMES = ("flagged", "labelled", "named", "waiting", "once flagged", "dull", "plain")


@pytest.fixture
def filled(store: Database) -> dict[str, Entry]:
    """Entries with bodies, called by what became of them; all were read by one fetch."""
    version(store)
    batch = [new_entry(f"g:{name}", body=f"The body of {name}.", link=f"https://a.example/{name}") for name in NAMES]
    entries.append_batch(store, fetch_of(feed(store), batch), batch, NOON)
    found = dict(zip(NAMES, entries.entries_of(store, range(1, len(NAMES) + 1)), strict=True))
    told = {name: each for name, each in found.items() if name != "waiting"}
    flags = {"flagged", "once flagged"}
    scores.append(store, [score(each, flagged=name in flags) for name, each in told.items()])
    version(store, "m-2")
    scores.append(store, [score(found["once flagged"], model_version="m-2", flagged=False)])
    labels.append(store, Label(found["labelled"].id, "not_relevant", NOON, "command"))
    content = {"near": [{"entry": found["named"].id, "headline": "Named"}]}
    editions.insert(
        store,
        name="2026-11-21",
        window=(NOON - timedelta(days=1), NOON),
        composed_at=NOON,
        model_version="m-1",
        config_hash="",
        content=content,
    )
    return found


def bodies(store: Database) -> set[str]:
    """The names of the entries that have their bodies."""
    ids = [row["id"] for row in store.query("SELECT id FROM entries WHERE body <> ''")]
    return {NAMES[each - 1] for each in ids}


def test_bodies_of_entries_that_came_to_nothing_are_given_up_and_no_others(
    store: Database, filled: dict[str, Entry]
) -> None:
    before = {part.name: (part.rows, part.bytes) for part in prunable(store, AGES)}
    assert before["bodies of entries never flagged nor labelled"] == (2, len("The body of dull.The body of plain."))
    prune(store, AGES, LATER)
    assert bodies(store) == set(NAMES) - {"dull", "plain"}
    assert [part.rows for part in prunable(store, AGES)] == [0] * 5
    kept = store.execute("SELECT count(*) FROM entries").fetchone()[0]
    assert kept == len(NAMES)


def test_an_entry_without_its_body_is_known_again_and_not_edited(store: Database, filled: dict[str, Entry]) -> None:
    prune(store, AGES, LATER)
    where = feed(store)
    again = [new_entry(f"g:{name}", body=f"The body of {name}.", link=f"https://a.example/{name}") for name in NAMES]
    logged = entries.append_batch(store, fetch_of(where, again), again, LATER)
    assert (logged.new, logged.duplicate, logged.edited) == (0, len(NAMES), 0)
    assert bodies(store) == set(NAMES) - {"dull", "plain"}
    assert entries.count_unscored(store) == 1


def test_one_that_its_feed_changes_afterwards_is_edited_once(store: Database, filled: dict[str, Entry]) -> None:
    prune(store, AGES, LATER)
    where = feed(store)
    changed = replace(new_entry("g:dull", link="https://a.example/dull"), body="Another body.")
    first = replace(changed, body="The body of dull.")
    counts = [entries.append_batch(store, fetch_of(where, [each]), [each], LATER) for each in (changed, first, changed)]
    assert [each.edited for each in counts] == [1, 0, 0]
    found = entries.find(store, filled["dull"].id)
    assert found is not None
    assert found.body == "Another body."
    assert entries.count_unscored(store) == 2
    scores.append(store, [score(filled["dull"], flagged=False)])
    prune(store, replace(AGES, bodies=LATER), LATER)
    (kept,) = store.execute("SELECT count(*) FROM pruned_bodies WHERE entry_id = ?", [filled["dull"].id]).fetchone()
    assert kept == 2


def test_former_bodies_and_articles_go_with_the_body(store: Database, filled: dict[str, Entry]) -> None:
    for name in ("dull", "flagged"):
        entry = filled[name]
        articles.record(store, Article(entry.id, "read", NOON, text="Long."))
        changed = replace(new_entry(f"g:{name}", link=entry.link), title="Other", body="Now.")
        entries.append_batch(store, fetch_of(feed(store), [changed]), [changed], NOON)
        scores.append(store, [score(entry, flagged=name == "flagged")])
    prune(store, AGES, LATER)
    (dull,), (flagged,) = (edits_of(store, filled[name].id) for name in ("dull", "flagged"))
    assert dull[1] == {"title": "Title g:dull"}
    assert flagged[1] == {"title": "Title g:flagged", "body": "The body of flagged."}
    assert [row["entry_id"] for row in store.query("SELECT entry_id FROM articles")] == [filled["flagged"].id]


def test_the_log_is_given_up_by_its_age_and_not_what_runs(store: Database, filled: dict[str, Entry]) -> None:
    for name, moment in (("old", NOON), ("under way", NOON), ("young", LATER)):
        runs.start(store, name, "monitor", moment)
        if name != "under way":
            runs.finish(store, name, "completed", {}, moment)
    young = fetch_of(feed(store), started_at=LATER, run_id="young")
    entries.append_batch(store, young, [], LATER)
    found = {part.name: part.rows for part in prunable(store, Ages(log=AGES.log, bodies=None))}
    assert found == {"rows of the log of fetches": 1, "rows of the log of runs": 1}
    assert prune(store, Ages(log=AGES.log, bodies=None), LATER) == 2
    assert [row["id"] for row in store.query("SELECT id FROM runs ORDER BY id")] == ["under way", "young"]
    assert [row["run_id"] for row in store.query("SELECT run_id FROM fetches")] == ["young"]
    assert bodies(store) == set(NAMES)


def test_nothing_is_given_up_without_an_age(store: Database, filled: dict[str, Entry]) -> None:
    assert prunable(store, Ages(None, None)) == []
    assert prune(store, Ages(None, None), LATER) == 0


def test_a_kill_between_two_batches_loses_nothing_and_the_next_call_goes_on(
    store: Database, path: Path, filled: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "BATCH", 1)
    heard: list[int] = []

    def killed(rows: int) -> None:
        heard.append(rows)
        if len(heard) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prune(store, AGES, LATER, killed)
    with closing(open_store(path)) as other:
        assert other.execute("SELECT count(*) FROM pruned_bodies").fetchone()[0] == 1
        assert len(bodies(other)) == len(NAMES) - 1
        prune(other, AGES, LATER)
        assert bodies(other) == set(NAMES) - {"dull", "plain"}


def test_an_edition_of_the_oldest_form_names_nothing(store: Database, filled: dict[str, Entry]) -> None:
    for content in ("{}", '{"near": null}', '{"near": [{}]}'):
        store.execute("UPDATE editions SET content = ?", [content])
        assert prunable(store, AGES)[2].rows == 3
