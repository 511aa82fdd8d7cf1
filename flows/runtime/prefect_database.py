"""The databases of the Prefect server that comes along, kept under a size: by Prefect's own means, which know what
belongs to a run. A program of its own: Prefect's server parts are not loaded into whoever asks for it.

Its server does so by age while `axiswatch serve` runs (see `flows.config.prefect`); what the server of a single command
writes nobody would ever take away, and no file shrinks by itself.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from db.compacting import compact, no_room_for, use_of
from flows.config.environment import without_secrets

FILE = "prefect.db"
AGES = (timedelta(days=14), timedelta(days=7), timedelta(days=3), timedelta(days=1), timedelta(hours=2))
"""Runs that ended longer ago are taken away, one step after another until the size is kept; events with them. Prefect
takes none away within the hour."""
SECONDS = 1800.0


class PrefectDatabaseError(Exception):
    """What keeps a database of Prefect from being made smaller; the message names it."""


def databases_in(home: Path) -> list[Path]:
    """The databases beside the store: that of single commands, and that of `axiswatch serve`."""
    return [file for file in (home / FILE, home / "serve" / FILE) if file.is_file()]


def shrink(file: Path, most: int) -> None:
    """Bring the content of the database under ``most`` bytes, and compact the file where that pays or is needed. One
    that is smaller stays as it is. Raises PrefectDatabaseError and StoreError."""
    if use_of(file).size <= most:
        return
    call = [sys.executable, "-P", "-m", "flows.runtime.prefect_database", str(file), str(most)]
    environment = without_secrets() | {
        "PREFECT_HOME": str(file.parent),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{file}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603 - our own words
    if done.returncode:
        raise PrefectDatabaseError(f"{file} was not made smaller: {' '.join(done.stderr.split())[-300:]}")
    use = use_of(file)
    if use.size > most or use.pays:
        if why := no_room_for(file, use):
            raise PrefectDatabaseError(f"{file} was not made smaller: {why}")
        compact(file)


async def take_away(file: Path, most: int) -> None:
    """Take away runs and events by age until what is left of the database takes less than ``most`` bytes."""
    from prefect.settings import (
        PREFECT_SERVER_EVENTS_RETENTION_PERIOD,
        PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD,
        temporary_settings,
    )

    for age in AGES:
        use = use_of(file)
        if use.size - use.unused <= most:
            return
        told = {PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD: age, PREFECT_SERVER_EVENTS_RETENTION_PERIOD: age}
        with temporary_settings(told):
            await _older_than_retention()


async def _older_than_retention() -> None:
    from prefect.server.database import provide_database_interface
    from prefect.server.services import db_vacuum

    db = provide_database_interface()
    await db_vacuum.vacuum_old_flow_runs(db=db)
    await db_vacuum.vacuum_old_events(db=db)
    await db_vacuum.vacuum_orphaned_logs(db=db)
    await db_vacuum.vacuum_orphaned_artifacts(db=db)


if __name__ == "__main__":
    asyncio.run(take_away(Path(sys.argv[1]), int(sys.argv[2])))
