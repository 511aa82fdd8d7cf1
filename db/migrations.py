"""The schema, told as migrations. Each is applied once, in order, inside one transaction.

Statements are executed one by one: ``executescript`` would commit the transaction that protects them.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.archive_schema import ARCHIVE
from db.delivery_schema import DELIVERIES
from db.feed_schema import FEED_STATES
from db.first_schema import FIRST_SCHEMA
from db.flag_schema import FIRST_FLAGGED
from db.kill_schema import KILLS
from db.model_schema import MODEL_KINDS
from db.statements import split_statements
from db.story_schema import STORIES
from db.tag_schema import ENTRY_TAGS, QUANTITY_RANGES

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
