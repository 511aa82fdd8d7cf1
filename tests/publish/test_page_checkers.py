"""The archive as others' tools judge it: its markup, and who can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.publish.publishing import publish
from tests.support import browser
from tests.support.archive_store import folder_of
from tests.support.chrome import visitor
from tests.support.page_checkers import markup_errors, needs_axe, needs_nu, violations


def published(archive: Config) -> list[Path]:
    """Every page of the archive."""
    publish(archive)
    return sorted(folder_of(archive).rglob("*.html"))


@needs_nu
def test_the_markup_of_every_page_is_without_an_error(archive: Config) -> None:
    pages = published(archive)
    assert len(pages) > 10
    assert markup_errors(pages) == []


@needs_axe
@pytest.mark.skipif(browser.find() is None, reason=browser.MISSING)
@pytest.mark.parametrize("dark", [False, True])
def test_whoever_reads_otherwise_than_by_eye_can_read_every_page(archive: Config, tmp_path: Path, dark: bool) -> None:
    chromium, wrong = browser.find(), {}
    assert chromium is not None
    with visitor(chromium, tmp_path) as guest:
        guest.dress(360, dark=dark)
        for page in published(archive):
            guest.go(page.as_uri())
            wrong[page.name] = violations(guest)
    assert {page: found for page, found in wrong.items() if found} == {}
