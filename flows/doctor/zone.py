"""The clock, by what was written down under it, and the time zone of the digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from db.connect import StoreError
from db.inspection import figures
from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, sound, warning

DRIFT = timedelta(minutes=5)
"""So far clocks may differ: other machines write to a store too."""
RELEASED = datetime(2025, 1, 1, tzinfo=UTC)
"""No sound clock is before it: this program did not exist."""


def check(current: Config, now: datetime | None = None) -> list[Finding]:
    """What is found of both; ``now`` is what the clock says."""
    at = now or datetime.now(UTC)
    return [_clock(current, at), _zone(current, at)]


def _clock(current: Config, now: datetime) -> Finding:
    remedy = "set the clock (timedatectl set-ntp true); what is dated ahead counts when its moment comes"
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < RELEASED:
        return fault("clock", f"it says {told}, before this program was made", remedy)
    try:
        newest = figures(current.store.path).newest
    except StoreError:
        newest = None
    if newest and newest > now + DRIFT:
        return fault("clock", f"it says {told}, and the store holds what was seen {newest:%Y-%m-%d %H:%M} UTC", remedy)
    return sound("clock", told)


def _zone(current: Config, now: datetime) -> Finding:
    name = current.digest.time_zone
    local = now.astimezone(ZoneInfo(name))
    found = f"[digest] time_zone is {name}, where it is {local:%H:%M}; the digest is due at {current.digest.hour}:00"
    here = datetime.now().astimezone().utcoffset()
    if name == "UTC" and "time_zone" not in current.digest.model_fields_set and here:
        remedy = "write the zone of the readers there, or UTC if that is meant"
        return warning("zone", f"{found}, and this machine goes by another", remedy)
    return sound("zone", found)
