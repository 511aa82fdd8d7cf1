"""Where the texts lie that no model has ever been trained on."""

from __future__ import annotations

from pathlib import Path

FRESH = Path(__file__).with_name("fresh.jsonl")
