"""What the sixth migration adds: what an entry is about, as rows that can be counted: tags, quantities, and the claims
that it bears on. What the migration ``quantity_ranges`` adds to them is here as well."""

from __future__ import annotations

ENTRY_TAGS = """
-- What the newest score says an entry is about; ``place`` is its rank among those of its kind, ``spans`` JSON.
CREATE TABLE entry_tags (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    kind TEXT NOT NULL CHECK (
        kind IN ('partner', 'channel', 'direction', 'response', 'friction', 'theatre', 'status')
    ),
    value TEXT NOT NULL,
    place INTEGER NOT NULL,
    negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
    spans TEXT NOT NULL,
    PRIMARY KEY (entry_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_tags_by_value ON entry_tags (kind, value, entry_id);

-- The numbers that it gives: 12,000 of "soldiers", 2,000,000,000 "USD".
CREATE TABLE entry_quantities (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    place INTEGER NOT NULL,
    amount REAL NOT NULL,
    unit TEXT NOT NULL,
    counted TEXT NOT NULL,
    negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
    spans TEXT NOT NULL,
    PRIMARY KEY (entry_id, place)
) STRICT, WITHOUT ROWID;

-- The claims of the watchlist that it bears on. Claims live in a file, so ``claim`` refers to no table.
CREATE TABLE entry_claims (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    claim TEXT NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('supports', 'cuts_against', 'updates')),
    strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
    reason TEXT NOT NULL,
    spans TEXT NOT NULL,
    PRIMARY KEY (entry_id, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_claims_by_claim ON entry_claims (claim, entry_id)
"""

QUANTITY_RANGES = """
-- The upper end of "10,000 to 12,000" and of "dozens"; NULL where ``amount`` says it all.
ALTER TABLE entry_quantities ADD COLUMN most REAL
"""
