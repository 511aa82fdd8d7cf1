"""The schema as migrations. Each is applied once, in order, inside one transaction.

Statements are executed one by one: ``executescript`` would commit the transaction that protects them.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.migrations.m0001_first_schema import FIRST_SCHEMA
from db.migrations.m0002_feed_states import FEED_STATES
from db.migrations.m0003_ledger_of_sending import DELIVERIES
from db.migrations.m0004_articles_and_backfills import ARCHIVE
from db.migrations.m0005_signs_and_links import STORIES
from db.migrations.m0006_entry_tags import ENTRY_TAGS, QUANTITY_RANGES
from db.migrations.m0007_first_flagged import FIRST_FLAGGED
from db.migrations.m0008_killed_senders import KILLS
from db.migrations.m0009_model_kinds import MODEL_KINDS
from db.migrations.m0010_ways_by_name import WAYS_BY_NAME
from db.migrations.m0011_entry_frames import ENTRY_FRAMES
from db.migrations.m0012_story_threads import STORY_THREADS
from db.migrations.m0013_feed_checks import FEED_CHECKS
from db.migrations.m0014_full_text import FULL_TEXT
from db.migrations.m0015_unsubscriptions import UNSUBSCRIPTIONS
from db.migrations.m0016_follows import FOLLOWS
from db.migrations.m0017_pruned_bodies import PRUNED_BODIES
from db.migrations.m0018_alarms import ALARMS
from db.migrations.m0019_doubtful_acts import DOUBTFUL_ACTS
from db.migrations.statements import split_statements

SCRIPTS = {
    "first_schema": FIRST_SCHEMA,
    "feed_states": FEED_STATES,
    "ledger_of_sending": DELIVERIES,
    "articles_and_backfills": ARCHIVE,
    "signs_and_links": STORIES,
    "entry_tags": ENTRY_TAGS,
    "first_flagged": FIRST_FLAGGED,
    "killed_senders": KILLS,
    "model_kinds": MODEL_KINDS,
    "quantity_ranges": QUANTITY_RANGES,
    "ways_by_name": WAYS_BY_NAME,
    "entry_frames": ENTRY_FRAMES,
    "story_threads": STORY_THREADS,
    "feed_checks": FEED_CHECKS,
    "full_text": FULL_TEXT,
    "unsubscriptions": UNSUBSCRIPTIONS,
    "follows": FOLLOWS,
    "pruned_bodies": PRUNED_BODIES,
    "alarms": ALARMS,
    "doubtful_acts": DOUBTFUL_ACTS,
}
"""Name → script of every migration, in the order in which they are applied. A released one is never changed."""
migrations = Migrations("axiswatch")


def _add(name: str, script: str) -> None:
    @migrations(name=name)
    def apply(store: Database) -> None:
        for statement in split_statements(script):
            store.execute(statement)


for _name, _script in SCRIPTS.items():
    _add(_name, _script)


def known_names() -> frozenset[str]:
    """The names of the migrations that this version knows."""
    return frozenset(SCRIPTS)
