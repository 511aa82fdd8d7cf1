"""Editions of the sample's days, made without a network: its entries with the tags that its file gives them."""

from __future__ import annotations

import json
import random
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from classifiers.stories.sources import origins_of
from classifiers.stories.summary import summarise
from classifiers.tagging.watchlist import shipped
from db.records import Coverage, DayCount, Entry, ModelVersion, Reason, Score, ScoredEntry
from db.records.tags import ClaimLink, Tag, Tags
from flows.config.settings import DigestSettings
from flows.digest.compose.edition import compose
from flows.digest.compose.inputs import ClusterFacts, EditionInputs, Lagging, StoryBackground, SummarySentence
from flows.digest.content.edition import TypedEdition
from flows.digest.read_inputs import names_of
from flows.digest.render.charts import illustrated
from flows.digest.window import Window
from flows.feeds.parsing.text import plain_text
from tests.support.edition_records import stored_again

LAST = date(2024, 11, 18)


@cache
def outlets() -> dict[str, dict[str, Any]]:
    """Key → outlet of the sample."""
    told = tomllib.loads(
        (resources.files("classifiers") / "topics/russia/sample/outlets.toml").read_text(encoding="utf-8")
    )
    return {each["key"]: each for each in told["outlet"]}


@cache
def entries() -> list[tuple[dict[str, Any], ScoredEntry]]:
    """(row of the file, entry with a score and its tags), the oldest first."""
    text = (resources.files("classifiers") / "topics/russia/sample/entries.jsonl").read_text(encoding="utf-8")
    rows = sorted((json.loads(line) for line in text.splitlines()), key=lambda row: (row["published"], row["path"]))
    return [(row, _scored(number, row)) for number, row in enumerate(rows, 1)]


def _scored(number: int, row: dict[str, Any]) -> ScoredEntry:
    outlet, seen = outlets()[row["outlet"]], datetime.fromisoformat(row["published"])
    draw = random.Random(number)
    entry = Entry(
        id=number,
        feed_id=list(outlets()).index(row["outlet"]) + 1,
        outlet=outlet["name"],
        kind=outlet["kind"],
        country=outlet["country"],
        title=plain_text(row["title"]),
        summary=plain_text(row["summary"]),
        body="",
        link=f"https://{outlet['domain']}{row['path']}",
        author=row["author"],
        language=outlet["lang"],
        published_at=seen,
        published_status="stated",
        first_seen_at=seen + timedelta(minutes=9),
    )
    relevant = row["relevant"]
    score = Score(
        entry_id=number,
        model_version="seed-1f2e",
        probability=draw.uniform(0.78, 0.995) if relevant else draw.uniform(0, 0.6),
        flagged=relevant,
        review=not relevant,
        language=outlet["lang"],
        known_language=True,
        partners=tuple(row["partners"]),
        reasons=(Reason("names Russia and a partner in one sentence", 2.1), Reason("speaks of delivery", 1.2)),
        scored_at=seen,
        tags=_tags(row),
    )
    return ScoredEntry(entry, score)


def _tags(row: dict[str, Any]) -> Tags:
    told = [Tag("channel", channel) for channel in row["channels"]]
    if row["relevant"]:
        told.append(Tag("direction", row["direction"]))
        told.append(Tag("status", _status(row["title"])))
    told += [Tag(kind, "yes") for kind in ("response", "friction") if row[kind]]
    stance = "cuts_against" if row["friction"] else "supports"
    return Tags(tuple(told), claims=tuple(ClaimLink(each, stance, 0.8, "named") for each in row["claims"]))  # type: ignore[arg-type]


def _status(title: str) -> str:
    words = set(title.lower().replace(",", " ").split())
    return (
        "denied" if words & {"denies", "deny", "rejects"} else "alleged" if words & {"says", "claims"} else "reported"
    )


def window_of(day: date, hours: int = 24) -> Window:
    """To six in the evening of that day."""
    end = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return Window(end - timedelta(hours=hours), end)


def editions(first: date, last: date = LAST, *, hours: int = 24, **settings: Any) -> list[TypedEdition]:
    """The editions of these days, each knowing what those before it have told."""
    made: list[TypedEdition] = []
    day = first
    while day <= last:
        content = illustrated(compose(facts(day, made, hours), DigestSettings(hour=18, **settings)))
        made.append(TypedEdition(content.name, window_of(day, hours).end, stored_again(content)))
        day += timedelta(days=1)
    return made


def facts(day: date, before: list[TypedEdition], hours: int = 24) -> EditionInputs:
    """What an edition of that day is composed of, after those ``before``."""
    window = window_of(day, hours)
    seen = [(row, each) for row, each in entries() if window.start <= each.entry.first_seen_at < window.end]
    flagged = [each for _, each in seen if each.score.flagged]
    below = sorted((each for _, each in seen if not each.score.flagged), key=lambda each: -each.score.probability)
    numbers = {row["story"]: number for number, (row, _) in enumerate(entries(), 1) if row["story"]}
    clusters = {each.entry.id: numbers[row["story"]] for row, each in seen if row["story"]}
    return EditionInputs(
        name=day.isoformat(),
        window=window,
        flagged=flagged,
        coverage=_coverage(len(seen)),
        model=ModelVersion("seed-1f2e", "champion", window.start, 0.61, 0.3, "", "", {}, {}),
        known=StoryBackground(
            clusters, {each: _of_cluster(each, seen, clusters) for each in set(clusters.values())}, names_of(shipped())
        ),
        near=below[:3],
        drawn=random.Random(day.isoformat()).choice(below) if below else None,
        told=[replace(each, edition=made.name) for made in reversed(before) for each in made.content.trace],
        history=_history(day),
        feeds={day - timedelta(days=back): 17 for back in range(56)},
        lagging=[Lagging("Anadolu Panorama", "nothing new for 6 days; it has never paused for more than 2")],
    )


def _of_cluster(cluster: int, seen: list[tuple[dict[str, Any], ScoredEntry]], clusters: dict[int, int]) -> ClusterFacts:
    members = [each.entry for _, each in seen if clusters.get(each.entry.id) == cluster]
    told = tuple(SummarySentence(each.text, each.outlet) for each in summarise(members))
    return ClusterFacts(origins=origins_of(members).independent, summary=told)


def _history(day: date) -> list[DayCount]:
    """Eight weeks of invented days, quieter than the sample's own."""
    usual = {("all", ""): 7, ("partner", "china"): 2, ("partner", "north_korea"): 2, ("partner", "iran"): 2}
    usual |= {("partner", "belarus"): 1, ("partner", "africa"): 1, ("partner", "india"): 1}
    usual |= {("channel", each): 2 for each in ("troops", "arms", "diplomacy", "energy_trade", "dual_use")}
    draw = random.Random(7)
    rows = [
        DayCount(day - timedelta(days=back), kind, each, max(0, round(draw.gauss(level, level / 2.5))))
        for back in range(1, 56)
        for (kind, each), level in usual.items()
    ]
    last = DayCount(day - timedelta(days=40), "claim", "fissures", 1)
    return [*rows, last]


def _coverage(new: int) -> Coverage:
    return Coverage(
        feeds=17, read=16, failed=1, seen=new + 210, new=new, duplicate=204, edited=4, rejected=2,
        failures=(("Vostok Courier", "502 Bad Gateway"),), reasons={"no title": 2},
    )  # fmt: skip
