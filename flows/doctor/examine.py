"""Every check in its order, each within its time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from flows.config.settings import Config
from flows.doctor import desk, disk, feeds, mail, model, prefect_server, secret_files, store, zone
from flows.doctor.finding import Finding, warning

SECONDS = 20.0
"""Of each check: what takes longer (a name server that does not answer, a store of many GB) is named and left."""
Check = Callable[[], Sequence[Finding]]


def examine(current: Config, config: Path | None, *, network: bool, on_step: Callable[[str], None]) -> list[Finding]:
    """What every check finds. ``config`` is the file's path as it was given; without ``network`` nothing beyond this
    machine is asked. ``on_step`` is told the name of each check as it begins."""
    found: list[Finding] = []
    for name, check in _checks(current, config, network=network).items():
        on_step(name)
        found += within(SECONDS, name, check)
    return found


def _checks(current: Config, config: Path | None, *, network: bool) -> dict[str, Check]:
    return {
        "store": lambda: store.check(current),
        "model": lambda: model.check(current),
        "disk": lambda: disk.check(current),
        "clock and zone": lambda: zone.check(current),
        "secrets": lambda: secret_files.check(current),
        "mail server": lambda: mail.check(current, network=network),
        "feeds": lambda: feeds.check(current, network=network),
        "Prefect": lambda: prefect_server.check(current, config, network=network),
        "desk": lambda: desk.check(current, network=network),
    }


def within(seconds: float, name: str, check: Check) -> Sequence[Finding]:
    """What the check finds; a warning where it takes longer, and goes on in a thread that ends with the process, or
    where the check itself breaks: one that does must not hide what the others find."""
    done: queue.Queue[Sequence[Finding]] = queue.Queue()

    def run() -> None:
        try:
            done.put(check())
        except Exception as error:
            done.put([warning(name, f"could not be looked at ({type(error).__name__}: {error})", "report this")])

    threading.Thread(target=run, name=name, daemon=True).start()
    try:
        return done.get(timeout=seconds)
    except queue.Empty:
        return [warning(name, f"took longer than {seconds:g} s", "try again when less is going on")]
