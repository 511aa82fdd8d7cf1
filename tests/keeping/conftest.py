"""A folder with a config, a store with an entry or two, and what a store needs beside itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from flows.config.settings import Config, load_config
from tests.support.edition_store import see
from tests.support.store_records import NOON

TOLD = """
[feeds]
file = "feeds.toml"
[claims]
file = "claims.toml"
[backup]
keep = 2
[digest]
hour = 6
"""
MakeFolder = Callable[[str], Config]


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Makes a folder of that name with a config, and gives that; no store is in it."""

    def make(name: str) -> Config:
        folder = tmp_path / name
        (folder / "var").mkdir(parents=True)
        (folder / "axiswatch.toml").write_text(TOLD, encoding="utf-8")
        return load_config(folder / "axiswatch.toml")

    return make


@pytest.fixture
def current(make_folder: MakeFolder) -> Config:
    """A folder "here" with a store, a model file, an essay, an added feed, and lists that a person wrote."""
    made = make_folder("here")
    see(made, NOON, "flagged")
    see(made, NOON + timedelta(minutes=1), "dull", flagged=False)
    folder = made.store.path.parents[1]
    for name, text in {
        "var/models/m/model.json": '{"id": "m"}',
        "var/models/stray/model.json": "{}",
        "var/essays/one.md": "An essay.",
        "var/feeds.toml": "# added",
        "feeds.toml": "# by hand",
        "claims.toml": "# claims",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return made


def config_file(current: Config) -> Path:
    """The file of that config."""
    return current.store.path.parents[1] / "axiswatch.toml"
