"""Publishing after a sending or a pass: it hinders neither, and the operator hears when it begins to fail."""

from __future__ import annotations

import asyncio
import logging

from flows.config.settings import Config
from flows.publish.publishing import publish
from flows.runtime.clock import Clock
from flows.runtime.flow_hooks import fails, works

logger = logging.getLogger(__name__)


async def publish_news(current: Config, clock: Clock) -> None:
    """Publish what is new, where that is wanted. Never raises."""
    if current.publish.folder is None:
        return
    try:
        await asyncio.to_thread(publish, current)
    except Exception as error:
        logger.exception("publishing")
        await fails(current, "publishing", [str(error) or type(error).__name__], clock.now())
    else:
        await works(current, "publishing", clock.now())
