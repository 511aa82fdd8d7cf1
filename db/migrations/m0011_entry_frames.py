"""What the eleventh migration adds: the act that an entry tells, with who gives, who receives and who says so."""

from __future__ import annotations

ENTRY_FRAMES = """
-- The acts that the newest score finds, the main one first; ``spans`` JSON. Giver and receiver are ids of actors, ''
-- for what both do together or where nothing changes hands; phase and vouching are '' where there is no act.
CREATE TABLE entry_frames (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'joint', 'none')),
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('', 'sought', 'planned', 'under way', 'done', 'ended')),
    vouching TEXT NOT NULL CHECK (vouching IN ('', 'plain', 'alleged', 'denied', 'confirmed')),
    claimant TEXT NOT NULL,
    certainty TEXT NOT NULL CHECK (certainty IN ('read', 'guessed')),
    spans TEXT NOT NULL,
    PRIMARY KEY (entry_id, place)
) STRICT, WITHOUT ROWID
"""
