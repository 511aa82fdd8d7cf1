"""What one classification counts."""

from __future__ import annotations

from contextlib import closing

from db import scores
from db.connect import open_store
from flows.config.settings import load_config
from flows.runtime.clock import Clock
from flows.stories.judging import judge_waiting
from tests.support.command import Project
from tests.support.store_records import HOUR, NOON, new_entry, stored


def test_entries_in_languages_without_a_lexicon_are_counted_as_such(project: Project) -> None:
    config = load_config(project.folder / "axiswatch.toml")
    with closing(open_store(config.store.path)) as store:
        greek = new_entry("greek", title="Η Ρωσία και το Ιράν υπέγραψαν συμφωνία", language="el")
        stored(store, greek, new_entry("english", title="Rain delays the harvest festival", language="en"))
    judged = judge_waiting(config, Clock(NOON.isoformat()))
    assert (judged.scored, judged.unknown_language) == (2, 1)
    with closing(open_store(config.store.path)) as store:
        assert list(scores.unknown_languages(store, NOON, NOON + HOUR).values()) == [1]
