"""The model that a new store would fit first, which takes seconds: fitted once for all tests, and copied."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.model import Model
from db.connect import open_store


class FirstModel:
    """Made in ``folder`` by the first process of the tests that needs it, for all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self, store: Path, models: Path) -> None:
        """Put a store without entries in which it judges at ``store``, and its files into ``models``."""
        made = self._made()
        store.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made / "axiswatch.db", store)
        shutil.copytree(made / "models", models, dirs_exist_ok=True)

    def model(self) -> Model:
        """It itself."""
        with closing(open_store(self._made() / "axiswatch.db")) as store:
            return ensure_champion(store, self._folder / "models", 0.95, datetime.now(UTC))

    def _made(self) -> Path:
        self._folder.mkdir(exist_ok=True)
        with FileLock(f"{self._folder}.lock"):
            if not (self._folder / "made").exists():
                with closing(open_store(self._folder / "axiswatch.db")) as store:
                    ensure_champion(store, self._folder / "models", 0.95, datetime.now(UTC))
                (self._folder / "made").touch()
        return self._folder
