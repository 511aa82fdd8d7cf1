"""What the twelfth migration adds: which thread a story belongs to."""

from __future__ import annotations

STORY_THREADS = """
-- The thread of a story cluster, named by the cluster that opened it. A cluster without a row opened one itself, or is
-- older than threads. Neither ever changes.
CREATE TABLE story_threads (
    cluster_id INTEGER PRIMARY KEY REFERENCES story_clusters (id),
    thread_id INTEGER NOT NULL REFERENCES story_clusters (id),
    CHECK (cluster_id > thread_id)
) STRICT;
CREATE INDEX story_threads_by_thread ON story_threads (thread_id)
"""
