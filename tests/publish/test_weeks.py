"""Weekly editions among what is published: pages of their own, which tell no story anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.config.settings import Config
from flows.digest.content.week import Week, WeekEvent
from flows.publish.publishing import publish
from tests.support.archive_store import PERSIAN, freeze, story
from tests.support.edition_records import HtmlPage


def page_of(archive: Config, path: str) -> str:
    assert archive.publish.folder is not None
    return (archive.publish.folder / path).read_text(encoding="utf-8")


def published(archive: Config) -> dict[str, bytes]:
    publish(archive)
    folder = archive.publish.folder
    assert folder is not None
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def weekly(archive: Config) -> None:
    """A weekly edition of the story that the first edition told, beside the two of days."""
    told = story(1, **PERSIAN)
    week = Week(events=(WeekEvent(entry=1, days=("2026-11-20",)),))
    freeze(archive, "weekly-2026-11-21", [replace(told, content=replace(told.content, week=week))], 1, "weekly")


def test_a_week_has_a_page_and_a_line_and_is_no_telling(archive: Config) -> None:
    before = published(archive)
    weekly(archive)
    after = published(archive)
    assert set(after) - set(before) == {"editions/weekly-2026-11-21.html"}
    told = {name for name in before if name.startswith(("threads", "claims", "pairs", "feeds"))}
    assert len(told) > 10
    assert {name for name in told if before[name] != after[name]} == set()
    index = HtmlPage(page_of(archive, "index.html"))
    assert "editions/weekly-2026-11-21.html" in index.addresses
    assert "weekly" in index.text


def test_editions_of_days_lead_to_each_other_past_the_week(archive: Config) -> None:
    weekly(archive)
    publish(archive)
    day = HtmlPage(page_of(archive, "editions/2026-11-20.html"))
    assert "../editions/2026-11-21.html" in day.addresses
    assert "../editions/weekly-2026-11-21.html" not in day.addresses
    week = HtmlPage(page_of(archive, "editions/weekly-2026-11-21.html"))
    assert [each for each in week.addresses if each.startswith("../editions")] == []


def test_a_week_made_of_the_archive_leads_to_its_threads(archive: Config, tmp_path: Path) -> None:
    weekly(archive)
    publish(archive)
    week = HtmlPage(page_of(archive, "editions/weekly-2026-11-21.html"))
    assert "../threads/1.html" in week.addresses
