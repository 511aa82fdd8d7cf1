"""What the nineteenth migration changes: an act may be doubtful."""

from __future__ import annotations

DOUBTFUL_ACTS = """
-- SQLite cannot change a CHECK: the table is made anew with all its rows. Nothing refers to this table, so no reference
-- breaks meanwhile.
CREATE TABLE entry_frames_with_doubt (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'joint', 'none')),
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('', 'sought', 'planned', 'under way', 'done', 'ended')),
    vouching TEXT NOT NULL CHECK (vouching IN ('', 'plain', 'alleged', 'denied', 'confirmed')),
    claimant TEXT NOT NULL,
    certainty TEXT NOT NULL CHECK (certainty IN ('read', 'guessed', 'doubtful')),
    spans TEXT NOT NULL,
    PRIMARY KEY (entry_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO entry_frames_with_doubt (
    entry_id, place, kind, giver, receiver, phase, vouching, claimant, certainty, spans
)
SELECT entry_id, place, kind, giver, receiver, phase, vouching, claimant, certainty, spans FROM entry_frames;
DROP TABLE entry_frames;
ALTER TABLE entry_frames_with_doubt RENAME TO entry_frames
"""
