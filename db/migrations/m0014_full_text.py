"""What the fourteenth migration changes: new entries go into the index of words without a trigger."""

from __future__ import annotations

FULL_TEXT = """
-- An INSERT that has a trigger is a savepoint of its own, at which FTS5 writes out what it has gathered: a small
-- segment of the index for each entry, merged with the others again and again. `db.entries` inserts into both.
DROP TRIGGER entries_fts_insert
"""
