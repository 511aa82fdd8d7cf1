"""What the second migration adds: the states of feeds, pauses, notices, rhythms, and the history of edits."""

from __future__ import annotations

FEED_STATES = """
-- Edited and capped entries are counted, and a feed may be put off because its host asked for quiet.
CREATE TABLE new_fetches (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    run_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed', 'postponed')),
    status INTEGER,
    bytes INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    final_url TEXT NOT NULL,
    error TEXT NOT NULL,
    seen INTEGER NOT NULL,
    new INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    capped INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    CHECK (seen = new + duplicate + edited + capped + rejected)
) STRICT;
INSERT INTO new_fetches SELECT id, feed_id, run_id, started_at, outcome, status, bytes, milliseconds, final_url, error,
    seen, new, duplicate, 0, 0, rejected, reasons FROM fetches;
DROP TABLE fetches;
ALTER TABLE new_fetches RENAME TO fetches;
CREATE INDEX fetches_by_time ON fetches (started_at);
CREATE INDEX fetches_by_run ON fetches (run_id);

-- Where each feed stands: what its last answer said of itself, when it is asked again and why, how it has fared.
-- ``address`` is where it is read since it has moved (empty: where it is listed), ``host`` the host that this names.
CREATE TABLE feed_states (
    feed_id INTEGER PRIMARY KEY REFERENCES feeds (id),
    address TEXT NOT NULL,
    host TEXT NOT NULL,
    next_check_at TEXT NOT NULL,
    next_check_why TEXT NOT NULL,
    validated_url TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    interval_seconds INTEGER NOT NULL,
    full_at TEXT,
    newest_at TEXT,
    last_success_at TEXT,
    failures INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    failing_since TEXT,
    last_error TEXT NOT NULL,
    noticed_at TEXT,
    moved_to TEXT NOT NULL,
    moved_since TEXT,
    gone_at TEXT
) STRICT;
CREATE INDEX feed_states_due ON feed_states (next_check_at);
INSERT INTO feed_states
    SELECT id, '', '', added_at, 'never read', '', '', '', '', 0, NULL, NULL, NULL, 0, 0, NULL, '', NULL, '', NULL, NULL
    FROM feeds;

-- Hosts that asked for quiet, for all that they serve.
CREATE TABLE host_pauses (
    host TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is said of a feed once: that it fails, has recovered, has moved, is gone.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    kind TEXT NOT NULL CHECK (kind IN ('failing', 'recovered', 'moved', 'gone')),
    noticed_at TEXT NOT NULL,
    run_id TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX notices_by_time ON notices (noticed_at);
CREATE INDEX notices_by_run ON notices (run_id);

-- How many entries a feed brought that are dated (or, undated, were first seen) on a day: its rhythm.
CREATE TABLE feed_days (
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    day TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (feed_id, day)
) STRICT, WITHOUT ROWID;

-- The history of edited entries: ``changes`` holds the former values of the fields that changed, ``version`` is the
-- hash of the version that was replaced. A version that comes back is recognised by it and is no edit again.
CREATE TABLE entry_edits (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    edited_at TEXT NOT NULL,
    version TEXT NOT NULL,
    changes TEXT NOT NULL,
    UNIQUE (entry_id, version)
) STRICT
"""
