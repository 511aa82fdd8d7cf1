"""The sample's fourteen days through the whole of it, without a network: parsed, stored, judged, clustered, composed.

Nothing here depends on a port, a clock or a random number: the same code makes the same editions, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from db import feeds as feed_table
from db.connect import open_store
from db.entries import append_batch
from db.records import Edition, Feed, FeedSpec, Fetch
from flows.config.settings import Config, load_config
from flows.digest.content.codec import typed
from flows.digest.editions import daily
from flows.digest.render.pages import render_pages
from flows.digest.weekly.freezing import weekly
from flows.feeds.parsing.parse import parse_feed
from flows.runtime.clock import Clock
from flows.sample.formats import SampleOutlet, render
from flows.sample.site import read_entries, read_outlets
from flows.stories.judging import judge_waiting

FIRST, LAST = date(2024, 11, 5), date(2024, 11, 18)
FRIDAY = datetime(2024, 11, 15, tzinfo=UTC)
PASS_AT, DIGEST_AT = timedelta(hours=17, minutes=40), timedelta(hours=18)
CONFIG = """
[store]
path = "axiswatch.db"
[classifier]
models = "models"
essays = "essays"
[digest]
hour = 18
late_hours = 1000000
"""
SECRET = "pinned"
"""What the links of the editions are signed with: another one would make other links."""
PARTS = ("content", "text", "html")


def configured(folder: Path) -> Config:
    """The config of a project in ``folder``, which is written there."""
    (folder / "desk.secret").write_text(SECRET, encoding="utf-8")
    file = folder / "axiswatch.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return load_config(file)


def days() -> Iterator[datetime]:
    """Midnight of each day, the oldest first."""
    for back in range((LAST - FIRST).days, -1, -1):
        yield datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC) - timedelta(days=back)


def replay(current: Config, day: datetime) -> Edition:
    """Read the sample as it stood on that day, judge what is new, and make the day's edition."""
    read(current, day + PASS_AT)
    judge_waiting(current, Clock((day + PASS_AT).isoformat()))
    return daily(current, day.date(), day + DIGEST_AT)


def read(current: Config, now: datetime) -> None:
    """Store what every outlet shows at ``now``; the one that answers 404 is logged as failed."""
    outlets = {f"https://{outlet.domain}/feeds/{outlet.key}": outlet for outlet in read_outlets()}
    with closing(open_store(current.store.path)) as store:
        for feed in feed_table.subscribe(store, [_spec(url, outlet) for url, outlet in outlets.items()], now):
            _read(store, feed, outlets[feed.url], now)


def _spec(url: str, outlet: SampleOutlet) -> FeedSpec:
    return FeedSpec(
        url=url,
        outlet=outlet.name,
        country=outlet.country,
        language=outlet.language,
        kind=outlet.kind,  # type: ignore[arg-type]
        topic=outlet.topic,
    )


def _read(store: Database, feed: Feed, outlet: SampleOutlet, now: datetime) -> None:
    run = f"run-{now:%d}"
    if outlet.quirk == "missing":
        failed = Fetch(feed.id, now, "failed", run, status=404, final_url=feed.url, error="404 Not Found")
        append_batch(store, failed, [], now)
        return
    shown = [entry for entry in read_entries() if entry.outlet == outlet.key and entry.published <= now]
    parsed = parse_feed(render(outlet, shown), "", feed.url, now)
    fetched = Fetch(feed.id, now, "ok", run, status=200, final_url=feed.url, seen=parsed.seen, rejected=parsed.rejected)
    append_batch(store, fetched, parsed.entries, now)


def week_text(current: Config) -> str:
    """What the weekly edition says of the last whole week of the replayed days."""
    return render_pages(typed(weekly(current, FRIDAY + DIGEST_AT))).text


def prints(edition: Edition) -> dict[str, str]:
    """SHA-256 of an edition's content, text and HTML."""
    content = json.dumps(edition.content, ensure_ascii=False, sort_keys=True)
    parts = zip(PARTS, (content, *render_pages(typed(edition))), strict=True)
    return {name: hashlib.sha256(part.encode()).hexdigest() for name, part in parts}
