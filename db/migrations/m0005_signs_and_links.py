"""What the fifth migration adds: the fingerprints of entries (in the table ``signs``), and the links from story
clusters to the earlier ones that they take up."""

from __future__ import annotations

STORIES = """
-- What an entry's headline and first lines come to, as the clusterer saw it: kept so that a run need not read the
-- entries of open clusters again. ``form`` tells how signs were made; those of another form are made anew.
CREATE TABLE signs (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
    form INTEGER NOT NULL,
    sign TEXT NOT NULL
) STRICT;

-- A story that takes up an earlier one: ``news`` says what it brings, as JSON.
CREATE TABLE cluster_links (
    cluster_id INTEGER NOT NULL REFERENCES story_clusters (id),
    earlier_id INTEGER NOT NULL REFERENCES story_clusters (id),
    likeness REAL NOT NULL,
    news TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    PRIMARY KEY (cluster_id, earlier_id),
    CHECK (cluster_id <> earlier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_links_by_earlier ON cluster_links (earlier_id);
CREATE INDEX story_clusters_by_opening ON story_clusters (opened_at)
"""
