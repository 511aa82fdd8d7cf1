"""The operator's alarm: when the digest fails, that is told by another way than the digest. A file and an event."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect.events import emit_event
from prefect.settings import PREFECT_API_URL

from db.types import Delivery
from flows.books import settings
from flows.config import Config, ConfigError, StoreSettings, named_file
from flows.digest.outbox import file_name

logger = logging.getLogger(__name__)

FOLDER = "alerts"
"""Beside the store: var/alerts."""


def raise_alarm(current: Config, what: str, lines: Sequence[str], now: datetime) -> Path | None:
    """Write a file that says what failed and emit the Prefect event ``axiswatch.<what>.failed``; the same trouble is
    told once a day. Returns the file; never raises, since it speaks for what has failed already."""
    told = "\n".join(lines)
    trace = hashlib.sha256(told.encode()).hexdigest()[:8]
    path = current.store.path.parent / FOLDER / f"{now:%Y-%m-%d}-{file_name(what)}-{trace}.txt"
    if path.exists():
        return path
    logger.error("%s failed: %s", what, told)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{now:%Y-%m-%d %H:%M} UTC: {what} failed\n\n{told}\n", encoding="utf-8")
    except OSError as error:
        logger.error("cannot write %s: %s", path, error)
    _emit(what, told)
    return path if path.exists() else None


def last_resort(config: str) -> Config:
    """The config of a flow whose parameter is its path; where it cannot be read, the defaults beside that file (or the
    one that the environment names): the alarm must find a place whatever is broken."""
    try:
        return settings(config)
    except (ConfigError, OSError):
        named = named_file(Path(config) if config else None)
        folder = named.parent.resolve() if named else Path.cwd()
        plain = Config()
        return plain.model_copy(update={"store": StoreSettings(path=folder / plain.store.path)})


def _emit(what: str, told: str) -> None:
    if not PREFECT_API_URL.value():
        return  # nobody listens, and Prefect would start a server of its own for it
    try:
        emit_event(
            f"axiswatch.{what}.failed",
            resource={"prefect.resource.id": f"axiswatch.{what}", "prefect.resource.name": f"axiswatch {what}"},
            payload={"what": told[:4000]},
        )
    except Exception as error:
        logger.error("cannot emit the event of a failed %s: %s", what, error)


def troubles(before: Sequence[Delivery], after: Sequence[Delivery]) -> list[str]:
    """What the operator must know of a sending, a line each: who was refused or given up by it, and (where nobody has
    got the edition) why it does not leave."""
    known = {each.id for each in before if each.state == "refused" or each.given_up}
    lost = [each for each in after if each.id not in known and (each.state == "refused" or each.given_up)]
    lines = [f"{each.recipient}: {'given up' if each.given_up else 'refused'}: {each.detail}" for each in lost]
    waiting = [each for each in after if each.state == "deferred" and not each.given_up]
    if waiting and not any(each.state == "accepted" for each in after):
        lines += sorted({f"nobody has got it yet: {each.detail}" for each in waiting})
    return lines
