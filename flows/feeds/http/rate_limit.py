"""Spacing: one host is not asked again before a moment has passed, however many feeds it serves."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import defaultdict


class HostRateLimit:
    """Gives each host's requests their turns, ``seconds`` apart. Our own machine needs no such care."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free_at: dict[str, float] = defaultdict(float)

    def wait(self, host: str, now: float) -> float:
        """The seconds from ``now`` until this host's next turn, which is taken thereby."""
        if not self._seconds or is_own_machine(host):
            return 0.0
        turn = max(now, self._free_at[host])
        self._free_at[host] = turn + self._seconds
        return turn - now

    async def turn(self, host: str) -> None:
        """Return when it is this host's turn."""
        if seconds := self.wait(host, asyncio.get_running_loop().time()):
            await asyncio.sleep(seconds)


def is_own_machine(host: str) -> bool:
    """Whether the host is this machine by its loopback address or name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
