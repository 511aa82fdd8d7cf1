"""The passwords of the mail server and the proxy: from the environment, else from a Secret block of Prefect."""

from __future__ import annotations

import logging
from typing import Any

from prefect.blocks.system import Secret

from flows.config.environment import PASSWORD_VARIABLE, PROXY_PASSWORD_VARIABLE, proxy_password, smtp_password
from flows.config.settings import MAIL, Config, ConfigError
from flows.runtime.log_mask import hide

logger = logging.getLogger(__name__)


async def password_of(current: Config) -> str:
    """The password, or an empty string where none is wanted. It never travels as a parameter: Prefect keeps those.

    Raises ConfigError where the block that the config names cannot be read.
    """
    block = current.delivery.smtp.password_block
    known = smtp_password()
    if known or not block or not (MAIL in current.ways() or current.alarm.mail):
        return known
    try:
        secret: Any = await Secret.aload(block)
    except Exception as error:
        if MAIL not in current.ways():
            # Only the alarm would use it, and that has other ways: no digest waits for it.
            logger.error("the Secret block %r cannot be read: %s", block, type(error).__name__)
            return ""
        raise ConfigError(
            f"the Secret block {block!r} of [delivery.smtp] password_block cannot be read"
            f" ({type(error).__name__}); create it in Prefect or set {PASSWORD_VARIABLE}"
        ) from error
    hide([str(secret.get())])
    return str(secret.get())


async def proxy_password_of(current: Config) -> str:
    """The password of the proxy, or an empty string where none is wanted. Raises ConfigError like `password_of`."""
    block = current.fetch.proxy_password_block
    known = proxy_password()
    if known or not block or not current.fetch.proxy:
        return known
    try:
        secret: Any = await Secret.aload(block)
    except Exception as error:
        raise ConfigError(
            f"the Secret block {block!r} of [fetch] proxy_password_block cannot be read"
            f" ({type(error).__name__}); create it in Prefect or set {PROXY_PASSWORD_VARIABLE}"
        ) from error
    hide([str(secret.get())])
    return str(secret.get())
