"""What the seventeenth migration changes: editions are of every kind, whatever its name."""

from __future__ import annotations

KINDS_BY_NAME = """
-- Which kinds there are is known to the program that makes editions. SQLite cannot drop a CHECK, but a column together
-- with its own: the kinds move into another column, and no other column of the table need be known here.
DROP INDEX IF EXISTS editions_by_kind;
ALTER TABLE editions RENAME COLUMN kind TO former_kind;
ALTER TABLE editions ADD COLUMN kind TEXT NOT NULL DEFAULT 'daily' CHECK (kind <> '');
UPDATE editions SET kind = former_kind;
ALTER TABLE editions DROP COLUMN former_kind;
CREATE INDEX editions_by_kind ON editions (kind, window_end)
"""
