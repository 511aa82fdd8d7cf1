"""A store with one edition, and the mail server that it is delivered to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import editions
from db.connect import open_store
from db.records import Edition
from flows.digest.content.codec import to_json
from tests.support.edition_records import WINDOW, composed, scored
from tests.support.mail_server import MailSite


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store on disk."""
    path = tmp_path / "watch.db"
    open_store(path).close()
    return path


@pytest.fixture
def told(store: Path) -> Edition:
    """An edition, frozen in the store and read from it."""
    with closing(open_store(store)) as opened:
        return editions.insert(
            opened,
            name="2026-11-21",
            window=WINDOW,
            composed_at=WINDOW.end,
            model_version="m-1",
            config_hash="abcd",
            content=to_json(composed([scored(1)])),
        )


@pytest.fixture
def post() -> Iterator[MailSite]:
    """A plain mail server."""
    with MailSite() as site:
        yield site
