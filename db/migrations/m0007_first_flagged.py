"""What the seventh migration adds: the moment that decides in whose window each flagged entry counts."""

from __future__ import annotations

FIRST_FLAGGED = """
-- Every entry that was ever flagged, and the moment whose window it belongs to: when it was first seen, or, where an
-- edit came before it was first flagged, when that was noticed. Written once, so that no two editions carry an entry.
CREATE TABLE first_flagged (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
    counts_at TEXT NOT NULL
) STRICT;
INSERT INTO first_flagged
    SELECT entries.id, entries.first_seen_at FROM entries
    WHERE EXISTS (SELECT 1 FROM scores WHERE scores.entry_id = entries.id AND scores.flagged = 1);
CREATE INDEX first_flagged_by_time ON first_flagged (counts_at)
"""
