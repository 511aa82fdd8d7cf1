"""The desk: is its port free or its own, and does its public address lead to it?"""

from __future__ import annotations

import http.client
from contextlib import closing
from urllib.parse import urlsplit

from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, sound, warning

SECONDS = 5.0
OWN = "axiswatch"
"""What the desk calls itself in Server."""


def check(current: Config, *, network: bool) -> list[Finding]:
    """What answers at the port, and at the addresses that mails hold."""
    if not current.desk.port:
        return [sound("desk", "none: [desk] port is 0")]
    public = [each for each in (current.desk.address, current.delivery.one_click) if each]
    return [_port(current.desk.port), *(_address(each) for each in public if network)]


def _port(port: int) -> Finding:
    where = f"127.0.0.1:{port}"
    try:
        server = _server_at(f"http://{where}/")
    except ConnectionRefusedError:
        return sound("desk", f"{where} is free: axiswatch serve and review open it")
    except (OSError, http.client.HTTPException):
        server = ""
    if server == OWN:
        return sound("desk", f"it answers at {where}")
    return fault("desk", f"another program listens at {where}", "change [desk] port, or end that program")


def _address(address: str) -> Finding:
    try:
        _server_at(address)
    except (OSError, http.client.HTTPException) as error:
        found = f"{address} does not answer ({error}), and mails lead there"
        return warning("desk's address", found, "look at the proxy that passes it on, or change [desk] address")
    return sound("desk's address", f"{address} answers")


def _server_at(address: str) -> str:
    """What the server calls itself. Raises OSError and HTTPException."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    with closing(kind(parts.netloc, timeout=SECONDS)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().getheader("Server") or ""
