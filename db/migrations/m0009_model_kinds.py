"""What the ninth migration adds: how a model version came about."""

from __future__ import annotations

MODEL_KINDS = """
-- Refitted: made from the data of an earlier version when what a text becomes had changed; nothing was learned anew.
ALTER TABLE model_versions ADD COLUMN kind TEXT NOT NULL DEFAULT 'trained' CHECK (kind IN ('trained', 'refitted'))
"""
