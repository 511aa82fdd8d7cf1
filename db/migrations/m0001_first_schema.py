"""What the first migration makes: feeds, entries, models, scores, labels, stories, editions, deliveries."""

from __future__ import annotations

FIRST_SCHEMA = """
-- A subscribed URL and our record of it.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    outlet TEXT NOT NULL,
    country TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('wire', 'press', 'think_tank', 'official', 'state_media')),
    topic TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    added_at TEXT NOT NULL
) STRICT;

-- Our own books of flow runs: Prefect loses some of its own at exit.
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    flow TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'completed', 'failed', 'skipped')),
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_flow ON runs (flow, started_at);

-- The fetch log. A row is written in the transaction that stores the entries it brought.
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    run_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed')),
    status INTEGER,
    bytes INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    final_url TEXT NOT NULL,
    error TEXT NOT NULL,
    seen INTEGER NOT NULL,
    new INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    CHECK (seen = new + duplicate + rejected)
) STRICT;
CREATE INDEX fetches_by_time ON fetches (started_at);
CREATE INDEX fetches_by_run ON fetches (run_id);

-- One element of a feed. Never deleted. ``pairs`` is there for the full-text index alone: see db/full_text.py.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    guid TEXT NOT NULL,
    link TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    language TEXT NOT NULL,
    published_at TEXT,
    published_status TEXT NOT NULL CHECK (published_status IN ('stated', 'absent', 'future', 'ancient')),
    first_seen_at TEXT NOT NULL,
    pairs TEXT NOT NULL
) STRICT;
CREATE INDEX entries_by_first_seen ON entries (first_seen_at);

-- The identities by which an entry is recognised again: its address, its guid within the feed.
CREATE TABLE entry_keys (
    key TEXT PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE entries_fts USING fts5 (
    title, summary, pairs, content = 'entries', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER entries_fts_insert AFTER INSERT ON entries BEGIN
    INSERT INTO entries_fts (rowid, title, summary, pairs) VALUES (new.id, new.title, new.summary, new.pairs);
END;
CREATE TRIGGER entries_fts_delete AFTER DELETE ON entries BEGIN
    INSERT INTO entries_fts (entries_fts, rowid, title, summary, pairs)
    VALUES ('delete', old.id, old.title, old.summary, old.pairs);
END;
CREATE TRIGGER entries_fts_update AFTER UPDATE OF title, summary, pairs ON entries BEGIN
    INSERT INTO entries_fts (entries_fts, rowid, title, summary, pairs)
    VALUES ('delete', old.id, old.title, old.summary, old.pairs);
    INSERT INTO entries_fts (rowid, title, summary, pairs) VALUES (new.id, new.title, new.summary, new.pairs);
END;

-- Entries that wait for the champion: filled with the entry, emptied with its score.
CREATE TABLE unscored (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id)
) STRICT;

-- Fitted models with their thresholds; at most one judges.
CREATE TABLE model_versions (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('candidate', 'champion', 'retired', 'refused')),
    created_at TEXT NOT NULL,
    threshold REAL NOT NULL CHECK (threshold BETWEEN 0 AND 1),
    review_floor REAL NOT NULL CHECK (review_floor BETWEEN 0 AND threshold),
    data_hash TEXT NOT NULL,
    code_version TEXT NOT NULL,
    spec TEXT NOT NULL,
    metrics TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_champion ON model_versions (status) WHERE status = 'champion';

-- The judgement of a model version. The newest of an entry is the one with the highest id: times are too coarse
-- for that, two versions may judge within a second. One that is replaced takes a new id.
CREATE TABLE scores (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    model_version TEXT NOT NULL REFERENCES model_versions (id),
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    review INTEGER NOT NULL CHECK (review IN (0, 1)),
    language TEXT NOT NULL,
    known_language INTEGER NOT NULL CHECK (known_language IN (0, 1)),
    partners TEXT NOT NULL,
    reasons TEXT NOT NULL,
    scored_at TEXT NOT NULL,
    UNIQUE (entry_id, model_version)
) STRICT;

-- Append-only; the newest label of an entry wins.
CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    value TEXT NOT NULL CHECK (value IN ('relevant', 'not_relevant', 'unsure')),
    labelled_at TEXT NOT NULL,
    via TEXT NOT NULL,
    labeller TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX labels_by_entry ON labels (entry_id, id);

-- Entries that report the same thing, led by the first of them. An entry is in one cluster at the most.
CREATE TABLE story_clusters (
    id INTEGER PRIMARY KEY,
    lead_entry_id INTEGER NOT NULL REFERENCES entries (id),
    opened_at TEXT NOT NULL,
    last_joined_at TEXT NOT NULL
) STRICT;
CREATE INDEX story_clusters_open ON story_clusters (last_joined_at);
CREATE TABLE cluster_entries (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
    cluster_id INTEGER NOT NULL REFERENCES story_clusters (id)
) STRICT;
CREATE INDEX cluster_entries_by_cluster ON cluster_entries (cluster_id);

-- Flagged entries that wait for their story cluster: filled with the score, emptied with the cluster.
CREATE TABLE unclustered (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id)
) STRICT;

-- One dated sending, composed once and frozen; ``content`` is the whole of it as JSON.
CREATE TABLE editions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    window_start TEXT NOT NULL,
    window_end TEXT NOT NULL,
    composed_at TEXT NOT NULL,
    model_version TEXT NOT NULL,
    config_hash TEXT NOT NULL,
    content TEXT NOT NULL,
    CHECK (window_start < window_end)
) STRICT;
CREATE INDEX editions_by_window ON editions (window_end);

-- Where the copy of an edition for one recipient stands: the ledger of sending, written around every hand-over.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    edition_id INTEGER NOT NULL REFERENCES editions (id),
    recipient TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('outbox', 'smtp')),
    state TEXT NOT NULL CHECK (state IN ('prepared', 'handed_over', 'accepted', 'refused', 'deferred')),
    message_id TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (edition_id, recipient, way)
) STRICT
"""
