"""What the sixteenth migration adds: who follows which thread, and what they were sent of it."""

from __future__ import annotations

FOLLOWS = """
-- A row for each time that a reader began to follow a thread. ``story_id`` is the story that opened it, ``known`` the
-- ids (JSON) of its entries that were there or told of by ``looked_at``. One that has ended stays, with the reason.
CREATE TABLE follows (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story_clusters (id),
    address TEXT NOT NULL CHECK (address <> ''),
    followed_at TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    known TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT CHECK (ended_by IN ('reader', 'quiet', 'unsubscribed', 'same thread')),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX follows_standing ON follows (story_id, address COLLATE NOCASE) WHERE ended_at IS NULL;
CREATE INDEX follows_by_end ON follows (ended_at);

-- The editions that tell one reader of one thread; ``steps`` is 0 where it says that the thread is quiet.
CREATE TABLE follow_mails (
    edition_id INTEGER PRIMARY KEY REFERENCES editions (id),
    follow_id INTEGER NOT NULL REFERENCES follows (id),
    steps INTEGER NOT NULL
) STRICT;
CREATE INDEX follow_mails_by_follow ON follow_mails (follow_id);

-- Which kinds of editions there are is known to the program that makes them. Other tables refer to this one, so it
-- cannot be made anew: the column with the CHECK gives way to one without.
DROP INDEX editions_by_kind;
ALTER TABLE editions RENAME COLUMN kind TO named_kind;
ALTER TABLE editions ADD COLUMN kind TEXT NOT NULL DEFAULT 'daily' CHECK (kind <> '');
UPDATE editions SET kind = named_kind;
ALTER TABLE editions DROP COLUMN named_kind;
CREATE INDEX editions_by_kind ON editions (kind, window_end)
"""
