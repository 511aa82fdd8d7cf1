"""Files that hold secrets, or what only their owner may read: who else can?"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from flows.config.settings import Config
from flows.digest.desk_secret import SECRET_FILE
from flows.doctor.finding import Finding, fault, sound

LOGIN_FILE = "login"
"""Of Prefect's pages, as `flows.runtime.prefect_server` writes it."""


def check(current: Config) -> list[Finding]:
    """A fault for each file that others can read; what it holds is never read here."""
    files = sorted(_secret_files(current))
    open_to_others = [file for file in files if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_to_others:
        return [_told(file) for file in open_to_others]
    return [sound("secrets", f"{len(files)} files, for their owner alone")]


def _told(file: Path) -> Finding:
    mode = stat.S_IMODE(file.stat().st_mode)
    remedy = f"chmod 600 {file}, and remove it where others may have read it: it is made anew"
    return fault("secrets", f"{file} can be read or written by others (mode {mode:o})", remedy)


def _secret_files(current: Config) -> Iterator[Path]:
    home = current.store.path.parent
    backups = current.backup.folder.glob(f"*/**/{SECRET_FILE}") if current.backup.folder.is_dir() else ()
    named = (home / SECRET_FILE, home / "prefect" / LOGIN_FILE, home / "prefect" / "serve" / LOGIN_FILE)
    yield from (file for file in (*named, *backups) if file.is_file())
