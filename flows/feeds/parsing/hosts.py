"""Names of hosts as the network knows them: in ASCII, whatever letters an address is written in. The door to idna."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import idna

MAX_HOST, MAX_LABEL = 253, 63
"""Characters of a host and of what stands between two of its dots, as the name system bounds them."""
_NO_HOST = re.compile(r"[\x00-\x20\x7f\"#%/:<>?@\[\\\]^`{|}]")


def ascii_host(host: str) -> str:
    """The host in ASCII and lower case, or an empty string where no host can be called so.

    Letters become punycode, as browsers do it (UTS 46, nothing that only old browsers did); letters that were
    percent-encoded are such letters too. Addresses of IPv6, without their brackets, come back as they are.
    """
    if ":" in host:
        return host.lower()
    try:
        host = unquote(host, errors="strict")
        # Not idna.encode: it refuses names that are registered and that browsers open, such as those of emoji.
        mapped = host.lower() if host.isascii() else idna.uts46_remap(host, std3_rules=False)
        name = ".".join(map(_ascii_label, mapped.split(".")))
    except (idna.IDNAError, UnicodeError):
        return ""
    is_sound = name.strip(".") and len(name.rstrip(".")) <= MAX_HOST and not _NO_HOST.search(name)
    return name if is_sound and all(len(label) <= MAX_LABEL for label in name.split(".")) else ""


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def with_ascii_host(address: str) -> str:
    """The absolute address with its host in ASCII and all else as it was; one that has no such host is not altered."""
    try:
        netloc = urlsplit(address).netloc
        host = urlsplit(address).hostname or ""
    except ValueError:
        return address
    if host.isascii() and "%" not in host:
        return address
    written = re.search(re.escape(host), netloc, re.IGNORECASE)
    named = ascii_host(host)
    if not named or written is None:
        return address
    return address.replace(netloc, netloc[: written.start()] + named + netloc[written.end() :], 1)
