"""What must hold at the end of a soak, each with the figures it was judged by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from itertools import pairwise

from flows.digest.delivery.mail import message_id
from tests.soak.soak import Soak
from tests.soak.world import DIGEST_HOUR, EDITIONS, READERS, SENDER, World


@dataclass(frozen=True)
class Check:
    """Whether it holds, and what was found."""

    what: str
    holds: bool
    found: str


def checks(world: World, done: Soak) -> Iterator[Check]:
    """All of them but those of alarms."""
    yield _passes(done)
    yield _entries(world)
    yield from _editions(world)
    yield _ledger(world)
    yield _nothing_runs(world)
    refused = Counter(done.attacks)
    yield Check(
        "strangers are refused", set(refused) == {401}, f"answers to {len(done.attacks)} calls: {dict(refused)}"
    )
    yield Check("it ends when asked to", not done.bad_end, done.bad_end or "by SIGTERM")


def _passes(done: Soak) -> Check:
    outcomes = Counter(each.outcome for each in done.passes)
    broken = [each for each in done.passes if each.outcome == "hangs"]
    idle = [each for each in done.passes if not each.faults and each.outcome != "completed"]
    lost = ", ".join(f"{each.slot:%a %H:%M} {each.outcome}" for each in (*broken, *idle))
    found = f"{len(done.passes)} passes: {dict(outcomes)}{f'; {lost}' if lost else ''}"
    return Check("no pass hangs, and each without a fault completes", not broken and not idle, found)


def _entries(world: World) -> Check:
    last = world.rows("SELECT max(started_at) FROM runs WHERE flow = 'monitor' AND outcome = 'completed'")
    stored = Counter(link for (link,) in world.rows("SELECT link FROM entries"))
    if not last or not last[0][0]:
        return Check("every entry once", False, "no pass completed")
    expected = world.site.links(_moment(last[0][0]))
    # What appeared while the last pass read may be there or not.
    possible = world.site.links(world.clock.now())
    missing, strange = expected - set(stored), set(stored) - possible
    doubled = [link for link, count in stored.items() if count > 1]
    found = f"{len(expected)} published, {len(stored)} stored, {len(missing)} missing, {len(doubled)} doubled"
    return Check("every entry once", not missing and not doubled and not strange, found)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _editions(world: World) -> Iterator[Check]:
    names = [name for (name,) in world.rows("SELECT name FROM editions WHERE kind = 'daily' ORDER BY window_end")]
    wanted = _days(world)
    found = f"{len(names)} editions, {len(wanted)} hours of a digest"
    yield Check("an edition for every day", names == wanted, found)
    windows = world.rows("SELECT window_start, window_end FROM editions WHERE kind = 'daily' ORDER BY window_end")
    gaps = sum(before[1] != after[0] for before, after in pairwise(windows))
    yield Check("windows join without a gap", not gaps, f"{gaps} gaps or overlaps")
    mails = Counter(message_from_bytes(each.body)["Message-ID"] for each in world.mail.postbox.arrived)
    copies = [mails[message_id(name, reader, SENDER)] for name in wanted for reader in READERS]
    posts = Counter(json.loads(post.body)["edition"] for post in world.hook.at(EDITIONS))
    copies += [posts[name] for name in wanted]
    beyond = sum(max(0, count - 1) for count in copies)
    doubts = world.rows("SELECT coalesce(sum(unsure + killed), 0) FROM deliveries")
    known = doubts[0][0] if doubts else 0
    found = (
        f"{len(copies)} copies wanted, {copies.count(0)} missing, {beyond} beyond one, {known} cut off while leaving"
    )
    yield Check("every edition once per reader", not copies.count(0) and beyond <= known, found)


def _days(world: World) -> list[str]:
    """The names of the editions whose hour has come."""
    hour = world.start.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    names = []
    while hour <= world.clock.now():
        if hour > world.start:
            names.append(f"{hour:%Y-%m-%d}")
        hour += timedelta(days=1)
    return names


def _ledger(world: World) -> Check:
    states = dict(world.rows("SELECT state, count(*) FROM deliveries GROUP BY state"))
    return Check("the ledger is closed", set(states) <= {"accepted"}, str(states))


def _nothing_runs(world: World) -> Check:
    left = world.rows("SELECT flow, started_at FROM runs WHERE outcome = 'running'")
    return Check("no run is left under way", not left, f"{len(left)} in the log of runs: {left[:5]}")
