"""What the fourth migration adds: the articles behind flagged entries, and how far files of old entries were read."""

from __future__ import annotations

ARCHIVE = """
-- What became of the attempt to read the article behind an entry; ``text`` is empty unless it was read. ``outcome``:
-- read, refused (robots.txt, a barrier, a page to agree to), failed (tried again, ``attempts`` counts), empty.
CREATE TABLE articles (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('read', 'refused', 'failed', 'empty')),
    tried_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    status INTEGER,
    final_url TEXT NOT NULL,
    detail TEXT NOT NULL,
    text TEXT NOT NULL,
    CHECK ((outcome = 'read') = (text <> ''))
) STRICT;

-- How far a file of old entries was read: ``position`` bytes of it are in the store. ``fingerprint`` tells whether it
-- is still the same file.
CREATE TABLE backfills (
    file TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)),
    seen INTEGER NOT NULL,
    new INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (seen = new + duplicate + rejected)
) STRICT
"""
