"""What goes wrong in the soak, and which alarm it must raise. Each is real: a process killed, a port closed, a disk
filled to its last byte, a clock set, a lock held, bytes of the store overwritten."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.soak.outside import SILENCE_SECONDS, down
from tests.soak.ways import axiswatch
from tests.soak.world import World
from tests.support import disturbances

GARBLED_PAGES, PAGE = range(4, 40), 4096
HELD_SECONDS = 3600.0
"""The store stays locked until the fault is over."""
Hold = Callable[[World], AbstractContextManager[None]]
Strike = Callable[[World], None]


@dataclass(frozen=True)
class Fault:
    """``hold`` breaks something for as long as its block lasts; ``strike`` is a blow in the middle of a pass.
    ``alarms``: kinds (as in `flows.alarms.conditions`) of which one must be raised; none: none has to be.
    ``at_digest``: the digest's hour must lie within. ``needs_disk``: of its own. ``blocks_store``: a pass comes to
    neither read nor write it."""

    name: str
    hold: Hold | None = None
    strike: Strike | None = None
    alarms: tuple[str, ...] = ()
    at_digest: bool = False
    needs_disk: bool = False
    blocks_store: bool = False


def killed(*parts: str) -> Fault:
    """These parts are killed, one after the other, in the middle of a pass."""

    def strike(world: World) -> None:
        for part in parts:
            world.way.kill(part)
            time.sleep(0.3)

    return Fault(" + ".join(parts) + " killed", strike=strike, alarms=("flow failed",) if "flow" in parts else ())


def _site_down(world: World) -> AbstractContextManager[None]:
    return down(world.site)


@contextmanager
def _site_silent(world: World) -> Iterator[None]:
    world.site.wait_seconds = SILENCE_SECONDS
    yield
    world.site.wait_seconds = 0


def _mail_down(world: World) -> AbstractContextManager[None]:
    return down(world.mail)


def _hook_down(world: World) -> AbstractContextManager[None]:
    return down(world.hook)


def _disk_full(world: World) -> AbstractContextManager[None]:
    return disturbances.full(world.folder, 0)


def _store_held(world: World) -> AbstractContextManager[None]:
    return disturbances.held(world.folder, 0, HELD_SECONDS)


def _clock_back(world: World) -> None:
    world.clock.step(timedelta(minutes=-100))
    time.sleep(5)
    world.clock.step(timedelta(minutes=100))


def _clock_on(world: World) -> None:
    world.clock.step(timedelta(hours=5))


def garble(store: Path) -> None:
    """Overwrite pages of that file."""
    with store.open("r+b") as file:
        for page in GARBLED_PAGES:
            file.seek(page * PAGE)
            file.write(b"\xa5" * PAGE)


@contextmanager
def _damaged(world: World) -> Iterator[None]:
    """Pages of the store are overwritten; at the end the operator brings the newest backup back, as he is told to."""
    made = axiswatch(world.folder, world.clock.environment, "backup")
    if made.returncode:
        raise RuntimeError(f"axiswatch backup: {made.stderr}")
    garble(world.store)
    yield
    world.way.stop()
    newest = max((world.folder / "var/backups").glob("axiswatch-*Z"))
    done = axiswatch(world.folder, world.clock.environment, "restore", str(newest), "--force")
    if done.returncode:
        raise RuntimeError(f"axiswatch restore: {done.stderr}")
    world.way.start()


SITE_DOWN = Fault("site down", hold=_site_down, alarms=("feeds failing", "no entries"))
SITE_SILENT = Fault("site silent", hold=_site_silent)
MAIL_DOWN = Fault("SMTP down", hold=_mail_down, alarms=("digest not accepted",), at_digest=True)
HOOK_DOWN = Fault("webhook down", hold=_hook_down, alarms=("digest not accepted",), at_digest=True)
DISK_FULL = Fault("disk full", hold=_disk_full, alarms=("disk low",), needs_disk=True)
STORE_HELD = Fault("store locked", hold=_store_held, alarms=("flow failed",), blocks_store=True)
CLOCK_BACK = Fault("clock set back and on again", strike=_clock_back)
CLOCK_ON = Fault("clock set on by five hours", strike=_clock_on)
DAMAGED = Fault("store damaged", hold=_damaged, alarms=("store damaged",), blocks_store=True)
