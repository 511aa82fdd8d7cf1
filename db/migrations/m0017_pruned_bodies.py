"""What the seventeenth migration adds: by what an entry is known whose body was given up."""

from __future__ import annotations

PRUNED_BODIES = """
-- The hash of an entry as it stood before its body was given up, as in ``entry_edits``: a feed that still shows it so
-- has not edited it.
CREATE TABLE pruned_bodies (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    version TEXT NOT NULL,
    pruned_at TEXT NOT NULL,
    PRIMARY KEY (entry_id, version)
) STRICT, WITHOUT ROWID
"""
