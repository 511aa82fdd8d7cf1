"""What the tenth migration changes: the ledger of sending takes every way of delivery, whatever its name."""

from __future__ import annotations

WAYS_BY_NAME = """
-- SQLite cannot drop a CHECK: the table is made anew with all its rows. Which ways there are is known to the program
-- that delivers; "smtp" is called "mail" since now. Nothing refers to this table, so no reference breaks meanwhile.
CREATE TABLE deliveries_by_name (
    id INTEGER PRIMARY KEY,
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    recipient TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way <> ''),
    state TEXT NOT NULL CHECK (state IN ('prepared', 'handed_over', 'accepted', 'refused', 'deferred')),
    message_id TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,
    in_reply_to TEXT NOT NULL DEFAULT '',
    killed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (edition_id, recipient, way)
) STRICT;
INSERT INTO deliveries_by_name (
    id, edition_id, recipient, way, state, message_id, updated_at, detail, attempts, unsure, next_try_at, in_reply_to,
    killed
)
SELECT
    id, edition_id, recipient, CASE way WHEN 'smtp' THEN 'mail' ELSE way END, state, message_id, updated_at, detail,
    attempts, unsure, next_try_at, in_reply_to, killed
FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_by_name RENAME TO deliveries;
CREATE INDEX deliveries_waiting ON deliveries (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX deliveries_by_recipient ON deliveries (recipient, edition_id)
"""
