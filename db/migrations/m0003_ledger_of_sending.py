"""What the third migration adds: kinds and rendered pages of editions, and when and how often a delivery is tried."""

DELIVERIES = """
-- A recomposed edition, a reconstruction and an alert are no link in the chain of daily editions.
ALTER TABLE editions ADD COLUMN kind TEXT NOT NULL DEFAULT 'daily'
    CHECK (kind IN ('daily', 'recent', 'recomposed', 'reconstruction', 'alert'));
UPDATE editions SET kind = 'recent' WHERE name GLOB '????-??-??-*';
CREATE INDEX editions_by_kind ON editions (kind, window_end);

-- The pages of an edition as they were first rendered: later templates do not change what was sent.
CREATE TABLE edition_pages (
    edition_id INTEGER PRIMARY KEY REFERENCES editions (id),
    text TEXT NOT NULL,
    html TEXT NOT NULL
) STRICT;

-- ``attempts`` counts the dialogues, ``unsure`` those that ended between the content and its answer; nothing is
-- tried before ``next_try_at``, and nothing any more where a deferred delivery has none.
ALTER TABLE deliveries ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN next_try_at TEXT;
ALTER TABLE deliveries ADD COLUMN in_reply_to TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET next_try_at = updated_at WHERE state IN ('prepared', 'handed_over', 'deferred');
CREATE INDEX deliveries_waiting ON deliveries (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX deliveries_by_recipient ON deliveries (recipient, edition_id)
"""
