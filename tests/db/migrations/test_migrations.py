"""Migrations: applied once, statement by statement."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from db.connect import open_store
from db.migrations import SCRIPTS, known_names
from db.migrations.m0001_first_schema import FIRST_SCHEMA
from db.migrations.statements import split_statements

STEPS = list(SCRIPTS)
FULL_TEXT = ("entries_fts", "sqlite_", "_sqlite_")


def applied(store: Database) -> list[str]:
    return [row["name"] for row in store.query("SELECT name FROM _sqlite_migrations ORDER BY id")]


def test_migrations_are_applied_once(path: Path) -> None:
    for _ in range(3):
        with closing(open_store(path)) as store:
            assert applied(store) == STEPS
    assert known_names() == set(STEPS)


def test_every_table_of_ours_is_strict(store: Database) -> None:
    rows = store.query("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    kinds = {row["name"]: row["strict"] for row in rows if not row["name"].startswith(FULL_TEXT)}
    assert len(kinds) > 20
    assert set(kinds.values()) == {1}


def test_every_reference_is_to_a_table_that_is_there(store: Database) -> None:
    tables = set(store.table_names())
    parents = {key.other_table for table in store.tables for key in table.foreign_keys}
    assert parents == {"feeds", "entries", "model_versions", "story_clusters", "editions", "follows", "alarms"}
    assert parents <= tables


def test_statements_are_split_outside_of_triggers() -> None:
    found = split_statements(FIRST_SCHEMA)
    assert sum("CREATE TRIGGER" in statement for statement in found) == 3
    assert all(statement.count("CREATE ") == 1 for statement in found)
    assert all(sqlite3.complete_statement(statement + "\n;") for statement in found)
