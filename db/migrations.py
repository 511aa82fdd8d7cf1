"""The schema, told as migrations. Each is applied once, in order, inside one transaction.

Statements are executed one by one: ``executescript`` would commit the transaction that protects them.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.archive_schema import ARCHIVE
from db.delivery_schema import DELIVERIES, KILLS
from db.feed_schema import FEED_STATES
from db.first_schema import FIRST_SCHEMA
from db.flag_schema import FIRST_FLAGGED
from db.model_schema import MODEL_KINDS
from db.statements import split_statements
from db.story_schema import STORIES
from db.tag_schema import ENTRY_TAGS

migrations = Migrations("axiswatch")


def first_schema(store: Database) -> None:
    """Everything the main job needs: feeds to deliveries."""
    for statement in split_statements(FIRST_SCHEMA):
        store.execute(statement)


def feed_states(store: Database) -> None:
    """Feeds with a state of their own, edited entries, the counts to go with them."""
    for statement in split_statements(FEED_STATES):
        store.execute(statement)


def ledger_of_sending(store: Database) -> None:
    """Kinds of editions, their pages, and deliveries that are tried again."""
    for statement in split_statements(DELIVERIES):
        store.execute(statement)


def articles_and_backfills(store: Database) -> None:
    """The articles behind entries, and how far files of old entries were read."""
    for statement in split_statements(ARCHIVE):
        store.execute(statement)


def signs_and_links(store: Database) -> None:
    """What story clusters were told by, and which earlier ones they take up."""
    for statement in split_statements(STORIES):
        store.execute(statement)


def entry_tags(store: Database) -> None:
    """What entries are about, and the claims that they bear on."""
    for statement in split_statements(ENTRY_TAGS):
        store.execute(statement)


def first_flagged(store: Database) -> None:
    """Where each flagged entry counts."""
    for statement in split_statements(FIRST_FLAGGED):
        store.execute(statement)


def killed_senders(store: Database) -> None:
    """How often the sender of a mail was killed."""
    for statement in split_statements(KILLS):
        store.execute(statement)


def model_kinds(store: Database) -> None:
    """How a model version came about."""
    for statement in split_statements(MODEL_KINDS):
        store.execute(statement)


MIGRATIONS = (
    first_schema,
    feed_states,
    ledger_of_sending,
    articles_and_backfills,
    signs_and_links,
    entry_tags,
    first_flagged,
    killed_senders,
    model_kinds,
)
"""Every migration, in the order in which they are applied. A released one is never changed."""
for _step in MIGRATIONS:
    migrations()(_step)


def known_names() -> frozenset[str]:
    """The names of the migrations that this version knows."""
    return frozenset(step.__name__ for step in MIGRATIONS)
