"""Nothing that only moves or renames may change an edition, or how a stored champion judges."""

from __future__ import annotations

import json
import lzma
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from classifiers.relevance.champion import ensure_champion
from db import editions, models
from db.connect import open_store
from flows.config.settings import Config, load_config
from flows.digest.content.codec import content_of, to_json, typed
from flows.digest.render.pages import render_pages
from tests.pinned.build import ACCOUNT, AFTER, DAYS, STORE, WEEK, account
from tests.pinned.sample_days import configured, days, prints, replay, week_text


def test_the_fourteen_sample_days_are_told_as_they_were(tmp_path: Path) -> None:
    current = configured(tmp_path)
    made = {edition.name: prints(edition) for edition in (replay(current, day) for day in days())}
    assert made == json.loads(DAYS.read_text(encoding="utf-8"))
    # Here, since making the days takes long: the week that they come to, as one reads it.
    assert week_text(current) == WEEK.read_text(encoding="utf-8")


@pytest.fixture
def stored(tmp_path: Path) -> Config:
    """The config of the pinned store, unpacked."""
    with lzma.open(STORE) as packed, tarfile.open(fileobj=packed) as archive:
        archive.extractall(tmp_path, filter="data")
    return load_config(tmp_path / "axiswatch.toml")


def test_the_stored_champion_judges_every_entry_as_it_did(stored: Config) -> None:
    assert account(stored) == json.loads(ACCOUNT.read_text(encoding="utf-8"))


def test_the_stored_champion_goes_on_judging_and_nothing_is_fitted_again(stored: Config) -> None:
    policy = stored.classifier
    with closing(open_store(stored.store.path)) as store:
        before = models.all_versions(store)
        model = ensure_champion(store, policy.models, policy.target_recall, AFTER, policy.essays)
        assert model.id == json.loads(ACCOUNT.read_text(encoding="utf-8"))["champion"]
        assert models.all_versions(store) == before


def test_the_stored_editions_are_rendered_as_they_were_sent(stored: Config) -> None:
    with closing(open_store(stored.store.path)) as store:
        names = [row["name"] for row in store.query("SELECT name FROM editions")]
        made = [editions.find(store, name) for name in names]
        assert len(made) == 14
        for edition in made:
            assert edition is not None
            assert editions.pages(store, edition.id) == tuple(render_pages(typed(edition)))


def test_the_stored_editions_are_the_same_json_again(stored: Config) -> None:
    with closing(open_store(stored.store.path)) as store:
        rows = [row["content"] for row in store.query("SELECT content FROM editions")]
    assert len(rows) == 14
    for row in rows:
        assert json.dumps(to_json(content_of(json.loads(row))), ensure_ascii=False, sort_keys=True) == row
