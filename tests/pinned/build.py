"""Make the fixtures of `tests.pinned` anew from the code as it stands: ``python -m tests.pinned.build --days|--store``.

``--days`` renews the hashes of the fourteen sample days and the text of one of their weeks, which is due only where an
edition was meant to change.
``--store`` makes the store; it is renewed only where a store of its age need not be opened any more.
"""

from __future__ import annotations

import json
import lzma
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from classifiers.learning.retraining import retrain
from classifiers.relevance import essays
from classifiers.relevance.registry import load
from classifiers.tagging.scoring import analysis_of
from db import editions, labels, models
from db.connect import open_store
from db.entries import entries_of
from db.records import Entry, Label
from flows.config.settings import Config
from flows.sample.site import read_entries
from tests.pinned.sample_days import configured, days, prints, replay, week_text

HERE = Path(__file__).parent
DAYS, STORE, ACCOUNT = HERE / "sample_days.json", HERE / "store.tar.xz", HERE / "store.json"
WEEK = HERE / "sample_week.txt"
AFTER = datetime(2024, 11, 19, 9, tzinfo=UTC)
"""When the store's labels were given and its model was trained."""
KEPT = ("axiswatch.db", "axiswatch.toml", "desk.secret", "models", "essays")
ESSAY = """# Two ledgers

Russia buys shells from North Korea by the trainload and pays in fuel, grain and engineers. Each side keeps a ledger of
its own, and neither shows it to the other, yet both know to the tonne what is owed. That is how this partnership works:
not by treaties, though there are treaties, but by a running account that nobody ever closes.

Iran keeps another ledger with Russia. Drones went north first, then the drawings of the drones, then the people who
could read the drawings. What came back was slower: aircraft that were promised for years, satellites that rode on
Russian rockets, and a vote at the United Nations whenever Tehran had need of one.

China signs nothing and sells everything. Machine tools, optics and chips cross the border to Russia under names that
no list holds, and oil and gas go the other way at a price that Beijing sets. A customer who cannot go elsewhere is
worth more to China than an ally, and Moscow has understood what that makes it.
"""


def main(arguments: list[str]) -> None:
    """Make what the arguments name."""
    made: dict[str, Callable[[], None]] = {"--days": _days, "--store": _store}
    for argument in arguments or ["--help"]:
        if argument not in made:
            raise SystemExit(__doc__)
        made[argument]()


def _days() -> None:
    with TemporaryDirectory() as folder:
        current = configured(Path(folder))
        _write(DAYS, {edition.name: prints(edition) for edition in (replay(current, day) for day in days())})
        WEEK.write_text(week_text(current), encoding="utf-8")


def _store() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        current = configured(folder)
        for day in days():
            replay(current, day)
        _learn(current)
        _write(ACCOUNT, account(current))
        with closing(open_store(current.store.path)) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            store.execute("VACUUM")
        with lzma.open(STORE, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            for each in KEPT:
                archive.add(folder / each, each)


def _learn(current: Config) -> None:
    """Labels on what was judged, an essay of one's own, and the champion that learned from both."""
    policy = current.classifier
    essays.add(ESSAY, ESSAY.encode(), "two-ledgers", {"author": "A. Nalyst"}, policy.essays)
    relevant = {entry.title: entry.relevant for entry in read_entries()}
    with closing(open_store(current.store.path)) as store:
        for entry in _every(current)[::3]:
            value = "relevant" if relevant.get(entry.title, False) else "not_relevant"
            labels.append(store, Label(entry.id, value, AFTER, "command", "pinned"))  # type: ignore[arg-type]
        version = retrain(store, policy.models, policy.target_recall, AFTER, policy.essays)
        models.promote(store, version.id)


def _every(current: Config) -> list[Entry]:
    with closing(open_store(current.store.path)) as store:
        ids = [row["id"] for row in store.query("SELECT id FROM entries ORDER BY id")]
        return entries_of(store, ids)


def account(current: Config) -> dict[str, object]:
    """What must hold of the store whoever opens it: how its champion judges every entry, and its editions."""
    with closing(open_store(current.store.path)) as store:
        champion = models.champion(store)
        assert champion is not None  # the store was made with one
        model = load(current.classifier.models, champion.id)
        entries = _every(current)
        judged = model.probabilities([analysis_of(entry) for entry in entries])
        return {
            "champion": champion.id,
            "threshold": champion.threshold,
            "labels": len(labels.latest(store)),
            "probabilities": {str(entry.id): round(value, 9) for entry, value in zip(entries, judged, strict=True)},
            "editions": {name: _stored(store, name) for name in _names(store)},
        }


def _names(store: Database) -> Iterator[str]:
    yield from (row["name"] for row in store.query("SELECT name FROM editions ORDER BY name"))


def _stored(store: Database, name: str) -> dict[str, str]:
    edition = editions.find(store, name)
    assert edition is not None  # named by the table
    return prints(edition)


def _write(file: Path, told: dict[str, object] | dict[str, dict[str, str]]) -> None:
    file.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
