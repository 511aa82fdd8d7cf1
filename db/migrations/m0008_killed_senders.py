"""What the eighth migration adds: how often the sender of a mail was killed."""

from __future__ import annotations

KILLS = """
-- How often the sender was killed between the content and its answer: such tries are no fault of the server.
ALTER TABLE deliveries ADD COLUMN killed INTEGER NOT NULL DEFAULT 0
"""
