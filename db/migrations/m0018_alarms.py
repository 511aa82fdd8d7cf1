"""What the eighteenth migration adds: the book of alarms."""

from __future__ import annotations

ALARMS = """
-- A row for each alarm: ``since`` is when what it tells of began, ``raised_at`` when it was seen. ``lines`` and
-- ``ending`` (JSON) are what was said when it was raised and when it was over.
CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject TEXT NOT NULL,
    since TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    recovered_at TEXT,
    lines TEXT NOT NULL,
    ending TEXT NOT NULL DEFAULT '[]',
    UNIQUE (kind, subject, since)
) STRICT;
CREATE UNIQUE INDEX alarms_open ON alarms (kind, subject) WHERE recovered_at IS NULL;

-- Where each event of an alarm stands on each way out of the machine. One that is ``sending`` while nobody tells alarms
-- was leaving when its process ended; ``unsure`` counts the tries after which nobody knows whether it has arrived.
CREATE TABLE alarm_tellings (
    alarm_id INTEGER NOT NULL REFERENCES alarms (id),
    event TEXT NOT NULL CHECK (event IN ('raised', 'recovered')),
    way TEXT NOT NULL CHECK (way <> ''),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'given_up')),
    tries INTEGER NOT NULL,
    unsure INTEGER NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (alarm_id, event, way)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_tellings_by_state ON alarm_tellings (state)
"""
