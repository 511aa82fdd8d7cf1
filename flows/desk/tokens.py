"""The key of the desk's list, and how tokens are compared. Those of mails are made by `flows.digest.judge_links`."""

from __future__ import annotations

import hmac

from flows.digest.desk_secret import signed

LIST = "list"
"""In the place of an edition's name: judged from the list of the desk."""


def key(secret: bytes) -> str:
    """What opens the list of the desk."""
    return signed(secret, LIST)


def same(one: str, other: str) -> bool:
    """Whether two tokens are the same, told in a time that does not say where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
