"""Links by which a reader follows a thread, and stops: each holds a token of that reader for that story alone.

What all readers have in common is rendered once: a mark stands where the token goes, and each copy gets its own. The
desk answers at them; whose a link to follow is, it finds by comparing, so that no address stands in it.
"""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from db.records import Follow
from flows.config.settings import Config
from flows.digest.desk_secret import secret_of, signed

logger = logging.getLogger(__name__)

PATH = "follow"
"""Below the root of the desk."""
STOP = "stop"
MARK = "axiswatch-reader-token-here"
"""Stands for the token of a reader, and is as long as one, so that nothing else of the mail changes its size."""
TokenOf = Callable[[str, int], str]
"""(address of a reader, id of an entry) → the token by which they follow the thread of its story."""
_MARKED = re.compile(rf"/{PATH}/(\d+)/{MARK}")


def no_token(address: str, entry: int) -> str:  # noqa: ARG001 - the shape of a TokenOf
    """What stands for a token where there are none."""
    return MARK


class FollowLinks(NamedTuple):
    """The ``address`` at which any story is followed ({entry} stands for the id of its lead entry, `MARK` for the
    reader's token; empty: there are no links), and the tokens."""

    address: str
    token_of: TokenOf


NO_LINKS = FollowLinks("", no_token)
"""What stands for links where there are none."""


def token(secret: bytes, address: str, entry: int) -> str:
    """The token by which that reader follows the thread of that entry: 27 letters, digits, - and _."""
    return signed(secret, f"follow\n{address.casefold()}\n{entry}")


def stop_token(secret: bytes, follow: Follow) -> str:
    """The token by which that reader stops following."""
    return signed(secret, f"stop following\n{follow.id}\n{follow.address.casefold()}")


def root_of(current: Config) -> str:
    """Where readers reach the desk: its own address, else that of the links to unsubscribe by, else this machine; empty
    where there is no desk."""
    if not current.desk.port:
        return ""
    return current.desk.address.rstrip("/") or current.delivery.one_click.rstrip("/") or current.desk.root


def secret_for(current: Config) -> bytes | None:
    """What links are signed with; None, and a warning, where there is no desk or its secret cannot be used: mails go
    out without their links."""
    if not root_of(current):
        return None
    try:
        return secret_of(current.store.path)
    except OSError as error:
        logger.warning("no links to follow by: %s: %s; mend or remove that file", error.filename, error.strerror)
        return None


def links(current: Config) -> FollowLinks:
    """The links of all readers; `NO_LINKS` where there is no desk or its secret cannot be used."""
    secret = secret_for(current)
    if secret is None:
        return NO_LINKS
    return FollowLinks(f"{root_of(current)}/{PATH}/{{entry}}/{MARK}", partial(token, secret))


def addressed(text: str, address: str, token_of: TokenOf) -> str:
    """The text with that reader's tokens in place of the marks."""
    return _MARKED.sub(lambda found: f"/{PATH}/{found[1]}/{token_of(address, int(found[1]))}", text)


def follow_link(current: Config, secret: bytes, address: str, entry: int) -> str:
    """Where that reader follows the thread of that entry."""
    return f"{root_of(current)}/{PATH}/{entry}/{token(secret, address, entry)}"


def stop_path(secret: bytes, follow: Follow) -> str:
    """Where the reader stops following, below the root of the desk."""
    return f"{PATH}/{STOP}/{follow.id}/{stop_token(secret, follow)}"


def reader_of(given: str, secret: bytes, entry: int, addresses: Iterable[str]) -> str:
    """Whose token for that entry it is; an empty string where it is nobody's among them."""
    same = [address for address in addresses if _is_same(token(secret, address, entry), given)]
    return next(iter(same), "")


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
