"""Stores as earlier versions left them behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.migrations import SCRIPTS
from db.migrations.statements import split_statements


@contextmanager
def old_store(path: Path, last: str) -> Iterator[Database]:
    """A store with the migrations up to the one called ``last``, open for what that version would have written."""
    names = list(SCRIPTS)
    steps = Migrations("axiswatch")
    for name in names[: names.index(last) + 1]:
        _add(steps, name)
    with closing(Database(path)) as store:
        steps.apply(store)
        store.conn.isolation_level = None
        yield store


def _add(steps: Migrations, name: str) -> None:
    @steps(name=name)
    def apply(store: Database) -> None:
        for statement in split_statements(SCRIPTS[name]):
            store.execute(statement)
