"""Delivery by webhook: the first stories of an edition as JSON, posted to a chat room or a program.

What is posted is signed as standardwebhooks.com describes it, where a secret is known: HMAC-SHA-256 over id, moment and
body. The id is the same for every try of a delivery, so that a receiver knows a second copy.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from standardwebhooks import Webhook

from db.records import Delivery
from flows.config.environment import WEBHOOK_URL_VARIABLE, variable_of, webhook_secret
from flows.config.settings import WEBHOOK, DeliverySettings, FetchSettings, RecipientSettings, WebhookSettings
from flows.digest.delivery.way import Batch, Claim, HandOver, SendResult

if TYPE_CHECKING:
    from flows.feeds.http.post import PostOutcome

CAN_BE_MENDED = frozenset({301, 302, 303, 307, 308, 401, 402, 403, 404, 405, 407})
"""Answers that tell of a wrong address or key, which the operator can put right: it is tried again."""
COMES_BACK = frozenset({408, 409, 423, 425, 429})
"""Answers below 500 that say: later."""
SECTION = "[[delivery.webhook]]"
LONGEST_ANSWER = 200
"""An answer is cut to so many characters before it is written down."""
SHORTEST_KEY = 5
"""A piece of an address of so many characters may be a key, and is shown nowhere."""
_ENCODED = re.compile(r"whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2,3}={0,2})?")


class WebhookWay:
    """The way "webhook"."""

    name = WEBHOOK

    def missing(self, settings: DeliverySettings) -> str:
        """An address, where neither the config nor the environment holds one."""
        for hook in settings.webhook:
            if not hook.target:
                variable = variable_of(WEBHOOK_URL_VARIABLE, hook.name)
                return f"needs an address for {hook.name!r}; set its url, or {variable} in the environment"
        return "" if settings.webhook else "needs a table [[delivery.webhook]] with a name and a url"

    @contextmanager
    def opened(self, batch: Batch) -> Iterator[HandOver]:
        """A connection for each post: they go to different hosts."""
        # Here, since a config is read without them, and quickly.
        from flows.digest.delivery.webhook_form import body_of
        from flows.feeds.http.post import post

        hooks = {hook.address: hook for hook in batch.settings.webhook}

        def hand(reader: RecipientSettings, delivery: Delivery, claim: Claim) -> SendResult | None:
            hook = hooks.get(reader.address)
            if hook is None:
                return SendResult("refused", f"no [[delivery.webhook]] is called {reader.address!r}; add one")
            body = body_of(batch.told(reader), batch.edition.kind, hook)
            headers = headers_of(hook, delivery.message_id, body, int(time.time()))
            done = post(web_of(batch.web, hook), hook.target, headers, body, claim)
            return None if done.held else result_of(done, hook)

        yield hand


def headers_of(hook: WebhookSettings, message_id: str, body: bytes, moment: int) -> dict[str, str]:
    """The headers of a post at that moment (seconds since 1970): what it is, and its signature where there is a
    secret."""
    identity = message_id.strip("<>")
    headers = {"Content-Type": "application/json; charset=utf-8", "webhook-id": identity}
    headers["webhook-timestamp"] = str(moment)
    if secret := webhook_secret(hook.name):
        headers["webhook-signature"] = signature(secret, identity, moment, body)
    return headers


def signature(secret: str, identity: str, moment: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA-256 of ``identity.moment.body`` in base64. A secret that is not in the form of Standard
    Webhooks ("whsec_" and base64) is taken as it is written."""
    key = secret if _ENCODED.fullmatch(secret) else secret.encode()
    return Webhook(key).sign(identity, datetime.fromtimestamp(moment, UTC), body.decode())


def web_of(web: FetchSettings, hook: WebhookSettings) -> FetchSettings:
    """The settings of fetching, as far as they are those of posting to that address."""
    told = {"allow_private": hook.allow_private, "timeout_seconds": hook.timeout_seconds, "concurrency": 1}
    return web.model_copy(update=told)


def result_of(done: PostOutcome, hook: WebhookSettings, section: str = SECTION) -> SendResult:
    """What an outcome means for the delivery. Its words name the host and nothing else of the address, and the
    ``section`` of the config where it stands."""
    host = urlsplit(hook.target).hostname or "the address"
    if done.status is None:
        return _unanswered(replace(done, error=_without_secrets(done.error, hook)), host, hook, section)
    said = _one_line(_without_secrets(done.said, hook))
    told = f"{host} answered {done.status}{f': {said}' if said else ''}"
    if 200 <= done.status < 300:
        return SendResult("accepted", told)
    if done.status in CAN_BE_MENDED:
        return SendResult("deferred", f"{told}; see the url of {hook.name!r} in {section}")
    if done.status >= 500 or done.status in COMES_BACK:
        return SendResult("deferred", told, pause=_pause(done.headers))
    return SendResult("refused", f"{told}; see url and format of {hook.name!r} in {section}")


def _unanswered(done: PostOutcome, host: str, hook: WebhookSettings, section: str) -> SendResult:
    if done.left:
        return SendResult("deferred", f"{host}: {done.error}; it may have arrived", unsure=True)
    if done.error.endswith("is a private address"):
        remedy = f"set allow_private = true for {hook.name!r} in {section} if it is yours"
        return SendResult("deferred", f"{done.error}; {remedy}", tried=False)
    return SendResult("deferred", f"{host}: {done.error}; nothing was sent", tried=False)


def _without_secrets(text: str, hook: WebhookSettings) -> str:
    """The text without what may be a key in the address: some servers say again what they were asked."""
    parts = urlsplit(hook.target)
    told = f"{parts.path}?{parts.query}/{parts.username or ''}/{parts.password or ''}"
    for piece in sorted(re.split(r"[/?&=]", told), key=len, reverse=True):
        if len(piece) >= SHORTEST_KEY:
            text = text.replace(piece, "…").replace(unquote(piece), "…")
    return text


def _pause(headers: Mapping[str, str]) -> timedelta:
    from flows.feeds.schedule.check_schedule import retry_after

    return retry_after(headers, datetime.now(UTC)) or timedelta(0)


def _one_line(said: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in said)
    return " ".join(shown.split())[:LONGEST_ANSWER]
