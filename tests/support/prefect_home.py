"""Folders for Prefect's state whose database has all of Prefect's migrations already: they take nine seconds each."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from tests.support.command import environment


class PrefectHomes:
    """Made from one database, which the first process of the tests that needs it makes in ``folder`` for all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self, home: Path) -> Path:
        """Put the database into ``home`` (made where it is missing); returns ``home``."""
        home.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._made())) as made, closing(sqlite3.connect(home / "prefect.db")) as copy:
            made.backup(copy)
        return home

    def _made(self) -> Path:
        database = self._folder / "prefect.db"
        with FileLock(f"{self._folder}.lock"):
            if not database.exists():
                env = environment({"PREFECT_HOME": str(self._folder), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"})
                call = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
                subprocess.run(call, env=env, capture_output=True, timeout=120, check=True)
        return database
