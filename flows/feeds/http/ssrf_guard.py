"""Which network addresses may be read: the public ones only, judged after name resolution.

The connection goes to the very addresses that were judged, so a name that resolves differently a moment later
(DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

from aiohttp import DefaultResolver
from aiohttp.abc import AbstractResolver, ResolveResult

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's own services: a public address that only its machines can reach
        "192.0.0.0/24",  # set aside by IANA, with the metadata of Oracle's cloud; older Pythons call most of it global
        "::/96",  # IPv4 within IPv6 as it was once written
        "64:ff9b:1::/48",  # NAT64 of a network's own, into whatever lies there
        "fec0::/10",  # site-local, as private networks were once called
        "5f00::/16",  # segment routing within a network
    )
)
"""Networks that no feed lies in, though `ipaddress` calls them global."""


class PrivateAddressError(OSError):
    """A host that lies in a private, loopback or link-local network; the message names it and the remedy."""

    def __init__(self, host: str, address: str) -> None:
        self.where = host if host == address else f"{host} ({address})"
        super().__init__(f"{self.where} is a private address; set [fetch] allow_private to read such feeds")


def is_public(address: str) -> bool:
    """Whether an IP address (as text) belongs to the public internet. IPv4 addresses inside of IPv6 are unwrapped."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        embedded = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in _NAT64:
            embedded = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(str(embedded))
    return parsed.is_global and not parsed.is_multicast and not any(parsed in network for network in _NEVER)


def check_literal(host: str) -> None:
    """Raise PrivateAddressError where ``host`` is itself an address and not public; names are left to the resolver."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not is_public(host):
        raise PrivateAddressError(host, host)


def check_spelled(host: str) -> None:
    """Raise PrivateAddressError where ``host`` says without any look-up that it is not public: an address in any of the
    spellings that resolvers take ("127.1", "0x7f000001"), or a name of one's own machine."""
    plain = host.rstrip(".").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        raise PrivateAddressError(host, "this machine")
    check_literal(plain)
    try:
        address = socket.inet_ntoa(socket.inet_aton(plain))
    except OSError:
        return
    if not is_public(address):
        raise PrivateAddressError(host, address)


class PublicResolver(AbstractResolver):
    """Resolves names and refuses those of which any address is not public."""

    def __init__(self) -> None:
        self._resolver = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises PrivateAddressError, or OSError where the name is not known."""
        found = await self._resolver.resolve(host, port, family)
        for result in found:
            if not is_public(result["host"]):
                raise PrivateAddressError(host, result["host"])
        return found

    async def close(self) -> None:
        """Let go of the resolver."""
        await self._resolver.close()
