"""What the thirteenth migration adds: what came of trying a feed by hand."""

from __future__ import annotations

FEED_CHECKS = """
-- The last time that a person had a feed tried, outside of any run: whether it answered with a feed, and what it told.
CREATE TABLE feed_checks (
    feed_id INTEGER PRIMARY KEY REFERENCES feeds (id),
    checked_at TEXT NOT NULL,
    is_sound INTEGER NOT NULL CHECK (is_sound IN (0, 1)),
    told TEXT NOT NULL
) STRICT
"""
