"""The dead-man ping: somebody else is told that this is still alive, and raises the alarm when nothing comes any more.

By the protocol of healthchecks.io (docs: Pinging API): a POST to the address itself says that all is well, to it with
/fail behind its path that something is not, with /start that a run begins; the body is text for people. Never raises.
"""

from __future__ import annotations

import logging
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from flows.config.settings import Config, WebhookSettings

logger = logging.getLogger(__name__)

Signal = Literal["start", "success", "fail"]
LONGEST = 10_000
"""Characters of the body; healthchecks.io keeps 100 kB, others less."""


def ping(current: Config, signal: Signal, text: str = "") -> bool:
    """Send the signal where [watch] ping names an address; returns whether it was taken. Waits for the web: not to be
    called in an event loop."""
    if not current.watch.ping:
        return False
    # Here, since only who pings needs the web.
    from flows.digest.delivery.webhook_way import result_of, web_of
    from flows.feeds.http.post import post

    hook = WebhookSettings.model_construct(
        name="ping",
        url=address_of(current.watch.ping, signal),
        allow_private=current.watch.ping_private,
        timeout_seconds=current.watch.ping_seconds,
    )
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    body = text[:LONGEST].encode("utf-8", "backslashreplace")
    try:
        # What an outcome means, and which pieces of the address are shown nowhere, is the same as for webhooks.
        result = result_of(post(web_of(current.fetch, hook), hook.url, headers, body, lambda: True), hook, "[watch]")
    except Exception as error:
        logger.warning("the ping of [watch] cannot be sent: %s", type(error).__name__)
        return False
    if result.state != "accepted":
        detail = result.detail.replace("allow_private", "ping_private").replace(" for 'ping'", "")
        logger.warning("the ping of [watch]: %s", detail)
    return result.state == "accepted"


def address_of(address: str, signal: Signal) -> str:
    """Where that signal goes: behind the path, before what is asked with it."""
    if signal == "success":
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{signal}"))
