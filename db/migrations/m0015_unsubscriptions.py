"""What the fifteenth migration adds: who asked to get no more mails."""

from __future__ import annotations

UNSUBSCRIPTIONS = """
-- A row for each request that counted; one that the operator took back stays, with the moment of that. Addresses are in
-- lower case. One address has one request that stands at the most, however often it is made.
CREATE TABLE unsubscriptions (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL CHECK (address <> ''),
    asked_at TEXT NOT NULL,
    taken_back_at TEXT
) STRICT;
CREATE UNIQUE INDEX unsubscriptions_standing ON unsubscriptions (address) WHERE taken_back_at IS NULL
"""
