"""The store that editions are measured on can be made: its rows fit the schema of today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.benchmarks.digest_store import fill


def test_the_store_of_the_benchmark_fits_the_schema(tmp_path: Path) -> None:
    fill(tmp_path / "a.db", 3000)
    with closing(sqlite3.connect(tmp_path / "a.db")) as store:
        assert store.execute("SELECT count(*) FROM entries").fetchone() == (3000,)
