"""Editions of the sample's days, made without a network: its entries with the tags that its file gives them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

from classifiers.trends import Count
from db.tag_types import ClaimLink, Tag, Tags
from db.types import Coverage, Edition, Entry, ModelVersion, Reason, Score, ScoredEntry
from flows.config import DigestSettings
from flows.digest.charts import illustrated
from flows.digest.edition import compose
from flows.digest.facts import Facts, Known, Lagging, Sentence, Thread
from flows.digest.window import Window

LAST = date(2024, 11, 18)
CLAIMS = {
    "troops-kp": "North Korean soldiers",
    "ammo-missiles": "Shells and missiles bought",
    "quid-kp-missile": "Missile know-how for Pyongyang",
    "treaties": "Ties become treaties",
    "dual-use-cn": "Chinese dual-use goods",
    "corridors": "Routes beyond interdiction",
    "fissures": "Distrust inside",
    "wider-instability": "Coups and land grabs",
}


def _outlets() -> dict[str, dict[str, Any]]:
    told = tomllib.loads((resources.files("flows.sample") / "outlets.toml").read_text(encoding="utf-8"))
    return {each["id"]: each for each in told["outlet"]}


def _rows() -> list[dict[str, Any]]:
    text = (resources.files("flows.sample") / "entries.jsonl").read_text(encoding="utf-8")
    return sorted((json.loads(line) for line in text.splitlines()), key=lambda row: row["published"])
