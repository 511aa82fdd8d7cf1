"""How fast flagged entries are clustered: a day of them against five days of open clusters, and titles by the thousand.

    python -m tests.benchmarks.bench_clusters

Titles are made of halves of the project's own examples; every third entry retells an earlier one of its day in other
words. 5,000 entries make a day.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from classifiers.relevance.examples import seed_examples
from classifiers.stories.clustering import Group, OpenMember, assign
from db.records import Entry

A_DAY = 5000
DAYS = 5
SIZES = (10_000, 30_000, 100_000)
START = datetime(2026, 11, 1, tzinfo=UTC)
LEAD = 320


def main() -> None:
    """Print the figures."""
    day_against_five()
    for size in SIZES:
        made = list(entries(size, lead=False))
        begun = time.perf_counter()
        groups = assign(made, [])
        took = time.perf_counter() - begun
        print(f"{size:>7} titles: {took:6.2f} s, {1e6 * took / size:.0f} µs a title, {len(groups)} clusters")


def day_against_five() -> None:
    """A day of entries with leads against the open clusters of five days, whose fingerprints are known."""
    made = list(entries(A_DAY * (DAYS + 1), lead=True))
    known = list(_known(assign(made[: A_DAY * DAYS], [])))
    begun = time.perf_counter()
    groups = assign(made[A_DAY * DAYS :], known)
    took = time.perf_counter() - begun
    joined = sum(len(group.entries) for group in groups if group.cluster_id is not None)
    print(f"a day of {A_DAY} against {len(known)} of {DAYS} days: {took:.2f} s; {joined} joined open clusters")


def _known(groups: list[Group]) -> Iterator[OpenMember]:
    for number, group in enumerate(groups, 1):
        for entry, fingerprint in zip(group.entries, group.fingerprints, strict=True):
            yield OpenMember(number, entry.id, fingerprint)


def entries(size: int, *, lead: bool) -> Iterator[Entry]:
    """Made-up entries, the same ones each time."""
    chance = random.Random(5)
    texts = [example.text.split("\n") for example in seed_examples()]
    titles = [text[0].split() for text in texts if len(text[0].split()) > 3]
    leads = [" ".join(text[1:]) for text in texts if len(text) > 1]
    told: list[list[str]] = []
    for number in range(size):
        day, place = divmod(number, A_DAY)
        told = [] if place == 0 else told
        title = retold(chance, told) if told and number % 3 == 0 else mixed(chance, titles)
        told.append(title)
        at = START + timedelta(days=day, seconds=17 * place)
        summary = chance.choice(leads)[:LEAD] if lead else ""
        outlet = f"Outlet {number % 90}"
        yield Entry(number, 1, outlet, "press", "", " ".join(title), summary, "", "", "", "en", at, "stated", at)


def mixed(chance: random.Random, titles: list[list[str]]) -> list[str]:
    """The beginning of one headline and the end of another, and a word that hardly any other has."""
    one, other = chance.choice(titles), chance.choice(titles)
    rare = "".join(chance.choices("abcdefghiklmnoprstuvw", k=7))
    return [*one[: len(one) // 2 + 1], rare, *other[len(other) // 2 :]]


def retold(chance: random.Random, told: list[list[str]]) -> list[str]:
    """An earlier headline of the day with its words in another order, one of them lost."""
    title = [*chance.choice(told)]
    chance.shuffle(title)
    return title[1:]


if __name__ == "__main__":
    main()
