"""Links by which a reader leaves the list without a login (RFC 8058): each holds a token of that reader alone.

The desk answers at them. Whose they are is found by comparing, so that no address stands in them, or in a proxy's log.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from flows.config.settings import DeliverySettings
from flows.digest.desk_secret import secret_of, signed

logger = logging.getLogger(__name__)

PATH = "unsubscribe"
"""Below the root of the desk."""
LinkOf = Callable[[str], str]
"""Address of a reader → their link, or an empty string where there is none."""


def no_link(_: str) -> str:
    """What stands for a link where there are none."""
    return ""


def token(secret: bytes, address: str) -> str:
    """The token by which that reader leaves: 27 letters, digits, - and _."""
    return signed(secret, f"unsubscribe\n{address.casefold()}")


def links(settings: DeliverySettings, store_path: Path) -> LinkOf:
    """The links of all readers, where [delivery] one_click names an address for them. None, and a warning, where the
    secret cannot be used: the mails go out without."""
    if not settings.one_click:
        return no_link
    try:
        secret = secret_of(store_path)
    except OSError as error:
        logger.warning("no links to unsubscribe by: %s: %s; mend or remove that file", error.filename, error.strerror)
        return no_link
    root = settings.one_click.rstrip("/")
    return lambda address: f"{root}/{PATH}/{token(secret, address)}"


def reader_of(given: str, secret: bytes, addresses: Iterable[str]) -> str:
    """Whose token that is; an empty string where it is nobody's among them."""
    made = {address: token(secret, address) for address in addresses}
    same = [address for address, each in made.items() if hmac.compare_digest(each.encode(), given.encode())]
    return next(iter(same), "")
