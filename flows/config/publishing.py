"""Settings of publishing: the archive of pages and the feeds, as files in a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from flows.config.base import Settings, WebTemplate

THREAD_PAGE = "threads/{}.html"
"""Where the page of a thread lies in the folder."""
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def _authority(text: str) -> str:
    if text and not _DOMAIN.fullmatch(text):
        raise ValueError(f"{text!r} is no domain of yours; write it as watch.example, in small letters")
    return text


def _folder_address(text: str) -> str:
    if text and not text.endswith("/"):
        raise ValueError(f"{text!r} is not where a folder lies; end it with /")
    return text


class PublishSettings(Settings):
    """What is published beside the mailing, and where."""

    folder: Path | None = None
    """Where the pages and feeds are written; None: nowhere."""
    address: Annotated[WebTemplate, AfterValidator(_folder_address)] = ""
    """Where the folder can be read on the web; empty: it is opened from disk."""
    authority: Annotated[str, AfterValidator(_authority)] = ""
    """The domain in the ids of the feeds' entries; empty: that of [delivery] sender."""
    feed_stories: int = Field(50, ge=1, le=1000)
    """The newest stories of a feed; the pages hold all."""
