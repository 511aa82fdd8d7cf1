"""Files that hold secrets, or what is for their owner alone: who else can read them?"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from flows.config.settings import Config
from flows.digest.desk_secret import SECRET_FILE
from flows.doctor.finding import Finding, fault, sound, warning

LOGIN_FILE = "login"
"""Of Prefect's pages, as `flows.runtime.prefect_server` writes it."""


def check(current: Config) -> list[Finding]:
    """A fault for each secret that others can read, a warning for what else is theirs to read and should not be; what
    a file holds is never read here."""
    files, private = sorted(_secret_files(current)), sorted(_private_places(current))
    told = [_told(file) for file in files if _is_open(file)] + [_shown(place) for place in private if _is_open(place)]
    return told or [sound("secrets", f"{len(files) + len(private)} files and folders, for their owner alone")]


def _is_open(place: Path) -> bool:
    return bool(place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _shown(place: Path) -> Finding:
    found = f"{place} can be read or written by others (mode {stat.S_IMODE(place.stat().st_mode):o})"
    return warning("secrets", f"{found}: it names readers", f"chmod {'700' if place.is_dir() else '600'} {place}")


def _told(file: Path) -> Finding:
    mode = stat.S_IMODE(file.stat().st_mode)
    remedy = f"chmod 600 {file}, and remove it where others may have read it: it is made anew"
    return fault("secrets", f"{file} can be read or written by others (mode {mode:o})", remedy)


def _private_places(current: Config) -> Iterator[Path]:
    """The store, and the folders of mails, alarms and backups: what an earlier version made, others may read."""
    store, log = current.store.path, current.log.file
    named = (store, current.delivery.outbox, store.parent / "alerts", current.backup.folder, *([log] if log else []))
    yield from (place for place in named if place.exists())


def _secret_files(current: Config) -> Iterator[Path]:
    home = current.store.path.parent
    backups = current.backup.folder.glob(f"*/**/{SECRET_FILE}") if current.backup.folder.is_dir() else ()
    named = (home / SECRET_FILE, home / "prefect" / LOGIN_FILE, home / "prefect" / "serve" / LOGIN_FILE)
    yield from (file for file in (*named, *backups) if file.is_file())
